// How it looks where others have a say: every shape of the first layer, hostile styles of the page, right-to-left, one screen, and no
// way to make one answer weigh more than the other.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { themesPage } from '../../../examples/shop/themes.mjs'
import { compare } from '../../support/pixels.mjs'
import { launch, page as html, press, startShop, widget } from '../../support/shop.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const POLICIES = ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile']
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

async function visit(t, { name = 'letoile', page: given = {}, options = {} } = {}) {
  const shop = await startShop({
    policy: `examples/policies/${name}.json`,
    text: `examples/policies/${name}.text.json`,
  })
  shop.pages['/'] = { body: html({ lang: 'ru', ...given }) }
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  await page.waitForTimeout(100)
  return page
}
/** Boxes of the answers as they are painted. */
const answers = (page) =>
  page.evaluate(() =>
    [
      ...document
        .querySelector('kelisim-widget')
        .shadowRoot.querySelectorAll('[data-weight=equal]'),
    ].map((button) => {
      const { width, height } = button.getBoundingClientRect()
      const { color, backgroundColor, borderColor, font, opacity } = getComputedStyle(button)
      const box = [Math.round(width), Math.round(height)]
      return [...box, color, backgroundColor, borderColor, font, opacity].join()
    }),
  )
const faults = async (page) => {
  const { violations } = await page.evaluate(() => axe.run('kelisim-widget'))
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)
}

for (const layout of ['box', 'bar', 'sheet'])
  test(`${layout}: axe finds nothing in any language, the answers are equal, nothing runs out of the page`, async (t) => {
    const page = await visit(t, { page: { gate: { layout } } })
    await page.addScriptTag({ content: axe })
    for (const lang of ['kk', 'ru', 'en'])
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 800 })
        await page.evaluate((to) => (document.documentElement.lang = to), lang)
        await widget(page, `[part=notice][lang=${lang}]`).waitFor()
        assert.deepEqual(await faults(page), [], lang)
        assert.equal(new Set(await answers(page)).size, 1, (await answers(page)).join('\n'))
        const box = await widget(page, 'dialog').boundingBox()
        assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0, JSON.stringify(box))
      }
  })

for (const lang of ['kk', 'en'])
  test(`${lang}: axe finds nothing in any layer, with everything open`, async (t) => {
    const page = await visit(t, { page: { lang } })
    await page.addScriptTag({ content: axe })
    for (const layer of ['choices', 'policy', 'rights', 'receipts']) {
      await page.evaluate((to) => kelisim.open(to), layer)
      await widget(page, `[part=${layer}]`).waitFor()
      for (const details of await widget(page, 'details').all())
        await details.evaluate((element) => (element.open = true))
      assert.deepEqual(await faults(page), [], layer)
    }
  })

for (const name of POLICIES)
  test(`R-ALL-08, ${name}: the summary is one screen at 1280 × 800 (kk, ru, en)`, async (t) => {
    const page = await visit(t, { name })
    for (const lang of ['kk', 'ru', 'en']) {
      await page.evaluate((to) => (document.documentElement.lang = to), lang)
      await page.evaluate(() => kelisim.open('policy'))
      await widget(page, `[part=policy][lang=${lang}]`).waitFor()
      const end = await widget(page, '.line').last().boundingBox()
      const dialog = await widget(page, 'dialog').boundingBox()
      assert.ok(end.y + end.height <= dialog.y + dialog.height, `${lang}: ${JSON.stringify(end)}`)
    }
  })

for (const name of POLICIES)
  test(`${name}: the notice is one screen at 1280 × 800 in every shape (kk, ru, en): nothing of it has to be scrolled`, async (t) => {
    const page = await visit(t, { name })
    for (const layout of ['box', 'bar', 'sheet'])
      for (const lang of ['kk', 'ru', 'en']) {
        await page.evaluate(
          ([lang, layout]) => {
            document.documentElement.lang = lang
            document.querySelector('kelisim-widget').dataset.layout = layout
          },
          [lang, layout],
        )
        await widget(page, `[part=notice][lang=${lang}]`).waitFor()
        const over = await widget(page, '.box').evaluate(
          (box) => box.scrollHeight - box.clientHeight,
        )
        assert.ok(over <= 1, `${layout} ${lang}: ${over} px more than there is room for`)
      }
  })

const HOSTILE = `<style>
* { all: unset !important; font: 40px/3 fantasy !important; color: lime !important; }
* { letter-spacing: 1em !important; text-transform: uppercase !important; display: block; float: left !important; }
button, dialog, section, h2, p, ul, div { background: red !important; transform: rotate(20deg) !important; opacity: 0.9 !important; }
kelisim-widget { font-size: 3px; color: red; direction: ltr; filter: none; }
:root { font-size: 4px; } html { zoom: 1; }
</style>`
test('the page’s own styles, however hostile, change not one pixel of the widget, and the page’s are its own', async (t) => {
  const [plain, hostile] = [
    await visit(t, { page: { lang: 'kk' } }),
    await visit(t, { page: { lang: 'kk', head: HOSTILE } }),
  ]
  const shot = async (page) => {
    const clip = await widget(page, 'dialog').boundingBox()
    return page.screenshot({
      clip: { x: clip.x + 2, y: clip.y + 12, width: clip.width - 4, height: clip.height - 24 },
    })
  }
  assert.equal(compare(await shot(plain), await shot(hostile)).count, 0)
  const style = await hostile.evaluate(() => getComputedStyle(document.getElementById('buy')).color)
  assert.equal(style, 'rgb(0, 255, 0)')
})

test('no custom property makes one answer weigh more than the other', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => {
    const { style } = document.querySelector('kelisim-widget')
    for (const name of [
      'accent',
      'answer',
      'on-answer',
      'radius',
      'gap',
      'line',
      'surface',
      'font',
    ])
      style.setProperty('--kelisim-' + name, name === 'font' ? '20px serif' : '#a24')
  })
  assert.equal(new Set(await answers(page)).size, 1)
})

for (const theme of ['quiet', 'paper', 'night', 'sharp'])
  for (const colorScheme of ['light', 'dark'])
    test(`the demo’s theme "${theme}" (${colorScheme}): readable for axe in notice and choices, equal answers left as they are, and a person grants`, async (t) => {
      const themes = String(themesPage(new URLSearchParams({ theme })))
      const head = /<style>[^]*<\/style>/.exec(themes)?.[0] ?? ''
      assert.equal(head === '', theme === 'quiet')
      const page = await visit(t, { page: { head }, options: { colorScheme } })
      await page.addScriptTag({ content: axe })
      assert.deepEqual(await faults(page), [], 'notice')
      await page.evaluate(() => kelisim.open('choices'))
      await widget(page, '[part=choices]').waitFor()
      assert.deepEqual(await faults(page), [], 'choices')
      assert.equal(new Set(await answers(page)).size, 1)
      await press(page, '[part=grant-all]')
      assert.equal(await page.evaluate(() => kelisim.state().status), 'decided')
      const told = await page.evaluate(() =>
        gate.events.filter(({ type }) => type === 'error').map(({ detail }) => detail.code),
      )
      assert.deepEqual(told, [])
    })

test('a page that reads from right to left keeps the widget whole and mirrors it', async (t) => {
  const page = await visit(t, { page: { lang: 'en' } })
  // A pseudo-locale: the same words, the other way round.
  await page.evaluate(() => {
    const element = document.querySelector('kelisim-widget')
    element.dir = 'rtl'
    for (const inside of element.shadowRoot.querySelectorAll('.layer')) inside.dir = 'rtl'
  })
  const box = await widget(page, 'dialog').boundingBox()
  assert.ok(box.x < 100, 'at the end of the line, which is left')
  const [first, second] = await widget(page, '[data-weight=equal]').all()
  assert.ok((await first.boundingBox()).x > (await second.boundingBox()).x)
  const sideways = await widget(page, 'dialog').evaluate(
    (element) => element.scrollWidth > element.clientWidth,
  )
  assert.equal(sideways, false)
})

test('where the widget is blocked or hidden by a filter list, the page stays usable and closed', async (t) => {
  const shop = await startShop()
  shop.pages['/'] = { body: html({ gateFile: 'kelisim.js' }) }
  const context = await browser.newContext()
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  await page.route('**/kelisim-shell.js', (route) => route.abort())
  await page.goto(shop.origin)
  await page.click('#buy')
  assert.equal(await page.evaluate(() => kelisim.allows('analytics')), false)
  await page.unroute('**/kelisim-shell.js')
  await page.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync('kelisim-widget { display: none !important }')
      document.adoptedStyleSheets = [sheet]
    }),
  )
  await page.reload()
  await page.waitForTimeout(800)
  await page.click('#buy')
  assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
})
