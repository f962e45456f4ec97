// Chromium by playwright-core: one browser with a profile of its own (others make no preconnect), a page per lane.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

export const name = 'chromium'
export const lanes = 3

export async function start() {
  const folders = []
  const launch = () => {
    const folder = mkdtempSync(join(tmpdir(), 'kelisim-matrix-'))
    folders.push(folder)
    return chromium.launchPersistentContext(folder, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu'],
      handleSIGTERM: false,
    })
  }
  let context = await launch()
  let launching = null
  const version = `Chromium ${context.browser().version()}`
  const isUp = () => context.browser()?.isConnected()
  return {
    version,
    async close() {
      await context.close().catch(() => {})
      for (const folder of folders)
        rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    },
    async lane() {
      let page
      let popups = []
      return {
        async fresh() {
          await Promise.all([...popups, page].map((one) => one?.close().catch(() => {})))
          if (!isUp()) {
            launching ??= launch().finally(() => (launching = null))
            context = await launching
          }
          page = await context.newPage()
          popups = []
          page.on('popup', (one) => popups.push(one))
        },
        open: (url) => page.goto(url, { waitUntil: 'commit', timeout: 10_000 }),
        run: (code) => page.evaluate(code),
        click: (x, y) => page.mouse.click(x, y),
        close: () => page?.close().catch(() => {}),
      }
    },
  }
}
