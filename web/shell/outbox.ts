// Sends receipts to the endpoint until each is acknowledged or refused. What to send when, and what an answer means, the engine says.
import type { Engine } from '../engine/engine.ts'
import type { Clock } from '../host/clock.ts'
import { alarm } from '../host/clock.ts'
import type { Net } from '../host/net.ts'
import { ANSWER_MS } from '../host/net.ts'
import type { OutboxRow, ReceiptRow, Storage, Write } from '../host/storage.ts'
import type { Alone, Held } from '../host/locks.ts'
import type { Random } from '../host/uuid.ts'
import type { Keys } from '../host/crypto.ts'
import { acksIn } from './acks.ts'
import type { Endpoint } from './endpoint.ts'

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
  /** Runs work while no other tab runs work of that name. */
  alone: Alone
  net: Net
  /** null = nothing is sent. */
  endpoint: Endpoint | null
  /** What verifies what the endpoint signed. */
  keys(): Promise<Keys>
  /** That many acknowledgements do not verify: they are not kept. */
  forged(count: number): void
  /** The endpoint has taken a receipt. */
  taken(receipt_id: string): void
  /** The endpoint will not have `count` receipts: they are kept and sent no more. */
  refused(status: number, count: number): void
  /** After something was sent or tried. */
  told(sync: Sync): void
  /** Nothing could be looked at now. */
  failed(error: unknown): void
  /** How many wait, at every look. */
  waiting(count: number): void
}

/** How long the page may take to say its token. */
const TOKEN_MS = 30_000
/** How long a request lasts at most: a browser lets the timers of a page nobody sees ring once a minute. */
const REQUEST_MS = ANSWER_MS + 75_000
/** How long until a database is read again that did not answer. */
const READ_AGAIN_MS = 60_000

export interface Outbox {
  /** A receipt was stored. */
  add(row: ReceiptRow, entry: OutboxRow): void
  /**
   * Sends what may be sent now.
   * @param again also what failed before, and without waiting for a network that was away
   */
  run(again?: boolean): Promise<Sync>
  /** The page is being left: hands one last batch to the browser. It stays in the outbox until an answer was seen. */
  leave(): void
}

export function makeOutbox(host: OutboxHost): Outbox {
  const { engine, clock, storage, net, endpoint } = host
  /** What waits, as far as this tab knows: there is no time to read storage when the page goes. */
  const known = new Map<string, { entry: OutboxRow; jws: string }>()
  let inFlight: string[] = []

  const add = ({ id, jws }: ReceiptRow, entry: OutboxRow) => void known.set(id, { entry, jws })

  /** Everything in the order of the chain, and the receipts. Rejects when a place does not answer: what it holds is not sent by that. */
  const read = async () => {
    const receipts = new Map((await storage.all('receipts', true)).map((row) => [row.id, row]))
    const entries = (await storage.all('outbox', true))
      .filter(({ id }) => receipts.has(id))
      .sort((a, b) => a.order - b.order)
    known.clear()
    for (const entry of entries) if (entry.state === 'pending') add(receipts.get(entry.id)!, entry)
    return { entries, receipts }
  }

  const inspected = (ids: string[]) => ids.map((id) => engine.inspect({ jws: known.get(id)!.jws }))
  /** As the endpoint takes them: together, or each alone. */
  const forEndpoint = (entries: OutboxRow[]) =>
    endpoint?.single ? entries.map((entry) => ({ ...entry, alone: true })) : entries

  /** @returns false when another tab has taken over meanwhile */
  const send = async (
    ids: string[],
    { entries, receipts }: Awaited<ReturnType<typeof read>>,
    held: Held,
  ) => {
    // A page that cannot say its token now is a network that is away, and so is one that never says it.
    const late = new Promise<never>((_, reject) =>
      clock.setTimeout(() => reject(new Error('no token')), TOKEN_MS),
    )
    const request = await Promise.race([endpoint!.request(inspected(ids)), late]).catch(() => null)
    if (!(await held(REQUEST_MS))) return false
    inFlight = ids
    const { status, retry_after_s, body } = request
      ? await net.send(request)
      : { status: 0, retry_after_s: null, body: null }
    inFlight = []
    const mine = await held()
    const [a, b, c] = host.random.getRandomValues(new Uint8Array(3))
    const settled = engine.outbox({
      op: 'settle',
      entries,
      now_ms: clock.now(),
      random: ((a! << 16) | (b! << 8) | c!) % 1_000_000,
      status,
      retry_after_s,
      accept: endpoint!.accept,
      sent: ids,
    })
    const at_ms = clock.now()
    const ours = new Set([...receipts.values()].map(({ sha256 }) => sha256))
    const { good, wrong } = await acksIn(body, ours, { ...host, url: endpoint!.url })
    const writes: Write[] = []
    for (const entry of settled.entries) {
      const id = entry.receipt_id
      const receipt = receipts.get(id)!
      const ack = good.get(receipt.sha256)
      if (entry.state === 'sent') {
        writes.push({ table: 'outbox', delete: id })
        const sent = { at_ms, to: endpoint!.to }
        writes.push({ table: 'receipts', row: { ...receipt, sent, ...(ack && { ack }) } })
        host.taken(id)
        // What the other tab makes of the rest counts.
      } else if (mine)
        writes.push({
          table: 'outbox',
          row: { ...entries.find((old) => old.id === id)!, ...entry, tried_at_ms: at_ms },
        })
    }
    await storage.write(writes)
    if (wrong) host.forged(wrong)
    if (!mine) return false
    const refused = settled.entries.filter(
      ({ receipt_id, state }) =>
        state === 'failed' && entries.find(({ id }) => id === receipt_id)!.state !== 'failed',
    )
    if (refused.length) host.refused(status, refused.length)
    return true
  }

  /** The network is back, or somebody asks: what waited waits no longer, and what was refused gets one more try. */
  const unblock = async () => {
    const { entries } = await read()
    const retried = engine.outbox({ op: 'retry', entries, now_ms: clock.now() }).entries
    const rows = entries.map((old) => {
      const row = { ...old, ...retried.find(({ receipt_id }) => receipt_id === old.id) }
      // Who asked for patience gets it.
      const patient = [429, 503, 507].includes(row.status ?? 0)
      return row.state === 'pending' && !patient ? { ...row, next_at_ms: 0 } : row
    })
    if (rows.length) await storage.write(rows.map((row) => ({ table: 'outbox', row })))
  }

  /** The endpoint had refused it for good, as the engine saw it then, and is asked once more. */
  const isDue = ({ state, next_at_ms }: OutboxRow) =>
    state === 'failed' && next_at_ms > 0 && next_at_ms <= clock.now()

  const sendAll = async (again: boolean, held: Held): Promise<Sync> => {
    if (again) await unblock()
    let lost = false
    for (let tried = false; ; tried = true) {
      const all = await read()
      if (endpoint && all.entries.some(isDue)) {
        await unblock()
        continue
      }
      const plan: { send: string[]; wake_at_ms: number | null } =
        endpoint && !lost
          ? engine.outbox({
              op: 'plan',
              entries: forEndpoint(all.entries),
              now_ms: clock.now(),
              hiding: false,
            })
          : { send: [], wake_at_ms: null }
      if (plan.send.length) {
        lost = !(await send(plan.send, all, held))
        continue
      }
      wakeAt(lost ? clock.now() : plan.wake_at_ms)
      const count = (state: string) => all.entries.filter((entry) => entry.state === state).length
      const pending = count('pending')
      const failed = count('failed')
      const sync = { sent: all.receipts.size - pending - failed, pending, failed }
      if (tried) host.told(sync)
      host.waiting(endpoint ? pending : 0)
      return sync
    }
  }
  const run = (again = false) =>
    host.alone('send', (held) =>
      sendAll(again, held).catch((error: unknown) => {
        host.failed(error)
        wakeAt(clock.now() + READ_AGAIN_MS)
        return { sent: 0, pending: known.size, failed: 0 }
      }),
    )
  const wakeAt = alarm(clock, () => void run())

  return {
    add,
    run,
    leave() {
      const entries = [...known.values()]
        .map(({ entry }) => entry)
        .filter(({ id }) => !inFlight.includes(id))
      if (!endpoint || !entries.length) return
      const plan = engine.outbox({
        op: 'plan',
        entries: forEndpoint(entries),
        now_ms: clock.now(),
        hiding: true,
      })
      const request = plan.send.length ? endpoint.requestNow(inspected(plan.send)) : null
      if (request) net.leave(request)
    },
  }
}
