// Chromium by playwright-core: one browser for all lanes, a context per visit.
import { chromium } from 'playwright-core'

export const name = 'chromium'
export const lanes = 3

export async function start() {
  let browser
  const launch = () =>
    chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
    })
  browser = await launch()
  return {
    version: `Chromium ${browser.version()}`,
    close: () => browser.close(),
    async lane() {
      let context
      let page
      return {
        async fresh() {
          await context?.close().catch(() => {})
          if (!browser.isConnected()) browser = await launch()
          context = await browser.newContext()
          page = await context.newPage()
        },
        open: (url) => page.goto(url, { waitUntil: 'commit', timeout: 10_000 }),
        run: (code) => page.evaluate(code),
        click: (x, y) => page.mouse.click(x, y),
        close: () => context?.close(),
      }
    },
  }
}
