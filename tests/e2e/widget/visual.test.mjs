// Visual regression: a chosen set of layers as they are painted, compared with pictures taken before.
//
// KELISIM_PICTURES=write takes the pictures anew; look at them before they are committed. They hold on machines whose browser paints letters
// the same way (pictures/fonts.json); on others the test says so and is left out.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { addLocale, arabic } from '../../support/locales.mjs'
import { compare, compact } from '../../support/pixels.mjs'
import { launch, page as html, repo, startShop, widget } from '../../support/shop.mjs'

const folder = join(repo, 'tests/e2e/widget/pictures')
const writes = process.env.KELISIM_PICTURES === 'write'
/** What may differ before it is a difference. */
const MAX_PIXELS = 40
const WIDE = { width: 1280, height: 800 }
const NARROW = { width: 360, height: 640 }

const pictures = {
  'notice-box-kk': { policy: 'letoile', layer: 'notice', lang: 'kk', size: WIDE },
  'notice-bar-ru': { policy: 'aster', layer: 'notice', lang: 'ru', size: WIDE, layout: 'bar' },
  'notice-sheet-en-dark': {
    ...{ policy: 'webpulse', layer: 'notice', lang: 'en', size: WIDE },
    ...{ layout: 'sheet', dark: true },
  },
  'notice-360-ru': { policy: 'alma-chocolates', layer: 'notice', lang: 'ru', size: NARROW },
  'choices-en': { policy: 'letoile', layer: 'choices', lang: 'en', size: WIDE },
  'choices-360-kk-dark': {
    ...{ policy: 'webpulse', layer: 'choices', lang: 'kk', size: NARROW, dark: true },
  },
  'choices-360-ru-forced': {
    ...{ policy: 'allur', layer: 'choices', lang: 'ru', size: NARROW, forced: true },
  },
  'policy-kk': { policy: 'aster', layer: 'policy', lang: 'kk', size: WIDE },
  'policy-360-ru-dark': { policy: 'allur', layer: 'policy', lang: 'ru', size: NARROW, dark: true },
  'policy-ar': { policy: 'letoile', layer: 'policy', lang: 'ar', size: WIDE },
  'rights-ru': { policy: 'alma-chocolates', layer: 'rights', lang: 'ru', size: WIDE },
  'receipts-en': { policy: 'letoile', layer: 'receipts', lang: 'en', size: WIDE },
}

let browser
/** Why nothing can be compared here; "" when it can. */
let reason = ''
before(async () => {
  browser = await launch()
  const found = await fingerprint()
  const file = join(folder, 'fonts.json')
  if (writes) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, JSON.stringify(found, null, 2) + '\n')
  }
  const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  if (found.letters !== known.letters)
    reason = `letters are painted differently here (${found.browser}, fonts ${found.letters}) than where the pictures were taken (${known.browser}, fonts ${known.letters})`
})
after(() => browser?.close())

/** How this machine paints letters, as a hash. */
async function fingerprint() {
  const page = await browser.newPage({ viewport: { width: 700, height: 200 } })
  await page.setContent(
    `<body style="font:16px/1.45 system-ui,'Segoe UI',Roboto,'Noto Sans',sans-serif">Әлем, Ñandú 0123 «Щука» <b>Құқық ё</b> <i>italic</i> بياناتك × … •</body>`,
  )
  const letters = createHash('sha256')
    .update(await page.screenshot())
    .digest('hex')
    .slice(0, 16)
  await page.close()
  return { browser: 'Chromium ' + browser.version().split('.')[0], letters }
}

async function take({ policy, layer, lang, size, layout, dark, forced }) {
  const shop = await startShop({
    policy: `examples/policies/${policy}.json`,
    text: `examples/policies/${policy}.text.json`,
  })
  addLocale(shop, arabic)
  shop.pages['/'] = { body: html({ lang, gate: layout ? { layout } : {} }) }
  const context = await browser.newContext({
    viewport: size,
    reducedMotion: 'reduce',
    colorScheme: dark ? 'dark' : 'light',
    forcedColors: forced ? 'active' : 'none',
  })
  try {
    const page = await context.newPage()
    await page.goto(shop.origin)
    await widget(page, '[part=notice]').waitFor()
    if (layer !== 'notice') await page.evaluate((to) => kelisim.open(to), layer)
    await widget(page, `[part=${layer}][lang=${lang}]`).waitFor()
    await page.evaluate(() => document.fonts.ready)
    await page.waitForTimeout(200)
    const clip = await widget(page, 'dialog').boundingBox()
    return compact(await page.screenshot({ clip }))
  } finally {
    await Promise.all([context.close(), shop.close()])
  }
}

for (const [name, given] of Object.entries(pictures))
  test(`${name} looks as it did`, async (t) => {
    if (reason) return t.skip(reason)
    const now = await take(given)
    const file = join(folder, name + '.png')
    if (writes) return writeFileSync(file, now)
    const { count, picture } = compare(readFileSync(file), now)
    if (count > MAX_PIXELS) {
      const out = join(repo, 'build/pictures')
      mkdirSync(out, { recursive: true })
      writeFileSync(join(out, name + '.png'), now)
      writeFileSync(join(out, name + '.difference.png'), picture)
    }
    assert.ok(
      count <= MAX_PIXELS,
      `${count} pixels differ; build/pictures has what is painted now and the difference`,
    )
  })
