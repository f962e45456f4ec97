// One tab at a time appends to the chain or sends.
import type { Clock } from './clock.ts'
import type { Storage } from './storage.ts'

/** Whether the lock is this tab's still. A lease is then its for `ms` more, whatever its timers do meanwhile. */
export type Held = (ms?: number) => Promise<boolean>

/** Runs `work` while no other tab runs work of this name. */
export type Alone = <T>(name: string, work: (held: Held) => Promise<T>) => Promise<T>

/** A lease lasts this long unless renewed; a tab that crashed holds it no longer. */
const LEASE_MS = 15_000
/** The longest that is asked for. */
export const MAX_LEASE_MS = 120_000
const ASK_AGAIN_MS = 100

/** Locks without Web Locks: a row with an end, taken in one transaction. */
export async function withLease<T>(
  host: LeaseHost,
  name: string,
  work: (held: Held) => Promise<T>,
): Promise<T> {
  const { storage, clock, owner } = host
  const id = 'lease:' + name
  const until = (until_ms: number) => ({ id, value: owner, until_ms })
  const take = () =>
    storage.swap(id, (row) => {
      const left = row && row.value !== owner ? row.until_ms! - clock.now() : 0
      // One that ends too far ahead was made before the clock was set back.
      return left > 0 && left <= MAX_LEASE_MS ? undefined : until(clock.now() + LEASE_MS)
    })
  // A tab whose timers slept may have lost it to another one, and does not take it back.
  const held: Held = (ms = LEASE_MS) =>
    storage.swap(id, (row) => {
      const now = clock.now()
      // Where nothing is kept there is nobody to lose it to.
      if (!row) return until(now + ms)
      return row.value === owner
        ? until(Math.max(now + ms, Math.min(row.until_ms!, now + MAX_LEASE_MS)))
        : undefined
    })
  while (!(await take()))
    await new Promise<void>((resolve) => clock.setTimeout(resolve, ASK_AGAIN_MS))
  let working = true
  const renew = () => {
    clock.setTimeout(() => {
      if (working) void held().then(renew, renew)
    }, LEASE_MS / 3)
  }
  renew()
  try {
    return await work(held)
  } finally {
    working = false
    await storage.swap(id, (row) => (row?.value === owner ? until(clock.now()) : undefined))
  }
}

interface LeaseHost {
  storage: Pick<Storage, 'swap'>
  clock: Clock
  /** Names this tab. */
  owner: string
}

/** Leases for a tab's work, which goes one after the other: a lease does not keep a tab from itself. */
export function leases(host: LeaseHost): Alone {
  let last: Promise<unknown> = Promise.resolve()
  return (name, work) => {
    const mine = last.then(() => withLease(host, name, work))
    last = mine.catch(() => {})
    return mine
  }
}

export function browserLocks(host: LeaseHost): Alone {
  const { locks } = navigator as { locks?: LockManager }
  const leased = leases(host)
  return (name, work) => {
    if (!locks) return leased(name, work)
    let isHeld = false
    const mine = () => {
      isHeld = true
      return work(async () => true)
    }
    // Frames of other sites may have the interface and be denied every lock.
    return locks.request('kelisim.' + name, mine).catch((error: unknown) => {
      if (isHeld) throw error
      return leased(name, work)
    }) as ReturnType<typeof work>
  }
}
