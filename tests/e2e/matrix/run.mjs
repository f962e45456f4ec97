// Runs the matrix in one engine: batches of cases over a few lanes, and what failed in a batch once more by itself.
import { bare, leaves, leaving, own, ownBare, requests } from './flows.mjs'
import { happens, isHeld, isReleased, judge, judgeOwn, whyNot } from './judge.mjs'
import { within } from './visit.mjs'

const batchSize = 14

/** Cases that share a page: the same flow, none that wants a page to itself. */
export function batches(cases) {
  const groups = []
  const open = {}
  for (const one of cases) {
    const kind = `${leaves(one)} ${Boolean(one.whole)}`
    if (one.solo || !open[kind] || open[kind].length >= batchSize) {
      const group = [one]
      groups.push(group)
      if (!one.solo) open[kind] = group
    } else open[kind].push(one)
  }
  return groups
}

/** What one case came to: { id, bare: boolean, live: {…}, sealed: {…}, own: { live, sealed } } */
function makeResults(cases) {
  const results = new Map()
  for (const one of cases)
    results.set(one.id, { id: one.id, group: one.group, title: one.title, modes: {} })
  return results
}

async function thirds(server, lane, cases, modes, results) {
  const ways = cases.filter((one) => !one.whole)
  if (ways.length === 0) return
  const known = await bare(server, lane, ways)
  for (const { id } of ways) results.get(id).bare ??= false
  const here = ways.filter((one) => happens(one, known.get(one.id)))
  for (const { id } of here) results.get(id).bare = true
  for (const mode of modes) {
    if (here.length === 0) continue
    const flow = leaves(here[0]) ? leaving : requests
    const seen = await flow(server, lane, here, mode, known)
    for (const one of here) {
      const { id } = one
      Object.assign((results.get(id).modes[mode] ??= {}), judge(one, known.get(id), seen.get(id)))
    }
  }
}

async function owns(server, lane, cases, modes, results) {
  const mine = cases.filter((one) => one.own !== false)
  if (mine.length === 0) return
  const known = await ownBare(server, lane, mine)
  for (const mode of modes) {
    const phases = await own(server, lane, mine, mode)
    for (const one of mine)
      (results.get(one.id).modes[mode] ??= {}).own = judgeOwn(one, known, phases)
  }
}

/** What a case still owes in a mode, as words; empty when all is well. */
export function faults(one, result, mode) {
  const v = result.modes[mode]
  const found = []
  if (result.error) found.push(result.error)
  if (v?.undecided) {
    if (!isHeld(v))
      found.push(
        'leak: ' +
          ['undecided', 'refused', 'withdrawn', 'granted'].filter((p) => v[p] === 'leak').join(' '),
      )
    if (!isReleased(v) && isHeld(v)) found.push(`granted: ${v.granted}`)
  }
  if (v?.returned && v.returned !== 'once') found.push(`on the next visit: ${v.returned}`)
  if (v?.untold) found.push('the audit does not tell of it')
  if (v?.own && v.own !== 'same') found.push('own ' + v.own)
  return found
}

/**
 * @param {object} engine  a module of lanes/
 * @param {{ modes: string[], cases: object[], expected?: object, confirm?: boolean, quick?: boolean, log?: (text: string) => void }} what
 *   expected: what is recorded as held; confirm: leaks nobody explains are looked at once more, each on a page of its own; quick: nothing is
 */
export async function runMatrix(
  server,
  engine,
  { modes, cases, expected, confirm = false, quick = false, log = () => {} },
) {
  const results = makeResults(cases)
  const browser = await engine.start()
  const queue = batches(cases)
  const of = queue.length
  let done = 0
  const started = Date.now()
  const attempt = async (lane, work, group, which = modes) => {
    try {
      await within(180_000 * which.length, 'batch', work(server, lane, group, which, results))
      return null
    } catch (error) {
      return String(error.message ?? error).split('\n')[0]
    }
  }
  /** Whether a case wants a page to itself before its fault counts: leaks nobody expected, and all other faults. */
  const isDoubtful = (one, work, mode) =>
    faults(one, results.get(one.id), mode).some((fault) => {
      if (fault.startsWith('own ') !== (work === owns)) return false
      if (!fault.startsWith('leak')) return true
      const recorded = expected?.[engine.name]?.[mode]?.includes(one.id)
      return recorded || (confirm && !whyNot(one, engine.name, mode))
    })
  const worker = async () => {
    const lane = await browser.lane()
    for (let group; (group = queue.shift());) {
      for (const work of [thirds, owns]) {
        const error = await attempt(lane, work, group)
        if (error) log(`${work.name} ${group.map(({ id }) => id).join(' ')}: ${error}`)
        // A batch that went wrong tells nothing about its cases; a fault may be another case's doing.
        for (const one of group) {
          const doubtful = modes.filter((mode) => error || (!quick && isDoubtful(one, work, mode)))
          if (doubtful.length === 0 || group.length === 1) {
            if (error) results.get(one.id).error = `${work.name}: ${error}`
            continue
          }
          const wrong = await attempt(lane, work, [one], doubtful)
          if (wrong) results.get(one.id).error = `${work.name}: ${wrong}`
        }
      }
      log(`${++done} of ${of} pages, ${((Date.now() - started) / 1000).toFixed(0)} s`)
    }
    await lane.close()
  }
  try {
    await Promise.all(Array.from({ length: Math.min(engine.lanes, queue.length) }, worker))
  } finally {
    await browser.close()
  }
  return {
    engine: engine.name,
    version: browser.version,
    install: server.install,
    seconds: (Date.now() - started) / 1000,
    modes,
    results: [...results.values()],
  }
}
