// `kelisim verify`: receipts from files, each checked by itself and along its chain.
import type { Ack, Kelisim, PublicJwk, Verified } from '../node/index.ts'
import { isEdition, loadEngine, readAck, verifyAck } from '../node/index.ts'
import type { Arguments } from './arguments.ts'
import { line, say, UsageError } from './arguments.ts'
import type { Found } from './sources.ts'
import { besides, findEdition, isAddress, readAll, readKeys } from './sources.ts'

export const verifyUsage = 'kelisim verify RECEIPTS… [--editions FROM] [--keys FILE] [--json]'

interface Entry {
  file: string
  place: number
  ok: boolean
  receipt_id?: string
  record_id?: string
  seq?: number
  at?: string
  action?: string
  policy?: string
  kid?: string
  code?: string
  message?: string
}

interface Chained {
  record_id: string
  receipts: number
  ok: boolean
  faults: { receipt_id: string; code: string; message: string }[]
}

/** A text that receipts name by its hash. */
interface Text {
  sha256: string
  /** What it is: the policy's own text, the document, or what was on screen. */
  kind: 'policy' | 'config' | 'shown'
  receipts: number
  /** unasked: nobody said where to look. */
  state: 'found' | 'missing' | 'differs' | 'unasked'
}

interface Acknowledged extends Ack {
  /** unasked: the receiver's key is not known. receipt_missing: it holds, and the receipt it is about is not here. */
  state: 'holds' | 'forged' | 'unasked' | 'receipt_missing'
}

interface Report {
  ok: boolean
  receipts: Entry[]
  records: Chained[]
  texts: Text[]
  acks: Acknowledged[]
}

type Body = {
  event: { event_time: string }[]
  evidence: { action: string; config_sha256: string; text_sha256: string | null }
  pii_processing: { privacy_notice: { policy_id: string; sha256: string } }
}

/** Hashes of texts in a body. */
function textsOf({ evidence, pii_processing }: Body): [Text['kind'], string][] {
  return [
    ['policy', pii_processing.privacy_notice.sha256],
    ['config', evidence.config_sha256],
    ...(evidence.text_sha256 === null
      ? []
      : [['shown', evidence.text_sha256] as [Text['kind'], string]]),
  ]
}

async function examineTexts(kelisim: Kelisim, bodies: Body[], places: string[]): Promise<Text[]> {
  const texts = new Map<string, Text>()
  for (const [kind, sha256] of bodies.flatMap(textsOf)) {
    const text = texts.get(sha256) ?? { sha256, kind, receipts: 0, state: 'unasked' }
    texts.set(sha256, { ...text, receipts: text.receipts + 1 })
  }
  if (places.length > 0)
    for (const text of texts.values()) {
      const edition = await findEdition(places, text.sha256)
      if (edition === null) text.state = 'missing'
      else text.state = isEdition(kelisim, edition, text.sha256) ? 'found' : 'differs'
    }
  return [...texts.values()]
}

async function examineAcks(acks: string[], hashes: Set<string>, keys: PublicJwk[] | null) {
  const found = new Map<string, Acknowledged>()
  for (const jws of acks) {
    const ack = readAck(jws)!
    let state: Acknowledged['state'] = 'unasked'
    if (keys) state = (await verifyAck(jws, keys)) ? 'holds' : 'forged'
    if (state !== 'forged' && !hashes.has(ack.receipt)) state = 'receipt_missing'
    found.set(jws, { ...ack, state })
  }
  return [...found.values()]
}

function entryOf({ file, place }: Found, verified: Verified): Entry {
  if (!verified.ok) {
    const { code, path, message } = verified
    return { file, place, ok: false, code, message: path ? `${path}: ${message}` : message }
  }
  const { receipt_id, record_id, kid } = verified
  const body = verified.body as unknown as Body
  return {
    file,
    place,
    ok: true,
    receipt_id,
    record_id,
    seq: verified.body.seq,
    at: body.event[0]!.event_time,
    action: body.evidence.action,
    policy: body.pii_processing.privacy_notice.policy_id,
    kid,
  }
}

async function examine(
  kelisim: Kelisim,
  found: Found[],
  places: string[],
  keys: PublicJwk[] | null,
): Promise<Report> {
  const receipts: Entry[] = []
  const acks: string[] = []
  const bodies = new Map<string, Body>()
  /** Sound receipts of each record; the same one twice, from two files, is one. */
  const records = new Map<string, Map<string, number>>()
  for (const one of found) {
    if (typeof one.receipt === 'string' && readAck(one.receipt)) {
      acks.push(one.receipt)
      continue
    }
    const verified: Verified = one.fault
      ? { ok: false, ...one.fault }
      : await kelisim.verifyReceipt(one.receipt)
    receipts.push(entryOf(one, verified))
    if (!verified.ok) continue
    bodies.set(verified.sha256, verified.body as unknown as Body)
    const chain = records.get(verified.record_id) ?? new Map<string, number>()
    records.set(verified.record_id, chain.set(verified.jws, verified.body.seq))
  }
  const chains: Chained[] = []
  for (const [record_id, chain] of records) {
    const inOrder = [...chain].sort((a, b) => a[1] - b[1]).map(([jws]) => jws)
    const { ok, faults } = await kelisim.verifyChain(inOrder)
    chains.push({
      record_id,
      receipts: chain.size,
      ok,
      faults: faults.map(({ receipt_id, code, message }) => ({ receipt_id, code, message })),
    })
  }
  const acknowledged = await examineAcks(acks, new Set(bodies.keys()), keys)
  const texts = await examineTexts(kelisim, [...bodies.values()], places)
  return {
    ok:
      receipts.every(({ ok }) => ok) &&
      chains.every(({ ok }) => ok) &&
      texts.every(({ state }) => state === 'found' || state === 'unasked') &&
      acknowledged.every(({ state }) => state === 'holds' || state === 'unasked'),
    receipts,
    records: chains,
    texts,
    acks: acknowledged,
  }
}

const count = (n: number, one: string) => `${n} ${one}${n === 1 ? '' : 's'}`

function print({ receipts, records, texts, acks }: Report) {
  for (const one of receipts)
    say(
      one.ok
        ? line`ok    ${one.receipt_id}  ${one.at}  ${one.action}  ${one.policy}`
        : line`BAD   ${one.file}:${one.place}  ${one.code}: ${one.message}`,
    )
  for (const { record_id, ok, faults, receipts: length } of records) {
    say(
      line`${ok ? 'chain' : 'BROKEN'} ${record_id}  ${count(length, 'receipt')}${ok ? ', whole' : ''}`,
    )
    for (const { receipt_id, code, message } of faults)
      say(line`      ${receipt_id}  ${code}: ${message}`)
  }
  for (const { sha256, kind, state } of texts)
    if (state !== 'unasked')
      say(line`${state === 'found' ? 'text ' : 'TEXT '} ${sha256}  ${kind}: ${state}`)
  for (const { receipt, received_at, state } of acks)
    say(
      line`${state === 'holds' || state === 'unasked' ? 'ack  ' : 'ACK  '} ${receipt}  ${received_at}: ${state}`,
    )
  const bad = receipts.filter(({ ok }) => !ok).length
  const broken = records.filter(({ ok }) => !ok).length
  const unasked = texts.filter(({ state }) => state === 'unasked').length
  say(
    `${count(receipts.length, 'receipt')}: ${bad} bad; ${count(records.length, 'chain')}: ${broken} broken` +
      (acks.length > 0 ? `; ${count(acks.length, 'acknowledgement')}` : '') +
      (unasked > 0 ? `; ${count(unasked, 'text')} not looked for (--editions)` : ''),
  )
}

/** @returns the exit code */
export async function verify({ files, options, values }: Arguments): Promise<number> {
  if (files.length === 0) throw new UsageError(`a file with receipts is needed: ${verifyUsage}`)
  const addresses = files.filter(isAddress).map(besides)
  const places = [...(values.get('editions') ?? [])]
  const keySources = [...(values.get('keys') ?? []), ...addresses.map(({ keys }) => keys)]
  const keys =
    keySources.length > 0
      ? ((await Promise.all(keySources.map(readKeys))).flat() as PublicJwk[])
      : null
  const kelisim = await loadEngine()
  try {
    const found = await readAll(files, (json) => kelisim.canonical(json))
    if (found.length === 0) throw new UsageError(`no receipts in ${files.join(', ')}`)
    const report = await examine(kelisim, found, places, keys)
    if (options.has('json')) say(JSON.stringify(report, null, 2))
    else print(report)
    return report.ok ? 0 : 1
  } finally {
    kelisim.delete()
  }
}
