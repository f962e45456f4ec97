// Everyone can use it: every layer in every shape, language, scheme and size, looked at by axe, walked by keyboard, with large text and on
// narrow screens. One page each; nothing is loaded again between two looks.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { launch, page as html, startShop, widget } from '../../support/shop.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const LANGUAGES = ['kk', 'ru', 'en']
const MODAL = ['choices', 'policy', 'rights', 'receipts']
const SCHEMES = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
}
let browser
let shop
before(async () => {
  browser = await launch()
  shop = await startShop({
    policy: 'examples/policies/letoile.json',
    text: 'examples/policies/letoile.text.json',
  })
  shop.pages['/'] = {
    body: html({ lang: 'ru', body: '<p><a id="settings" href="#kelisim">Data</a></p>' }),
  }
})
after(() => Promise.all([browser?.close(), shop?.close()]))

async function visit(t, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  t.after(() => context.close())
  const page = await context.newPage()
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  return page
}
async function show(page, layer, lang, unfold = true) {
  await page.evaluate(
    async ([to, spoken]) => {
      document.documentElement.lang = spoken
      await kelisim.open(to)
    },
    [layer, lang],
  )
  await widget(page, `[part=${layer}][lang=${lang}]`).waitFor()
  if (unfold)
    await widget(page, '.layer').evaluate((element) => {
      for (const details of element.querySelectorAll('details')) details.open = true
    })
}
/** A decision, so that the receipts have something to show, checked and all. */
async function decide(page) {
  await page.evaluate(() => kelisim.refuse())
  await page.evaluate(() => kelisim.sync())
}
const faults = async (page) => {
  const { violations, passes } = await page.evaluate(() => axe.run('kelisim-widget'))
  assert.ok(
    passes.some(({ id }) => id === 'button-name'),
    'axe has looked at it',
  )
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`)
}

for (const [scheme, media] of Object.entries(SCHEMES))
  test(`${scheme}: axe finds nothing in any layer, shape and language, at 1280 and at 360 px`, async (t) => {
    const page = await visit(t)
    await page.emulateMedia(media)
    await page.addScriptTag({ content: axe })
    await decide(page)
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 })
      for (const lang of LANGUAGES) {
        for (const layout of ['box', 'bar', 'sheet']) {
          await page.evaluate(
            (to) => (document.querySelector('kelisim-widget').dataset.layout = to),
            layout,
          )
          await show(page, 'notice', lang)
          assert.deepEqual(await faults(page), [], `notice ${layout} ${lang} ${width}`)
        }
        for (const layer of MODAL) {
          await show(page, layer, lang)
          if (layer === 'receipts') {
            await widget(page, '[data-action=verify_receipts]').click()
            await widget(page, '[data-id=checked]').waitFor()
          }
          assert.deepEqual(await faults(page), [], `${layer} ${lang} ${width}`)
        }
      }
    }
  })

test('the shape is the notice’s alone: modal layers look the same in all three', async (t) => {
  const page = await visit(t)
  for (const layer of MODAL) {
    const seen = new Set()
    for (const layout of ['box', 'bar', 'sheet']) {
      await page.evaluate(
        (to) => (document.querySelector('kelisim-widget').dataset.layout = to),
        layout,
      )
      await show(page, layer, 'ru', false)
      seen.add(JSON.stringify(await widget(page, 'dialog').boundingBox()))
    }
    assert.equal(seen.size, 1, layer)
  }
})

/** What has the focus, in the widget or the page, and whether its middle can be seen. */
const focus = (page) =>
  page.evaluate(() => {
    let root = document
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) {
      root = active.shadowRoot
      active = root.activeElement
    }
    const { x, y, width, height } = active.getBoundingClientRect()
    const at = root.elementFromPoint(x + width / 2, y + Math.min(height / 2, 12))
    const ring = getComputedStyle(active)
    return {
      name: `${active.localName} ${active.getAttribute('part') ?? active.dataset.action ?? active.dataset.clause ?? active.textContent.slice(0, 20)}`,
      index: [...root.querySelectorAll('.layer :is(button, input, summary, a)')].indexOf(active),
      inside: root !== document,
      seen: !!at && (active.contains(at) || at.contains(active)),
      ring: ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2,
    }
  })

for (const [where, viewport] of [
  ['on a wide screen', { width: 1280, height: 800 }],
  ['on a phone', { width: 360, height: 640 }],
])
  for (const layer of MODAL)
    test(`${layer} ${where}: Tab goes through every control in its order, each in sight with a ring; Escape leads back`, async (t) => {
      const page = await visit(t, { viewport })
      await decide(page)
      await page.focus('#settings')
      await show(page, layer, 'kk')
      const count = await widget(page, '.layer').evaluate(
        (element) =>
          [...element.querySelectorAll('button, input, summary, a')].filter(
            (control) => !control.disabled && control.checkVisibility(),
          ).length,
      )
      assert.ok(count > 3)
      let last = -1
      for (let n = 0; n < count; n++) {
        await page.keyboard.press('Tab')
        const now = await focus(page)
        assert.ok(now.inside, `${now.name} after ${n} of ${count}`)
        assert.ok(now.index > last, `${now.name}: ${now.index} after ${last}`)
        assert.ok(now.seen, `${now.name} is hidden`)
        assert.ok(now.ring, `${now.name} has no ring`)
        last = now.index
      }
      await page.keyboard.press('Shift+Tab')
      assert.ok((await focus(page)).index < last)
      await page.keyboard.press('Escape')
      await widget(page, 'dialog').waitFor({ state: 'hidden' })
      assert.match((await focus(page)).name, /^a /, 'back where it came from')
    })

test('the notice traps nobody: Tab goes through it and on into the page, and back', async (t) => {
  const page = await visit(t, { viewport: { width: 360, height: 640 } })
  const way = []
  for (let n = 0; n < 6; n++) {
    await page.keyboard.press('Tab')
    const now = await focus(page)
    assert.ok(now.seen || !now.inside, now.name)
    way.push(now.name)
  }
  assert.deepEqual(way, [
    'button grant-all',
    'button refuse-all',
    'button choose',
    'button open',
    'button Buy',
    'a Data',
  ])
  for (let n = 0; n < 2; n++) await page.keyboard.press('Shift+Tab')
  assert.equal((await focus(page)).name, 'button open')
})

/** What can be read only by scrolling sideways. */
const sideways = (page) =>
  widget(page, 'dialog').evaluate((dialog) => {
    // What is below the fold is laid out, too.
    for (const one of dialog.querySelectorAll('.switch, .row'))
      one.style.contentVisibility = 'visible'
    const frame = dialog.getBoundingClientRect()
    return [
      document.documentElement.scrollWidth > innerWidth && 'the page',
      ...[dialog, ...dialog.querySelectorAll('*')]
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const { left, right } = element.getBoundingClientRect()
          const cut =
            element.scrollWidth > element.clientWidth + 1 &&
            !/visible|^$/.test(getComputedStyle(element).overflowX)
          return left < frame.left - 1 || right > frame.right + 1 || cut
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    ].filter(Boolean)
  })

for (const [what, options, text] of [
  ['at 320 px, as a page of 1280 px zoomed to 400 %', { viewport: { width: 320, height: 256 } }],
  ['with text at 200 %', { viewport: { width: 1280, height: 800 } }, 32],
  ['on a phone with text at 200 %', { viewport: { width: 360, height: 640 } }, 32],
])
  test(`${what}: every layer reflows, and every answer can be reached`, async (t) => {
    const own =
      text &&
      (await (
        await import('playwright-core')
      ).chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', `--blink-settings=defaultFontSize=${text}`],
      }))
    if (own) t.after(() => own.close())
    const context = await (own || browser).newContext({ reducedMotion: 'reduce', ...options })
    t.after(() => context.close())
    const page = await context.newPage()
    await page.goto(shop.origin)
    await widget(page, '[part=notice]').waitFor()
    await decide(page)
    for (const lang of LANGUAGES)
      for (const layer of ['notice', ...MODAL]) {
        await show(page, layer, lang)
        assert.deepEqual(await sideways(page), [], `${layer} ${lang}`)
        for (const answer of await widget(page, '[data-weight=equal]').all()) {
          await answer.scrollIntoViewIfNeeded()
          const free = await answer.evaluate((button) => {
            const { x, y, width, height } = button.getBoundingClientRect()
            return button.contains(
              button.getRootNode().elementFromPoint(x + width / 2, y + height / 2),
            )
          })
          assert.ok(free, `${layer} ${lang}`)
        }
      }
  })
