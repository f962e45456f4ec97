// What the receiver takes: good receipts, known ones, chains, batches; and what its acks say.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLocalJWKSet, compactVerify } from 'jose'
import { Device, hashOf, origin, receiverFor } from './receipts.mjs'

test('a good receipt is stored byte for byte with its columns', async (t) => {
  const receiver = await receiverFor(t)
  const device = await Device.make()
  const jws = await device.next({ granted: true })
  const { status, body } = await receiver.post(jws)
  assert.equal(status, 200)
  assert.deepEqual(body.results, [{ status: 'accepted', receipt: hashOf(jws) }])

  const { receipts } = (await receiver.get('/receipts')).body
  assert.equal(receipts.length, 1)
  const { n, receipt_id, received_at, policy_sha256, ...row } = receipts[0]
  assert.deepEqual(row, {
    ...{ hash: hashOf(jws), record_id: device.record, seq: 1, prev: null },
    ...{ principal: `jkt:${device.kid}`, action: 'grant_all', event_time: '2026-11-20T10:00:00Z' },
    ...{ origin, policy_id: 'test-shop', language: 'ru', jws },
  })
  const one = await receiver.get(`/receipts/${receipt_id}`)
  assert.equal(one.body.jws, jws)
  assert.equal((await receiver.get(`/receipts/${hashOf(jws)}`)).body.receipt_id, receipt_id)
})

test('an ack verifies with a JOSE library and the published key, and names receipt and time', async (t) => {
  const receiver = await receiverFor(t, { now: () => Date.parse('2026-11-20T10:00:05.700Z') })
  const jws = await (await Device.make()).next()
  const [ack] = (await receiver.post(jws)).body.acks
  const jwks = await receiver.get('/.well-known/jwks.json')
  assert.ok(!('d' in jwks.body.keys[0]), 'the private part is not published')
  const { payload, protectedHeader } = await compactVerify(ack, createLocalJWKSet(jwks.body))
  const { crv, kty, x, y, kid } = jwks.body.keys[0]
  const jwk = { crv, kty, x, y }
  assert.deepEqual(protectedHeader, { alg: 'ES256', jwk, kid, typ: 'consent-ack+jws' })
  assert.equal(
    new TextDecoder().decode(payload),
    `{"receipt":"${hashOf(jws)}","received_at":"2026-11-20T10:00:05Z","typ":"kelisim-ack-1"}`,
  )
})

test('a receipt that is already here is accepted again and keeps its time', async (t) => {
  let now = Date.parse('2026-11-20T10:00:00Z')
  const receiver = await receiverFor(t, { now: () => now })
  const jws = await (await Device.make()).next()
  const first = await receiver.post(jws)
  now += 3_600_000
  const again = await receiver.post(jws, jws)
  assert.equal(again.status, 200)
  assert.deepEqual(
    again.body.results.map(({ status }) => status),
    ['known', 'known'],
  )
  const received = (ack) => JSON.parse(Buffer.from(ack.split('.')[1], 'base64url')).received_at
  assert.equal(received(again.body.acks[0]), received(first.body.acks[0]))
  assert.equal((await receiver.get('/receipts')).body.receipts.length, 1)
})

test('a chain comes in one batch or in pieces, also with its receipts out of order', async (t) => {
  const receiver = await receiverFor(t)
  const device = await Device.make()
  const [one, two, three, four] = [
    ...[await device.next(), await device.next({ granted: true }), await device.next()],
    await device.next({ granted: true }),
  ]
  assert.equal((await receiver.post(one, two)).status, 200)
  assert.equal((await receiver.post(four)).status, 200, 'its predecessor is still on the way')
  assert.equal((await receiver.post(three)).status, 200)
  const { receipts } = (await receiver.get(`/receipts?record=${device.record}`)).body
  assert.deepEqual(
    receipts.map(({ seq, jws }) => [seq, jws]),
    [one, two, three, four].map((jws, i) => [i + 1, jws]),
  )
})

test('of a batch with a bad one the good ones are kept, and 409 asks to send one by one', async (t) => {
  const receiver = await receiverFor(t)
  const [device, other] = [await Device.make(), await Device.make()]
  const good = await device.next()
  const bad = (await other.next()).slice(0, -4) + 'AAAA'
  const { status, body } = await receiver.post(good, bad, await device.next())
  assert.equal(status, 409)
  assert.deepEqual(
    body.results.map(({ status }) => status),
    ['accepted', 'refused', 'accepted'],
  )
  assert.deepEqual([body.code, body.path], ['receipt_forged', '/receipts/1/signature'])
  assert.equal(body.acks.length, 2)
  assert.equal((await receiver.post(good)).status, 200)
  assert.equal((await receiver.post(bad)).status, 422)
  assert.equal((await receiver.get('/receipts')).body.receipts.length, 2)
})

test('requests that arrive together share one transaction and get their own answers', async (t) => {
  const receiver = await receiverFor(t)
  let transactions = 0
  const { append } = receiver.store
  receiver.store.append = (...args) => ((transactions += 1), append(...args))
  const receipts = await Promise.all(
    Array.from({ length: 24 }, async () => (await Device.make()).next()),
  )
  const answers = await Promise.all(receipts.map((jws) => receiver.post(jws)))
  for (const [i, { status, body }] of answers.entries()) {
    assert.equal(status, 200)
    assert.equal(body.results[0].receipt, hashOf(receipts[i]))
  }
  assert.ok(transactions < 24, `${transactions} transactions for 24 requests`)
})

test('a page of another origin may ask first, and hears only what it may', async (t) => {
  const receiver = await receiverFor(t)
  const ask = (from) =>
    fetch(`${receiver.url}/receipts`, {
      method: 'OPTIONS',
      headers: { origin: from, 'access-control-request-method': 'POST' },
    })
  const allowed = await ask(origin)
  assert.equal(allowed.status, 204)
  assert.equal(allowed.headers.get('access-control-allow-origin'), origin)
  assert.equal(allowed.headers.get('access-control-expose-headers'), 'retry-after')
  assert.match(allowed.headers.get('access-control-allow-headers'), /idempotency-key/)
  const stranger = await ask('http://stranger.test')
  assert.equal(stranger.status, 403)
  assert.equal(stranger.headers.get('access-control-allow-origin'), null)
  const list = await receiver.get('/receipts', { origin })
  assert.equal(list.headers.get('access-control-allow-origin'), null, 'reading is for the operator')
})
