// Chromium for tests of the gate: a fresh context per test, a page with the gate in its head.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import { startServer } from './gate-server.mjs'

const path = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
)

/** The two lines of the install. */
export const line1 =
  '<script src="/kelisim/kelisim.js" data-policy="/kelisim/policy.json"></script>'
export const line2 = `<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"><!-- -->`

/** A page with the gate first in its head. */
export const document_ = ({ head = '', body = '', gate = line1 + '\n' + line2 } = {}) =>
  `<!doctype html><html><head>${gate}<meta charset="utf-8"><title>shop</title>${head}</head><body>${body}<p id="end">end</p></body></html>`

/** Starts server and browser once for a test file. */
export async function startBrowser() {
  const server = await startServer()
  const browser = await chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--host-resolver-rules=MAP *.localhost 127.0.0.1'],
  })
  return {
    server,
    browser,
    async close() {
      await browser.close()
      await server.close()
    },
    /**
     * Opens a page of the shop in a fresh context.
     * @param {object} what  of document_(), and: stored: a snapshot that is in localStorage already; headers; html; init: a
     *                       function that runs in the page before everything else
     */
    async open({ stored, headers, html, init, wait = 'load', path = '/shop', ...what } = {}) {
      server.forget()
      const context = await browser.newContext()
      const page = await context.newPage()
      const errors = []
      page.on('pageerror', (error) => errors.push(error.message))
      const logged = []
      page.on('console', (message) => logged.push(message.text()))
      if (stored) {
        server.page('/blank', '<!doctype html>')
        await page.goto(server.origin + '/blank')
        await page.evaluate(
          (text) => localStorage.setItem('kelisim.snapshot', text),
          JSON.stringify(stored),
        )
        server.forget()
      }
      await page.addInitScript(() => {
        window.events = []
        for (const type of ['held', 'released', 'undeclared', 'error', 'change'])
          document.addEventListener('kelisim:' + type, ({ detail }) =>
            window.events.push([type, detail]),
          )
      })
      if (init) await page.addInitScript(init)
      const address = server.page(path, html ?? document_(what), headers)
      await page.goto(address, { waitUntil: wait })
      return {
        page,
        context,
        errors,
        logged,
        run: (work, argument) => page.evaluate(work, argument),
        /** Waits for the shell, and puts a snapshot in force. */
        async apply(snapshot) {
          await page.waitForFunction(() => window.link, null, { timeout: 5000 })
          await page.evaluate((given) => window.link.apply(given), snapshot)
        },
        /** Lets requests and releases come to rest. */
        async rest(ms = 400) {
          await page.waitForTimeout(ms)
        },
        events: (type) =>
          page.evaluate((t) => window.events.filter((e) => e[0] === t).map((e) => e[1]), type),
        held: () => page.evaluate(() => window.link.held().map(({ element, ...rest }) => rest)),
        close: () => context.close(),
      }
    },
  }
}
