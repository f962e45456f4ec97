// Takes pictures of the widget in the running demo, and says where something runs out of its box.
//
// Usage: npm run shots            the chosen set, into docs/shots
//        npm run shots -- --all   five shops x three languages x desktop and 360 px x light and dark, into build/shots
// Chromium; CHROMIUM=path for another one.
import { mkdirSync } from 'node:fs'
import { spawn } from 'node:child_process'
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
const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 360, height: 740 }

/** What is taken: the first layer and the summary of each shop, and of one each of what else there is. */
const chosen = [
  ...Object.keys(SHOPS).flatMap((shop) => [
    { shop, lang: 'ru', size: WIDE, scheme: 'light', layer: 'notice' },
    { shop, lang: 'ru', size: WIDE, scheme: 'light', layer: 'policy' },
  ]),
  { shop: 'letoile', lang: 'kk', size: NARROW, scheme: 'light', layer: 'notice' },
  { shop: 'letoile', lang: 'kk', size: NARROW, scheme: 'dark', layer: 'policy' },
  { shop: 'letoile', lang: 'en', size: WIDE, scheme: 'dark', layer: 'choices' },
  { shop: 'alma-chocolates', lang: 'kk', size: WIDE, scheme: 'light', layer: 'rights' },
]

const all = Object.keys(SHOPS).flatMap((shop) =>
  ['kk', 'ru', 'en'].flatMap((lang) =>
    [WIDE, NARROW].flatMap((size) =>
      ['light', 'dark'].flatMap((scheme) =>
        ['notice', 'choices', 'policy'].map((layer) => ({ shop, lang, size, scheme, layer })),
      ),
    ),
  ),
)

const nameOf = ({ shop, lang, size, scheme, layer }) =>
  [shop, layer, lang !== 'ru' && lang, size === NARROW && '360', scheme === 'dark' && scheme]
    .filter(Boolean)
    .join('-') + '.png'

/** Starts the demo on free ports; resolves to the shop's port. */
async function startDemo() {
  const child = spawn(
    process.execPath,
    [
      inRepo('tools/with-node.mjs'),
      inRepo('tools/start.mjs'),
      ...['--port', '0', '--receiver-port', '0', '--data', inRepo('build/shots.sqlite')],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^Shop\s+http:\/\/[\d.]+:(\d+)\//.exec(line)?.[1]
    if (port) return { port, stop: () => child.kill('SIGTERM') }
  }
  throw new Error('the demo did not start')
}

/** Runs in the page: what of the open layer is wider than its box. */
function overflowing() {
  const root = document.querySelector('kelisim-widget').shadowRoot
  const dialog = root.querySelector('dialog').getBoundingClientRect()
  return [...root.querySelectorAll('.layer *')]
    .filter((element) => element.checkVisibility())
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect()
      return left < dialog.left - 1 || right > dialog.right + 1
    })
    .map((element) => element.outerHTML.slice(0, 80))
}

async function take(browser, port, one, folder) {
  const { shop, lang, size, scheme, layer } = one
  const page = await browser.newPage({
    viewport: size,
    colorScheme: scheme,
    reducedMotion: 'reduce',
  })
  await page.goto(`http://${SHOPS[shop]}.localhost:${port}/`)
  await page.locator('kelisim-widget [part~="notice"]').waitFor()
  await page.evaluate((to) => (document.documentElement.lang = to), lang)
  await page.locator(`kelisim-widget [part~="notice"][lang="${lang}"]`).waitFor()
  if (layer !== 'notice') {
    await page.evaluate((to) => window.kelisim.open(to), layer)
    await page.locator(`kelisim-widget [part~="${layer}"]`).waitFor()
  }
  await page.waitForTimeout(300)
  const name = nameOf(one)
  await page.screenshot({ path: inRepo(folder, name) })
  const outside = await page.evaluate(overflowing)
  await page.close()
  console.log(`${folder}/${name}${outside.length ? `  runs out of its box: ${outside[0]}` : ''}`)
  return outside.length
}

await runMain(async () => {
  const everything = process.argv.includes('--all')
  const folder = everything ? 'build/shots' : 'docs/shots'
  mkdirSync(inRepo(folder), { recursive: true })
  mkdirSync(inRepo('build'), { recursive: true })
  const demo = await startDemo()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
  })
  let faults = 0
  try {
    for (const one of everything ? all : chosen)
      faults += await take(browser, demo.port, one, folder)
  } finally {
    await browser.close()
    demo.stop()
  }
  return faults ? 1 : 0
})
