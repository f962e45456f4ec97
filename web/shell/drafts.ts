// Choices that were made and are not signed yet: written at once, kept until their receipt is stored.
import type { ReceiptDraft } from '../engine/types.ts'
import type { Store } from '../gate/link.ts'

export interface Waiting {
  receipt_id: string
  draft: ReceiptDraft
  /** Whether navigator.globalPrivacyControl was set when the choice was made. */
  gpc: boolean
}

interface Stored {
  format: 'kelisim-drafts-1'
  drafts: Waiting[]
  /** Receipts that are signed and not sent: reason enough for the gate to fetch the shell. */
  unsent?: number
}

const isWaiting = (value: unknown): value is Waiting =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Waiting).receipt_id === 'string' &&
  typeof (value as Waiting).draft === 'object'

/** kelisim.drafts, shared with the other tabs, and a copy of this tab's own in case it cannot be written. */
export class Drafts {
  readonly #store: Store
  readonly #own = new Map<string, Waiting>()
  #unsent = 0

  constructor(store: Store) {
    this.#store = store
  }

  #read(): Waiting[] {
    try {
      const stored = JSON.parse(this.#store.get('drafts') ?? '{}') as Stored
      return stored.format === 'kelisim-drafts-1' ? stored.drafts.filter(isWaiting) : []
    } catch {
      return []
    }
  }

  #write(drafts: Waiting[]): boolean {
    const unsent = this.#unsent
    if (drafts.length || unsent)
      return this.#store.set(
        'drafts',
        JSON.stringify({
          format: 'kelisim-drafts-1',
          drafts,
          ...(unsent && { unsent }),
        } satisfies Stored),
      )
    this.#store.remove('drafts')
    return true
  }

  /** Everything that waits, in the order it was decided. */
  all(): Waiting[] {
    const all = new Map(this.#read().map((waiting) => [waiting.receipt_id, waiting]))
    for (const [id, waiting] of this.#own) all.set(id, waiting)
    return [...all.values()].sort((a, b) => a.draft.at_ms - b.draft.at_ms)
  }

  /** @returns false when it is in memory only */
  add(waiting: Waiting): boolean {
    this.#own.set(waiting.receipt_id, waiting)
    return this.#write([...this.#read(), waiting])
  }

  /** Its receipt is stored, or it can never become one. */
  done(id: string) {
    this.#own.delete(id)
    const stored = this.#read()
    const left = stored.filter((waiting) => waiting.receipt_id !== id)
    if (left.length !== stored.length) this.#write(left)
  }

  /** How many signed receipts still have to be sent. */
  set unsent(count: number) {
    if (this.#unsent === count) return
    this.#unsent = count
    this.#write(this.#read())
  }
}
