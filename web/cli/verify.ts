// `kelisim verify`: receipts from files, each checked by itself and along its chain.
import type { Kelisim, Verified } from '../node/index.ts'
import { loadEngine } from '../node/index.ts'
import type { Arguments } from './arguments.ts'
import { line, readText, say, UsageError } from './arguments.ts'

export const verifyUsage = 'kelisim verify RECEIPTS… [--json]'

interface Found {
  file: string
  /** Line of the file, or place in its list, from 1. */
  place: number
  receipt: string | object
}

/** Receipts in a file: one compact JWS per line, or JSON. */
export function receiptsIn(file: string, text: string): Found[] {
  const trimmed = text.trim()
  if (/^[[{]/.test(trimmed)) {
    let json: unknown
    try {
      json = JSON.parse(trimmed)
    } catch {
      throw new UsageError(`${file}: neither JSON nor one receipt per line`)
    }
    const { receipts } = json as { receipts?: unknown }
    const list = Array.isArray(json) ? json : Array.isArray(receipts) ? receipts : [json]
    return (list as unknown[]).map((receipt, index) => ({
      file,
      place: index + 1,
      receipt:
        typeof receipt === 'string' || (typeof receipt === 'object' && receipt !== null)
          ? receipt
          : '',
    }))
  }
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ file, place: index + 1, receipt: line.trim() }))
    .filter(({ receipt }) => receipt !== '')
}

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

interface Report {
  ok: boolean
  receipts: Entry[]
  records: Chained[]
}

type Body = {
  event: { event_time: string }[]
  evidence: { action: string }
  pii_processing: { privacy_notice: { policy_id: string } }
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

async function examine(kelisim: Kelisim, found: Found[]): Promise<Report> {
  const receipts: Entry[] = []
  /** Sound receipts of each record; the same one twice, from two files, is one. */
  const records = new Map<string, Map<string, number>>()
  for (const one of found) {
    const verified = await kelisim.verifyReceipt(one.receipt)
    receipts.push(entryOf(one, verified))
    if (!verified.ok) continue
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
  return {
    ok: receipts.every(({ ok }) => ok) && chains.every(({ ok }) => ok),
    receipts,
    records: chains,
  }
}

function print({ receipts, records }: Report) {
  for (const one of receipts)
    say(
      one.ok
        ? line`ok    ${one.receipt_id}  ${one.at}  ${one.action}  ${one.policy}`
        : line`BAD   ${one.file}:${one.place}  ${one.code}: ${one.message}`,
    )
  for (const { record_id, ok, faults, receipts: count } of records) {
    say(
      line`${ok ? 'chain' : 'BROKEN'} ${record_id}  ${count} receipt${count === 1 ? '' : 's'}${ok ? ', whole' : ''}`,
    )
    for (const { receipt_id, code, message } of faults)
      say(line`      ${receipt_id}  ${code}: ${message}`)
  }
  const bad = receipts.filter(({ ok }) => !ok).length
  const broken = records.filter(({ ok }) => !ok).length
  say(
    `${receipts.length} receipt${receipts.length === 1 ? '' : 's'}: ${bad} bad; ${records.length} chain${records.length === 1 ? '' : 's'}: ${broken} broken`,
  )
}

/** @returns the exit code */
export async function verify({ files, options }: Arguments): Promise<number> {
  if (files.length === 0) throw new UsageError(`a file with receipts is needed: ${verifyUsage}`)
  const found = files.flatMap((file) => receiptsIn(file, readText(file)))
  if (found.length === 0) throw new UsageError(`no receipts in ${files.join(', ')}`)
  const kelisim = await loadEngine()
  try {
    const report = await examine(kelisim, found)
    if (options.has('json')) say(JSON.stringify(report, null, 2))
    else print(report)
    return report.ok ? 0 : 1
  } finally {
    kelisim.delete()
  }
}
