// The one ordered queue of everything held, and its release: what may run now goes in the order in which it was held, one
// service per task.
import { nextFrame, own, timeout } from './dom.ts'
import { emit, emitLater } from './gate.ts'
import type { Held } from './link.ts'
import { bare, later, mapDelete, mapEach, mapGet, mapSet } from './natives.ts'
import type { Decision } from './rules.ts'

export interface Entry {
  held: Held
  /** The element held in the page. */
  element?: Element
  /** May it run now? */
  test(): Decision
  /** Lets it go. */
  run(): void
  /** Its turn comes only when the scripts released before it have run. */
  waits?: boolean
  /** It has been told of. */
  told?: boolean
}

const queue = new Map<Entry, true>()

/** What the shell is told: the element as well. */
export const shown = ({ held, element }: Entry): Held => (element ? { ...held, element } : held)

let tell: (held: Held) => void = () => {}
export const onHeld = (listener: (held: Held) => void): void => {
  const before = tell
  tell = (held) => {
    before(held)
    listener(held)
  }
}

/** Whether an entry may run; notes why. */
export const passes = ({ held, test }: Entry): boolean => {
  const { allow, why, service } = test()
  held.why = why
  if (service) held.service = service
  return allow
}

/** Puts an entry at the end of the queue, unless it is in it. */
export function hold(entry: Entry): void {
  passes(entry)
  if (mapGet(queue, entry)) return
  mapSet(queue, entry, true)
  later(() => {
    // What may run only waits for its turn.
    if (!mapGet(queue, entry) || passes(entry)) return
    entry.told = true
    tell(shown(entry))
    emit('held', { ...entry.held })
  })
}

export const drop = (entry: Entry | undefined): boolean => mapDelete(queue, entry)

/** All entries in order, as a list that stays as it is while entries come and go. */
export function entries(): Entry[] {
  const list: Entry[] = bare([])
  mapEach(queue, (_: unknown, entry: Entry) => {
    list[list.length] = entry
  })
  return list
}

/** Scripts released and not run yet, in order. */
let running: Promise<unknown> = Promise.resolve()
/** Makes entries that wait come after `done` as well. */
export const runsUntil = (done: Promise<unknown>): void => {
  const before = running
  running = (async () => {
    await before
    await done
  })()
}

/** Ends in a task of its own; with `paint`, after the next paint, or soon where nothing is painted. */
const task = (paint?: boolean) =>
  new Promise<void>((done) => {
    if (paint) nextFrame(own, () => timeout(done))
    timeout(done, paint ? 150 : 0)
  })

/** Something waits for its turn. */
export let releasing = false
let again = false

/** Releases what may run now. Safe to call at any time; a call during a release makes it look once more. */
export async function release(): Promise<void> {
  again = true
  if (releasing) return
  releasing = true
  await task(true)
  let last: string | undefined
  while (again) {
    again = false
    const list = entries()
    for (let i = 0; i < list.length; i++) {
      const entry = list[i]!
      const { held, run, waits } = entry
      if (!passes(entry)) continue
      if (last !== (last = held.service)) await task()
      if (waits) await running
      // It may have been withdrawn, or dropped, in the meantime.
      if (!passes(entry) || !drop(entry)) continue
      try {
        run()
      } catch (error) {
        emitLater('error', { code: 'release_failed', path: '', message: `${error}` })
      }
      if (entry.told) emitLater('released', { ...held })
    }
  }
  releasing = false
}
