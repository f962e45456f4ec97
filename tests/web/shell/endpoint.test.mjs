// Any backend: what its description makes of receipts, and what is no description.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { makeEndpoint, readSpec } from '../../../web/shell/endpoint.ts'
import { answer, FakeOrigin, openTab } from '../../support/fake-tab.mjs'
import { loadEngine, Visitor } from '../../support/shop-receipts.mjs'

let kelisim
let two
before(async () => {
  kelisim = await loadEngine()
  const visitor = await Visitor.of('alma-chocolates', { kelisim })
  await visitor.act({ action: 'grant_all' })
  await visitor.act({ action: 'withdraw_all', source: 'api' })
  two = visitor.jws.map((jws) => kelisim.engine.inspect({ jws }))
})
const host = { hash: (json) => kelisim.canonical(json).sha256, call: () => 'secret' }
const made = (spec, of = two) => makeEndpoint({ url: 'https://x/', ...spec }, host).request(of)

test('an address alone gets the format of its own: POST, JSON, SHA-256 of the body as Idempotency-Key', async () => {
  const { method, headers, body } = await made({})
  assert.equal(method, 'POST')
  assert.deepEqual(JSON.parse(body), { kelisim: 1, receipts: two.map(({ jws }) => jws) })
  assert.deepEqual(headers, {
    'Content-Type': 'application/json',
    'Idempotency-Key': kelisim.canonical(body).sha256,
  })
})

test('a JSON template: a string that is one placeholder becomes the value, others are filled in', async () => {
  const json = {
    type: 'consent',
    at: '{/event/0/event_time}',
    seq: '{/seq}',
    what: 'action {/evidence/action}, {unknown}',
    proof: ['{receipt}', '{sha256}'],
    none: '{/nothing/here}',
    half: 0.5,
  }
  const { body } = await made({ body: { json }, method: 'PUT' }, [two[1]])
  const [, second] = two
  assert.deepEqual(JSON.parse(body), {
    type: 'consent',
    at: second.body.event[0].event_time,
    seq: 2,
    what: 'action withdraw_all, {unknown}',
    proof: [second.jws, second.sha256],
    none: '',
    half: 0.5,
  })
})

test('a form template is written as forms are; quotes, ampersands and letters of any language survive', async () => {
  const form = {
    jws: '{receipt}',
    name: '{/party_identification/0/party_name}',
    'a&b': '1 + 1 = "2"',
  }
  const { body, headers } = await made({ body: { form } }, [two[0]])
  assert.equal(headers['Content-Type'], 'application/x-www-form-urlencoded')
  assert.deepEqual(Object.fromEntries(new URLSearchParams(body)), {
    jws: two[0].jws,
    name: two[0].body.party_identification[0].party_name,
    'a&b': '1 + 1 = "2"',
  })
})

test('receipts go one by one, unless the template takes them all', () => {
  const single = (body) => makeEndpoint({ url: 'x', body }, host).single
  assert.equal(single(undefined), false)
  assert.equal(single({ json: { list: '{receipts}' } }), false)
  assert.equal(single({ json: ['{receipt}'] }), true)
  assert.equal(single({ form: { a: 'b' } }), true)
})

test('headers are added, and the token of the page stands in them; on leaving the last one serves', async () => {
  let given = 0
  const endpoint = makeEndpoint(
    { url: 'x', headers: { Authorization: 'Bearer {token}' }, token: 'shopToken' },
    { ...host, call: async (name) => `${name}-${++given}` },
  )
  assert.equal(endpoint.requestNow(two), null)
  for (const n of [1, 2])
    assert.equal((await endpoint.request(two)).headers.Authorization, `Bearer shopToken-${n}`)
  assert.equal(endpoint.requestNow(two).headers.Authorization, 'Bearer shopToken-2')
})

for (const [title, text, path] of [
  ['no JSON', '{', ''],
  ['a list', '[]', ''],
  ['no url', '{}', '/url'],
  ['a url of no text', '{"url":7}', '/url'],
  ['a method of no text', '{"url":"x","method":1}', '/method'],
  ['headers that are no texts', '{"url":"x","headers":{"a":1}}', '/headers'],
  ['a body of no kind', '{"url":"x","body":{"xml":"<a>"}}', '/body'],
  ['a form of no texts', '{"url":"x","body":{"form":{"a":1}}}', '/body'],
  ['statuses that are no numbers', '{"url":"x","accept":["200"]}', '/accept'],
  ['a token of no name', '{"url":"x","token":1}', '/token'],
])
  test(`${title} is no endpoint: endpoint_format at "${path}"`, () =>
    assert.throws(() => readSpec(text), { code: 'endpoint_format', path }))

test('Outbox: a backend that takes one receipt at a time gets them in order; its own status means taken', async () => {
  const origin = new FakeOrigin()
  const seen = []
  origin.post = async (_url, body) => {
    seen.push(JSON.parse(body).seq)
    return { status: 302, retry_after_s: null, body: null }
  }
  const endpoint = { url: '/any', body: { json: { seq: '{/seq}' } }, accept: [302] }
  const tab = await openTab(origin, { endpoint })
  for (const action of ['grant_all', 'refuse_all']) {
    origin.now += 1000
    answer(tab, action)
  }
  await tab.receipts.make()
  assert.deepEqual(await tab.outbox.run(), { sent: 2, pending: 0, failed: 0 })
  assert.deepEqual(seen, [1, 2])
})

test('Outbox: while the page cannot say its token receipts wait, as without a network', async () => {
  const origin = new FakeOrigin()
  let token = () => Promise.reject(new Error('signed out'))
  const endpoint = { url: '/any', headers: { Authorization: '{token}' }, token: 'shopToken' }
  const tab = await openTab(origin, { endpoint, call: () => token() })
  answer(tab, 'refuse_all')
  await tab.receipts.make()
  assert.deepEqual(await tab.outbox.run(), { sent: 0, pending: 1, failed: 0 })
  token = () => 'abc'
  assert.deepEqual(await tab.outbox.run(true), { sent: 1, pending: 0, failed: 0 })
})
