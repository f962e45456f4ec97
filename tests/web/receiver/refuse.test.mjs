// Every refusal of the receiver with its status, code and path.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Device, origin, receiverFor } from './receipts.mjs'

const { subtle } = globalThis.crypto
const base64url = (value) => Buffer.from(value).toString('base64url')
const wrap = (receipts) => JSON.stringify({ kelisim: 1, receipts })

const requests = [
  ['a body that is not JSON', '{', {}, 400, 'json', ''],
  ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), {}, 400, 'json', ''],
  ['a version it does not know', '{"kelisim":2,"receipts":["a"]}', {}, 400, 'version', '/kelisim'],
  ['a body that is null', 'null', {}, 400, 'version', '/kelisim'],
  ['no list', '{"kelisim":1,"receipts":"a"}', {}, 400, 'receipts', '/receipts'],
  ['an empty list', wrap([]), {}, 400, 'receipts', '/receipts'],
  ['more receipts than it takes', wrap(Array(201).fill('a')), {}, 413, 'receipts', '/receipts'],
  ['text/plain', wrap(['a']), { 'content-type': 'text/plain' }, 415, 'content_type', ''],
  ['a foreign origin', wrap(['a']), { origin: 'http://x.test' }, 403, 'origin', ''],
  ['a body over 512 KiB', wrap(['a'.repeat(512 * 1024)]), {}, 413, 'body_size', ''],
]

for (const [title, body, headers, status, code, path] of requests)
  test(`the request is refused: ${title}`, async (t) => {
    const receiver = await receiverFor(t)
    const answer = await receiver.postRaw(body, headers)
    assert.equal(answer.status, status)
    assert.deepEqual(Object.keys(answer.body), ['code', 'path', 'message'])
    assert.deepEqual([answer.body.code, answer.body.path], [code, path])
    assert.equal((await receiver.get('/receipts')).body.receipts.length, 0)
  })

test('a body over 512 KiB without a length is refused while it comes', async (t) => {
  const receiver = await receiverFor(t)
  const chunk = new Uint8Array(64 * 1024).fill(0x20)
  let sent = 0
  const body = new ReadableStream({
    pull: (stream) => (sent++ < 64 ? stream.enqueue(chunk) : stream.close()),
  })
  const response = await fetch(`${receiver.url}/receipts`, {
    ...{ method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } },
  }).catch(() => null)
  assert.ok(response === null || response.status === 413)
  assert.equal((await receiver.get('/health')).status, 200)
})

/** Replaces one part of a compact JWS. */
const part = (jws, i, text) => jws.split('.').with(i, text).join('.')
const other = await Device.make()

const receipts = [
  ['not a string', () => 7, 'receipt', ''],
  ['two parts', () => 'a.b', 'receipt', ''],
  ['over 32 KiB', () => 'a'.repeat(32 * 1024 + 1), 'receipt_size', ''],
  [
    'a header with padding',
    async (d) => `${(await d.receipt()).replace('.', '=.')}`,
    'base64url',
    '/header',
  ],
  [
    'a header that is a list',
    (d) => d.receipt().then((j) => part(j, 0, base64url('[]'))),
    'json',
    '/header',
  ],
  ['another typ', (d) => d.receipt({}, { typ: 'JWT' }), 'typ', '/header/typ'],
  ['alg none', (d) => d.receipt({}, { alg: 'none' }), 'alg', '/header/alg'],
  ['alg HS256', (d) => d.receipt({}, { alg: 'HS256' }), 'alg', '/header/alg'],
  ['alg that does not fit the key', (d) => d.receipt({}, { alg: 'EdDSA' }), 'jwk', '/header/jwk'],
  ['crit', (d) => d.receipt({}, { crit: ['b64'] }), 'crit', '/header/crit'],
  ['b64', (d) => d.receipt({}, { b64: true }), 'crit', '/header/b64'],
  ['no key', (d) => d.receipt({}, { jwk: null }), 'jwk', '/header/jwk/x'],
  ['a private key', (d) => d.receipt({}, { jwk: { ...d.jwk, d: d.jwk.x } }), 'jwk', '/header/jwk'],
  [
    'a kid that is not the thumbprint',
    (d) => d.receipt({}, { kid: other.kid }),
    'kid',
    '/header/kid',
  ],
  [
    'a signature of another key',
    async (d) => part(await d.receipt(), 2, (await other.receipt()).split('.')[2]),
    'signature',
    '/signature',
  ],
  [
    'a signature in DER length',
    async (d) => part(await d.receipt(), 2, base64url(Buffer.alloc(70))),
    'signature',
    '/signature',
  ],
  [
    'a signature of zeros',
    async (d) => part(await d.receipt(), 2, base64url(Buffer.alloc(64))),
    'signature',
    '/signature',
  ],
  ['a point off the curve', (d) => offCurve(d), 'signature', '/signature'],
  [
    'a payload changed after signing',
    async (d) => part(await d.receipt(), 1, base64url(JSON.stringify(d.body()))),
    'signature',
    '/signature',
  ],
  ['a payload that is not JSON', (d) => d.sign('{'), 'json', '/body'],
  ['a payload with a member twice', (d) => d.sign('{"seq":1,"seq":1}'), 'canonical', '/body'],
  [
    'a payload with white space',
    (d) => d.sign(JSON.stringify(d.body(), null, 1)),
    'canonical',
    '/body',
  ],
  ['a fraction', (d) => d.receipt({ kz: { days: 1.5 } }), 'number', '/body/kz/days'],
  [
    'an integer over 2^53 - 1',
    (d) => d.receipt({ kz: { days: 2 ** 53 } }),
    'number',
    '/body/kz/days',
  ],
  ['depth 9', (d) => d.receipt({ kz: { a: [[[[[[1]]]]]] } }), 'depth', '/body/kz/a/0/0/0/0/0/0'],
  [
    'an unknown version',
    (d) => d.receipt({ schema_version: 'kelisim-receipt-2' }),
    'body',
    '/body/schema_version',
  ],
  [
    'a receipt id that is no UUID',
    (d) => d.receipt({ receipt_id: 'x' }),
    'body',
    '/body/receipt_id',
  ],
  ['seq 0', (d) => d.receipt({ seq: 0 }), 'body', '/body/seq'],
  [
    'a first receipt with a prev',
    (d) => d.receipt({ prev: `sha256:${d.kid}` }),
    'body',
    '/body/prev',
  ],
  ['a later receipt without a prev', (d) => d.receipt({ seq: 2 }), 'body', '/body/prev'],
  ['no event', (d) => d.receipt({ event: [] }), 'body', '/body/event'],
  [
    'a time that is none',
    (d) => d.receipt({ time: '2026-13-01T00:00:00Z' }),
    'body',
    '/body/event/0/event_time',
  ],
  [
    'an event of a purpose it does not describe',
    (d) => undescribed(d),
    'body',
    '/body/event/0/purpose_ids',
  ],
  [
    'an action nobody knows',
    (d) => evidence(d, { action: 'scroll' }),
    'body',
    '/body/evidence/action',
  ],
  [
    'a principal that is not the key',
    (d) => d.receipt({ pii_principal_id: `jkt:${other.kid}` }),
    'principal',
    '/body/pii_principal_id',
  ],
  [
    'another shop',
    (d) => evidence(d, { origin: 'http://x.test' }),
    'origin',
    '/body/evidence/origin',
  ],
  [
    'a clock a day and a second ahead',
    (d) => d.receipt({ time: '2026-11-21T10:00:01Z' }),
    'clock',
    '/body/event/0/event_time',
  ],
]

function evidence(device, changed) {
  const body = device.body()
  return device.receipt({ evidence: { ...body.evidence, ...changed } })
}

function undescribed(device) {
  const { event } = device.body()
  return device.receipt({ event: [{ ...event[0], purpose_ids: ['marketing'] }] })
}

async function offCurve(device) {
  const jwk = { ...device.jwk, y: device.jwk.x }
  const digest = await subtle.digest('SHA-256', Buffer.from(JSON.stringify(jwk)))
  return device.receipt({}, { jwk, kid: base64url(digest) })
}

for (const [title, make, code, path] of receipts)
  test(`the receipt is refused: ${title}`, async (t) => {
    const receiver = await receiverFor(t, { now: () => Date.parse('2026-11-20T10:00:00Z') })
    const { status, body } = await receiver.post(await make(await Device.make()))
    assert.equal(status, 422, JSON.stringify(body))
    assert.deepEqual([body.code, body.path], [code, `/receipts/0${path}`])
    assert.equal(typeof body.message, 'string')
    assert.deepEqual(body.acks, [])
    assert.equal((await receiver.get('/receipts')).body.receipts.length, 0)
  })

test('a clock exactly a day ahead, or years behind, is taken', async (t) => {
  const receiver = await receiverFor(t, { now: () => Date.parse('2026-11-20T10:00:00Z') })
  for (const time of ['2026-11-21T10:00:00Z', '2019-01-01T00:00:00Z'])
    assert.equal((await receiver.post(await (await Device.make()).next({ time }))).status, 200)
})

test('a fork is refused: two receipts claim one place', async (t) => {
  const receiver = await receiverFor(t)
  const device = await Device.make()
  await receiver.post(await device.next())
  const [one, two] = [await device.receipt({ granted: true }), await device.receipt()]
  assert.equal((await receiver.post(one)).status, 200)
  const { status, body } = await receiver.post(two)
  assert.deepEqual([status, body.code, body.path], [422, 'fork', '/receipts/0/body/seq'])
})

test('a fork inside one batch is refused too', async (t) => {
  const receiver = await receiverFor(t)
  const device = await Device.make()
  const { status, body } = await receiver.post(await device.receipt(), await device.receipt())
  assert.equal(status, 409)
  assert.deepEqual(
    body.results.map(({ status, code }) => code ?? status),
    ['accepted', 'fork'],
  )
})

test('a receipt that does not follow the stored one before it, or precede the one after, is refused', async (t) => {
  const receiver = await receiverFor(t)
  const device = await Device.make()
  await receiver.post(await device.next())
  const stray = await device.receipt({ prev: `sha256:${device.kid}` })
  const { body } = await receiver.post(stray)
  assert.deepEqual([body.code, body.path], ['chain', '/receipts/0/body/prev'])

  const second = await device.receipt()
  await device.next()
  assert.equal((await receiver.post(await device.next())).status, 200)
  assert.equal((await receiver.post(second)).body.code, 'chain')
})

test('a record is pinned to the key of its first receipt', async (t) => {
  const receiver = await receiverFor(t)
  const [device, thief] = [await Device.make(), await Device.make()]
  await receiver.post(await device.next())
  Object.assign(thief, { record: device.record, seq: device.seq, prev: device.prev })
  const { status, body } = await receiver.post(await thief.next({ granted: true }))
  assert.deepEqual([status, body.code], [422, 'key_changed'])
})

test('one receipt id is used once', async (t) => {
  const receiver = await receiverFor(t)
  const receipt_id = '0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c01'
  await receiver.post(await (await Device.make()).next({ receipt_id }))
  const { status, body } = await receiver.post(await (await Device.make()).next({ receipt_id }))
  assert.deepEqual([status, body.code], [422, 'receipt_id'])
})

test('a store that fails answers 503 with a time to come again, and nothing is acknowledged', async (t) => {
  const reported = []
  const receiver = await receiverFor(t, { report: (error) => reported.push(error.message) })
  receiver.store.append = () => {
    throw new Error('disk full')
  }
  const { status, headers, body } = await receiver.post(await (await Device.make()).next())
  assert.equal(status, 503)
  assert.ok(Number(headers.get('retry-after')) > 0)
  assert.deepEqual(body, { code: 'unavailable', path: '', message: 'not stored, try later' })
  assert.deepEqual(reported, ['disk full'])
})

test('what is not served answers 404 or 405 in the same shape', async (t) => {
  const receiver = await receiverFor(t)
  const missing = await receiver.get('/receipts/0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c01')
  assert.deepEqual([missing.status, missing.body.code], [404, 'not_found'])
  assert.equal((await receiver.get('/other')).status, 404)
  assert.equal((await receiver.get('/receipts?before=x')).body.code, 'before')
  const removed = await fetch(`${receiver.url}/receipts`, { method: 'DELETE', headers: { origin } })
  assert.deepEqual([removed.status, (await removed.json()).code], [405, 'method'])
})
