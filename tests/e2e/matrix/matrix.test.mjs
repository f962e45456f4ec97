// What is recorded as held in Chromium stays held: a representative part of the matrix, live and sealed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { cases } from './cases/index.mjs'
import * as chromium from './lanes/chromium.mjs'
import { readExpected } from './report.mjs'
import { faults, runMatrix } from './run.mjs'
import { startServer } from './server.mjs'

/** One in so many cases of every group, by live and sealed in turn; a page of its own costs as much as a whole batch. */
const step = 4
const expected = readExpected()

let server
before(async () => {
  server = await startServer()
})
after(() => server?.close())

for (const [turn, mode] of ['live', 'sealed'].entries())
  test(`matrix: nothing that was held in Chromium leaks or breaks (${mode})`, async () => {
    const held = new Set(expected.chromium?.[mode])
    const part = cases.filter(
      ({ id, solo, index }) => held.has(id) && !solo && index % step === turn,
    )
    assert.ok(part.length > 0, 'nothing is recorded: npm run matrix -- chromium --record')
    const run = async (some) => {
      const { results } = await runMatrix(server, chromium, {
        modes: [mode],
        cases: some,
        expected,
      })
      return results
    }
    const faultsOf = (result) =>
      faults(
        part.find(({ id }) => id === result.id),
        result,
        mode,
      )
    const results = await run(part)
    // Cases share pages to be quick; what goes wrong there is looked at twice more by itself, and counts when it goes wrong each time.
    let wrong = results.filter((result) => faultsOf(result).length > 0)
    for (let look = 0; look < 2 && wrong.length > 0; look++) {
      const ids = new Set(wrong.map(({ id }) => id))
      const alone = part.filter(({ id }) => ids.has(id)).map((one) => ({ ...one, solo: true }))
      wrong = (await run(alone)).filter((result) => faultsOf(result).length > 0)
    }
    assert.deepEqual(
      wrong.flatMap((result) => faultsOf(result).map((fault) => `${result.id}: ${fault}`)),
      [],
    )
    const silent = results.filter(({ bare, id }) => bare === false && held.has(id))
    assert.ok(silent.length < part.length / 2, 'the bare page does almost nothing')
  })
