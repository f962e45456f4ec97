// What is done with a batch of cases, and what was seen in each phase: raw observations; judge.mjs says what they mean.
import { makeVisit, sleep } from './visit.mjs'

/** Whether a case is judged by leaving the page: what it stores, or sends as it goes. */
export const leaves = (one) => Boolean(one.stores || one.leave)

const third = true
const gate = true

/** Name → how often it was asked for. */
function counts(server, token, id, from = 0) {
  const names = {}
  for (const one of server.seen(token, from))
    if (one.id === id) names[one.name] = (names[one.name] ?? 0) + 1
  return names
}
/** Only what went to third parties, or to a path that is one's: a case's own files are asked for in every phase. */
function asked(server, token, id, host, from = 0) {
  const names = {}
  for (const one of server.seen(token, from))
    if (one.id === id && (one.host !== host || one.ruled))
      names[one.name] = (names[one.name] ?? 0) + 1
  return names
}

/** Names of a case among what a probe found. */
const keptOf = (found, id, prefix = '') =>
  found.filter((text) => {
    const [, name] = text.split(' ')
    return name.startsWith(prefix) && name.endsWith(id.replaceAll('-', '_'))
  })

/** Without the gate: what each case asks, stores and reports. */
export async function bare(server, lane, cases) {
  await lane.fresh()
  const visit = makeVisit(server, lane, '')
  const { token } = await visit.open(cases, { third })
  await visit.settle(700)
  const out = await visit.out()
  const found = cases.some(leaves) ? await visit.probe() : []
  await sleep(cases.some(leaves) ? 200 : 0)
  return new Map(
    cases.map(({ id }) => [
      id,
      { asked: asked(server, token, id, visit.host), kept: keptOf(found, id), out: out(id) },
    ]),
  )
}

/** Requests and nothing stored: one page through undecided and granted, the next visit, withdrawn, then once more refused. */
export async function requests(server, lane, cases, mode, known) {
  await lane.fresh()
  const visit = makeVisit(server, lane, mode)
  const { host } = visit
  const seen = new Map(cases.map(({ id }) => [id, {}]))
  const look = (phase, token, from) => {
    for (const { id } of cases)
      seen.get(id)[phase] = { ...seen.get(id)[phase], ...asked(server, token, id, host, from) }
  }
  const { token } = await visit.open(cases, { third, gate })
  await visit.ready()
  await visit.settle(500)
  look('undecided', token)
  const told = cases.filter((one) => one.told)
  if (told.length) {
    // The audit comes some seconds after the page.
    await sleep(3500)
    const now = await visit.out()
    for (const { id } of told) seen.get(id).told = now(id).includes('told')
  }

  let mark = server.mark()
  await visit.grant()
  const replayed = cases.filter((one) => one.releases === undefined)
  const by = cases.filter((one) => one.releases === 'again')
  const arrived = () =>
    replayed.every(({ id }) => {
      const now = asked(server, token, id, host, mark)
      return Object.keys(known.get(id).asked).every((name) => name in now)
    })
  if (mode === 'sealed') await sleep(700)
  for (const end = Date.now() + 3500; Date.now() < end && !arrived();) await sleep(80)
  if (by.length) await visit.again('g', by)
  await visit.settle(500)
  const acting = cases.filter((one) => one.releases === 'action')
  if (acting.length) {
    look('early', token, mark)
    for (const { id } of acting) await visit.press(`#mx-${id} button`)
    await visit.settle(700)
  }
  look('granted', token, mark)
  look('granted', token + 'g')
  const out = await visit.out()

  // Who comes back has answered. In sealed mode the grant itself came by a reload.
  let last = token
  if (mode !== 'sealed' && replayed.length) {
    mark = server.mark()
    const back = await visit.open(cases, { third, gate })
    last = back.token
    const come = () =>
      replayed.every(({ id }) => {
        const now = asked(server, last, id, host)
        return Object.keys(known.get(id).asked).every((name) => name in now)
      })
    for (const end = Date.now() + 2500; Date.now() < end && !come();) await sleep(80)
    await visit.settle(300)
    look('returned', last)
  }

  mark = server.mark()
  await visit.withdraw()
  await visit.again('w', cases)
  await visit.settle(600)
  look('withdrawn', last + 'w')

  const second = await visit.open(cases, { third, gate })
  await visit.settle(900)
  look('refused', second.token)
  for (const { id } of cases) seen.get(id).out = out(id)
  return seen
}

/** What is stored, or sent on leaving: a page for each phase, left for a probe. */
export async function leaving(server, lane, cases, mode) {
  await lane.fresh()
  const visit = makeVisit(server, lane, mode)
  const { host } = visit
  const seen = new Map(cases.map(({ id }) => [id, { kept: {} }]))
  const look = async (phase, token, from, page = token) => {
    const found = await visit.probe()
    await sleep(200)
    for (const { id } of cases) {
      seen.get(id)[phase] = asked(server, token, id, host, from)
      seen.get(id).kept[phase] = keptOf(found, id)
    }
    return page
  }
  const enter = async () => {
    const page = await visit.open(cases, { third, gate })
    await visit.ready()
    return page
  }
  let page = await enter()
  await visit.settle(400)
  await look('undecided', page.token)

  page = await enter()
  const mark = server.mark()
  await visit.grant()
  if (mode === 'sealed') await sleep(700)
  await visit.settle(600)
  const by = cases.filter((one) => one.releases === 'again')
  if (by.length) await visit.again('g', by)
  await visit.settle(500)
  const out = await visit.out()
  await look('granted', page.token, mark)
  for (const { id } of by)
    Object.assign(seen.get(id).granted, asked(server, page.token + 'g', id, host))

  page = await enter()
  await visit.settle(400)
  await visit.withdraw()
  await visit.again('w', cases)
  await visit.settle(500)
  await look('withdrawn', page.token + 'w')

  page = await visit.open(cases, { third, gate })
  await visit.settle(800)
  await look('refused', page.token)
  for (const { id } of cases) seen.get(id).out = out(id)
  return seen
}

/** What a page's own variant of the cases did: everything it asked and reported, and what is stored after it. */
async function ownLook(server, visit, cases, token, letter, mark = 0) {
  const out = await visit.out()
  return new Map(
    cases.map(({ id }) => [id, { asked: counts(server, token + letter, id, mark), out: out(id) }]),
  )
}

/** The shop's own variant without the gate: as loaded, and done again by script. */
export async function ownBare(server, lane, cases) {
  await lane.fresh()
  const visit = makeVisit(server, lane, '')
  const { token } = await visit.open(cases, { third: false })
  await visit.settle(700)
  const loaded = await ownLook(server, visit, cases, token, '')
  await visit.again('w', cases)
  await visit.settle(500)
  const again = await ownLook(server, visit, cases, token, 'w')
  const found = cases.some(leaves) ? await visit.probe() : []
  const kept = new Map(cases.map(({ id }) => [id, keptOf(found, id, 'own_')]))
  return { loaded, again, kept }
}

/** The shop's own variant behind the gate, in every phase. */
export async function own(server, lane, cases, mode) {
  await lane.fresh()
  const visit = makeVisit(server, lane, mode)
  const phases = {}
  const first = await visit.open(cases, { third: false, gate })
  await visit.ready()
  await visit.settle(500)
  phases.undecided = await ownLook(server, visit, cases, first.token, '')
  const mark = server.mark()
  await visit.grant()
  await visit.settle(600)
  // A reload asks everything once more; without one nothing may be asked twice.
  if (mode !== 'sealed') phases.more = await ownLook(server, visit, cases, first.token, '', mark)

  const second = await visit.open(cases, { third: false, gate })
  await visit.settle(700)
  phases.granted = await ownLook(server, visit, cases, second.token, '')
  await visit.withdraw()
  await visit.again('w', cases)
  await visit.settle(500)
  phases.withdrawn = await ownLook(server, visit, cases, second.token, 'w')

  const last = await visit.open(cases, { third: false, gate })
  await visit.settle(700)
  phases.refused = await ownLook(server, visit, cases, last.token, '')
  const found = cases.some(leaves) ? await visit.probe() : []
  phases.kept = new Map(cases.map(({ id }) => [id, keptOf(found, id, 'own_')]))
  return phases
}
