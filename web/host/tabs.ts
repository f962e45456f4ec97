// Other tabs of the same shop: they hear of a change, and one of them at a time appends to the chain or sends.
import type { Clock } from './clock.ts'
import type { Storage } from './storage.ts'

export interface Tabs {
  /** Tells the others that the stored state changed. */
  changed(): void
  /** Called when another tab changed it. */
  onChange(listener: () => void): void
  /** Runs `work` while no other tab runs work of this name. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>
}

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
      const now = clock.now()
      const taken =
        row && row.value !== owner && row.until_ms! > now && row.until_ms! <= now + LEASE_MS
      return taken ? undefined : set(LEASE_MS)()
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

export function browserTabs(host: {
  storage: Pick<Storage, 'swap'>
  clock: Clock
  /** Names this tab. */
  owner: string
}): Tabs {
  const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('kelisim') : null
  const { locks } = navigator as { locks?: LockManager }
  /** Work of one tab goes one after the other with a lease, which does not keep a tab from itself. */
  let last: Promise<unknown> = Promise.resolve()
  return {
    changed: () => channel?.postMessage('changed'),
    onChange(listener) {
      if (channel) channel.onmessage = listener
      // Beside the channel: a tab that was frozen, or a browser without it.
      addEventListener('storage', ({ key }) => {
        if (key === 'kelisim.state') listener()
      })
    },
    alone(name, work) {
      if (locks) return locks.request('kelisim.' + name, work) as ReturnType<typeof work>
      const mine = last.then(() => withLease(host, name, work))
      last = mine.catch(() => {})
      return mine
    },
  }
}
