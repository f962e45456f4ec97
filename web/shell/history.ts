// What the layer of decisions is drawn from: the receipts, what became of each, and whether they hold.
import type { Engine } from '../engine/engine.ts'
import type { Inspected, Json, Outcome } from '../engine/types.ts'
import type { Checks } from '../host/crypto.ts'
import { holds } from '../host/crypto.ts'
import type { OutboxRow, ReceiptRow, Storage } from '../host/storage.ts'

export interface Past {
  /** Bodies, newest first, with the times of the person's own clock. */
  receipts: Json[]
  /** By receipt_id. */
  sent: Record<string, Outcome>
  /** Nothing is sent from here. */
  local: boolean
}

export interface History {
  read(): Promise<Past>
  /** Signatures and chains: by receipt_id the code of what is wrong, "" = it holds. */
  check(): Promise<Record<string, string>>
}

/** "2026-11-20T19:05+5": what the person's clock shows then, and its hours from UTC. */
function local(time: number | string): string {
  const at = new Date(time)
  const [, sign, hours, minutes] = /GMT(.)0?(\d+)(\d\d)/.exec(String(at))!
  const offset = +(hours! + minutes!) ? sign!.replace('-', '−') + hours : ''
  const clock = new Date(+at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  return clock + offset + (+minutes! ? ':' + minutes : '')
}

export function makeHistory(host: {
  engine: Engine
  storage: Storage
  /** All rows, newest first. */
  rows(): Promise<ReceiptRow[]>
  /** Host of the endpoint; null = there is none. */
  to: string | null
  keys(): Promise<Checks>
}): History {
  const { engine, to } = host

  const outcome = (
    { sent, ack }: ReceiptRow,
    entry: OutboxRow | undefined,
  ): Outcome | undefined => {
    const signed = ack !== undefined
    if (!entry)
      return sent
        ? { state: 'sent', to: sent.to, at: local(sent.at_ms), signed }
        : { state: 'sent', signed }
    if (to === null) return
    const { state, status, tried_at_ms } = entry
    return {
      state,
      to,
      ...(tried_at_ms !== undefined && { at: local(tried_at_ms), status: status ?? 0 }),
    }
  }

  return {
    async read() {
      const rows = await host.rows()
      const entries = await host.storage.all('outbox')
      const sent: Past['sent'] = {}
      const receipts = rows.map((row): Json => {
        const became = outcome(
          row,
          entries.find(({ id }) => id === row.id),
        )
        if (became) sent[row.id] = became
        try {
          const { body } = engine.inspect({ jws: row.jws })
          for (const event of body['event'] as { event_time: string }[])
            event.event_time = local(event.event_time)
          return body
        } catch {
          // One that cannot be read is told of by what is known beside it.
          const { id, action, at_ms } = row
          return { receipt_id: id, evidence: { action }, event: [{ event_time: local(at_ms) }] }
        }
      })
      return { receipts, sent, local: to === null }
    },
    async check() {
      const found: Record<string, string> = {}
      const records = new Map<string, ReceiptRow[]>()
      const checks = await host.keys()
      for (const row of await host.rows()) {
        const { id, jws, record_id } = row
        let inspected: Inspected
        try {
          inspected = engine.inspect({ jws })
        } catch (error) {
          found[id] = (error as { code?: string }).code ?? 'receipt_unreadable'
          continue
        }
        found[id] = (await holds(checks, inspected)) ? '' : 'signature'
        records.set(record_id, [...(records.get(record_id) ?? []), row])
      }
      for (const rows of records.values()) {
        rows.sort((a, b) => a.seq - b.seq)
        for (const { index, code } of engine.chain({ receipts: rows.map(({ jws }) => jws) }).faults)
          found[rows[index]!.id] ||= code
      }
      return found
    },
  }
}
