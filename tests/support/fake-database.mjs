// IndexedDB as far as web/host/storage.ts uses it, in memory, with the ways it fails.

const later = (work) => setImmediate(work)

/** One origin's databases; several connections (tabs) share it. */
export class FakeDatabases {
  /** open fails with this error. */
  refuse = null
  /** open never answers. */
  silent = false
  /** Reading these tables fails, as after a lost connection to the database. */
  deaf = []
  /** Writes fail: the quota is used up. */
  full = false
  /** CryptoKeys and the like cannot be stored (private windows of some browsers). */
  refuseClones = false
  stores = null
  connections = []
  /** Transactions that have not ended. */
  running = 0
  #busy = Promise.resolve()

  open(_name, _version) {
    const request = {}
    if (this.silent) return request
    later(() => {
      if (this.refuse) {
        request.error = this.refuse
        return request.onerror?.()
      }
      const connection = new FakeConnection(this)
      this.connections.push(connection)
      request.result = connection
      if (!this.stores) {
        this.stores = {}
        request.onupgradeneeded?.()
      }
      request.onsuccess?.()
    })
    return request
  }

  /** Transactions run one after the other, as overlapping readwrite ones do. */
  run(transaction) {
    this.running += 1
    this.#busy = this.#busy.then(() => transaction.run()).finally(() => (this.running -= 1))
  }
}

class FakeConnection {
  closed = false
  constructor(databases) {
    this.databases = databases
  }
  createObjectStore(name) {
    this.databases.stores[name] = new Map()
  }
  transaction(names, mode) {
    if (this.closed) throw new Error('InvalidStateError: the connection is closing')
    const transaction = new FakeTransaction(this.databases, mode)
    later(() => this.databases.run(transaction))
    return transaction
  }
}

class FakeTransaction {
  error = null
  #jobs = []
  #aborted = false
  constructor(databases, mode) {
    this.databases = databases
    this.mode = mode
  }

  objectStore(name) {
    const { databases } = this
    const job = (work) => {
      const request = {}
      this.#jobs.push({ work, request })
      return request
    }
    return {
      getAll: () =>
        job((stores) => {
          if (databases.deaf.includes(name)) throw new Error('UnknownError')
          return [...stores[name].values()]
        }),
      get: (id) => job((stores) => stores[name].get(id)),
      put: (row) => {
        if (databases.refuseClones && 'pair' in row) throw new Error('DataCloneError')
        return job((stores) => {
          if (databases.full) throw new Error('QuotaExceededError')
          stores[name].set(row.id, 'pair' in row ? { ...row } : structuredClone(row))
        })
      },
      delete: (id) => job((stores) => void stores[name].delete(id)),
    }
  }

  abort() {
    this.#aborted = true
  }

  run() {
    return new Promise((resolve) => {
      const before = Object.fromEntries(
        Object.entries(this.databases.stores).map(([name, rows]) => [name, new Map(rows)]),
      )
      const fail = (error) => {
        Object.assign(this.databases.stores, before)
        this.error = error
        this.onabort?.()
        resolve()
      }
      const step = () => {
        if (this.#aborted) return fail(new Error('AbortError'))
        const next = this.#jobs.shift()
        if (!next) {
          this.oncomplete?.()
          return resolve()
        }
        try {
          next.request.result = next.work(this.databases.stores)
        } catch (error) {
          next.request.error = error
          next.request.onerror?.()
          return fail(error)
        }
        next.request.onsuccess?.()
        setImmediate(step)
      }
      step()
    })
  }
}
