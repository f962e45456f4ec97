// A language is one file: plurals, dates and durations of its own, from right to left, and what the policy does not say in it is said in the
// policy's language and marked so.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { addLocale, arabic, pseudo } from '../../support/locales.mjs'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LAYERS = ['notice', 'choices', 'policy', 'rights', 'receipts']
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

async function visit(t, { locale, page: given = {}, name = 'letoile', options = {} } = {}) {
  const shop = await startShop({
    policy: `examples/policies/${name}.json`,
    text: `examples/policies/${name}.text.json`,
  })
  if (locale) addLocale(shop, locale)
  shop.pages['/'] = { body: html(given) }
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  return { shop, page }
}
async function show(page, layer) {
  if (layer !== 'notice') await page.evaluate((to) => kelisim.open(to), layer)
  await widget(page, `[part=${layer}]`).waitFor()
  await widget(page, '.layer').evaluate((element) => {
    for (const details of element.querySelectorAll('details')) details.open = true
  })
}
const box = (page, selector) => widget(page, selector).first().boundingBox()

for (const [how, given] of [
  ['data-lang', { gate: { lang: 'ar' } }],
  ['the page', { lang: 'ar-EG' }],
])
  test(`a language nobody installed is spoken once its file is there and ${how} names it`, async (t) => {
    const { page } = await visit(t, { locale: arabic, page: given })
    assert.equal(await widget(page, '.layer').getAttribute('lang'), 'ar')
    assert.equal(await widget(page, '.layer').getAttribute('dir'), 'rtl')
    assert.match(await widget(page, 'h2').textContent(), /بياناتك على/)
    await press(page, '[part=refuse-all]')
    await page.evaluate(() => kelisim.open('receipts'))
    // The day, the month and the hour as the file has them.
    await widget(page, '.item .label').first().waitFor()
    assert.match(await widget(page, '.item .label').first().textContent(), /\p{Script=Arabic}/u)
  })

test('a language whose file is missing is passed over without a word, and not asked for again', async (t) => {
  const { shop, page } = await visit(t, {
    page: { lang: 'de', gate: {} },
    options: { locale: 'kk-KZ' },
  })
  assert.equal(await widget(page, '.layer').getAttribute('lang'), 'kk', 'what the browser speaks')
  await page.evaluate(() => kelisim.open('policy'))
  await widget(page, '[part=policy]').waitFor()
  assert.equal(shop.requests.filter((path) => path.endsWith('/de.json')).length, 1)
  const events = await page.evaluate(() => gate.events)
  assert.deepEqual(
    events.filter(({ type }) => type === 'error'),
    [],
  )
})

test('from right to left every layer is mirrored and nothing runs out of it, at 1280 and at 360 px', async (t) => {
  const { page } = await visit(t, { locale: arabic, page: { lang: 'ar' } })
  await page.addScriptTag({ content: axe })
  for (const layer of LAYERS) {
    await page.setViewportSize({ width: 1280, height: 800 })
    await show(page, layer)
    if (layer === 'notice') {
      const dialog = await box(page, 'dialog')
      assert.ok(dialog.x < 100, 'the end of the line is left')
      const [first, second] = await widget(page, '[data-weight=equal]').all()
      assert.ok((await first.boundingBox()).x > (await second.boundingBox()).x)
    } else {
      const [close, title] = [await box(page, '.close'), await box(page, 'h2')]
      assert.ok(close.x < title.x + title.width / 2, 'the cross is left')
    }
    if (layer === 'choices') {
      const [input, label] = [
        await box(page, '[type=checkbox]:not(:disabled)'),
        await box(page, '.switch .label'),
      ]
      assert.ok(input.x < label.x, 'the switch is left of its name')
    }
    if (layer === 'policy') {
      const [label, words] = [
        await box(page, '.line > summary > .label'),
        await box(page, '.line > summary > .words'),
      ]
      assert.ok(words.x < label.x)
    }
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 })
      const outside = await widget(page, 'dialog').evaluate((dialog) => {
        // What is below the fold is laid out, too.
        for (const one of dialog.querySelectorAll('.switch, .row'))
          one.style.contentVisibility = 'visible'
        const frame = dialog.getBoundingClientRect()
        return [...dialog.querySelectorAll('.layer *')]
          .filter((element) => element.checkVisibility())
          .filter((element) => {
            const { left, right } = element.getBoundingClientRect()
            return left < frame.left - 1 || right > frame.right + 1
          })
          .map((element) => element.outerHTML.slice(0, 100))
      })
      assert.deepEqual(outside, [], `${layer} at ${width}`)
      const { violations } = await page.evaluate(() => axe.run('kelisim-widget'))
      assert.deepEqual(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`),
        [],
        `${layer} at ${width}`,
      )
    }
  }
})

test('what the policy does not say in the language is in the policy’s own, and says so to whoever reads it out', async (t) => {
  const { page } = await visit(t, { locale: arabic, page: { lang: 'ar' } })
  for (const layer of ['notice', 'choices', 'policy', 'rights']) {
    await show(page, layer)
    const pieces = await widget(page, '.layer').evaluate((element) => {
      const found = []
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      for (let node = walk.nextNode(); node; node = walk.nextNode())
        found.push([node.data, node.parentElement.closest('[lang]').lang])
      return found
    })
    // Sentences with both alphabets are Arabic ones that name something; a piece in Cyrillic alone is of the policy.
    const unmarked = pieces.filter(
      ([text, lang]) =>
        /\p{Script=Cyrillic}{3}/u.test(text) && !/\p{Script=Arabic}/u.test(text) && lang !== 'ru',
    )
    assert.deepEqual(
      unmarked.map(([text]) => text).filter((text) => !isName(text)),
      [],
      layer,
    )
    assert.ok(
      pieces.some(([, lang]) => lang === 'ru'),
      layer,
    )
    const wrong = pieces.filter(
      ([text, lang]) => lang === 'ru' && /\p{Script=Arabic}{4}/u.test(text) && !/\d/.test(text),
    )
    assert.deepEqual(wrong, [], layer)
  }
})
/** Names that are written as they are in every language: of companies, services and pages. */
const isName = (text) => /Яндекс|2ГИС|«|№/.test(text)

test('every sentence of the interface is read from the file: none is in the code (pseudo-locale)', async (t) => {
  const locale = pseudo()
  const { page } = await visit(t, { locale, page: { lang: 'qps' } })
  const strays = new Set()
  for (const layer of LAYERS) {
    await show(page, layer)
    if (layer === 'policy') await widget(page, '[data-action=load_text]').waitFor()
    for (const text of await widget(page, '.layer').evaluate((element) => {
      const found = []
      const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      for (let node = walk.nextNode(); node; node = walk.nextNode())
        if (node.parentElement.closest('[lang]') === element) found.push(node.data)
      return found
    }))
      // In English there are only the interface's words: the policy's are Russian and marked.
      if (/[a-z]{3,} [a-z]{2,}/.test(text.replace(/⟦[^⟧]*⟧/g, '')) && !/⟦/.test(text))
        strays.add(text)
  }
  assert.deepEqual(
    [...strays].filter((text) => !/Ltd|Google|Meta|Yandex|JivoSite/.test(text)),
    [],
  )
  const handle = await page.evaluate(() => {
    kelisim.close()
    const { shadowRoot } = document.querySelector('kelisim-widget')
    return shadowRoot.querySelector('.handle').title
  })
  assert.match(handle, /^⟦.*⟧$/)
})

test('what is left after a withdrawal is told from right to left as well', async (t) => {
  const { page } = await visit(t, {
    locale: arabic,
    page: {
      lang: 'ar',
      head: '<script>document.cookie = "_ga=1"; localStorage.setItem("_ym_uid", "1")</script>',
    },
  })
  await press(page, '[part=grant-all]')
  await page.evaluate(() => kelisim.withdraw())
  await until(() => widget(page, '[data-layer=left]').count(), 'what is left')
  assert.equal(await widget(page, '.layer').getAttribute('dir'), 'rtl')
})
