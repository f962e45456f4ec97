// What the gate costs a page that does nothing wrong, in Chromium: wrapped calls, inserted nodes, its own start; with and without it,
// in one run.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { startServer } from '../tests/support/gate-server.mjs'
import { snapshot } from '../tests/support/snapshots.mjs'
import { median } from './figures.mjs'

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync)
const lines = `<script src="/kelisim/kelisim.js" data-policy="/kelisim/policy.json"></script><meta http-equiv="Content-Security-Policy" content="default-src 'self' 'unsafe-inline'"><!-- -->`
/** What the browser's own record of changes costs, whoever asks for it. */
const watching = `<script>new MutationObserver(() => {}).observe(document, { childList: true, subtree: true })</script>`
/** Not laid out: when a frame falls between two pieces of the parser's work, the page's own layout would be measured. */
const html = (head, body = '') =>
  `<!doctype html><html><head>${head}<title>b</title><style>body{display:none}</style></head><body>${body}<div id="box"></div></body></html>`

/** Runs in the page: µs per call of everyday operations. */
function calls() {
  const box = document.getElementById('box')
  const div = document.createElement('div')
  box.append(div)
  const a = document.createElement('a')
  const storage = localStorage
  const work = {
    createElement: () => document.createElement('div'),
    'setAttribute(class)': (i) => div.setAttribute('class', 'c' + (i & 7)),
    'setAttribute(href)': (i) => a.setAttribute('href', '/x' + (i & 7)),
    'textContent=': (i) => (div.textContent = 'x' + (i & 7)),
    'style.width=': (i) => (div.style.width = (i & 7) + 'px'),
    'style.setProperty': (i) => div.style.setProperty('width', (i & 7) + 'px'),
    'append and remove': () => {
      const el = document.createElement('i')
      box.appendChild(el)
      el.remove()
    },
    'localStorage.getItem': () => storage.getItem('a'),
  }
  const out = {}
  for (const [name, one] of Object.entries(work)) {
    const n = 4000
    let best = Infinity
    for (let round = 0; round < 9; round += 1) {
      const from = performance.now()
      for (let i = 0; i < n; i += 1) one(i)
      best = Math.min(best, performance.now() - from)
    }
    out[name] = (best * 1000) / n
  }
  return out
}

export async function gatePageRows() {
  const server = await startServer()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const nodes = '<p>x</p>'.repeat(5000)
  const visit = async (head, body, stored) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    server.page('/blank', '<!doctype html>')
    await page.goto(server.origin + '/blank')
    if (stored)
      await page.evaluate(
        (t) => localStorage.setItem('kelisim.snapshot', t),
        JSON.stringify(stored),
      )
    const timing =
      '<script>performance.mark("a")</script>' + head + '<script>performance.mark("b")</script>'
    await page.goto(server.page('/bench', html(timing, body)))
    const figures = await page.evaluate(() => {
      const at = (name) => performance.getEntriesByName(name)[0]?.startTime ?? 0
      return {
        ready: performance.getEntriesByType('navigation')[0].domContentLoadedEventStart - at('b'),
      }
    })
    return { page, figures, close: () => context.close() }
  }
  const rows = []
  try {
    const all = snapshot(['all'])
    const measured = {}
    for (const [key, head, stored] of [
      ['bare', '', all],
      ['watched', watching, all],
      ['granted', lines, all],
      ['undecided', lines, null],
    ]) {
      const one = await visit(head, '', stored)
      measured[key] = await one.page.evaluate(calls)
      await one.close()
    }
    const { bare, watched, granted, undecided } = measured
    const added = (figure, value, budget) => rows.push({ figure, value, unit: 'µs', budget })
    for (const name of Object.keys(bare)) added(`${name}, added`, granted[name] - bare[name], 0.3)
    for (const name of ['textContent=', 'append and remove']) {
      added(`${name}, added before a choice`, undecided[name] - bare[name])
      added(`${name}, added by an empty MutationObserver`, watched[name] - bare[name])
    }
    for (const [state, stored, budget] of [
      ['before a choice', null, 8],
      ['all granted', snapshot(['all']), 2],
    ]) {
      const times = [[], [], []]
      for (let round = 0; round < 9; round += 1)
        for (const [i, head] of ['', lines, watching].entries()) {
          const one = await visit(head, nodes, stored)
          times[i].push(one.figures.ready)
          await one.close()
        }
      rows.push({
        figure: `5,000 nodes parsed, added, ${state}`,
        value: median(times[1]) - median(times[0]),
        unit: 'ms',
        budget,
      })
      if (stored)
        rows.push({
          figure: '5,000 nodes parsed, added by an empty MutationObserver',
          value: median(times[2]) - median(times[0]),
          unit: 'ms',
        })
    }
    // The gate's own run, compiled before: it is evaluated in a fresh frame's page again and again.
    const starts = []
    for (let round = 0; round < 7; round += 1) {
      const one = await visit(
        '<script>window.t0 = performance.now()</script>' +
          `<script>${await (await fetch(server.origin + '/kelisim/kelisim.js')).text()}</script>` +
          '<script>window.t1 = performance.now()</script>-->',
        '',
        null,
      )
      starts.push(await one.page.evaluate(() => window.t1 - window.t0))
      await one.close()
    }
    rows.push({ figure: 'head start, inline', value: median(starts), unit: 'ms', budget: 2 })
  } finally {
    await browser.close()
    await server.close()
  }
  return rows
}
