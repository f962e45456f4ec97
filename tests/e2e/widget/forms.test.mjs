// Consents in the shop's own forms: a box of their own, unticked, and a receipt of their own.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

const FORM = `<form data-kelisim-form="account" method="post" action="/taken"><input name="who" value="A">
<button type="button">Help</button><button id="send">Send</button></form>`
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

async function visit(t, { lang = 'ru', name = 'letoile', form = 'account' } = {}) {
  const shop = await startShop({
    policy: `examples/policies/${name}.json`,
    text: `examples/policies/${name}.text.json`,
  })
  shop.pages['/'] = { body: html({ lang, body: FORM.replace('account', form) }) }
  shop.pages['/taken'] = { body: html({ lang }) }
  const context = await browser.newContext({ viewport: { width: 900, height: 900 } })
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  const sent = []
  page.on('request', (request) => {
    if (request.url().endsWith('/taken')) sent.push(request.postData())
  })
  await page.goto(shop.origin)
  const box = page.locator('kelisim-form').locator('input')
  await box.waitFor()
  await page.waitForTimeout(400)
  return { shop, page, box, sent }
}
const bodies = (shop) =>
  shop.accepted().map((jws) => JSON.parse(Buffer.from(jws.split('.')[1], 'base64url')))

for (const lang of ['kk', 'ru', 'en'])
  test(`R-ASTER-04.1.6, R-ALLUR-04.1.6, R-WEBP-04.1a, ${lang}: a form has its own box, unticked, before what sends it`, async (t) => {
    for (const [name, id] of [
      ['aster', 'account'],
      ['allur', 'account'],
      ['webpulse', 'application'],
    ]) {
      const shop = await startShop({ policy: `examples/policies/${name}.json` })
      shop.pages['/'] = { body: html({ lang, body: FORM.replace('account', id) }) }
      const context = await browser.newContext()
      t.after(() => Promise.all([context.close(), shop.close()]))
      const page = await context.newPage()
      await page.goto(shop.origin)
      const form = page.locator('kelisim-form')
      await form.locator('input').waitFor()
      assert.equal(await form.locator('input').isChecked(), false)
      assert.equal(await form.locator('.layer').getAttribute('lang'), lang)
      assert.equal(await form.evaluate((element) => element.nextElementSibling.id), 'send')
    }
  })

test('R-LETO-07.8d: a form sent with the box ticked makes a receipt of that form alone, and nothing else is granted', async (t) => {
  const { shop, page, box, sent } = await visit(t)
  await box.click()
  assert.equal(await box.isChecked(), true)
  await page.click('#send')
  await until(() => shop.accepted().length, 'the receipt')
  const [body] = bodies(shop)
  assert.equal(body.evidence.action, 'form')
  assert.equal(body.evidence.layer, 'form')
  assert.match(sent[0], /kelisim_consent=given/)
  assert.match(sent[0], /kelisim_channels=(&|$)/)
  await page.waitForFunction(() => window.kelisim)
  const state = await page.evaluate(() => kelisim.state())
  assert.ok(!Object.values(state.channels).includes(true))
})

test('R-WEBP-04.1b: a form’s consent and the cookies’ are two receipts of one chain, each about its own', async (t) => {
  const { shop, page, box } = await visit(t, { name: 'webpulse', form: 'application' })
  await press(page, '[part=grant-all]')
  await until(() => shop.accepted().length, 'the receipt of the cookies')
  await box.scrollIntoViewIfNeeded()
  await page.waitForTimeout(500)
  await box.click()
  await page.click('#send')
  await until(() => shop.accepted().length === 2, 'the receipt of the form')
  const [cookies, form] = bodies(shop)
  assert.deepEqual(
    [cookies.evidence.action, form.evidence.action, cookies.record_id === form.record_id],
    ['grant_all', 'form', true],
  )
  assert.deepEqual([cookies.seq, form.seq, typeof form.prev], [1, 2, 'string'])
  const purposes = (body) => body.pii_processing.purposes.map(({ purpose_id }) => purpose_id)
  assert.deepEqual(
    purposes(form).filter((id) => purposes(cookies).includes(id)),
    [],
  )
})

test('a form sent without the tick goes, makes no receipt, and says so to the server', async (t) => {
  const { shop, page, sent } = await visit(t)
  await page.click('#send')
  await until(() => sent.length, 'the form')
  assert.match(sent[0], /kelisim_consent=not_given/)
  await page.waitForTimeout(500)
  assert.equal(shop.accepted().length, 0)
})

test('a box ticked by page code is unticked again, and a form it sends proves nothing', async (t) => {
  const { shop, page, box } = await visit(t)
  await page.evaluate(() => {
    document.querySelector('kelisim-form').shadowRoot.querySelector('input').click()
  })
  await until(async () => !(await box.isChecked()), 'the box unticked')
  await page.evaluate(() => document.querySelector('form').requestSubmit())
  await page.waitForTimeout(800)
  assert.equal(shop.accepted().length, 0)
})

test('a form that comes later gets its box, and the box speaks the page’s language', async (t) => {
  const { page } = await visit(t)
  await page.evaluate((form) => {
    document.querySelector('form').remove()
    const box = document.createElement('div')
    document.querySelector('main').append(box)
    box.innerHTML = form
    document.documentElement.lang = 'en'
  }, FORM)
  const form = page.locator('kelisim-form')
  await form.locator('.layer[lang=en]').waitFor()
  assert.equal(await widget(page, '[part=notice][lang=en]').isVisible(), true)
})
