// Receipts whose content is known are stored as what they do not share. What is read is what came, byte for byte.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import fc from 'fast-check'
import { publicKeyOf, signatureHolds } from '../../../examples/receiver/jose.mjs'
import { openStore } from '../../../examples/receiver/store-sqlite.mjs'
import { decode, verifyReceipt } from '../../../examples/receiver/verify.mjs'
import { manyReceipts, shops } from '../../support/shop-receipts.mjs'
import { Device, receiverFor } from './receipts.mjs'

const now = Date.parse('2100-01-01T00:00:00Z')

function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

for (const shop of shops)
  test(`${shop}: receipts are read from the store as they came, byte for byte; what they share lies there once`, async (t) => {
    const data = join(folderFor(t), 'receipts.sqlite')
    const chains = await manyReceipts({ visitors: 4, length: 3, shop, lang: 'kk' })
    const store = openStore(data)
    for (const jws of chains.flat()) await verifyReceipt(jws)
    const receipts = []
    for (const jws of chains.flat()) receipts.push(await verifyReceipt(jws))
    for (const told of store.append([receipts], now)[0]) assert.equal(told.status, 'accepted')
    store.close()
    // Another process, which knows nothing of them yet.
    const later = openStore(data)
    const rows = later.list({ limit: 100 }).reverse()
    assert.deepEqual(
      rows.map(({ jws }) => jws),
      chains.flat(),
    )
    assert.deepEqual(later.find(rows[0].hash), rows[0])
    assert.equal('signature' in rows[0], false)
    later.close()
    const file = new DatabaseSync(data, { readOnly: true })
    t.after(() => file.close())
    assert.deepEqual({ ...file.prepare('SELECT count(*) AS n FROM contents').get() }, { n: 2 })
    assert.equal(file.prepare("SELECT count(*) AS n FROM receipts WHERE jws = ''").get().n, 12)
  })

test('a content that only erased receipts had goes with them; one that others have stays', async (t) => {
  const data = join(folderFor(t), 'receipts.sqlite')
  const receiver = await receiverFor(t, { data })
  const [one, other] = [await Device.make(), await Device.make()]
  const alone = { note: 'nobody else says this' }
  // The first of a content is judged, and remembered.
  await verifyReceipt(await one.receipt(alone))
  await verifyReceipt(await one.receipt())
  assert.equal((await receiver.post(await one.next(), await one.next(alone))).status, 200)
  const kept = await other.next()
  assert.equal((await receiver.post(kept)).status, 200)
  const path = `${receiver.url}/records/${one.record}`
  assert.equal((await fetch(path, { method: 'DELETE' })).status, 200)
  assert.deepEqual(
    (await receiver.get('/receipts')).body.receipts.map(({ jws }) => jws),
    [kept],
  )
  assert.equal((await receiver.post(await other.next())).status, 200)
  await receiver.close()
  assert.equal(readFileSync(data).includes('nobody else says this'), false)
})

test('a file of before receipts were packed is read and written on', async (t) => {
  const data = join(folderFor(t), 'receipts.sqlite')
  const old = new DatabaseSync(data)
  old.exec(`CREATE TABLE receipts (
    n INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, receipt_id TEXT NOT NULL UNIQUE, record_id TEXT NOT NULL, seq INTEGER NOT NULL,
    prev TEXT, principal TEXT NOT NULL, action TEXT NOT NULL, event_time TEXT NOT NULL, received_at TEXT NOT NULL, origin TEXT NOT NULL,
    policy_id TEXT, policy_sha256 TEXT NOT NULL, language TEXT, jws TEXT NOT NULL, UNIQUE (record_id, seq)) STRICT;
    CREATE INDEX receipts_origin ON receipts (origin, n)`)
  const device = await Device.make()
  const [first, second] = [await device.next(), await device.next()]
  const { hash, body } = await verifyReceipt(first)
  old
    .prepare(
      `INSERT INTO receipts (hash, receipt_id, record_id, seq, prev, principal, action, event_time, received_at, origin, policy_sha256, jws)
       VALUES (?, ?, ?, 1, NULL, ?, 'refuse_all', '', '', 'x', 'x', ?)`,
    )
    .run(hash, body.receipt_id, body.record_id, body.pii_principal_id, first)
  old.close()
  const receiver = await receiverFor(t, { data })
  assert.equal((await receiver.post(second)).status, 200)
  assert.deepEqual(
    (await receiver.get(`/receipts?record=${device.record}`)).body.receipts.map(({ jws }) => jws),
    [first, second],
  )
})

test('decode takes exactly what strict base64url is', () =>
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(
        '',
        '=',
        '+',
        '/',
        ' ',
        '\n',
        'A',
        'B',
        '.',
        'é',
        '\u0000',
        '\u0165',
        '\u0100',
        '\u1f41',
      ),
      fc.nat(60),
      (bytes, put, at) => {
        const text = Buffer.from(bytes).toString('base64url')
        assert.deepEqual(Buffer.from(decode(text)), Buffer.from(bytes))
        const changed = text.slice(0, at) + put + text.slice(at)
        const strict =
          /^[\w-]*$/.test(changed) &&
          Buffer.from(changed, 'base64url').toString('base64url') === changed
        assert.equal(decode(changed) !== null, strict, JSON.stringify(changed))
      },
    ),
    { numRuns: 2000 },
  ))

test('a character outside ASCII is never taken for the one its low byte is, in any part of a known receipt', async () => {
  const device = await Device.make()
  const content = { note: 'known' }
  await verifyReceipt(await device.receipt(content))
  const jws = await device.receipt(content)
  assert.ok((await verifyReceipt(jws)).parts, 'its content is known')
  const dots = [jws.indexOf('.'), jws.lastIndexOf('.')]
  for (const at of [0, dots[0] - 1, dots[0] + 1, dots[1] - 1, dots[1] + 1, jws.length - 1])
    for (const high of [0x100, 0x200, 0x1f00]) {
      const twin =
        jws.slice(0, at) + String.fromCharCode(high + jws.charCodeAt(at)) + jws.slice(at + 1)
      await assert.rejects(verifyReceipt(twin), { name: 'Refusal', code: 'receipt' })
    }
})

test('a signature is taken as r and s, whatever zeros they begin with', async () => {
  const { subtle } = globalThis.crypto
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const { privateKey, publicKey } = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const jwk = await subtle.exportKey('jwk', publicKey)
  const key = publicKeyOf(jwk)
  const input = Buffer.from('input')
  const seen = new Set()
  for (let i = 0; i < 5000 && seen.size < 6; i += 1) {
    const signature = Buffer.from(await subtle.sign(algorithm, privateKey, input))
    for (const half of [signature.subarray(0, 32), signature.subarray(32)])
      seen.add(half[0] === 0 ? `0${half[1] >> 7}` : half[0] >> 7)
    assert.equal(signatureHolds(input, signature, key), true)
    signature[40] ^= 1
    assert.equal(signatureHolds(input, signature, key), false)
  }
  for (const wrong of [Buffer.alloc(64), Buffer.alloc(64, 255), Buffer.alloc(63), null])
    assert.equal(signatureHolds(input, wrong, key), false)
})
