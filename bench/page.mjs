// The widget in Chromium beside its peers, on the same page in one run: when the first layer is visible, what clicks cost, what the page
// feels. Medians; "slow" = 4× CPU, 1.6 Mbit/s, 150 ms. The bare page is the same page without any widget.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { median } from './figures.mjs'
import { serve } from './page-site.mjs'

const ROUNDS = Number(process.env.KELISIM_BENCH_ROUNDS ?? 11)
const SLOW = {
  latency: 150,
  downloadThroughput: (1.6e6 / 8) | 0,
  uploadThroughput: (0.75e6 / 8) | 0,
  offline: false,
}

/** Runs in the page before anything else: notes when the first layer can be seen, and what the browser says of paints and tasks. */
function watch(layer) {
  const seen = { visible: 0, paint: 0, largest: 0, largestIsOurs: 0, shift: 0, long: 0, script: 0 }
  window.__seen = seen
  const find = () => {
    const [host, inner] = layer.split(' >> ')
    const outer = document.querySelector(host)
    return inner ? outer?.shadowRoot?.querySelector(inner) : outer
  }
  const look = () => {
    const found = layer && find()
    const shown = found && found.getBoundingClientRect().height > 0
    if (shown && found.checkVisibility({ opacityProperty: true, visibilityProperty: true })) {
      requestAnimationFrame(() => {
        seen.visible ||= performance.now()
        seen.longBefore = seen.long
      })
      return
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  const observe = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
      type,
      buffered: true,
    })
  observe(
    'paint',
    (entry) => entry.name === 'first-contentful-paint' && (seen.paint = entry.startTime),
  )
  observe('largest-contentful-paint', (entry) => {
    seen.largest = entry.startTime
    // An element in a shadow root is not told; the page's own always are.
    const found = layer && find()
    const inside = found && entry.element && found.contains(entry.element)
    seen.largestIsOurs = Number(!entry.element || Boolean(inside))
  })
  observe('layout-shift', (entry) => (seen.shift += entry.value))
  observe('longtask', (entry) => (seen.long = Math.max(seen.long, entry.duration)))
}

async function visit(browser, { path, layer = '' }, origin, slow) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const tab = await context.newPage()
  const cdp = await context.newCDPSession(tab)
  if (slow) {
    await cdp.send('Network.enable')
    await cdp.send('Network.emulateNetworkConditions', SLOW)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  }
  await tab.addInitScript(watch, layer)
  await tab.goto(origin + path)
  if (layer)
    await tab.waitForFunction(() => window.__seen.visible > 0, undefined, { timeout: 60_000 })
  else await tab.waitForFunction(() => window.__seen.paint > 0)
  return { context, tab }
}

async function load(browser, one, origin, slow) {
  const { context, tab } = await visit(browser, one, origin, slow)
  await tab.waitForTimeout(slow ? 1500 : 300)
  const seen = await tab.evaluate(() => window.__seen)
  await context.close()
  return seen
}

/** Duration of the interaction a click makes, as Event Timing has it: to the next paint, in steps of 8 ms; under 16 counts as 8. */
async function click(browser, one, origin, slow, selector) {
  const { context, tab } = await visit(browser, one, origin, slow)
  await tab.waitForTimeout(slow ? 3000 : 800)
  await tab.evaluate(() => {
    window.__event = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.interactionId) window.__event = Math.max(window.__event, entry.duration)
    }).observe({ type: 'event', durationThreshold: 16 })
  })
  await tab.locator(selector).click()
  await tab.waitForTimeout(800)
  const duration = await tab.evaluate(() => window.__event)
  await context.close()
  return Math.max(duration, 8)
}

async function measure(browser, { cases, origin }, slow) {
  const found = new Map(cases.map(({ name }) => [name, { loads: [], refuse: [], choose: [] }]))
  for (let round = 0; round < ROUNDS; round += 1)
    for (const one of cases) {
      const into = found.get(one.name)
      into.loads.push(await load(browser, one, origin, slow))
      if (!one.layer || round >= Math.max(3, ROUNDS / 2)) continue
      into.refuse.push(await click(browser, one, origin, slow, one.refuse))
      into.choose.push(await click(browser, one, origin, slow, one.choose))
    }
  return found
}

function* rowsOf(found, profile, slow) {
  const of = (loads, key) => median(loads.map((seen) => seen[key]))
  const reference = [...found].find(([name]) => name.startsWith('vanilla'))?.[1]
  const base = reference && of(reference.loads, 'visible')
  for (const [name, { loads, refuse, choose }] of found) {
    const row = (figure, value, unit = 'ms', more = {}) => ({
      figure: `${name}: ${figure} (${profile})`,
      value,
      unit,
      ...more,
    })
    const ours = name.startsWith('kelisim')
    yield row('first paint', of(loads, 'paint'))
    if (!refuse.length) continue
    const visible = of(loads, 'visible')
    const ratio = base ? `${(visible / base).toFixed(2)} × vanilla-cookieconsent` : ''
    yield row('first layer visible', visible, 'ms', { note: ratio })
    yield row('longest task', of(loads, 'long'), 'ms', { note: '0 = none over 50 ms' })
    yield row('layout shift', Math.max(...loads.map(({ shift }) => shift)), '', {
      ...(ours && { budget: 0 }),
    })
    yield row(
      'loads whose largest paint was the widget’s',
      loads.filter((seen) => seen.largestIsOurs).length,
      '',
      { ...(ours && { budget: 0 }) },
    )
    yield row('click on "only necessary" to next paint', median(refuse), 'ms', {
      ...(ours && slow && { budget: 32 }),
    })
    yield row('opening the choices to next paint', median(choose), 'ms', {
      ...(ours && slow && { budget: 56 }),
    })
  }
}

export async function pageRows() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
  if (!existsSync(executablePath))
    return console.log('no Chromium: the page figures are left out') ?? []
  const site = await serve()
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
  })
  const rows = []
  try {
    for (const slow of [false, true])
      rows.push(...rowsOf(await measure(browser, site, slow), slow ? 'slow' : 'fast', slow))
  } finally {
    await browser.close()
    site.close()
  }
  return rows
}
