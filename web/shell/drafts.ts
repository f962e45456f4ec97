// Choices that were made and are not signed yet: written at once, kept until their receipt is stored.
import { codec, stringify } from '../engine/engine.ts'
import type { ReceiptDraft } from '../engine/types.ts'
import type { Store } from '../gate/link.ts'

export interface Waiting {
  receipt_id: string
  draft: ReceiptDraft
  /** Whether navigator.globalPrivacyControl was set when the choice was made. */
  gpc: boolean
}

/** kelisim.drafts, shared with the other tabs, and a copy of this tab's own in case it cannot be written. */
export interface Drafts {
  /** Everything that waits, in the order it was decided. */
  all(): Waiting[]
  /** @returns false when it is in memory only */
  add(waiting: Waiting): boolean
  /** Its receipt is stored, or it can never become one. */
  done(id: string): void
  /** How many signed receipts still have to be sent. */
  setUnsent(count: number): void
  unsent(): number
}

interface Stored {
  format: 'kelisim-drafts-1'
  drafts: Waiting[]
  /** Receipts that are signed and not sent: reason enough for the gate to fetch the shell. */
  unsent: number
}

const isWaiting = (value: unknown): value is Waiting =>
  typeof (value as Waiting | null)?.receipt_id === 'string' && Boolean((value as Waiting).draft)

export function makeDrafts(store: Store): Drafts {
  const own = new Map<string, Waiting>()

  const stored = (): Partial<Stored> => {
    try {
      const value = codec.parse(store.get('drafts')!) as Stored
      return value.format === 'kelisim-drafts-1' ? value : {}
    } catch {
      return {}
    }
  }
  const read = (): Waiting[] => (stored().drafts ?? []).filter(isWaiting)
  let unsent = Number(stored().unsent) || 0
  const write = (drafts: Waiting[]): boolean => {
    if (drafts.length || unsent)
      return store.set(
        'drafts',
        stringify({ format: 'kelisim-drafts-1', drafts, unsent } satisfies Stored),
      )
    store.remove('drafts')
    return true
  }

  return {
    all() {
      // As they were decided, whatever the clock said meanwhile: what is not stored (any more) stands before this tab's next one.
      const list = read()
      let next = list.length
      for (const waiting of [...own.values()].reverse()) {
        const at = list.findIndex(({ receipt_id }) => receipt_id === waiting.receipt_id)
        if (at < 0) list.splice(next, 0, waiting)
        else list[(next = at)] = waiting
      }
      return list
    },
    add(waiting) {
      own.set(waiting.receipt_id, waiting)
      return write([...read(), waiting])
    },
    done(id) {
      own.delete(id)
      write(read().filter((waiting) => waiting.receipt_id !== id))
    },
    setUnsent(count) {
      if (unsent === count) return
      unsent = count
      write(read())
    },
    unsent: () => unsent,
  }
}
