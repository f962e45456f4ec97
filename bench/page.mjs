// The widget in Chromium, two lines without a build: when the first layer is visible, what a click costs, what the gate costs.
// Medians of one run; "slow" = 4× CPU, 1.6 Mbit/s, 150 ms. The bare page is the same page without the two lines.
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { brotliCompressSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { median } from './figures.mjs'

const repo = new URL('../', import.meta.url)
const ROUNDS = Number(process.env.KELISIM_BENCH_ROUNDS ?? 11)
const SLOW = {
  latency: 150,
  downloadThroughput: (1.6e6 / 8) | 0,
  uploadThroughput: (0.75e6 / 8) | 0,
  offline: false,
}

const types = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
  html: 'text/html',
}

const page = (lines) => `<!doctype html><html lang="ru"><head><meta charset="utf-8">
${lines}<meta name="viewport" content="width=device-width"><title>Shop</title>
<style>body{font:16px/1.5 sans-serif;margin:2rem}h1{font-size:3rem}</style></head>
<body><h1>Витрина</h1>${'<p>Товар, описание товара и его цена, доставка по всему Казахстану.</p>'.repeat(40)}</body></html>`

const TWO_LINES = `<script src="/kelisim/kelisim.js" data-policy="/kelisim/policy.json"></script>
<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"><!-- -->
`

/** Serves dist/, one policy and the pages, compressed once. */
async function serve() {
  const cache = new Map()
  const body = (name) => {
    if (name === '/bare') return page('')
    if (name === '/shop') return page(TWO_LINES)
    if (name === '/kelisim/policy.json')
      return readFileSync(new URL('examples/policies/alma-chocolates.json', repo))
    const file = name.startsWith('/kelisim/') && new URL(`dist/${name.slice(9)}`, repo)
    return file && existsSync(file) ? readFileSync(file) : undefined
  }
  const server = createServer((request, response) => {
    const name = new URL(request.url, 'http://x').pathname
    if (!cache.has(name)) {
      const found = body(name)
      cache.set(name, found && brotliCompressSync(found))
    }
    const bytes = cache.get(name)
    if (!bytes) return response.writeHead(404).end()
    const ending = /\.(\w+)$/.exec(name)?.[1] ?? 'html'
    response
      .writeHead(200, {
        'content-type': `${types[ending]}; charset=utf-8`,
        'content-encoding': 'br',
        'cache-control': 'no-store',
      })
      .end(bytes)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }
}

/** Runs in the page before anything else: notes when the first layer has a box, and what the browser says of paint and shifts. */
function watch() {
  const seen = { visible: 0, paint: 0, largest: 0, largestIsOurs: false, shift: 0, long: 0 }
  window.__seen = seen
  const look = () => {
    const root = document.querySelector('kelisim-widget')?.shadowRoot
    const layer = root?.querySelector('[part~="notice"]')
    if (layer && layer.getBoundingClientRect().height > 0) {
      requestAnimationFrame(() => (seen.visible ||= performance.now()))
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
    seen.largestIsOurs = Boolean(entry.element?.getRootNode() instanceof ShadowRoot)
  })
  observe('layout-shift', (entry) => (seen.shift += entry.value))
  observe('longtask', (entry) => (seen.long = Math.max(seen.long, entry.duration)))
}

async function visit(browser, url, slow) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const tab = await context.newPage()
  const cdp = await context.newCDPSession(tab)
  if (slow) {
    await cdp.send('Network.enable')
    await cdp.send('Network.emulateNetworkConditions', SLOW)
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  }
  await tab.addInitScript(watch)
  await tab.goto(url)
  return { context, tab }
}

async function firstLayer(browser, origin, slow) {
  const { context, tab } = await visit(browser, `${origin}/shop`, slow)
  await tab.waitForFunction(() => window.__seen.visible > 0, undefined, { timeout: 60_000 })
  const seen = await tab.evaluate(() => window.__seen)
  await context.close()
  return seen
}

async function clickCost(browser, origin, slow) {
  const { context, tab } = await visit(browser, `${origin}/shop`, slow)
  await tab.waitForFunction(() => window.__seen.visible > 0, undefined, { timeout: 60_000 })
  await tab.waitForTimeout(600)
  await tab.evaluate(() => {
    window.__event = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (entry.interactionId) window.__event = Math.max(window.__event, entry.duration)
    }).observe({ type: 'event', durationThreshold: 16 })
  })
  await tab.click('kelisim-widget [part~="refuse-all"]')
  await tab.waitForTimeout(800)
  const duration = await tab.evaluate(() => window.__event)
  await context.close()
  return Math.max(duration, 8) // Event Timing rounds to 8 ms and leaves out what is under 16
}

async function barePaint(browser, origin, slow) {
  const { context, tab } = await visit(browser, `${origin}/bare`, slow)
  await tab.waitForFunction(() => window.__seen.paint > 0)
  const seen = await tab.evaluate(() => window.__seen)
  await context.close()
  return seen
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
    for (const slow of [false, true]) {
      const profile = slow ? 'slow' : 'fast'
      const bare = []
      const layer = []
      const click = []
      for (let i = 0; i < ROUNDS; i += 1) {
        bare.push(await barePaint(browser, site.origin, slow))
        layer.push(await firstLayer(browser, site.origin, slow))
        if (i < 5) click.push(await clickCost(browser, site.origin, slow))
      }
      const of = (list, key) => median(list.map((seen) => seen[key]))
      rows.push(
        { figure: `bare page, first paint (${profile})`, value: of(bare, 'paint'), unit: 'ms' },
        {
          figure: `page with the two lines, first paint (${profile})`,
          value: of(layer, 'paint'),
          unit: 'ms',
        },
        {
          figure: `first layer visible, no build (${profile})`,
          value: of(layer, 'visible'),
          unit: 'ms',
        },
        {
          figure: `longest task (${profile})`,
          value: of(layer, 'long'),
          unit: 'ms',
          note: '0 = none over 50 ms',
        },
        {
          figure: `layout shift (${profile})`,
          value: Math.max(...layer.map((seen) => seen.shift)),
          unit: '',
          budget: 0,
        },
        {
          figure: `loads whose largest paint was ours (${profile})`,
          value: layer.filter((seen) => seen.largestIsOurs).length,
          unit: '',
          budget: 0,
        },
        {
          figure: `click on "only necessary" to next paint (${profile})`,
          value: median(click),
          unit: 'ms',
          budget: slow ? 32 : undefined,
        },
      )
    }
  } finally {
    await browser.close()
    site.close()
  }
  return rows
}
