// Sends receipts to the endpoint until each is acknowledged or refused. What to send when, and what an answer means, the engine says.
import type { Engine } from '../engine/engine.ts'
import type { Clock } from '../host/clock.ts'
import { alarm } from '../host/clock.ts'
import type { Random } from '../host/crypto.ts'
import type { Net } from '../host/net.ts'
import type { OutboxRow, ReceiptRow, Storage, Write } from '../host/storage.ts'
import type { Tabs } from '../host/tabs.ts'

export interface Sync {
  /** Receipts kept here that the endpoint has. */
  sent: number
  /** That wait. */
  pending: number
  /** That the endpoint refused. */
  failed: number
}

export interface OutboxHost {
  engine: Engine
  clock: Clock
  random: Random
  storage: Storage
  tabs: Tabs
  net: Net
  /** "" = nothing is sent. */
  url: string
  /** The endpoint has taken a receipt. */
  taken(receipt_id: string): void
  /** After something was sent or tried. */
  told(sync: Sync): void
  /** How many wait, at every look. */
  waiting(count: number): void
}

export class Outbox {
  readonly #host: OutboxHost
  readonly #wake: (atMs: number | null) => void
  /** What waits, as far as this tab knows: there is no time to read storage when the page goes. */
  readonly #known = new Map<string, { entry: OutboxRow; jws: string }>()
  #inFlight = new Set<string>()

  constructor(host: OutboxHost) {
    this.#host = host
    this.#wake = alarm(host.clock, () => void this.run())
  }

  /** A receipt was stored. */
  add({ id, jws }: ReceiptRow, entry: OutboxRow) {
    this.#known.set(id, { entry, jws })
  }

  /**
   * Sends what may be sent now.
   * @param again also what failed before, and without waiting for a network that was away
   */
  run(again = false): Promise<Sync> {
    return this.#host.tabs.alone('send', () => this.#run(again))
  }

  async #run(again: boolean): Promise<Sync> {
    const { engine, clock, storage, url, told, waiting } = this.#host
    if (again) await this.#unblock()
    let tried = false
    for (;;) {
      const entries = await this.#entries()
      const { send, wake_at_ms } = url
        ? engine.plan(entries, clock.now(), false)
        : { send: [], wake_at_ms: null }
      if (!send.length) {
        this.#wake(wake_at_ms)
        const count = (state: string) => entries.filter((entry) => entry.state === state).length
        const pending = count('pending')
        const failed = count('failed')
        const sync = {
          sent: (await storage.all('receipts')).length - pending - failed,
          pending,
          failed,
        }
        if (tried) told(sync)
        waiting(url ? pending : 0)
        return sync
      }
      tried = true
      await this.#send(send, entries)
    }
  }

  /** In the order of the chain. */
  async #entries(): Promise<OutboxRow[]> {
    const { storage } = this.#host
    const entries = (await storage.all('outbox')).sort((a, b) => a.order - b.order)
    const receipts = new Map((await storage.all('receipts')).map((row) => [row.id, row]))
    this.#known.clear()
    for (const entry of entries) {
      const row = receipts.get(entry.id)
      if (row && entry.state === 'pending') this.add(row, entry)
    }
    return entries.filter(({ id }) => receipts.has(id))
  }

  #body(ids: string[]) {
    const receipts = ids.map((id) => this.#known.get(id)!.jws)
    const { text, sha256 } = this.#host.engine.canonical(JSON.stringify({ kelisim: 1, receipts }))
    return { body: text, key: sha256 }
  }

  async #send(ids: string[], entries: OutboxRow[]) {
    const { engine, clock, random, net, storage, url } = this.#host
    const { body, key } = this.#body(ids)
    this.#inFlight = new Set(ids)
    const answer = await net.post(url, body, key)
    this.#inFlight.clear()
    const [a, b, c] = random.getRandomValues(new Uint8Array(3)) as unknown as [
      number,
      number,
      number,
    ]
    const settled = engine.settle({
      entries,
      now_ms: clock.now(),
      random: ((a << 16) | (b << 8) | c) % 1_000_000,
      status: answer.status,
      retry_after_s: answer.retry_after_s,
      sent: ids,
    })
    const acks = acksIn(answer.body)
    const rows = await storage.all('receipts')
    const writes: Write[] = []
    for (const entry of settled.entries) {
      const id = entry.receipt_id
      if (entry.state === 'sent') {
        writes.push({ table: 'outbox', delete: id })
        this.#host.taken(id)
      } else
        writes.push({
          table: 'outbox',
          row: { ...entries.find((old) => old.id === id)!, ...entry },
        })
      const row = rows.find((other) => other.id === id)
      const ack = row && acks.get(row.sha256)
      if (ack) writes.push({ table: 'receipts', row: { ...row, ack } })
    }
    await storage.write(writes)
  }

  /** The network is back, or somebody asks: what waited for it waits no longer, and what was refused gets one more try. */
  async #unblock() {
    const { engine, clock, storage } = this.#host
    const entries = await this.#entries()
    const changed = new Map(
      engine.retry(entries, clock.now()).map((entry) => [entry.receipt_id, entry]),
    )
    const writes = entries
      .map((old) => ({ ...old, ...changed.get(old.id) }))
      .map((row) => (row.state === 'pending' && !row.status ? { ...row, next_at_ms: 0 } : row))
      .map((row): Write => ({ table: 'outbox', row }))
    if (writes.length) await storage.write(writes)
  }

  /** The page is being left: hands one last batch to the browser. It stays in the outbox until an answer was seen. */
  leave() {
    const { engine, clock, net, url } = this.#host
    if (!url) return
    const entries = [...this.#known.values()]
      .map(({ entry }) => entry)
      .filter(({ id }) => !this.#inFlight.has(id))
    if (!entries.length) return
    const { send } = engine.plan(entries, clock.now(), true)
    if (!send.length) return
    const { body, key } = this.#body(send)
    net.leave(url, body, key)
  }
}

const COMPACT_JWS = /^[\w-]+\.([\w-]+)\.[\w-]+$/

/** Acknowledgements in an answer, by the hash of the receipt they are about. Whoever needs their signature checks it later. */
export function acksIn(answer: unknown): Map<string, string> {
  const found = new Map<string, string>()
  const { acks } = (answer ?? {}) as { acks?: unknown }
  for (const ack of Array.isArray(acks) ? (acks as unknown[]) : [])
    try {
      const [jws, payload] = COMPACT_JWS.exec(ack as string)!
      const { typ, receipt } = JSON.parse(atob(payload!.replace(/-/g, '+').replace(/_/g, '/'))) as {
        typ: unknown
        receipt: unknown
      }
      if (typ === 'kelisim-ack-1' && typeof receipt === 'string') found.set(receipt, jws)
    } catch {
      // Not an acknowledgement: the status already said what happened.
    }
  return found
}
