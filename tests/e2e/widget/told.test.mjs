// A grant that was not taken is told to whoever sees as well: over the answers, which stay where they are, until the next click.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { dist, launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

const words = (lang) => JSON.parse(readFileSync(`${dist}/locales/${lang}.json`, 'utf8')).strings
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

async function visit(t, { page: given = {}, policy, options = {} } = {}) {
  const shop = await startShop(
    policy && {
      policy: `examples/policies/${policy}.json`,
      text: `examples/policies/${policy}.text.json`,
    },
  )
  shop.pages['/'] = { body: html(given) }
  const context = await browser.newContext({
    viewport: { width: 1000, height: 700 },
    reducedMotion: 'reduce',
    ...options,
  })
  t.after(() => Promise.all([context.close(), shop.close()]))
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  await page.addInitScript(() => {
    window.shifts = []
    new PerformanceObserver((list) =>
      shifts.push(...list.getEntries().map(({ value }) => value)),
    ).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  return page
}
const told = (page) => widget(page, '[role=alert]')
const decided = (page) => page.evaluate(() => kelisim.state().status)
const answers = (page) =>
  widget(page, '[data-weight=equal]').evaluateAll((all) =>
    all.map((one) => JSON.stringify(one.getBoundingClientRect())),
  )
/** The page makes something nearly transparent while the next press lasts. */
const fade = (page, selector) =>
  page.evaluate(
    (selector) =>
      addEventListener(
        'pointerdown',
        () => {
          const [host, inside] = selector.split(' ')
          const element = document.querySelector(host)
          const { style } = inside ? element.shadowRoot.querySelector(inside) : element
          style.setProperty('opacity', '0.1', 'important')
          setTimeout(() => style.removeProperty('opacity'), 300)
        },
        { capture: true, once: true },
      ),
    selector,
  )

for (const lang of ['kk', 'ru', 'en'])
  test(`${lang}: changed in the press: it is said in the layer, once, in sight, with no answer moved; the next click takes it away and may grant`, async (t) => {
    const page = await visit(t, { page: { lang } })
    await page.waitForTimeout(500)
    const before = await answers(page)
    await fade(page, 'kelisim-widget dialog')
    await widget(page, '[part=grant-all]').click()
    await until(() => told(page).count(), 'the line')
    await until(async () => (await told(page).innerText()) !== '', 'its words')
    assert.equal(await told(page).innerText(), words(lang)['error.early'])
    assert.equal(await told(page).count(), 1)
    const status = await widget(page, '[role=status]').textContent()
    assert.ok(!status.includes(words(lang)['error.early']), 'it is said once')
    assert.deepEqual(await answers(page), before)
    assert.deepEqual(await page.evaluate(() => shifts), [])
    const line = await told(page).boundingBox()
    const dialog = await widget(page, 'dialog').boundingBox()
    const first = await widget(page, '[part=grant-all]').boundingBox()
    assert.ok(line.y >= dialog.y && line.y + line.height <= first.y, JSON.stringify(line))
    assert.ok(line.x >= dialog.x && line.x + line.width <= dialog.x + dialog.width)
    assert.equal(await decided(page), 'undecided')
    await press(page, '[part=grant-all]')
    assert.equal(await decided(page), 'decided')
  })

test('too early: that is what it says', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => kelisim.close())
  const place = await page.evaluate(async () => {
    await kelisim.open('notice')
    const { shadowRoot } = document.querySelector('kelisim-widget')
    const { x, y } = shadowRoot.querySelector('[part=grant-all]').getBoundingClientRect()
    return [x + 20, y + 10]
  })
  await page.mouse.click(...place)
  if ((await decided(page)) === 'decided')
    return t.skip('the machine was too slow to click so soon')
  await until(() => told(page).count(), 'the line')
  await until(async () => (await told(page).innerText()) !== '', 'its words')
  assert.equal(await told(page).innerText(), words('en')['error.early'])
})

test('a click elsewhere in the layer takes the line away', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(500)
  await fade(page, 'kelisim-widget dialog')
  await widget(page, '[part=grant-all]').click()
  await until(() => told(page).count(), 'the line')
  await widget(page, 'h2').click()
  assert.equal(await told(page).count(), 0)
})

test('page code can neither have it said nor write in it: it covers nothing of what is asked', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(500)
  await page.evaluate(() =>
    document.querySelector('kelisim-widget').shadowRoot.querySelector('[part=grant-all]').click(),
  )
  await page.waitForTimeout(200)
  assert.equal(await told(page).count(), 0)
  await fade(page, 'kelisim-widget dialog')
  await widget(page, '[part=grant-all]').click()
  await until(async () => (await told(page).innerText()) !== '', 'the line')
  await page.evaluate(() => {
    const line = document.querySelector('kelisim-widget').shadowRoot.querySelector('[role=alert]')
    line.remove = () => {}
    Element.prototype.remove = () => {}
    line.textContent = 'You get a gift for "Accept all".'
  })
  await page.waitForTimeout(500)
  await widget(page, '[part=grant-all]').click()
  assert.equal(await decided(page), 'undecided')
})

test('in the choices on a phone with large text the line lies over the text, and the answers are free', async (t) => {
  const page = await visit(t, {
    page: { lang: 'kk' },
    policy: 'letoile',
    options: { viewport: { width: 360, height: 640 } },
  })
  await page.evaluate(() => kelisim.open('choices'))
  await widget(page, '[part=choices]').waitFor()
  await page.waitForTimeout(500)
  const before = await answers(page)
  await fade(page, 'kelisim-widget dialog')
  await widget(page, '[part=grant-all]').click()
  await until(async () => (await told(page).innerText()) !== '', 'the line')
  assert.deepEqual(await answers(page), before)
  const hit = await told(page).evaluate((line) => {
    const { x, y, width, height } = line.getBoundingClientRect()
    return line.getRootNode().elementFromPoint(x + width / 2, y + height / 2) === line
  })
  assert.ok(hit, 'on top of the text')
})

test('a placeholder says it in itself', async (t) => {
  const page = await visit(t, {
    page: { body: '<iframe id="film" width="420" height="300"></iframe>' },
  })
  await press(page, '[part=refuse-all]')
  await page.evaluate(() => gate.hold(document.getElementById('film'), 'video'))
  const hold = page.locator('kelisim-hold')
  await hold.locator('[part=hold-grant]').waitFor()
  await page.waitForTimeout(600)
  const place = () => hold.locator('[part=hold-grant]').boundingBox()
  const before = await place()
  await fade(page, 'kelisim-hold')
  await hold.locator('[part=hold-grant]').click()
  const line = hold.locator('[role=alert]')
  await until(async () => (await line.innerText()) === words('en')['error.tampered'], 'the line')
  assert.deepEqual(await place(), before)
  await page.waitForTimeout(1000)
  await hold.locator('[part=hold-grant]').click()
  assert.equal(await page.evaluate(() => kelisim.allows('video')), true)
})

test('a box of a form that was not ticked says why, and a second click ticks it', async (t) => {
  const page = await visit(t, {
    policy: 'letoile',
    page: {
      lang: 'ru',
      body: '<form data-kelisim-form="account"><input name="who"><button id="send">Send</button></form>',
    },
    options: { viewport: { width: 900, height: 900 } },
  })
  const form = page.locator('kelisim-form')
  await form.locator('input').waitFor()
  await page.waitForTimeout(600)
  const send = () => page.locator('#send').boundingBox()
  const before = await send()
  await fade(page, 'kelisim-form')
  await form.locator('input').click()
  const line = form.locator('[role=alert]')
  await until(async () => (await line.count()) && (await line.innerText()) !== '', 'the line')
  assert.equal(await line.innerText(), words('ru')['error.tampered'])
  assert.equal(await form.locator('input').isChecked(), false)
  assert.deepEqual(await send(), before)
  await page.waitForTimeout(1000)
  await form.locator('input').click()
  assert.equal(await form.locator('input').isChecked(), true)
  assert.equal(await line.count(), 0)
})
