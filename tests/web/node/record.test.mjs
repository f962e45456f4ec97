// The shops' requirements with the verb *record*, over their real policies. tests/e2e/widget/receipts.test.mjs asks the same of a browser.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { readRepo, repo } from '../../support/dist.mjs'
import { Visitor } from '../../support/shop-receipts.mjs'

const bodyOf = (visitor, at = -1) =>
  visitor.kelisim.engine.inspect({ jws: visitor.jws.at(at) }).body
const policyOf = (shop) => JSON.parse(readRepo(`examples/policies/${shop}.json`))
const ids = (body) => body.event.flatMap(({ purpose_ids }) => purpose_ids)

for (const [shop, form] of [
  ['webpulse', 'application'],
  ['aster', 'account'],
  ['allur', 'account'],
  ['letoile', 'order'],
])
  test(`R-WEBP-04.1b: ${shop}: a form’s consent and the cookies’ are different receipts of one chain`, async () => {
    const visitor = await Visitor.of(shop)
    await visitor.act({ action: 'grant_all' })
    await visitor.act({ action: 'form', layer: 'form', form: { id: form, on: true } })
    const [all, one] = [bodyOf(visitor, 0), bodyOf(visitor)]
    assert.deepEqual(ids(one), [`form:${form}`])
    assert.ok(!ids(all).some((id) => id.startsWith('form:')), 'never with everything')
    assert.equal(one.evidence.action, 'form')
    assert.equal((await visitor.kelisim.verifyChain(visitor.jws)).ok, true)
  })

for (const shop of ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile'])
  test(`R-LETO-07.9c: ${shop}: service messages are in no receipt, whatever is decided`, async () => {
    const visitor = await Visitor.of(shop)
    await visitor.act({ action: 'grant_all' })
    await visitor.act({ action: 'withdraw_all', source: 'api' })
    const service = (policyOf(shop).messages?.service ?? []).map(({ id }) => id)
    for (const at of [0, 1]) {
      const body = bodyOf(visitor, at)
      for (const id of service) {
        assert.ok(!ids(body).some((one) => one.split(':').at(-1) === id), id)
        assert.ok(!(id in body.channels), id)
      }
    }
  })

test('R-LETO-07.10d: only an act makes a receipt, and the receipt names it', async () => {
  const visitor = await Visitor.of('letoile')
  for (const action of ['visit', 'scroll', 'close', 'implied', ''])
    assert.throws(() => visitor.kelisim.act({ lang: 'ru', action }), { name: 'KelisimError' })
  await visitor.act({ action: 'refuse_all' })
  const { evidence, event } = bodyOf(visitor)
  assert.equal(evidence.action, 'refuse_all')
  assert.ok(event.every(({ event_type }) => ['explicit', 'expressed'].includes(event_type)))
})

for (const shop of ['aster', 'webpulse', 'allur', 'letoile'])
  test(`R-LETO-09.1: ${shop}: without a date the edition’s label is the beginning of the text’s hash`, async () => {
    const visitor = await Visitor.of(shop)
    await visitor.act({ action: 'refuse_all' })
    const { version, sha256 } = bodyOf(visitor).pii_processing.privacy_notice
    assert.equal(version, `sha256:${sha256.slice(0, 16)}`)
  })

test('R-ALL-07: no receipt of any shop holds twelve digits outside the operator’s own number', async () => {
  for (const shop of ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile'])
    for (const lang of ['kk', 'ru', 'en']) {
      const visitor = await Visitor.of(shop, { lang })
      await visitor.act({ action: 'grant_all' })
      const { party_identification, kz, ...rest } = bodyOf(visitor)
      assert.doesNotMatch(JSON.stringify(rest).replace(/"[\w:-]{36,}"/g, '""'), /\d{12}/)
      assert.equal(kz.subject_name, null)
      for (const { party_identifiers } of party_identification)
        assert.ok(
          party_identifiers === undefined || Object.keys(party_identifiers).join() === 'bin',
        )
    }
})

const kinds = (body, id) =>
  body.pii_processing.purposes
    .find(({ purpose_id }) => purpose_id === id)
    .pii_information.map(({ pii_type }) => (pii_type.not_stated ? null : pii_type.split('#')[1]))

// They said that the policy does not name any, of a policy whose 7.3 lists what an order takes.
test('R-LETO-07.3a, R-LETO-07.12: the receipt of a form names the data the text says it takes, that of a channel what it uses', async () => {
  const visitor = await Visitor.of('letoile')
  const order = ['Name', 'TelephoneNumber', 'EmailAddress', 'PhysicalAddress', 'PersonalData']
  const form = async (id) => {
    await visitor.act({ action: 'form', layer: 'form', form: { id, on: true } })
    return bodyOf(visitor)
  }
  const body = await form('order')
  assert.deepEqual(kinds(body, 'form:order'), order)
  assert.deepEqual(body.kz.pii_list.slice(0, 3), [
    ...['Фамилия, имя, отчество', 'Номер мобильного телефона', 'Адрес электронной почты'],
  ])
  assert.deepEqual(kinds(await form('account'), 'form:account'), ['TelephoneNumber'])
  await visitor.save(['channel', 'email', true])
  const saved = bodyOf(visitor)
  assert.deepEqual(kinds(saved, 'channel:email'), ['EmailAddress'])
  assert.deepEqual(kinds(saved, 'channel:call'), ['PersonalData'], 'recordings of calls')
  assert.deepEqual(kinds(saved, 'channel:store_promotions'), order)
  assert.deepEqual(kinds(saved, 'channel:product_news'), [null], 'the text does not say')
  assert.ok(saved.kz.pii_list.includes('Адрес электронной почты'))
})

for (const shop of ['webpulse', 'aster', 'allur', 'letoile'])
  test(`R-LETO-07.10d: ${shop}: of what is saved only the switches that were moved are explicit`, async () => {
    const visitor = await Visitor.of(shop)
    const { purposes } = policyOf(shop)
    const { id, category } =
      purposes.find(({ control, basis }) => !control && basis === 'consent') ??
      purposes.find((one) => one.control === 'switch')
    await visitor.save(['purpose', id, true], ['purpose', id, false])
    const typeOf = (body, of) =>
      body.event.find(({ purpose_ids }) => purpose_ids.includes(of)).event_type
    const body = bodyOf(visitor)
    for (const one of ids(body))
      assert.equal(typeOf(body, one), one === id ? 'explicit' : 'expressed')
    await visitor.save(['category', category, true])
    const next = bodyOf(visitor)
    for (const one of next.pii_processing.purposes)
      assert.equal(
        [typeOf(next, one.purpose_id), one.lawful_basis.split('#')[1]].join(),
        one.category === category && !one.service
          ? 'explicit,ExplicitlyExpressedConsent'
          : 'expressed,ExpressedConsent',
      )
  })

for (const lang of ['kk', 'ru', 'en'])
  test(`R-WEBP-05b: ${lang}: the transfer is called in the receipt as its switch is on screen`, async () => {
    for (const loads of [true, false]) {
      const visitor = await Visitor.of('webpulse', { lang })
      const { engine } = visitor.kelisim
      const words = JSON.parse(readRepo(`web/locales/${lang}.json`))
      if (loads) engine.loadLocale(JSON.stringify(words))
      await visitor.act({ action: 'grant_all' })
      const find = (node) =>
        node.scope === 'transfer' ? node : (node.children ?? []).map(find).find(Boolean)
      const said = bodyOf(visitor).pii_processing.purposes.find(
        ({ purpose_id }) => purpose_id === 'transfer:cross_border',
      ).purpose
      assert.equal(said, words.strings['transfer.label'])
      if (!loads) continue
      const { tree } = engine.view({ layer: 'choices', lang, now_ms: visitor.at_ms })
      assert.equal(find(tree).label ?? find(tree).text, said)
    }
  })

test('every requirement with the verb record is named by a test of the engine and by one in a browser', () => {
  const textOf = (...folders) =>
    folders
      .flatMap((folder) =>
        readdirSync(join(repo, folder), { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.(cpp|mjs)$/.test(name))
          .map((name) => readFileSync(join(repo, folder, name), 'utf8')),
      )
      .join('\n')
  const record =
    'R-ALL-06 R-ALL-07 R-ALL-13 R-ALMA-00b R-ALMA-01.3 R-ALMA-03.2c R-ASTER-04.1.10b R-WEBP-00b R-WEBP-04.1b R-WEBP-05b R-ALLUR-D R-LETO-06.4c R-LETO-07.8c R-LETO-07.9c R-LETO-07.10d R-LETO-09.1'
  const engine = textOf('tests/src', 'tests/web/node')
  const browser = textOf('tests/e2e')
  for (const id of record.split(' ')) {
    assert.ok(engine.includes(id), `engine: ${id}`)
    assert.ok(browser.includes(id), `browser: ${id}`)
  }
})
