// Floods: limits per address and per key.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { makeLimit, networkOf } from '../../../examples/receiver/limits.mjs'
import { openStore } from '../../../examples/receiver/store-sqlite.mjs'
import { verifyReceipt } from '../../../examples/receiver/verify.mjs'
import { Device, hashOf, receiverFor } from './receipts.mjs'

const fixedNow = Date.parse('2100-01-01T00:00:00Z')

test('a bucket gives what it holds, says when there will be more, and fills at its rate', () => {
  const limit = makeLimit({ burst: 3, perMinute: 60 })
  assert.deepEqual(
    [0, 0, 0, 0].map((at) => limit.take('a', 1, at)),
    [0, 0, 0, 1],
  )
  assert.equal(limit.take('b', 1, 0), 0, 'each name has its own')
  assert.equal(limit.take('a', 1, 1000), 0)
  assert.equal(limit.take('a', 1, 1000), 1)
})

test('a bucket that is waited for as long as it says has enough', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 600 }),
      fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 1, maxLength: 40 }),
      (burst, perMinute, counts) => {
        const limit = makeLimit({ burst, perMinute })
        let now = 0
        for (const count of counts) {
          const seconds = limit.take('x', count, now)
          if (seconds === 0) continue
          now += seconds * 1000
          assert.equal(limit.take('x', count, now), 0)
        }
        // In the long run no more than the rate, one burst and one debt.
        const taken = counts.reduce((sum, count) => sum + count, 0)
        assert.ok(taken <= burst + (now * perMinute) / 60_000 + 80)
      },
    ),
  ))

test('a clock set back neither fills nor blocks a bucket', () => {
  const limit = makeLimit({ burst: 1, perMinute: 60 })
  assert.equal(limit.take('a', 1, 1_000_000), 0)
  assert.equal(limit.take('a', 1, 0), 1)
  assert.equal(limit.take('a', 1, 1000), 0)
})

test('only so many names are kept', () => {
  const limit = makeLimit({ burst: 1, perMinute: 1 }, 2)
  for (const name of ['a', 'b', 'c']) limit.take(name, 1, 0)
  assert.equal(limit.take('c', 1, 0) > 0, true)
  assert.equal(limit.take('a', 1, 0), 0, 'forgotten')
})

test('a flood of one key is 429 with Retry-After; others go on; nothing of it is stored', async (t) => {
  const limits = { address: { burst: 100, perMinute: 60 }, key: { burst: 2, perMinute: 60 } }
  const receiver = await receiverFor(t, { limits })
  const device = await Device.make()
  const chain = [await device.next(), await device.next(), await device.next()]
  assert.equal((await receiver.post(chain[0], chain[1])).status, 200)
  const { status, headers, body } = await receiver.post(chain[2])
  assert.deepEqual([status, body.code], [429, 'too_many'])
  assert.ok(Number(headers.get('retry-after')) >= 1)
  const other = await Device.make()
  assert.equal((await receiver.post(await other.next())).status, 200)
  assert.equal((await receiver.get('/receipts')).body.receipts.length, 3)
})

test('a flood from one address is 429 before a signature is looked at; the address is what the operator’s proxy says', async (t) => {
  let looked = 0
  const limits = { address: { burst: 2, perMinute: 60 }, key: { burst: 100, perMinute: 60 } }
  const receiver = await receiverFor(t, {
    limits,
    addressOf: ({ headers }) => headers['x-forwarded-for'] ?? '',
    verify: () => {
      looked += 1
      throw new Error('not asked')
    },
    report: () => {},
  })
  const post = (from) =>
    receiver.postRaw(JSON.stringify({ kelisim: 1, receipts: ['a.b.c', 'a.b.c'] }), {
      'x-forwarded-for': from,
    })
  assert.equal((await post('192.0.2.1')).status, 503)
  assert.equal((await post('192.0.2.1')).status, 429)
  assert.equal((await post('192.0.2.2')).status, 503)
  assert.equal(looked, 4)
})

test('an IPv6 address counts as its network', () => {
  for (const [address, network] of [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['not:an:address', 'not:an:address'],
    ['1::2:3:4:5:6:7:8:9:a:b', '1:2:3:4'],
    ['', ''],
  ])
    assert.equal(networkOf(address), network, address)
})

test('a database as large as it may be: new receipts are 507 and none of them is stored; reading and erasing go on, and make room', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const data = join(folder, 'receipts.sqlite')
  const maxBytes = 768 * 1024
  const receiver = await receiverFor(t, { store: openStore(data, { maxBytes }), limits: null })
  const taken = []
  let device
  let chain
  let answer
  do {
    device = await Device.make()
    chain = []
    for (let i = 0; i < 8; i += 1) chain.push(await device.next())
    answer = await receiver.post(...chain)
    if (answer.status === 200) taken.push({ device, chain })
    assert.ok(taken.length < 1000, 'it is full at some time')
  } while (answer.status === 200)
  assert.deepEqual([answer.status, answer.body.code], [507, 'full'])
  assert.ok(Number(answer.headers.get('retry-after')) > 0, 'the sender keeps them and comes again')
  assert.deepEqual(Object.keys(answer.body), ['code', 'path', 'message'])
  const kept = async () => (await receiver.get('/receipts.jws')).body.trimEnd().split('\n')
  const all = taken.flatMap((one) => one.chain)
  assert.deepEqual((await kept()).sort(), all.toSorted(), 'nothing of the one that was refused')
  assert.equal((await receiver.post(...taken[0].chain)).status, 200, 'what is there is known')
  assert.equal((await receiver.get(`/receipts/${hashOf(chain[0])}`)).status, 404)

  const erasing = taken.slice(0, 12)
  for (const one of erasing) {
    const erased = await fetch(`${receiver.url}/records/${one.device.record}`, { method: 'DELETE' })
    assert.equal(erased.status, 200)
  }
  assert.equal((await receiver.post(...chain)).status, 200)
  assert.equal((await kept()).length, all.length - erasing.length * 8 + 8)
  await receiver.close()
  assert.ok(statSync(data).size <= maxBytes, 'the file is within what it may be')
})

/** Receipts by devices of their own, each with a content of its own of some 7 KiB, and stored packed. */
async function large(i, changed = {}) {
  const device = await Device.make()
  const note = [1, 2].map((k) => `${i}.${k}`.padEnd(3500, 'x'))
  await verifyReceipt(await device.receipt({ note }))
  const receipt = await verifyReceipt(await device.next({ note, ...changed }))
  assert.ok(receipt.parts)
  return receipt
}

function fileFor(t) {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'receipts.sqlite')
}

test('a database larger than it may be takes what fits into the room erasures have made, and does not grow', async (t) => {
  const data = fileFor(t)
  const without = openStore(data)
  const receipts = []
  for (let i = 0; i < 40; i += 1) receipts.push(await large(i))
  without.append([receipts], fixedNow)
  without.close()
  const { size } = statSync(data)
  const store = openStore(data, { maxBytes: size / 2 })
  t.after(() => store.close())
  assert.deepEqual(store.append([[await large('full')]], fixedNow), [null])
  for (const { body } of receipts.slice(0, 20)) store.erase(body.record_id, fixedNow)
  const told = store.append([[await large('a')], [await large('b')]], fixedNow)
  assert.deepEqual(
    told.map((of) => of?.[0].status),
    ['accepted', 'accepted'],
  )
  let taken = 0
  while (store.append([[await large(`more ${taken}`)]], fixedNow)[0] !== null) taken += 1
  assert.ok(taken > 5, `${taken} more`)
  assert.ok(statSync(data).size <= size)
})

test('a receipt that is refused leaves nothing in the file', async (t) => {
  const data = fileFor(t)
  const maxBytes = 512 * 1024
  const store = openStore(data, { maxBytes })
  const first = await verifyReceipt(await (await Device.make()).next())
  store.append([[first]], fixedNow)
  const { receipt_id } = first.body
  const file = new DatabaseSync(data, { readOnly: true })
  t.after(() => file.close())
  const contents = () => file.prepare('SELECT count(*) AS n FROM contents').get().n
  const before = contents()
  for (let i = 0; i < 60; i += 1) {
    const [[told]] = store.append([[await large(i, { receipt_id })]], fixedNow)
    assert.deepEqual([told.status, told.error?.code], ['refused', 'receipt_id'])
  }
  assert.equal(contents(), before)
  assert.ok(file.prepare('PRAGMA page_count').get().page_count * 16384 <= maxBytes)
  store.close()
})

test('the command takes --max-mib as a number', () => {
  const server = fileURLToPath(new URL('../../../examples/receiver/server.mjs', import.meta.url))
  for (const value of ['0', '-1', '1.5', 'much']) {
    const args = [server, '--origin', 'https://shop.example', `--max-mib=${value}`]
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    assert.equal(status, 2)
    assert.match(stderr, /--max-mib/)
  }
})
