// One tab at a time appends to the chain or sends.
import type { Clock } from './clock.ts'
import type { Storage } from './storage.ts'

/** Runs `work` while no other tab runs work of this name. */
export type Alone = <T>(name: string, work: () => Promise<T>) => Promise<T>

/** A lease lasts this long unless renewed; a tab that crashed holds it no longer. */
const LEASE_MS = 15_000
const ASK_AGAIN_MS = 100

/** Locks without Web Locks: a row with an end, taken in one transaction. */
export async function withLease<T>(
  host: { storage: Pick<Storage, 'swap'>; clock: Clock; owner: string },
  name: string,
  work: () => Promise<T>,
): Promise<T> {
  const { storage, clock, owner } = host
  const id = 'lease:' + name
  const set = (ms: number) => () => ({ id, value: owner, until_ms: clock.now() + ms })
  const take = () =>
    storage.swap(id, (row) => {
      const left = row && row.value !== owner ? row.until_ms! - clock.now() : 0
      // One that ends too far ahead was made before the clock was set back.
      return left > 0 && left <= LEASE_MS ? undefined : set(LEASE_MS)()
    })
  while (!(await take()))
    await new Promise<void>((resolve) => clock.setTimeout(resolve, ASK_AGAIN_MS))
  let working = true
  const renew = () => {
    clock.setTimeout(() => {
      if (working) void storage.swap(id, set(LEASE_MS)).then(renew)
    }, LEASE_MS / 3)
  }
  renew()
  try {
    return await work()
  } finally {
    working = false
    await storage.swap(id, set(0))
  }
}

/** @param host.owner names this tab */
export function browserLocks(host: {
  storage: Pick<Storage, 'swap'>
  clock: Clock
  owner: string
}): Alone {
  const { locks } = navigator as { locks?: LockManager }
  /** Work of one tab goes one after the other with a lease, which does not keep a tab from itself. */
  let last: Promise<unknown> = Promise.resolve()
  const leased: Alone = (name, work) => {
    const mine = last.then(() => withLease(host, name, work))
    last = mine.catch(() => {})
    return mine
  }
  return (name, work) => {
    if (!locks) return leased(name, work)
    let isHeld = false
    const mine = () => {
      isHeld = true
      return work()
    }
    // Frames of other sites may have the interface and be denied every lock.
    return locks.request('kelisim.' + name, mine).catch((error: unknown) => {
      if (isHeld) throw error
      return leased(name, work)
    }) as ReturnType<typeof work>
  }
}
