// Firefox by puppeteer-core over WebDriver BiDi: a browser of its own per lane, because pages in the background are slowed down.
import puppeteer from 'puppeteer-core'
import { within } from '../visit.mjs'

export const name = 'firefox'
export const lanes = 2

const launch = () =>
  puppeteer.launch({
    browser: 'firefox',
    executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    headless: true,
    env: { ...process.env, MOZ_DISABLE_CONTENT_SANDBOX: '1' },
    extraPrefsFirefox: {
      'dom.disable_open_during_load': false,
      'dom.disable_beforeunload': true,
      'network.prefetch-next': true,
    },
  })

/** Ends a browser, by its process where it does not answer. */
async function end(browser) {
  const child = browser?.process()
  await within(4000, 'close', browser?.close() ?? Promise.resolve()).catch(() => {})
  if (child && child.exitCode === null) child.kill('SIGKILL')
}

export async function start() {
  const first = await launch()
  const version = (await first.version()).replace('/', ' ').replace(/^firefox/, 'Firefox')
  let spare = first
  const open = new Set([first])
  return {
    version,
    close: () => Promise.all([...open].map(end)),
    async lane() {
      let browser = spare
      spare = null
      let page = null
      const restart = async () => {
        open.delete(browser)
        await end(browser)
        browser = await launch()
        open.add(browser)
      }
      if (!browser) {
        browser = await launch()
        open.add(browser)
      }
      return {
        async fresh() {
          try {
            const next = await within(8000, 'page', browser.newPage())
            for (const one of await browser.pages())
              if (one !== next) await within(3000, 'close', one.close())
            page = next
          } catch {
            await restart()
            page = await browser.newPage()
          }
        },
        open: (url) => page.goto(url, { waitUntil: 'domcontentloaded', timeout: 10_000 }),
        run: (code) => page.evaluate(code),
        click: (x, y) => page.mouse.click(x, y),
        close: () => {},
      }
    },
  }
}
