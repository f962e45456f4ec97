// From a decision to a stored receipt: built by the engine, signed here, chained to the one before, one tab at a time.
import type { Engine } from '../engine/engine.ts'
import { KelisimError } from '../engine/error.ts'
import type { ReceiptInput } from '../engine/types.ts'
import type { Clock } from '../host/clock.ts'
import type { Random, Signer } from '../host/crypto.ts'
import { openSigner } from '../host/crypto.ts'
import type { CopyRow, OutboxRow, ReceiptRow, Storage } from '../host/storage.ts'
import type { Tabs } from '../host/tabs.ts'
import type { Drafts, Waiting } from './drafts.ts'
import type { Report } from './report.ts'

export interface ReceiptsHost {
  engine: Engine
  clock: Clock
  random: Random
  storage: Storage
  tabs: Tabs
  drafts: Drafts
  report: Report
  /** Undefined where the browser has none (plain http, custom schemes). */
  subtle: SubtleCrypto | undefined
  origin: string
  /** The loaded policy document; null puts it back after another one was loaded. */
  policy: { edition: string; text: string; reload(text: string | null): void }
  stored(row: ReceiptRow, entry: OutboxRow): void
}

export class Receipts {
  readonly #host: ReceiptsHost
  #signer: Promise<Signer> | null = null
  #unsigned = false
  readonly #waiting = new Map<string, (receipt: { receipt_id: string }) => void>()
  /** Receipts nothing but this page's memory holds; their drafts stay until the endpoint has them. */
  readonly #fleeting = new Set<string>()

  constructor(host: ReceiptsHost) {
    this.#host = host
  }

  /** Newest first. */
  async all(): Promise<ReceiptRow[]> {
    return (await this.#host.storage.all('receipts')).sort(
      (a, b) => b.at_ms - a.at_ms || b.seq - a.seq,
    )
  }

  /** Resolves once the receipt is stored; where nothing can sign, once its draft is. */
  stored(receipt_id: string): Promise<{ receipt_id: string }> {
    return new Promise((resolve) => this.#waiting.set(receipt_id, resolve))
  }

  /** The endpoint has it: if nothing else could keep it, its draft need not any more. */
  acknowledged(receipt_id: string) {
    if (this.#fleeting.delete(receipt_id)) this.#host.drafts.done(receipt_id)
  }

  #settle(receipt_id: string) {
    this.#waiting.get(receipt_id)?.({ receipt_id })
    this.#waiting.delete(receipt_id)
  }

  /** Makes the receipts of all drafts. */
  async make(): Promise<void> {
    const { drafts, report, tabs, subtle } = this.#host
    const waiting = drafts.all()
    if (!waiting.length) return
    if (!subtle) {
      if (!this.#unsigned)
        report(
          new KelisimError('signer_unavailable', 'no crypto.subtle here: receipts wait unsigned'),
          '',
        )
      this.#unsigned = true
      for (const { receipt_id } of waiting) this.#settle(receipt_id)
      return
    }
    await tabs.alone('record', async () => {
      // What another tab finished while this one waited is not made twice.
      for (const draft of drafts.all())
        try {
          await this.#one(draft, subtle)
          if (!this.#fleeting.has(draft.receipt_id)) drafts.done(draft.receipt_id)
        } catch (error) {
          report(error, 'receipt_failed')
          // A draft of another form can never become a receipt; everything else waits for the next time.
          if (isHopeless(error)) drafts.done(draft.receipt_id)
        } finally {
          this.#settle(draft.receipt_id)
        }
    })
  }

  async #one({ receipt_id, draft, gpc }: Waiting, subtle: SubtleCrypto) {
    const { engine, storage, clock, random, origin, stored } = this.#host
    const rows = await storage.all('receipts')
    if (rows.some(({ id }) => id === receipt_id)) return
    const signer = await (this.#signer ??= openSigner({ subtle, random, now: clock.now, storage }))
    const { record_id } = signer
    const mine = rows.filter((row) => row.record_id === record_id)
    const last = mine.reduce<ReceiptRow | null>((a, b) => (a && a.seq > b.seq ? a : b), null)
    const { signing_input } = await this.#build({
      draft,
      jwk: signer.jwk,
      record_id,
      receipt_id,
      ...(signer.supersedes && { supersedes: signer.supersedes }),
      seq: (last?.seq ?? 0) + 1,
      prev: last?.sha256 ?? null,
      origin,
      gpc,
      key: signer.key,
      widget: 'kelisim/' + KELISIM_VERSION,
    })
    const { jws, sha256 } = engine.seal(signing_input, await signer.sign(signing_input))
    const row: ReceiptRow = {
      id: receipt_id,
      record_id,
      seq: (last?.seq ?? 0) + 1,
      jws,
      sha256,
      action: draft.action,
      at_ms: draft.at_ms,
    }
    const outbox = await storage.all('outbox')
    const entry: OutboxRow = {
      id: receipt_id,
      receipt_id,
      order: outbox.reduce((order, other) => Math.max(order, other.order), 0) + 1,
      state: 'pending',
      attempts: 0,
      next_at_ms: 0,
      bytes: jws.length,
      alone: false,
    }
    const lasting = await storage.write([
      { table: 'receipts', row },
      { table: 'outbox', row: entry },
    ])
    if (!lasting) this.#fleeting.add(receipt_id)
    stored(row, entry)
  }

  /** A draft may be older than the policy of today; then the document it was about is taken for a moment. */
  async #build(input: ReceiptInput) {
    const { engine, policy, storage } = this.#host
    const { edition } = input.draft
    if (edition === policy.edition) return engine.receipt(input)
    const copy = (await storage.get('keys', 'policy:' + String(edition))) as CopyRow | undefined
    if (!copy) return engine.receipt(input)
    try {
      policy.reload(copy.value)
      return engine.receipt(input)
    } finally {
      policy.reload(null)
    }
  }

  /** Keeps the loaded document for drafts that outlive it, and drops those no draft needs. */
  async keepPolicy() {
    const { policy, storage, drafts } = this.#host
    const id = 'policy:' + policy.edition
    const needed = new Set([
      id,
      ...drafts.all().map(({ draft }) => 'policy:' + String(draft['edition'])),
    ])
    const rows = await storage.all('keys')
    for (const row of rows)
      if (row.id.startsWith('policy:') && !needed.has(row.id))
        await storage.write([{ table: 'keys', delete: row.id }])
    if (!rows.some((row) => row.id === id))
      await storage.write([{ table: 'keys', row: { id, value: policy.text } }])
  }
}

const isHopeless = (error: unknown) =>
  error instanceof KelisimError && /^draft_(?!policy|edition|unknown)/.test(error.code)
