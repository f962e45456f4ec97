// From a decision to a stored receipt: built by the engine, signed here, chained to the one before, one tab at a time.
import type { Engine } from '../engine/engine.ts'
import { KelisimError, toKelisimError } from '../engine/error.ts'
import type { ReceiptInput } from '../engine/types.ts'
import type { Clock } from '../host/clock.ts'
import type { Keys, Signer } from '../host/crypto.ts'
import { openSigner } from '../host/crypto.ts'
import type { CopyRow, OutboxRow, ReceiptRow, Storage } from '../host/storage.ts'
import type { Alone, Held } from '../host/locks.ts'
import type { Random } from '../host/uuid.ts'
import type { Drafts, Waiting } from './drafts.ts'
import type { Report } from './report.ts'

export interface ReceiptsHost {
  engine: Engine
  clock: Clock
  random: Random
  storage: Storage
  /** Runs work while no other tab runs work of that name. */
  alone: Alone
  drafts: Drafts
  report: Report
  /** What signs: the browser's own, else the library. Rejects when neither can be had. */
  keys(): Promise<Keys>
  origin: string
  /** The loaded policy document; reload(null) puts it back after another one was loaded. */
  policy: { edition: string; text: string; reload(text: string | null): void }
  stored(row: ReceiptRow, entry: OutboxRow): void
  /** What outlives the page; rejects when it cannot be read. */
  lasting(): Promise<ReceiptRow[]>
  /** Takes the state as it is stored now. */
  refresh(): void
}

export interface Receipts {
  /** Newest first. */
  all(): Promise<ReceiptRow[]>
  /** Resolves once the receipt is stored; where nothing can sign, once its draft is. Rejects when none can be made. */
  stored(receipt_id: string): Promise<{ receipt_id: string }>
  /** Makes the receipts of all drafts. */
  make(): Promise<void>
  /**
   * What the state grants and no receipt bears out. Null when that cannot be said now: a choice still waits for its receipt, or the
   * receipts cannot be read.
   */
  compare(): Promise<string[] | null>
  /** The endpoint has it. */
  acknowledged(receipt_id: string): void
  /** Keeps the loaded document for drafts that outlive it, and drops those no draft needs. */
  keepPolicy(): Promise<void>
}

/** Where a policy document is kept. */
const rowOf = (edition: unknown) => 'policy:' + String(edition)

/** A draft of another form can never become a receipt; one whose policy is not at hand may yet. */
const isHopeless = (error: unknown) =>
  /^draft_(?!policy|edition|unknown)/.test(toKelisimError(error, '').code)

export function makeReceipts(host: ReceiptsHost): Receipts {
  const { engine, clock, random, storage, drafts, report, policy } = host
  let signer: Promise<Signer> | undefined
  let told = false
  const waiting = new Map<
    string,
    [resolve: (receipt: { receipt_id: string }) => void, reject: (error: unknown) => void]
  >()
  /** Receipts nothing but this page's memory holds; their drafts stay until the endpoint has them. */
  const fleeting = new Set<string>()

  const settle = (receipt_id: string, error?: unknown) => {
    const [resolve, reject] = waiting.get(receipt_id) ?? []
    if (error) reject?.(error)
    else resolve?.({ receipt_id })
    waiting.delete(receipt_id)
  }

  /** A draft may be older than the policy of today; then the document it was about is taken for a moment. */
  const build = async (input: ReceiptInput) => {
    const { edition } = input.draft
    const copy =
      edition !== policy.edition &&
      ((await storage.get('keys', rowOf(edition))) as CopyRow | undefined)
    if (!copy) return engine.receipt(input)
    try {
      policy.reload(copy.value)
      return engine.receipt(input)
    } finally {
      policy.reload(null)
    }
  }

  /** @returns false when another tab has taken over meanwhile, and makes it */
  const makeOne = async ({ receipt_id, draft, gpc }: Waiting, held: Held) => {
    // All or none: a receipt after one that could not be read would stand in its place, and fork the chain.
    const rows = await storage.all('receipts', true)
    if (rows.some(({ id }) => id === receipt_id)) return true
    signer ??= openSigner({ keys: await host.keys(), random, now: clock.now, storage })
    signer.catch(() => (signer = undefined))
    const { record_id, jwk, key, supersedes, sign } = await signer
    const last = rows.filter((row) => row.record_id === record_id).sort((a, b) => b.seq - a.seq)[0]
    const seq = (last?.seq ?? 0) + 1
    const { signing_input } = await build({
      draft,
      jwk,
      record_id,
      receipt_id,
      ...(supersedes && { supersedes }),
      seq,
      prev: last?.sha256 ?? null,
      origin: host.origin,
      gpc,
      key,
      widget: 'kelisim/' + KELISIM_VERSION,
    })
    const { jws, sha256 } = engine.seal({ signing_input, signature: await sign(signing_input) })
    const { action, at_ms } = draft
    const row: ReceiptRow = { id: receipt_id, record_id, seq, jws, sha256, action, at_ms }
    const orders = (await storage.all('outbox')).map(({ order }) => order)
    const entry: OutboxRow = {
      id: receipt_id,
      receipt_id,
      order: Math.max(0, ...orders) + 1,
      state: 'pending',
      attempts: 0,
      next_at_ms: 0,
      bytes: jws.length,
      alone: false,
    }
    if (!(await held())) return false
    const lasting = await storage.write([
      { table: 'receipts', row },
      { table: 'outbox', row: entry },
    ])
    if (!lasting) fleeting.add(receipt_id)
    host.stored(row, entry)
    // Before its draft goes: one of the two always tells the next page that something waits.
    drafts.setUnsent(drafts.unsent() + 1)
    return true
  }

  const receipts: Receipts = {
    all: async () =>
      (await storage.all('receipts')).sort((a, b) => b.at_ms - a.at_ms || b.seq - a.seq),
    stored: async (receipt_id) =>
      drafts.all().some((draft) => draft.receipt_id === receipt_id)
        ? new Promise((...ends) => waiting.set(receipt_id, ends))
        : { receipt_id },
    async make() {
      const all = drafts.all()
      if (!all.length) return
      try {
        await host.keys()
      } catch (error) {
        if (!told) report(new KelisimError('signer_unavailable', String(error)), '')
        told = true
        for (const { receipt_id } of all) settle(receipt_id)
        return
      }
      const whole = await host.alone('record', async (held) => {
        // Read again: what another tab finished while this one waited is not made twice.
        for (const draft of drafts.all()) {
          const { receipt_id } = draft
          try {
            if (!(await makeOne(draft, held))) return false
            if (!fleeting.has(receipt_id)) drafts.done(receipt_id)
          } catch (error) {
            report(error, 'receipt_failed')
            if (isHopeless(error)) drafts.done(receipt_id)
            settle(receipt_id, error)
          }
          settle(receipt_id)
        }
        return true
      })
      if (!whole) await receipts.make()
    },
    // While nobody signs: every choice in force has its receipt then, or its draft.
    compare: () =>
      host.alone('record', async () => {
        const lasting = await host.lasting().catch(() => null)
        const rows = await storage.all('receipts')
        host.refresh()
        // A place that does not answer may hold the very receipt.
        if (!lasting || rows.length < lasting.length || drafts.all().length) return null
        // A clock can be set back, a chain cannot. Of several records the one with the last receipt counts first.
        const latest = new Map<string, number>()
        for (const { record_id, at_ms } of rows)
          latest.set(record_id, Math.max(latest.get(record_id) ?? 0, at_ms))
        rows.sort((a, b) => latest.get(b.record_id)! - latest.get(a.record_id)! || b.seq - a.seq)
        return engine.compare({ receipts: rows.map(({ jws }) => jws), now_ms: clock.now() }).faults
      }),
    acknowledged(receipt_id) {
      if (!fleeting.delete(receipt_id)) return
      drafts.done(receipt_id)
      // There may be room by now.
      void storage
        .get('receipts', receipt_id)
        .then((row) => row && storage.write([{ table: 'receipts', row }]))
    },
    async keepPolicy() {
      const id = rowOf(policy.edition)
      const needed = [id, ...drafts.all().map(({ draft }) => rowOf(draft['edition']))]
      const rows = (await storage.all('keys')).map((row) => row.id)
      for (const old of rows)
        if (/^policy:/.test(old) && !needed.includes(old))
          await storage.write([{ table: 'keys', delete: old }])
      if (!rows.includes(id))
        await storage.write([{ table: 'keys', row: { id, value: policy.text } }])
    },
  }
  return receipts
}
