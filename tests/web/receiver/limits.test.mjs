// Floods: limits per address and per key.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { makeLimit, networkOf } from '../../../examples/receiver/limits.mjs'
import { Device, receiverFor } from './receipts.mjs'

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
