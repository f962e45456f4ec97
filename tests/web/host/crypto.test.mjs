import assert from 'node:assert/strict'
import { webcrypto } from 'node:crypto'
import { test } from 'node:test'
import { base64url } from '../../../web/host/base64url.ts'
import { newest, openSigner } from '../../../web/host/crypto.ts'
import { makeStorage, memoryPlace, openDatabase } from '../../../web/host/storage.ts'
import { uuid7 } from '../../../web/host/uuid.ts'
import { makeKeys } from '../../../web/signer.ts'
import { FakeDatabases } from '../../support/fake-database.mjs'

/** Does not keep the process. */
const timer = (ring, ms) => setTimeout(ring, ms).unref()

test('uuid7 is a UUID of version 7 that begins with its time, so ids sort by it', () => {
  const at = Date.UTC(2026, 10, 21, 10, 0, 0, 123)
  const id = uuid7(webcrypto, at)
  assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(Number.parseInt(id.replace(/-/g, '').slice(0, 12), 16), at)
  assert.ok(uuid7(webcrypto, at + 1) > id)
})

for (const [bytes, want] of [
  [[], ''],
  [[0xfb, 0xff], '-_8'],
  [[0], 'AA'],
])
  test(`base64url writes ${JSON.stringify(bytes)} without padding`, () =>
    assert.equal(base64url(new Uint8Array(bytes).buffer), want))

const host = (storage) => ({
  keys: webcrypto.subtle,
  random: webcrypto,
  now: () => 1_795_000_000_000,
  storage,
})
const inDatabase = async (databases) =>
  makeStorage([await openDatabase(databases, timer), memoryPlace()], () => {})

test('openSigner makes a key that cannot be taken out, keeps it, and signs ES256', async () => {
  const databases = new FakeDatabases()
  const first = await openSigner(host(await inDatabase(databases)))
  assert.equal(first.key, 'persistent')
  assert.equal(databases.stores.keys.get('key').pair.privateKey.extractable, false)
  const again = await openSigner(host(await inDatabase(databases)))
  assert.deepEqual([again.record_id, again.jwk], [first.record_id, first.jwk])
  assert.deepEqual(Object.keys(first.jwk).sort(), ['crv', 'kty', 'x', 'y'])

  const key = await webcrypto.subtle.importKey(
    'jwk',
    first.jwk,
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  )
  const signature = Buffer.from(await again.sign('a.b'), 'base64url')
  assert.equal(signature.length, 64)
  assert.ok(
    await webcrypto.subtle.verify(
      { name: 'ECDSA', hash: 'SHA-256' },
      key,
      signature,
      Buffer.from('a.b'),
    ),
  )
})

for (const [title, spoil] of [
  ['the database takes no keys', { refuseClones: true }],
  ['the database is full', { full: true }],
])
  test(`openSigner says ephemeral when ${title}`, async () => {
    const databases = new FakeDatabases()
    const storage = await inDatabase(databases)
    Object.assign(databases, spoil)
    assert.equal((await openSigner(host(storage))).key, 'ephemeral')
  })

test('openSigner: a new key supersedes the record whose key was lost', async () => {
  const databases = new FakeDatabases()
  const storage = await inDatabase(databases)
  await storage.write([
    { table: 'receipts', row: { id: 'b', record_id: 'lost', seq: 2, at_ms: 9 } },
    { table: 'receipts', row: { id: 'a', record_id: 'older', seq: 5, at_ms: 3 } },
  ])
  assert.equal((await openSigner(host(storage))).supersedes, 'lost')
})

test('openSigner rejects where keys cannot be made', () =>
  assert.rejects(
    openSigner({
      ...host(makeStorage([memoryPlace()], () => {})),
      keys: { generateKey: () => Promise.reject(new Error('NotSupportedError')) },
    }),
  ))

test('newest goes by time, then by place in the chain', () => {
  const rows = [
    { id: 'a', at_ms: 5, seq: 1 },
    { id: 'b', at_ms: 7, seq: 2 },
    { id: 'c', at_ms: 7, seq: 3 },
  ]
  assert.equal(newest(rows).id, 'c')
  assert.equal(newest([]), undefined)
})

test('the library signs where there is no crypto.subtle: r||s over any s, keys of 32 random bytes, kept where bytes can be', async () => {
  const databases = new FakeDatabases()
  const storage = await inDatabase(databases)
  const keys = makeKeys(webcrypto)
  const signer = await openSigner({ ...host(storage), keys })
  assert.equal(signer.key, 'persistent')
  const again = await openSigner({ ...host(await inDatabase(databases)), keys })
  assert.deepEqual(again.jwk, signer.jwk)
  const key = await webcrypto.subtle.importKey(
    'jwk',
    signer.jwk,
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  )
  for (let i = 0; i < 20; i++) {
    const signature = Buffer.from(await signer.sign(`a.${i}`), 'base64url')
    assert.equal(signature.length, 64)
    assert.ok(
      await webcrypto.subtle.verify(
        { name: 'ECDSA', hash: 'SHA-256' },
        key,
        signature,
        Buffer.from(`a.${i}`),
      ),
    )
  }
  assert.notDeepEqual(
    (await openSigner({ ...host(await inDatabase(new FakeDatabases())), keys })).jwk,
    signer.jwk,
  )
})

test('the library and WebCrypto agree on the key of RFC 6979 A.2.5', async () => {
  const secret = Buffer.from(
    'c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721',
    'hex',
  )
  const keys = makeKeys(webcrypto)
  const signature = Buffer.from(await keys.sign({}, secret, Buffer.from('sample'))).toString('hex')
  assert.equal(
    signature,
    'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716' +
      'f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  )
})
