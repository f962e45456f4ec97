// What keeps and proves decisions: database, keys, receipts, outbox. Fetched by the shell when it is needed, after the first paint.
import type { Engine } from './engine/engine.ts'
import { KelisimError } from './engine/error.ts'
import type { GateLink } from './gate/link.ts'
import type { Clock } from './host/clock.ts'
import type { Keys } from './host/crypto.ts'
import { browserLocks } from './host/locks.ts'
import { browserNet } from './host/net.ts'
import type { Storage } from './host/storage.ts'
import { makeStorage, memoryPlace, openDatabase, textPlace } from './host/storage.ts'
import type { Random } from './host/uuid.ts'
import type { Drafts } from './shell/drafts.ts'
import type { Endpoint } from './shell/endpoint.ts'
import type { History } from './shell/history.ts'
import { makeHistory } from './shell/history.ts'
import type { Outbox } from './shell/outbox.ts'
import { makeOutbox } from './shell/outbox.ts'
import { ownEndpoint } from './shell/own-endpoint.ts'
import type { Receipts, ReceiptsHost } from './shell/receipts.ts'
import { makeReceipts } from './shell/receipts.ts'
import type { Report } from './shell/report.ts'

export { makeForms } from './shell/forms.ts'

export interface Keep {
  storage: Storage
  receipts: Receipts
  outbox: Outbox
  history: History
}

export interface KeepHost {
  link: GateLink
  engine: Engine
  clock: Clock
  drafts: Drafts
  report: Report
  /** Names this tab. */
  owner: string
  policy: ReceiptsHost['policy']
  refresh(): void
}

export async function makeKeep(host: KeepHost): Promise<Keep> {
  const { link, engine, clock, drafts, report } = host
  const { natives, store, config } = link
  const database = await openDatabase(natives.indexedDB, natives.setTimeout).catch(() => null)
  const text = textPlace({
    get: () => store.get('receipts'),
    set: (value) => store.set('receipts', value),
    remove: () => store.remove('receipts'),
  })
  const storage = makeStorage([...(database ? [database] : []), text, memoryPlace()], (error) =>
    report(error, 'storage_failed'),
  )
  const common = {
    engine,
    clock,
    storage,
    random: natives,
    alone: browserLocks({ storage, clock, owner: host.owner }),
  }
  /** data-endpoint: an address, or "#id" of a script that describes any backend, which has code of its own. */
  const readEndpoint = async (): Promise<Endpoint | null> => {
    const { endpoint } = config
    if (!endpoint) return null
    const hash = (json: string) => engine.canonical(json).sha256
    const absolute = (url: string) => new URL(url, document.baseURI).href
    try {
      if (endpoint[0] !== '#') return ownEndpoint(absolute(endpoint), hash)
      const { makeEndpoint, readSpec } = (await import(
        config.base + 'kelisim-endpoint.js'
      )) as typeof import('./shell/endpoint.ts')
      const spec = readSpec(document.getElementById(endpoint.slice(1))?.textContent ?? '')
      return makeEndpoint(
        { ...spec, url: absolute(spec.url) },
        {
          hash,
          call: (name) => (globalThis as unknown as Record<string, () => unknown>)[name]!(),
        },
      )
    } catch (error) {
      report(error, 'endpoint_format')
      return null
    }
  }
  const endpoint = await readEndpoint()
  /** What signs and verifies: the browser's own, else the library. */
  const keys = async () => {
    if (natives.subtle) return natives.subtle
    const { makeKeys } = (await import(config.base + 'kelisim-signer.js')) as {
      makeKeys(random: Random): Keys
    }
    return makeKeys(natives)
  }
  const outbox = makeOutbox({
    ...common,
    keys,
    forged: (count) =>
      report(new KelisimError('ack_refused', `acknowledgements that do not verify: ${count}`), ''),
    net: browserNet({ ...natives, now: clock.now }),
    endpoint,
    taken: (id) => receipts.acknowledged(id),
    refused: (status, count) =>
      report(
        new KelisimError('endpoint_refused', `status ${status}; receipts not taken: ${count}`),
        '',
      ),
    told: (sync) => link.emit('sync', sync),
    failed: (error) => report(error, 'storage_failed'),
    waiting: (count) => drafts.setUnsent(count),
  })
  const receipts = makeReceipts({
    ...common,
    drafts,
    report,
    keys,
    origin: location.origin,
    policy: host.policy,
    refresh: host.refresh,
    // A database that does not open today may hold receipts all the same.
    lasting: () => database?.all('receipts') ?? Promise.reject(new Error('no database')),
    stored(row, entry) {
      outbox.add(row, entry)
      link.emit('receipt', { receipt_id: row.id, action: row.action })
    },
  })
  const history = makeHistory({
    engine,
    storage,
    rows: receipts.all,
    to: endpoint && endpoint.to,
    keys,
  })
  return { storage, receipts, outbox, history }
}
