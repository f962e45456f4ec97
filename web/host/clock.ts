// Time, as the rest of the shell is given it.

import type { Natives } from '../gate/link.ts'

export interface Clock {
  /** Unix epoch, UTC, milliseconds. */
  now(): number
  setTimeout(callback: () => void, ms: number): unknown
  /** After the next paint; in a hidden page, which paints nothing, soon. */
  afterPaint(callback: () => void): void
  /** Ends the running task, so that the page gets its turn between two pieces of work. */
  pause(): Promise<void>
  /** When nothing else is to be done. */
  idle(callback: () => void): void
}

/** The longest a timer can be set for. */
export const MAX_TIMER_MS = 2 ** 31 - 1

export const browserClock = ({
  now,
  setTimeout,
  frame,
}: Pick<Natives, 'now' | 'setTimeout' | 'frame'>): Clock => ({
  now,
  setTimeout,
  afterPaint(callback) {
    if (document.hidden) setTimeout(callback, 0)
    else frame(() => setTimeout(callback, 0))
  },
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  idle(callback) {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(callback)
    else setTimeout(callback, 500)
  },
})

/** One timer that is set anew each time. */
export function alarm(clock: Clock, ring: () => void) {
  let current = 0
  return (atMs: number | null) => {
    const mine = ++current
    if (atMs === null) return
    const left = Math.max(0, atMs - clock.now())
    clock.setTimeout(
      () => {
        if (mine === current) ring()
      },
      Math.min(left, MAX_TIMER_MS),
    )
  }
}
