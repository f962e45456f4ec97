// Tabs without Web Locks, in time that is made up: whoever sends has a lease, also where the browser lets its timers sleep, where the
// endpoint is slow, and where a tab dies in the middle.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { browserNet } from '../../../web/host/net.ts'
import { FakeOrigin, openTab } from '../../support/fake-tab.mjs'

/** Chromium wakes a page nobody has seen for minutes this often. */
const THROTTLE_MS = 60_000

/** Several tabs of one origin, an endpoint that takes its time, and what was in flight at once. */
async function shop({ receipts, tabs, answers }) {
  const origin = new FakeOrigin()
  /** What the network still has to do. */
  const network = []
  const flying = new Map()
  const told = { most: 0, requests: 0, given: 0 }
  const later = (ms, callback) => network.push({ at: origin.now + ms, callback })

  const fetchOf = (tab) => (_url, init) =>
    new Promise((resolve, reject) => {
      const { arrives, answered, lost } = answers[told.requests++ % answers.length]
      const receipts = JSON.parse(init.body).receipts
      for (const jws of receipts) {
        flying.set(jws, (flying.get(jws) ?? 0) + 1)
        told.most = Math.max(told.most, flying.get(jws))
      }
      let open = true
      const end = () => {
        if (open) for (const jws of receipts) flying.set(jws, flying.get(jws) - 1)
        open = false
      }
      tab.dies = end
      init.signal.addEventListener('abort', () => (end(), reject(init.signal.reason)))
      later(arrives, () => {
        if (!open) return
        for (const jws of receipts) origin.accepted.set(jws, (origin.accepted.get(jws) ?? 0) + 1)
      })
      if (!lost)
        later(Math.max(arrives, answered), () => {
          if (!open) return
          end()
          told.given += 1
          resolve(new Response('{}'))
        })
    })

  const open = []
  for (const [i, { sleeps }] of tabs.entries()) {
    const tab = await openTab(origin, {
      owner: `tab ${i}`,
      net: (clock, self) =>
        browserNet({
          fetch: fetchOf(self),
          sendBeacon: () => false,
          setTimeout: clock.setTimeout,
          now: clock.now,
        }),
    })
    open.push(Object.assign(tab, { sleeps }))
  }
  const settle = async () => {
    for (let quiet = 0; quiet < 8; quiet = origin.databases.running ? 0 : quiet + 1)
      await new Promise(setImmediate)
  }
  /** When a timer really rings. */
  const rings = (tab, { at }) => (tab.sleeps ? Math.ceil(at / THROTTLE_MS) * THROTTLE_MS : at)
  /** Lets time pass until `until`, ringing what is due in its order. */
  const pass = async (until) => {
    await settle()
    for (;;) {
      const due = [
        ...network.map((one) => ({ one, from: network, at: one.at })),
        ...open.flatMap((tab) =>
          tab.closed
            ? []
            : tab.timers.map((one) => ({ one, from: tab.timers, at: rings(tab, one) })),
        ),
      ].sort((a, b) => a.at - b.at)[0]
      if (!due || due.at > until) break
      due.from.splice(due.from.indexOf(due.one), 1)
      origin.now = Math.max(origin.now, due.at)
      due.one.callback()
      await settle()
    }
    origin.now = until
  }
  for (let n = 0; n < receipts; n += 1)
    open[n % open.length].session.act({
      ...{ action: 'refuse_all', source: 'api', layer: 'none', lang: 'ru' },
    })
  // Signing takes real time, and whoever waits for the lease made-up time.
  let made = false
  void Promise.all(open.map((tab) => tab.receipts.make())).then(() => (made = true))
  while (!made) await pass(origin.now + THROTTLE_MS)
  return { origin, open, told, pass }
}

test('withLease: a slow endpoint and timers that sleep: no receipt is on its way twice at a time, none is lost', async () => {
  const { origin, open, told, pass } = await shop({
    receipts: 4,
    tabs: [{ sleeps: true }, { sleeps: false }],
    answers: [{ arrives: 25_000, answered: 29_000 }],
  })
  for (const tab of open) void tab.outbox.run()
  await pass(origin.now + 3_600_000)
  assert.equal(told.most, 1)
  assert.deepEqual([...origin.accepted.values()], [1, 1, 1, 1], 'each once')
})

const runs = process.env.KELISIM_FAULTS === 'long' ? 1000 : 30
test(
  `withLease: ${runs} lives of three tabs without Web Locks: nothing is sent twice at a time, nothing is lost, and twice only what nobody answered`,
  { timeout: 600_000 },
  async (t) => {
    const figures = { requests: 0, unanswered: 0, crashes: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ sleeps: fc.boolean() }), { minLength: 2, maxLength: 3 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(
          fc.record({
            arrives: fc.integer({ min: 0, max: 40_000 }),
            answered: fc.integer({ min: 0, max: 40_000 }),
            lost: fc.boolean(),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        fc.array(fc.record({ tab: fc.nat(2), after: fc.integer({ min: 0, max: 150_000 }) }), {
          maxLength: 6,
        }),
        fc.option(fc.record({ after: fc.integer({ min: 0, max: 60_000 }) }), { freq: 2 }),
        async (tabs, receipts, answers, wakes, crash) => {
          const { origin, open, told, pass } = await shop({ receipts, tabs, answers })
          for (const tab of open) void tab.outbox.run()
          for (const { tab, after } of wakes) {
            await pass(origin.now + after)
            if (open[tab] && !open[tab].closed) void open[tab].outbox.run(true)
          }
          if (crash) {
            await pass(origin.now + crash.after)
            open[0].close()
            open[0].dies?.()
            figures.crashes += 1
          }
          // By now everybody answers.
          for (const answer of answers)
            Object.assign(answer, { arrives: 1, answered: 2, lost: false })
          for (let n = 0; n < 3; n += 1) {
            void open[1].outbox.run(true)
            await pass(origin.now + 3_600_000)
          }
          assert.equal(told.most, 1, 'on its way once at a time')
          assert.equal(origin.accepted.size, receipts, 'nothing is lost')
          assert.deepEqual(await open[1].storage.all('outbox'), [])
          const again = [...origin.accepted.values()].reduce((sum, times) => sum + times - 1, 0)
          const unanswered = told.requests - told.given
          assert.ok(again <= unanswered * receipts, 'twice only what nobody answered')
          figures.requests += told.requests
          figures.unanswered += unanswered
        },
      ),
      { numRuns: runs, endOnFailure: true },
    )
    t.diagnostic(JSON.stringify(figures))
  },
)

test('withLease: a tab that has lost its lease does not take it back, and leaves the new one alone', async () => {
  const { withLease } = await import('../../../web/host/locks.ts')
  const { makeStorage, memoryPlace } = await import('../../../web/host/storage.ts')
  const storage = makeStorage([memoryPlace()], () => {})
  let now = 1_000_000
  const clock = { now: () => now, setTimeout: () => {} }
  const row = async () => (await storage.get('keys', 'lease:send')).value
  await withLease({ storage, clock, owner: 'a' }, 'send', async (heldByA) => {
    assert.equal(await heldByA(), true)
    now += 16_000
    assert.equal(await heldByA(), true, 'late, and nobody came')
    assert.equal(await heldByA(100_000), true)
    now += 99_000
    assert.equal(await heldByA(), true, 'for as long as it asked')
    now += 16_000
    await withLease({ storage, clock, owner: 'b' }, 'send', async (heldByB) => {
      assert.equal(await heldByA(), false)
      assert.equal(await row(), 'b')
      assert.equal(await heldByB(), true)
    })
    await withLease({ storage, clock, owner: 'b' }, 'send', async () => {})
  })
  assert.equal(await row(), 'b', 'not given back by whom it does not belong to')
})
