// The demo in this process and Chromium in front of it: a visit sees what the browser asked for, what arrived, what was stored.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { shops } from '../../../examples/shop/shops/index.mjs'
import { startDemo } from '../../../tools/start.mjs'

/** First-party names the stand-ins' scripts leave: none of them may be there before a grant or after a withdrawal. */
export const left = /^(_ym|_ga|_fb|_tt|jv_|b24_|sbjs_)/

/** Starts demo and browser; `close` ends both. */
export async function startVisits() {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-demo-'))
  const demo = await startDemo({ port: 0, receiverPort: 0, data: join(folder, 'receipts.sqlite') })
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  return {
    demo,
    browser,
    async close() {
      await browser.close()
      await demo.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** One person in a fresh browser profile in one shop. */
export async function visit(t, { demo, browser }, shop, options = {}) {
  const context = await browser.newContext({ locale: 'ru-RU', ...options })
  t.after(() => context.close())
  const page = await context.newPage()
  const host = options.host ?? shop.host
  const base = `http://${host}:${demo.shop.port}`
  const asked = []
  const own = new Set([host, ...shops.map((one) => one.host), '127.0.0.1'])
  context.on('request', (request) => {
    const { hostname, protocol, pathname } = new URL(request.url())
    if (protocol.startsWith('http') && !own.has(hostname)) asked.push(hostname + pathname)
  })
  const faults = []
  page.on('pageerror', (error) => faults.push(error.message))

  const part = (name) => page.locator(`kelisim-widget [part~="${name}"]`)
  return {
    ...{ context, page, base, asked, faults, part },
    go: (path) => page.goto(base + path, { waitUntil: 'load' }),
    /** What arrived at the stand-ins from this shop: ["service kind", …] */
    arrived: () => demo.shop.log.of(host).map(({ service, kind }) => `${service} ${kind}`),
    forget: () => demo.shop.log.clear(host),
    receipts: () => demo.receiver.store.list({ origin: base, limit: 100 }).reverse(),
    /** Cookies and local storage that third parties' scripts set. */
    async names() {
      const cookies = (await context.cookies(base)).map(({ name }) => name)
      const kept = await page.evaluate(() => Object.keys(localStorage))
      return [...cookies, ...kept].filter((name) => left.test(name)).sort()
    },
    /** Presses an answer of the open layer; it may grant only when it was visible for 300 ms. */
    async press(name) {
      await part(name).first().waitFor({ state: 'visible' })
      await page.waitForTimeout(450)
      await part(name).first().click()
      await part(name).first().waitFor({ state: 'hidden' })
    },
  }
}

/** Waits until `probe` gives something that fits, or says what it was. */
export async function until(probe, fits, what, ms = 15_000) {
  const end = Date.now() + ms
  for (;;) {
    const value = await probe()
    if (fits(value)) return value
    if (Date.now() > end) throw new Error(`${what}: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 60))
  }
}

/** Waits until nothing new comes for a while. */
export async function settled(probe, quietMs = 900) {
  let last = JSON.stringify(await probe())
  for (let quiet = 0; quiet < quietMs; quiet += 100) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    const now = JSON.stringify(await probe())
    if (now !== last) quiet = 0
    last = now
  }
  return JSON.parse(last)
}
