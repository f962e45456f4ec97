// One tab of a shop without a browser: the shell's session, receipts and outbox over the real engine and fake surroundings.
import { webcrypto } from 'node:crypto'
import { leases } from '../../web/host/locks.ts'
import { makeStorage, memoryPlace, openDatabase } from '../../web/host/storage.ts'
import { uuid7 } from '../../web/host/uuid.ts'
import { makeDrafts } from '../../web/shell/drafts.ts'
import { makeEndpoint } from '../../web/shell/endpoint.ts'
import { ownEndpoint } from '../../web/shell/own-endpoint.ts'
import { makeOutbox } from '../../web/shell/outbox.ts'
import { makeReceipts } from '../../web/shell/receipts.ts'
import { makeSession } from '../../web/shell/session.ts'
import { FakeDatabases } from './fake-database.mjs'
import { pageEngine, readRepo } from './dist.mjs'

globalThis.KELISIM_VERSION ??= '0.0.0'

/** The module is compiled once; each tab has an instance of its own. */
let compiled
const wasm = {
  async instantiateStreaming(response, imports) {
    compiled ??= response.arrayBuffer().then((bytes) => WebAssembly.compile(bytes))
    const module = await compiled
    return { module, instance: await WebAssembly.instantiate(module, imports) }
  },
}

/** What outlives a tab: localStorage, IndexedDB, locks, time, and the receiver behind the network. */
export class FakeOrigin {
  local = new Map()
  /** Writing these keys of localStorage fails. */
  fullKeys = new Set()
  databases = new FakeDatabases()
  now = Date.UTC(2026, 10, 21, 10)
  policy = readRepo('tests/vectors/policy.json')
  tabs = []
  /** What the receiver accepted: jws → times. */
  accepted = new Map()
  /** Status of the next answers; 0 = no network. A function of the body decides for itself. */
  answer = () => 200
  /** The receiver stores what it got and the answer is lost all the same. */
  losesAnswers = () => false
  #locks = new Map()

  /** localStorage of a tab; a closed one writes nothing. */
  store(tab) {
    return {
      get: (key) => this.local.get(key) ?? null,
      set: (key, value) => {
        tab.step()
        if (tab.closed || this.fullKeys.has(key)) return false
        this.local.set(key, value)
        return true
      },
      remove: (key) => void (tab.closed || this.local.delete(key)),
    }
  }

  alone(name, work) {
    const before = this.#locks.get(name) ?? Promise.resolve()
    const mine = before.then(() => work(async () => true))
    this.#locks.set(
      name,
      mine.catch(() => {}),
    )
    return mine
  }

  post = async (_url, body) => {
    const status = this.answer(body)
    if (status >= 200 && status < 300)
      for (const jws of JSON.parse(body).receipts)
        this.accepted.set(jws, (this.accepted.get(jws) ?? 0) + 1)
    if (status === 0 || this.losesAnswers()) return { status: 0, retry_after_s: null, body: null }
    return { status, retry_after_s: null, body: null }
  }
}

/**
 * Opens a tab. `close` ends it at once, whatever it was doing: nothing of it is written any more. `crashAfter` steps (something written,
 * read from the database or sent) it closes by itself. `owner`: the tab's name where there are no Web Locks but leases. `net`: made of the
 * tab's own clock.
 */
export async function openTab(
  origin,
  {
    subtle = webcrypto.subtle,
    url = '/receipts',
    endpoint = { url },
    policy = origin.policy,
    call = () => '',
    owner = null,
    net = null,
  } = {},
) {
  const tab = {
    errors: [],
    events: [],
    applied: [],
    closed: false,
    layers: 0,
    left: [],
    woken: [],
    timers: [],
    crashAfter: Infinity,
    step() {
      if (--tab.crashAfter < 0) tab.closed = true
    },
  }
  const check = () => {
    tab.step()
    if (tab.closed) throw new Error('the tab is closed')
  }
  const engine = await pageEngine({ wasm })
  const loaded = engine.loadPolicy(policy)
  const database = await openDatabase(origin.databases, (ring, ms) => setTimeout(ring, ms).unref())
  const guarded = Object.fromEntries(
    Object.entries(database).map(([name, call]) => [
      name,
      (...args) => {
        check()
        return call(...args)
      },
    ]),
  )
  const memory = Object.fromEntries(
    Object.entries(memoryPlace()).map(([name, call]) => [
      name,
      (...args) => (check(), call(...args)),
    ]),
  )
  const storage = makeStorage([guarded, memory], (error) => tab.errors.push(String(error)))
  const clock = {
    now: () => origin.now,
    setTimeout: (callback, ms) => tab.timers.push({ callback, at: origin.now + ms }),
    afterPaint: (callback) => tab.woken.push(callback),
  }
  const tabs = {
    changed: () =>
      origin.tabs.forEach((other) => other !== tab && !other.closed && other.session.refresh()),
    onChange() {},
  }
  const lock = owner ? leases({ storage, clock, owner }) : origin.alone.bind(origin)
  const alone = (name, work) => lock(name, async (held) => (check(), work(held)))
  const report = (error, code) => tab.errors.push(error.code ?? code)
  const link = {
    store: origin.store(tab),
    config: { unknown: 'hold' },
    snapshot: () => tab.applied.at(-1) ?? null,
    apply: (snapshot) => tab.applied.push(snapshot),
    writeCookie() {},
    deleteStorage: () => [],
    emit: (type, detail) => tab.events.push({ type, detail }),
  }
  const drafts = makeDrafts(link.store)
  const newId = () => uuid7(webcrypto, origin.now)
  const session = makeSession({
    engine,
    link,
    clock,
    tabs,
    drafts,
    report,
    newId,
    copies: {
      read: async () => (await storage.get('keys', 'state'))?.value ?? null,
      write: async (value) =>
        void (await storage.write([
          value === null
            ? { table: 'keys', delete: 'state' }
            : { table: 'keys', row: { id: 'state', value } },
        ])),
    },
    closeLayer: () => tab.layers++,
    changed() {},
    left: (...what) => tab.left.push(what),
    decided() {},
  })
  const outbox = makeOutbox({
    engine,
    clock,
    random: webcrypto,
    storage,
    alone,
    net: net?.(clock, tab) ?? {
      send: async (request) => {
        check()
        const answer = await origin.post(request.url, request.body, request)
        check()
        return answer
      },
      leave: (request) => (origin.post(request.url, request.body, request), true),
    },
    endpoint: endpoint.url
      ? Object.keys(endpoint).length === 1
        ? ownEndpoint(endpoint.url, (json) => engine.canonical(json).sha256)
        : makeEndpoint(endpoint, { hash: (json) => engine.canonical(json).sha256, call })
      : null,
    keys: async () => subtle ?? webcrypto.subtle,
    forged: (count) => tab.errors.push(`ack_refused ${count}`),
    taken: (id) => receipts.acknowledged(id),
    refused: (...what) => tab.events.push({ type: 'refused', detail: what }),
    told: (sync) => tab.events.push({ type: 'sync', detail: sync }),
    failed: (error) => tab.errors.push(String(error)),
    waiting: (count) => drafts.setUnsent(count),
  })
  const receipts = makeReceipts({
    engine,
    clock,
    random: webcrypto,
    storage,
    alone,
    drafts,
    report,
    keys: async () => {
      if (!subtle) throw new Error('nothing signs here')
      return subtle
    },
    origin: 'https://shop.example',
    policy: {
      edition: loaded.edition,
      text: policy,
      reload(other) {
        engine.loadPolicy(other ?? policy)
        if (other === null) session.again()
      },
    },
    stored: (row, entry) => outbox.add(row, entry),
    lasting: async () => guarded.all('receipts'),
    refresh: () => session.refresh(),
  })
  Object.assign(tab, {
    engine,
    session,
    receipts,
    outbox,
    drafts,
    storage,
    close: () => (tab.closed = true),
  })
  origin.tabs.push(tab)
  await session.start()
  session.enforce()
  return tab
}

/** What a person's answer on the notice is. */
export function answer(tab, action) {
  tab.engine.loadLocale(readRepo('web/locales/ru.json'))
  const { sha256 } = tab.engine.view({
    layer: 'notice',
    lang: 'ru',
    now_ms: Date.UTC(2026, 10, 21),
  })
  return tab.session.act({
    action,
    source: 'person',
    layer: 'notice',
    lang: 'ru',
    text_sha256: sha256,
  })
}
