// Takes the screenshots of the docs: for each of the five shops its first layer and its policy summary, from the running demo.
//
// Usage: npm run shots        (Chromium; CHROMIUM=path for another one)
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { inRepo, runMain } from './lib/project.mjs'

const SHOPS = {
  'alma-chocolates': 'alma',
  aster: 'aster',
  webpulse: 'webpulse',
  allur: 'allur',
  letoile: 'letoile',
}

/** Starts the demo on free ports; resolves to the shop's port. */
async function startDemo() {
  const child = spawn(
    process.execPath,
    [
      inRepo('tools/with-node.mjs'),
      inRepo('tools/start.mjs'),
      '--port',
      '0',
      '--receiver-port',
      '0',
      '--data',
      inRepo('build/shots.sqlite'),
    ],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^Shop\s+http:\/\/[\d.]+:(\d+)\//.exec(line)?.[1]
    if (port) return { port, stop: () => child.kill('SIGTERM') }
  }
  throw new Error('the demo did not start')
}

await runMain(async () => {
  mkdirSync(inRepo('docs/shots'), { recursive: true })
  mkdirSync(inRepo('build'), { recursive: true })
  const demo = await startDemo()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
  })
  try {
    for (const [policy, host] of Object.entries(SHOPS)) {
      const page = await browser.newPage({
        viewport: { width: 1280, height: 800 },
        reducedMotion: 'reduce',
      })
      await page.goto(`http://${host}.localhost:${demo.port}/`)
      await page.locator('kelisim-widget [part~="notice"]').waitFor()
      await page.screenshot({ path: inRepo(`docs/shots/${policy}-notice.png`) })
      await page.evaluate(() => window.kelisim.open('policy'))
      await page.locator('kelisim-widget [part~="policy"]').waitFor()
      await page.waitForTimeout(300)
      await page.screenshot({ path: inRepo(`docs/shots/${policy}-policy.png`) })
      await page.close()
      console.log(`docs/shots/${policy}-*.png`)
    }
  } finally {
    await browser.close()
    demo.stop()
  }
})
