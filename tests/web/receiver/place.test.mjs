// Where a receipt stands in its record, and when: every event counts, not the first alone.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPlace } from '../../../examples/receiver/chain.mjs'

const NOW = Date.parse('2026-11-20T10:00:00Z')
const check = (...times) =>
  checkPlace({ hash: 'h', body: { event: times.map((event_time) => ({ event_time })) } }, {}, NOW)

for (const [title, times, place] of [
  ['a second event far ahead', ['2026-11-20T10:00:00Z', '2099-01-01T00:00:00Z'], 1],
  ['a first event far ahead', ['2099-01-01T00:00:00Z'], 0],
  ['a day that does not exist', ['2026-02-31T10:00:00Z'], 0],
])
  test(`${title} is refused`, () => {
    assert.throws(() => check(...times), { code: 'clock', path: `/body/event/${place}/event_time` })
  })

test('events of now, of a day ahead and of years ago are taken', () => {
  check('2026-11-20T10:00:00Z', '2026-11-21T10:00:00Z', '2019-02-28T00:00:00Z')
})
