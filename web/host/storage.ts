// Where keys, receipts and the outbox are kept: IndexedDB, else localStorage, else memory. A failing place never loses a row: the next
// one takes it.
import type { OutboxEntry, PublicJwk } from '../engine/types.ts'

export interface KeyRow {
  /** "key" for the key in use. */
  id: string
  record_id: string
  pair: CryptoKeyPair
  jwk: PublicJwk
  supersedes?: string
}

export interface ReceiptRow {
  /** receipt_id */
  id: string
  record_id: string
  seq: number
  jws: string
  /** "sha256:…" */
  sha256: string
  action: string
  at_ms: number
  /** What the receiver said about it: a compact JWS, kept as it came. */
  ack?: string
  /** When the endpoint took it, and its host. */
  sent?: { at_ms: number; to: string }
}

/** An outbox entry; `id` is its receipt_id, `order` its place in the chain, `tried_at_ms` when it was last sent in vain. */
export type OutboxRow = OutboxEntry & { id: string; order: number; tried_at_ms?: number }

/** Copies: "state" of what localStorage had no room for, "policy:<edition>" of a document drafts may still need, "lease:…" of locks. */
export interface CopyRow {
  id: string
  value: string
  until_ms?: number
}

export interface Tables {
  keys: KeyRow | CopyRow
  receipts: ReceiptRow
  outbox: OutboxRow
}
export type Table = keyof Tables

export type Write = {
  [T in Table]: { table: T; row: Tables[T] } | { table: T; delete: string }
}[Table]

/** One place rows can be in. Every method rejects when the place fails. */
export interface Place {
  all<T extends Table>(table: T): Promise<Tables[T][]>
  /** All or nothing. */
  write(writes: Write[]): Promise<void>
  /** Reads a row and writes what `change` makes of it in one step that nobody else gets between; undefined leaves it. */
  swap(id: string, change: (row: CopyRow | undefined) => CopyRow | undefined): Promise<boolean>
}

const tables: Table[] = ['keys', 'receipts', 'outbox']

/** How long a browser may take to open the database; some never answer. */
const OPEN_MS = 3000

const answerOf = <T>(request: IDBRequest<T>) =>
  new Promise<T>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

const endOf = (transaction: IDBTransaction) =>
  new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = transaction.onabort = () =>
      reject(transaction.error ?? new Error('aborted'))
  })

/** The database `kelisim`. Rejects where there is none, it is blocked, or it does not answer. */
export async function openDatabase(
  factory: Pick<IDBFactory, 'open'> | undefined,
  setTimeout: (callback: () => void, ms: number) => unknown,
): Promise<Place> {
  if (!factory) throw new Error('no IndexedDB')
  const open = () =>
    new Promise<IDBDatabase>((resolve, reject) => {
      const request = factory.open('kelisim', 1)
      request.onupgradeneeded = () => {
        for (const table of tables) request.result.createObjectStore(table, { keyPath: 'id' })
      }
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
      setTimeout(() => reject(new Error('IndexedDB does not answer')), OPEN_MS)
    })
  let database = await open()
  /** A connection the browser has closed (storage pressure, a version change) is opened once more. */
  const begin = async (names: Table | Table[], mode: IDBTransactionMode) => {
    try {
      return database.transaction(names, mode)
    } catch {
      database = await open()
      return database.transaction(names, mode)
    }
  }
  return {
    all: async (table) => answerOf((await begin(table, 'readonly')).objectStore(table).getAll()),
    async write(writes) {
      const transaction = await begin(tables, 'readwrite')
      const end = endOf(transaction)
      try {
        for (const write of writes) {
          const store = transaction.objectStore(write.table)
          if ('row' in write) store.put(write.row)
          else store.delete(write.delete)
        }
      } catch (error) {
        end.catch(() => {})
        transaction.abort() // a row that cannot be cloned: nothing of the rest stays either
        throw error
      }
      return end
    },
    async swap(id, change) {
      const transaction = await begin('keys', 'readwrite')
      const end = endOf(transaction)
      const store = transaction.objectStore('keys')
      const request = store.get(id) as IDBRequest<CopyRow | undefined>
      let changed = false
      request.onsuccess = () => {
        const row = change(request.result)
        changed = row !== undefined
        if (row) store.put(row)
      }
      await end
      return changed
    },
  }
}

type Held = { [T in Table]: Record<string, Tables[T]> }

/** Rows in an object; `save` is told after each change, and what it throws undoes it. */
function objectPlace(held: Held, save: (held: Held) => void): Place {
  const change = (writes: Write[]) => {
    const before: Held = {
      keys: { ...held.keys },
      receipts: { ...held.receipts },
      outbox: { ...held.outbox },
    }
    for (const write of writes) {
      const rows = held[write.table] as Record<string, unknown>
      if ('row' in write) rows[write.row.id] = write.row
      else delete rows[write.delete]
    }
    try {
      save(held)
    } catch (error) {
      Object.assign(held, before)
      throw error
    }
  }
  return {
    all: async (table) => Object.values(held[table]),
    write: async (writes) => change(writes),
    swap: async (id, make) => {
      const row = make(held.keys[id] as CopyRow | undefined)
      if (row) change([{ table: 'keys', row }])
      return row !== undefined
    },
  }
}

const empty = (): Held => ({ keys: {}, receipts: {}, outbox: {} })

/** Rows that live as long as the page. */
export const memoryPlace = (): Place => objectPlace(empty(), () => {})

/** Rows as one JSON text. A key cannot be written as text, so keys are refused (the page then has an ephemeral one). */
export function textPlace(text: {
  get(): string | null
  set(value: string): boolean
  remove(): void
}): Place {
  const read = (): Held => {
    try {
      return { ...empty(), ...(JSON.parse(text.get() ?? '{}') as Held) }
    } catch {
      return empty()
    }
  }
  const fresh = () =>
    objectPlace(read(), (held) => {
      for (const row of Object.values(held.keys))
        if ('pair' in row) throw new Error('a key is not text')
      const rows = tables.some((table) => Object.keys(held[table]).length)
      if (!rows) text.remove()
      else if (!text.set(JSON.stringify(held))) throw new Error('localStorage is full')
    })
  return {
    all: (table) => fresh().all(table),
    write: (writes) => fresh().write(writes),
    swap: (id, change) => fresh().swap(id, change),
  }
}

/** Several places as one: a write goes to the first that takes it, a read sees all of them. */
export interface Storage {
  /**
   * Rows of all places.
   * @param sure rejects when a place does not answer, which may hold the very row; else such a place has none
   */
  all<T extends Table>(table: T, sure?: boolean): Promise<Tables[T][]>
  get<T extends Table>(table: T, id: string, sure?: boolean): Promise<Tables[T] | undefined>
  /** @returns true if what was written outlives the page */
  write(writes: Write[]): Promise<boolean>
  /** Place.swap in the first place that can. */
  swap(id: string, change: (row: CopyRow | undefined) => CopyRow | undefined): Promise<boolean>
}

/**
 * @param places the last one is memory
 * @param failed told when a place did not take a write; the next one is tried
 */
export function makeStorage(places: Place[], failed: (error: unknown) => void): Storage {
  const all: Storage['all'] = async (table, sure) => {
    const rows = new Map<string, Tables[typeof table]>()
    // The later place wins, for it has only what an earlier one refused.
    for (const place of places)
      for (const row of await place.all(table).catch((error) => {
        if (sure) throw error
        return []
      }))
        rows.set(row.id, row)
    return [...rows.values()]
  }
  return {
    all,
    get: async (table, id, sure) => (await all(table, sure)).find((row) => row.id === id),
    async write(writes) {
      for (const [index, place] of places.entries())
        try {
          await place.write(writes)
          // What a later place kept of these rows is old now.
          const gone = writes.map(
            (write) =>
              ({
                table: write.table,
                delete: 'row' in write ? write.row.id : write.delete,
              }) as Write,
          )
          for (const later of places.slice(index + 1)) await later.write(gone).catch(() => {})
          return index < places.length - 1
        } catch (error) {
          failed(error)
        }
      return false
    },
    async swap(id, change) {
      for (const place of places)
        try {
          return await place.swap(id, change)
        } catch {
          // the next one
        }
      return false
    },
  }
}
