// The whole job in the five demo shops: nothing goes out before a grant, each tag once after it, a proven receipt of every choice,
// and nothing left behind after withdrawal.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { loadEngine } from '../../../dist/node/index.js'
import { shops } from '../../../examples/shop/shops/index.mjs'
import { settled, startVisits, until, visit } from './visit.mjs'

let visits
before(async () => (visits = await startVisits()))
after(() => visits?.close())

/** What the home page brings in once everything is granted. */
const onHome = {
  alma: {
    'zero-kz': ['script', 'hit'],
    'yandex-metrica': ['script', 'hit'],
    'google-analytics': ['script', 'hit'],
    'meta-pixel': ['script', 'hit'],
    jivo: ['script', 'hit'],
    youtube: ['frame'],
  },
  aster: {
    'google-analytics': ['script', 'hit'],
    'yandex-metrica': ['script', 'hit'],
    'meta-pixel': ['script', 'hit'],
    'tiktok-pixel': ['script', 'hit'],
    jivo: ['script', 'hit'],
    youtube: ['frame'],
  },
  webpulse: {
    'zero-kz': ['script', 'hit'],
    'yandex-metrica': ['script', 'hit'],
    'google-analytics': ['script', 'hit'],
    'meta-pixel': ['script', 'hit'],
    'vk-pixel': ['script', 'hit'],
    'bitrix24-widget': ['script', 'hit'],
    youtube: ['frame'],
  },
  allur: {
    'google-analytics': ['script', 'hit'],
    'yandex-metrica': ['script', 'hit'],
    'meta-pixel': ['script', 'hit'],
    'yandex-direct': ['script', 'frame'],
    jivo: ['script', 'hit'],
    youtube: ['frame'],
  },
  letoile: {
    'google-analytics': ['script', 'hit'],
    'yandex-metrica': ['script', 'hit'],
    'meta-pixel': ['script', 'hit'],
    'vk-pixel': ['script', 'hit'],
    jivo: ['script', 'hit'],
    youtube: ['frame'],
  },
}
const expected = (shop) =>
  Object.entries(onHome[shop.id])
    .flatMap(([service, kinds]) => kinds.map((kind) => `${service} ${kind}`))
    .sort()

async function signIn({ page, go }, shop) {
  await go('/signin')
  await page.fill(
    '[name=login]',
    shop.signIn === 'phone' ? '+7 701 000 00 00' : 'aigerim@example.kz',
  )
  if (shop.signIn === 'phone') await page.fill('[name=code]', '2468')
  else await page.fill('[name=password]', 'alma2026')
  await page.click('form[action="/signin"] button')
  await page.waitForURL('**/account')
  assert.equal(await page.textContent('h1'), 'Айгерим Сапарова')
}

async function buy({ page, go }, shop) {
  await go(`/goods/${shop.goods[0].slug}`)
  await page.click('.one .buy button')
  await go('/checkout')
  await page.fill('[name=name]', 'Айгерим Сапарова')
  await page.fill('[name=phone]', '+7 701 000 00 00')
  await page.fill('[name=mail]', 'aigerim@example.kz')
  if (shop.form !== 'application') await page.fill('[name=address]', 'Алматы, Абая, 1')
  await page.click('form[action="/checkout"] .big')
  await page.waitForURL('**/orders/*')
  assert.match(await page.textContent('[role=status]'), /принят/)
}

for (const shop of shops)
  test(`${shop.name}: nothing before a choice, nothing after a refusal, all once after a grant, nothing left after withdrawal (R-ALL-01, R-ALL-05${{ aster: ', R-ASTER-03.3.1a', allur: ', R-ALLUR-03.3.1', letoile: ', R-LETO-07.4, R-LETO-07.10b' }[shop.id] ?? ''})`, async (t) => {
    const person = await visit(t, visits, shop)
    const { page, part, asked, arrived, go, press, receipts, names } = person

    await t.test('before a choice no third party is asked and nothing is stored', async () => {
      await go('/')
      await part('notice').waitFor({ state: 'visible' })
      await settled(() => asked)
      assert.deepEqual(asked, [])
      assert.deepEqual(arrived(), [])
      assert.deepEqual(await names(), [])
      assert.ok((await page.evaluate(() => liveLog.filter(([type]) => type === 'held').length)) > 0)
      assert.deepEqual(receipts(), [])
    })

    await t.test('after a refusal still none; sign-in and checkout work', async () => {
      await press('refuse-all')
      await until(receipts, (list) => list.length === 1, 'the receipt of the refusal')
      await go('/contacts')
      await signIn(person, shop)
      await buy(person, shop)
      await settled(() => asked)
      assert.deepEqual(asked, [])
      assert.deepEqual(arrived(), [])
      assert.deepEqual(await names(), [])
    })

    await t.test(
      'after a grant every tag comes in exactly once, and the undeclared one does not',
      async () => {
        await go('/')
        await page.click('footer [data-kelisim-open]')
        await press('grant-all')
        await until(arrived, (list) => list.length >= expected(shop).length, 'tags after the grant')
        assert.deepEqual((await settled(arrived)).sort(), expected(shop))
        assert.ok((await names()).length > 0)
        if (shop.visitSource) assert.ok((await names()).includes('sbjs_first'))
        assert.ok(asked.every((address) => !address.includes('counter.yadro.ru')))
      },
    )

    await t.test('on the next visit every tag comes in again, once', async () => {
      person.forget()
      await go('/')
      await until(arrived, (list) => list.length >= expected(shop).length, 'tags of the next visit')
      assert.deepEqual((await settled(arrived)).sort(), expected(shop))
    })

    await t.test(
      'after withdrawal their names are deleted, and the next page is quiet',
      async () => {
        await page.click('footer [data-kelisim-open]')
        await part('withdraw-all').first().waitFor({ state: 'visible' })
        await page.waitForTimeout(450)
        await part('withdraw-all').first().click()
        await until(names, (list) => list.length === 0, 'names left after withdrawal')
        await until(receipts, (list) => list.length === 3, 'the receipt of the withdrawal')
        person.forget()
        await go('/')
        await go('/contacts')
        await settled(arrived)
        assert.deepEqual(arrived(), [])
        assert.deepEqual(await names(), [])
      },
    )

    await t.test(
      'every choice lies at the receiver: signed, chained, without a person’s data',
      async () => {
        const list = receipts()
        assert.deepEqual(
          list.map(({ seq, action }) => [seq, action]),
          [
            [1, 'refuse_all'],
            [2, 'grant_all'],
            [3, 'withdraw_all'],
          ],
        )
        const kelisim = await loadEngine()
        t.after(() => kelisim.delete())
        const chain = await kelisim.verifyChain(list.map(({ jws }) => jws))
        assert.deepEqual(chain.faults, [])
        for (const { jws } of list) {
          const { body } = await kelisim.verifyReceipt(jws)
          assert.equal(body.pii_processing.privacy_notice.policy_id, shop.policy)
          assert.equal(body.evidence.origin, person.base)
          assert.doesNotMatch(JSON.stringify(body), /Сапарова|7010000000|701 000/)
        }
        const words = await (
          await fetch(`${visits.demo.receiver.url}/?record=${list[0].record_id}`)
        ).text()
        assert.equal(words.match(/Подпись верна/g)?.length, 3)
        assert.match(words, /3-я в цепочке из 3/)
      },
    )

    assert.deepEqual(person.faults, [])
  })

test('127.0.0.1 wears Alma and does the same job', async (t) => {
  const [alma] = shops
  const person = await visit(t, visits, alma, { host: '127.0.0.1' })
  await person.go('/')
  await person.part('notice').waitFor({ state: 'visible' })
  await settled(() => person.asked)
  assert.deepEqual(person.asked, [])
  await person.press('grant-all')
  await until(
    person.arrived,
    (list) => list.length >= expected(alma).length,
    'tags after the grant',
  )
  assert.deepEqual((await settled(person.arrived)).sort(), expected(alma))
  const [{ action }] = await until(person.receipts, (list) => list.length === 1, 'the receipt')
  assert.equal(action, 'grant_all')
})

for (const [id, bank] of [
  ['alma', 'pay.kaspi.kz'],
  ['aster', 'epay.homebank.kz'],
])
  test(`${id}: after «only necessary» an order can be paid at ${bank}, and the bank is asked only then`, async (t) => {
    const shop = shops.find((one) => one.id === id)
    const person = await visit(t, visits, shop)
    person.forget()
    await person.go('/')
    await person.press('refuse-all')
    await buy(person, shop)
    assert.deepEqual(person.asked, [])
    await person.page.click('main .button.big')
    await person.page.waitForURL(new RegExp(`^http://${bank.replaceAll('.', '\\.')}\\.localhost`))
    await person.page.click('main a')
    await person.page.waitForURL('**/orders/*')
    assert.match(await person.page.textContent('[role=status]'), /Оплачено/)
    assert.deepEqual(
      [...new Set(person.asked.map((address) => address.split('/')[0]))],
      [`${bank}.localhost`],
    )
  })

test('a captcha comes when somebody acts in its form, not before', async (t) => {
  const shop = shops.find(({ id }) => id === 'allur')
  const person = await visit(t, visits, shop)
  person.forget()
  await person.go('/')
  await person.press('refuse-all')
  await person.go('/register')
  await settled(() => person.asked)
  assert.deepEqual(person.asked, [])
  await person.page.fill('[name=name]', 'Данияр')
  await person.page.click('[name=login]')
  await person.page.check('[name=g-recaptcha-response]')
  assert.deepEqual((await settled(person.arrived)).sort(), [
    'google-recaptcha script',
    'google-recaptcha script',
  ])
})

test('a placeholder lets in its one service (R-ALMA-06.3)', async (t) => {
  const shop = shops[0]
  const person = await visit(t, visits, shop)
  person.forget()
  await person.go('/contacts')
  await person.press('refuse-all')
  const hold = person.page.locator('kelisim-hold[data-service="2gis-widget"]')
  await hold.scrollIntoViewIfNeeded()
  await person.page.waitForTimeout(600)
  await hold.locator('[part~="hold-grant"]').click()
  await until(person.arrived, (list) => list.length > 0, 'the map')
  assert.deepEqual(await settled(person.arrived), ['2gis-widget frame'])
  const last = (await until(person.receipts, (list) => list.length >= 2, 'the receipt')).at(-1)
  assert.equal(last.action, 'grant_service')
})

for (const [title, prepare, options] of [
  [
    'the first line is blocked',
    (page) => page.route('**/kelisim/kelisim.js', (route) => route.abort()),
    {},
  ],
  ['scripts are off', () => {}, { javaScriptEnabled: false }],
])
  test(`where ${title} the page stays closed, and the shop still sells`, async (t) => {
    const shop = shops.find(({ id }) => id === 'letoile')
    const person = await visit(t, visits, shop, options)
    person.forget()
    await prepare(person.page)
    await person.go('/')
    await person.go('/contacts')
    await signIn(person, shop)
    await buy(person, shop)
    assert.deepEqual(person.arrived(), [])
  })

for (const shop of shops)
  test(`${shop.name}: no page is wider than a screen of 360 px, and the panel tells what happened`, async (t) => {
    const person = await visit(t, visits, shop, {
      viewport: { width: 360, height: 740 },
      colorScheme: 'dark',
    })
    const { page, go } = person
    for (const path of [
      '/',
      `/goods/${shop.goods[0].slug}`,
      '/contacts',
      '/privacy',
      '/signin',
      '/register',
    ]) {
      await go(path)
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      assert.ok(over <= 0, `${path} is ${over} px too wide`)
    }
    await person.press('refuse-all')
    await until(person.receipts, (list) => list.length > 0, 'the receipt')
    await page.click('#live .tab')
    const panel = page.locator('#live')
    await panel.getByText('Разрешено только необходимое').waitFor()
    await panel.getByText('1. Только необходимое').first().waitFor()
  })

test('«Начать сначала» makes the visitor a new one', async (t) => {
  const person = await visit(t, visits, shops[0], { viewport: { width: 1280, height: 900 } })
  await person.go('/')
  await person.press('refuse-all')
  await until(person.receipts, (list) => list.length > 0, 'the receipt')
  await person.page.click('#live .again')
  await person.part('notice').waitFor({ state: 'visible' })
  assert.equal(await person.page.evaluate(() => localStorage.getItem('kelisim.state')), null)
})
