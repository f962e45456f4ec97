// What the policies say about cookies, pixels and unknown third parties, enforced in the demo shops: real pages, two origins.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { readPolicy } from '../../../examples/shop/policies.mjs'
import { shops } from '../../../examples/shop/shops/index.mjs'
import { launch, page as html, startShop } from '../../support/shop.mjs'
import { settled, startVisits, until, visit } from './visit.mjs'

let visits
before(async () => (visits = await startVisits()))
after(() => visits?.close())

const shopOf = (id) => shops.find((shop) => shop.id === id)
async function enter(t, id, options) {
  const person = await visit(t, visits, shopOf(id), options)
  person.forget()
  return person
}
/** What the page was told, of one event. */
const told = ({ page }, type) =>
  page.evaluate((name) => liveLog.filter(([one]) => one === name).map(([, detail]) => detail), type)
const state = ({ page }) => page.evaluate(() => kelisim.state())
const mine = ({ page }) => page.evaluate(() => kelisim.receipts())
async function grantAll(person) {
  await person.press('grant-all')
  await until(
    () => mine(person),
    (list) => list.length > 0,
    'the receipt of the grant',
  )
}

test('R-ALMA-06.1b: no cookie of a targeting pixel or a counter before its own grant', async (t) => {
  const person = await enter(t, 'alma')
  const { page, part, go, names, arrived } = person
  await go('/')
  await part('notice').waitFor({ state: 'visible' })
  await settled(names)
  assert.deepEqual(await names(), [])
  await part('choose').first().click()
  const statistics = page.locator('kelisim-widget [part~="switch"][data-id="statistics"]').first()
  await statistics.waitFor({ state: 'visible' })
  await page.waitForTimeout(450)
  await statistics.click()
  await person.press('save')
  await until(arrived, (list) => list.some((one) => /hit/.test(one)), 'the counter')
  await settled(arrived)
  const counter = await names()
  assert.ok(!counter.some((name) => /^_fb/.test(name)), `${counter}`)
  assert.ok(!arrived().some((one) => one.startsWith('meta-pixel')), `${arrived()}`)
  await page.click('footer [data-kelisim-open]')
  await person.press('grant-all')
  await until(names, (list) => list.some((name) => /^_fb/.test(name)), 'the name of the pixel')
})

for (const [id, requirement, pixels] of [
  ['aster', 'R-ASTER-03.3c', /facebook|tiktok/],
  ['allur', 'R-ALLUR-03.3c', /facebook|yandex/],
])
  test(`${requirement}: a blocked pixel asks nothing: no address of the page, no referrer, not one connection`, async (t) => {
    const person = await enter(t, id)
    await person.go('/?from=letter&client=4711')
    await person.part('notice').waitFor({ state: 'visible' })
    await settled(() => person.asked)
    assert.deepEqual(person.asked, [])
    assert.deepEqual(person.arrived(), [])
    await person.press('refuse-all')
    await person.go(`/goods/${shopOf(id).goods[0].slug}`)
    await settled(() => person.asked)
    assert.deepEqual(person.asked, [])
    // The probe sees them where they are asked.
    await person.page.click('footer [data-kelisim-open]')
    await person.press('grant-all')
    await until(
      () => person.asked,
      (list) => list.some((one) => pixels.test(one)),
      'the pixels',
    )
  })

for (const [id, requirement] of [
  ['aster', 'R-ASTER-06.2.2'],
  ['allur', 'R-ALLUR-06.2.2'],
])
  test(`${requirement}: a third party the policy does not name is held, whatever is granted, and reported`, async (t) => {
    const person = await enter(t, id)
    await person.go('/')
    await grantAll(person)
    await settled(person.arrived)
    assert.deepEqual(
      person.asked.filter((one) => one.startsWith('counter.yadro.ru')),
      [],
    )
    const undeclared = await told(person, 'undeclared')
    assert.ok(
      undeclared.some(({ kind, host }) => kind === 'host' && /^counter\.yadro\.ru/.test(host)),
      JSON.stringify(undeclared),
    )
  })

for (const [id, requirement] of [
  ['alma', 'R-ALMA-06.4'],
  ['webpulse', 'R-WEBP-07.4'],
])
  test(`${requirement}: a cookie nobody declared is reported by name, without its value`, async (t) => {
    const person = await enter(t, id)
    await person.go('/')
    await person.press('refuse-all')
    await person.page.evaluate(() => void (document.cookie = 'promo_wheel=secret-17; path=/'))
    const list = await until(
      () => told(person, 'undeclared'),
      (found) => found.some(({ name }) => name === 'promo_wheel'),
      'the report',
    )
    assert.deepEqual(
      list.filter(({ name }) => name === 'promo_wheel'),
      [{ kind: 'cookie', name: 'promo_wheel' }],
    )
  })

/** Serves the shop's policy changed by `change` from now on. */
const newEdition = ({ page }, id, change) =>
  page.route('**/kelisim/policy.json', (route) => {
    const policy = JSON.parse(readPolicy(shopOf(id).policy).mapped)
    change(policy)
    return route.fulfill({ json: policy })
  })
const otherText = (policy) => {
  const sha256 = createHash('sha256').update('another text').digest('base64url')
  policy.edition.text = { ...policy.edition.text, sha256 }
  policy.edition.label = '2'
}

test('R-ALL-11: under another text with nothing added, grants keep their gates; with a recipient added, gates close and the person is asked', async (t) => {
  const person = await enter(t, 'letoile')
  await person.go('/')
  await grantAll(person)
  await settled(person.arrived)
  let added = false
  await newEdition(person, 'letoile', (policy) => {
    otherText(policy)
    if (added)
      policy.services.push({
        ...{ id: 'new-counter', name: { ru: 'Счётчик', kk: 'Санауыш', en: 'Counter' } },
        ...{ operator: 'Counter GmbH', operator_country: 'DE', category: 'analytics' },
        ...{ gate: 'block', kind: 'statistics', hosts: ['counter.example'] },
      })
  })
  person.forget()
  await person.go('/')
  await until(person.arrived, (list) => list.includes('meta-pixel hit'), 'what was granted')
  await person.page.evaluate(() => kelisim.ready)
  assert.equal((await state(person)).status, 'stale')
  assert.equal((await state(person)).categories.marketing, 'granted')

  added = true
  await person.go('/')
  await person.part('notice').waitFor({ state: 'visible' })
  assert.equal((await state(person)).status, 'stale')
  assert.equal(await person.page.evaluate(() => kelisim.allows('meta-pixel')), false)
  person.forget()
  await person.go('/contacts')
  await settled(person.arrived)
  assert.deepEqual(person.arrived(), [])
})

test('R-ASTER-09.1: a changed text is a new edition, whatever the policy says about consent to changes', async (t) => {
  const person = await enter(t, 'aster')
  await person.go('/')
  await grantAll(person)
  const before = await state(person)
  await newEdition(person, 'aster', otherText)
  await person.go('/')
  await person.page.evaluate(() => kelisim.ready)
  const now = await state(person)
  assert.equal(before.status, 'decided')
  assert.equal(now.status, 'stale')
  assert.notEqual(now.edition, before.edition)
})

test('R-ALL-15: without a network the choice is made, enforced and kept, and its receipt goes out later', async (t) => {
  const person = await enter(t, 'aster')
  const { page, context, receipts } = person
  const before = receipts().length
  await person.go('/')
  await person.part('notice').waitFor({ state: 'visible' })
  await page.evaluate(() => kelisim.ready)
  await settled(() => person.asked)
  await context.setOffline(true)
  await person.press('refuse-all')
  assert.equal((await state(person)).status, 'decided')
  await until(
    () => mine(person),
    (list) => list.length === 1,
    'the receipt on the device',
  )
  assert.equal(receipts().length, before)
  await page.evaluate(() => kelisim.open('policy'))
  await person.part('policy').first().waitFor({ state: 'visible' })
  await context.setOffline(false)
  await page.evaluate(() => kelisim.sync())
  await until(receipts, (list) => list.length === before + 1, 'the receipt at the receiver')
})

test('R-WEBP-07.3: no wall: after a refusal the shop sells, and a tied service shows a placeholder', async (t) => {
  const person = await enter(t, 'webpulse')
  const { page } = person
  await person.go('/')
  await person.press('refuse-all')
  await page.click('header a[href="/contacts"], nav a[href="/contacts"], a[href="/contacts"]')
  await page.waitForURL('**/contacts')
  const hold = page.locator('kelisim-hold').first()
  await hold.scrollIntoViewIfNeeded()
  assert.ok(await hold.locator('[part~="hold-grant"]').isVisible())
  await person.go(`/goods/${shopOf('webpulse').goods[0].slug}`)
  await page.click('.one .buy button')
  await person.go('/checkout')
  assert.ok(await page.locator('form[action="/checkout"] .big').isEnabled())
  assert.deepEqual(person.asked, [])
})

test('R-LETO-06.2b: the stricter clause wins: on «only necessary» no page asks a third party', async (t) => {
  const person = await enter(t, 'letoile')
  await person.go('/')
  await person.press('refuse-all')
  for (const path of [
    '/',
    `/goods/${shopOf('letoile').goods[0].slug}`,
    '/contacts',
    '/checkout',
    '/signin',
  ]) {
    await person.go(path)
    await settled(() => person.asked, 500)
    assert.deepEqual(person.asked, [], path)
  }
})

test('R-ALLUR-03.2.1c: a form with an identification number: it is never read, and in no receipt', async (t) => {
  const browser = await launch()
  const shop = await startShop({ policy: 'examples/policies/allur.json' })
  t.after(() => Promise.all([browser.close(), shop.close()]))
  const number = '900101300123'
  shop.pages['/'] = {
    body: html({
      lang: 'ru',
      body: `<form data-kelisim-form="account" method="post" action="/taken"><input name="iin" value="${number}"><button id="send">Send</button></form>
        <script>
          window.reads = 0
          const iin = document.querySelector('[name=iin]')
          for (const name of ['value', 'defaultValue']) Object.defineProperty(iin, name, { get() { reads++; return '' } })
          for (const name of ['getAttribute', 'attributes']) {
            const own = Object.getOwnPropertyDescriptor(Element.prototype, name)
            Object.defineProperty(iin, name, own.get ? { get() { reads++; return own.get.call(this) } } : { value(...given) { if (given[0] === 'value') reads++; return own.value.apply(this, given) } })
          }
        </script>`,
    }),
  }
  shop.pages['/taken'] = { body: html({ lang: 'ru' }) }
  const page = await browser.newPage()
  const sent = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))
  await page.goto(shop.origin)
  const box = page.locator('kelisim-form').locator('input')
  await box.waitFor()
  await page.waitForTimeout(400)
  await box.click()
  const reads = await page.evaluate(() => window.reads)
  await page.click('#send')
  await until(
    () => shop.accepted(),
    (list) => list.length === 1,
    'the receipt',
  )
  assert.equal(reads, 0)
  for (const jws of shop.accepted())
    assert.ok(!Buffer.from(jws.split('.')[1], 'base64url').toString().includes(number))
  // The browser itself sent it, to the shop alone.
  assert.equal(sent.filter((data) => data.includes(number)).length, 1)
})
