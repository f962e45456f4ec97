import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alarm, MAX_TIMER_MS } from '../../../web/host/clock.ts'
import { makeStorage, memoryPlace, openDatabase } from '../../../web/host/storage.ts'
import { withLease } from '../../../web/host/locks.ts'
import { FakeDatabases } from '../../support/fake-database.mjs'

/** Does not keep the process. */
const timer = (ring, ms) => setTimeout(ring, ms).unref()
const clock = {
  now: Date.now,
  setTimeout: (callback, ms) => setTimeout(callback, Math.min(ms, 5)),
  afterPaint: setImmediate,
}

test('withLease: of two tabs without Web Locks one works at a time, and both get their turn', async () => {
  const databases = new FakeDatabases()
  const tab = async () =>
    makeStorage([await openDatabase(databases, timer), memoryPlace()], () => {})
  const [a, b] = [await tab(), await tab()]
  let inside = 0
  let most = 0
  const done = []
  const work = (name) => async () => {
    most = Math.max(most, ++inside)
    await new Promise((resolve) => setTimeout(resolve, 20))
    inside--
    done.push(name)
  }
  await Promise.all([
    withLease({ storage: a, clock, owner: 'a' }, 'record', work('a')),
    withLease({ storage: b, clock, owner: 'b' }, 'record', work('b')),
  ])
  assert.equal(most, 1)
  assert.deepEqual(done.sort(), ['a', 'b'])
})

for (const [title, until] of [
  ['one that ran out', -1],
  ['one that ends too far ahead to be real (the clock was set back)', 3_600_000],
])
  test(`withLease: a crashed tab's lease does not stop the others: ${title}`, async () => {
    const storage = makeStorage([memoryPlace()], () => {})
    await storage.swap('lease:send', () => ({
      id: 'lease:send',
      value: 'dead',
      until_ms: Date.now() + until,
    }))
    assert.equal(
      await withLease({ storage, clock, owner: 'a' }, 'send', async () => 'done'),
      'done',
    )
  })

test('withLease: work that fails gives the lease back', async () => {
  const storage = makeStorage([memoryPlace()], () => {})
  await assert.rejects(
    withLease({ storage, clock, owner: 'a' }, 'send', () => Promise.reject(new Error('no'))),
  )
  assert.equal(await withLease({ storage, clock, owner: 'b' }, 'send', async () => 'done'), 'done')
})

test('alarm: only the last time set rings, none when it was taken back, and never further than a timer reaches', () => {
  const timers = []
  let rings = 0
  const set = alarm(
    { now: () => 1000, setTimeout: (callback, ms) => timers.push({ callback, ms }) },
    () => rings++,
  )
  set(1500)
  set(1200)
  timers.forEach(({ callback }) => callback())
  assert.deepEqual([rings, timers.map(({ ms }) => ms)], [1, [500, 200]])
  set(1300)
  set(null)
  timers[2].callback()
  assert.equal(rings, 1)
  set(10 ** 13)
  assert.equal(timers[3].ms, MAX_TIMER_MS)
})
