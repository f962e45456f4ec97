// Vendors' own consent signals and the browser's, in a demo shop: from the policy through the engine to the page.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { shops } from '../../../examples/shop/shops/index.mjs'
import { startVisits, until, visit } from './visit.mjs'

let visits
before(async () => (visits = await startVisits()))
after(() => visits?.close())

const aster = shops.find(({ id }) => id === 'aster')
/** What Google's queue was told of consent, in order, with its place. */
const told = (page) =>
  page.evaluate(() =>
    [...dataLayer].flatMap((entry, place) =>
      entry[0] === 'consent'
        ? [[place, entry[1], entry[2].ad_storage, entry[2].analytics_storage]]
        : [],
    ),
  )

test('Google hears the default before anything else and each decision once; Yandex.Metrica is switched off at withdrawal', async (t) => {
  const person = await visit(t, visits, aster)
  const { page, part } = person
  await person.go('/')
  await part('notice').waitFor({ state: 'visible' })
  assert.deepEqual(await told(page), [[0, 'default', 'denied', 'denied']])
  await person.press('grant-all')
  await until(person.arrived, (list) => list.includes('google-analytics hit'), 'the tag')
  assert.deepEqual(
    (await told(page)).map(([, ...rest]) => rest),
    [
      ['default', 'denied', 'denied'],
      ['update', 'granted', 'granted'],
    ],
  )

  await person.go('/')
  assert.deepEqual(await told(page), [
    [0, 'default', 'denied', 'denied'],
    [1, 'update', 'granted', 'granted'],
  ])
  await page.evaluate(() => (window.yaCounter4711 = {}))
  await page.evaluate(() => kelisim.withdraw())
  await until(
    () => told(page),
    (list) => list.length === 3,
    'the update of the withdrawal',
  )
  assert.deepEqual((await told(page))[2].slice(1), ['update', 'denied', 'denied'])
  assert.equal(await page.evaluate(() => window.disableYaCounter4711), true)
})

test('GPC: a grant from before the signal is asked again for marketing and closed meanwhile; one given with it stands, and its receipt says so', async (t) => {
  const person = await visit(t, visits, aster)
  const { page, part, context } = person
  await person.go('/')
  await person.press('grant-all')
  await until(
    () => page.evaluate(() => kelisim.receipts()),
    (list) => list.length === 1,
    'the receipt',
  )
  await context.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
  )
  person.forget()
  await person.go('/')
  await part('notice').waitFor({ state: 'visible' })
  await page.evaluate(() => kelisim.ready)
  assert.equal(await page.evaluate(() => kelisim.allows('meta-pixel')), false)
  assert.equal(await page.evaluate(() => kelisim.allows('google-analytics')), true)
  assert.ok(!person.arrived().some((one) => one.startsWith('meta-pixel')))
  await person.press('grant-all')
  await until(person.arrived, (list) => list.includes('meta-pixel hit'), 'the pixel')
  const list = await until(
    () => page.evaluate(() => kelisim.receipts()),
    (found) => found.length === 2,
    'the second receipt',
  )
  const gpc = list.map((one) => (one.body ?? one).evidence.gpc)
  assert.deepEqual(gpc.sort(), [false, true])
  person.forget()
  await person.go('/')
  await until(
    person.arrived,
    (found) => found.includes('meta-pixel hit'),
    'the pixel of the next visit',
  )
})
