// Every refusal of the receiver with its status, code and path.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
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
  ...['gzip', 'br', 'x-made-up'].map((encoding) => [
    `a body packed with ${encoding}`,
    ...[gzipSync(wrap(['a'])), { 'content-encoding': encoding }, 415, 'content_encoding', ''],
  ]),
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
  ['its JSON face', () => '{"proof":{}}', 'receipt', ''],
  ['over 32 KiB', () => 'a'.repeat(32 * 1024 + 1), 'receipt_size', ''],
  ['padding', (d) => d.receipt().then((jws) => jws.replace('.', '=.')), 'receipt', ''],
  ['another typ', (d) => d.receipt({}, { typ: 'JWT' }), 'receipt_typ', '/header/typ'],
  ['alg none', (d) => d.receipt({}, { alg: 'none' }), 'receipt_alg', '/header/alg'],
  ['alg HS256', (d) => d.receipt({}, { alg: 'HS256' }), 'receipt_alg', '/header/alg'],
  ['crit', (d) => d.receipt({}, { crit: ['b64'] }), 'receipt_crit', '/header/crit'],
  ['no key', (d) => d.receipt({}, { jwk: null }), 'key_type', '/header/jwk'],
  ['a private key', (d) => privateKey(d), 'key_private', '/header/jwk/d'],
  ['another kid', (d) => d.receipt({}, { kid: other.kid }), 'receipt_kid', '/header/kid'],
  ['the signature of another key', (d) => signature(d, other), 'receipt_forged', '/signature'],
  ['a signature of zeros', (d) => signature(d, 64), 'receipt_forged', '/signature'],
  ['a signature in DER length', (d) => signature(d, 70), 'receipt_signature', '/signature'],
  ['a point off the curve', (d) => offCurve(d), 'receipt_forged', '/signature'],
  ['a payload changed after signing', (d) => changedPayload(d), 'receipt_forged', '/signature'],
  ['a payload that is not JSON', (d) => d.sign('{'), 'json_syntax', '/body'],
  ['a member twice', (d) => d.sign('{"seq":1,"seq":1}'), 'json_duplicate', '/body/seq'],
  ['white space', (d) => d.sign(JSON.stringify(d.body(), null, 1)), 'receipt_canonical', '/body'],
  ['a fraction', (d) => d.receipt({ more: 1.5 }), 'json_number', '/body/more'],
  ['seq 0', (d) => d.receipt({ seq: 0 }), 'receipt_range', '/body/seq'],
  ['a later one without prev', (d) => d.receipt({ seq: 2 }), 'receipt_first', '/body/prev'],
  ['no event', (d) => d.receipt({ event: [] }), 'receipt_empty', '/body/event'],
  ['an unknown version', (d) => version2(d), 'receipt_version', '/body/schema_version'],
  ['an unknown action', (d) => scrolled(d), 'receipt_value', '/body/evidence/action'],
  ['another principal', (d) => principal(d), 'receipt_principal', '/body/pii_principal_id'],
  [
    'another shop',
    (d) => evidence(d, { origin: 'http://x.test' }),
    'origin',
    '/body/evidence/origin',
  ],
  ['a clock a day and a second ahead', (d) => ahead(d), 'clock', '/body/event/0/event_time'],
]

const privateKey = (device) => device.receipt({}, { jwk: { ...device.jwk, d: device.jwk.x } })
const version2 = (device) => device.receipt({ schema_version: 'kelisim-receipt-2' })
const principal = (device) => device.receipt({ pii_principal_id: `jkt:${other.kid}` })
const ahead = (device) => device.receipt({ time: '2026-11-21T10:00:01Z' })
const scrolled = (device) => evidence(device, { action: 'scroll' })

function evidence(device, changed) {
  const body = device.body()
  return device.receipt({ evidence: { ...body.evidence, ...changed } })
}

/** Somebody else's signature, or so many zero bytes. */
async function signature(device, by) {
  const bytes =
    typeof by === 'number' ? base64url(Buffer.alloc(by)) : (await by.receipt()).split('.')[2]
  return part(await device.receipt(), 2, bytes)
}

async function changedPayload(device) {
  const [refused, granted] = [await device.receipt(), await device.receipt({ granted: true })]
  return part(refused, 1, granted.split('.')[1])
}

async function offCurve(device) {
  const jwk = { ...device.jwk, y: device.jwk.x }
  const digest = await subtle.digest('SHA-256', Buffer.from(JSON.stringify(jwk)))
  const kid = base64url(digest)
  return device.receipt({ pii_principal_id: `jkt:${kid}` }, { jwk, kid })
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
