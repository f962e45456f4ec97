// The shell: everything with a side effect that is not the gate's. The gate imports it and calls start.
import { KelisimHoldElement } from './element/hold.ts'
import { KelisimPolicyElement } from './element/policy.ts'
import { KelisimWidgetElement } from './element/widget.ts'
import { KelisimError, toKelisimError } from './engine/error.ts'
import type { EngineFactory } from './engine/load.ts'
import { loadEngine } from './engine/load.ts'
import type { GateLink } from './gate/link.ts'
import { browserClock } from './host/clock.ts'
import { uuid7 } from './host/crypto.ts'
import { browserNet } from './host/net.ts'
import { memoryPlace, openDatabase, Storage, textPlace } from './host/storage.ts'
import { browserTabs } from './host/tabs.ts'
import type { Kelisim } from './shell/api.ts'
import { publicApi } from './shell/api.ts'
import { fetchPolicy, fetchText, looksCatalogued } from './shell/documents.ts'
import { Drafts } from './shell/drafts.ts'
import { Holds } from './shell/holds.ts'
import { Languages, pickLanguage } from './shell/language.ts'
import { Layers } from './shell/layers.ts'
import { Outbox } from './shell/outbox.ts'
import { Receipts } from './shell/receipts.ts'
import type { Report } from './shell/report.ts'
import { reporter } from './shell/report.ts'
import { Session } from './shell/session.ts'

export type { Kelisim } from './shell/api.ts'
export type { PublicState } from './engine/types.ts'
export { KelisimError } from './engine/error.ts'

/** What the engine is loaded with before anything is drawn. */
async function loadAll(
  link: GateLink,
  languages: Languages,
  fetch: (url: string) => Promise<Response>,
) {
  const { config } = link
  const catalogue = () => fetchText(fetch, config.base + 'catalogue.json', 'catalogue_unavailable')
  const early = pickLanguage([config.lang, document.documentElement.lang, navigator.language])
  languages.fetch(early).catch(() => {}) // its own error is told where it is needed
  let ahead: Promise<string> | undefined
  const fetched = fetchPolicy(config, fetch).then((document) => {
    if (looksCatalogued(document.text)) {
      ahead = catalogue()
      ahead.catch(() => {})
    }
    return document
  })
  fetched.catch(() => {})
  const engine = await loadEngine({
    base: config.base,
    fetch,
    load: (url) => import(url) as Promise<{ default: EngineFactory }>,
    wasm: typeof WebAssembly === 'object' ? WebAssembly : undefined,
  })
  const document_ = await fetched
  const loaded = engine.loadPolicy(document_.text)
  if (loaded.catalogue.length) engine.loadCatalogue(await (ahead ?? catalogue()))
  return { engine, loaded, document: document_ }
}

function define(name: string, type: CustomElementConstructor, report: Report) {
  try {
    customElements.define(name, type)
  } catch (error) {
    report(error, 'element_taken')
  }
}

/** Starts everything behind the gate. Never rejects: what fails is told, and the gate stays as it is. */
export async function start(link: GateLink): Promise<void> {
  const report = reporter((type, detail) => link.emit(type, detail))
  try {
    await run(link, report)
  } catch (error) {
    const { code, path, message } = toKelisimError(error, 'shell_failed')
    link.attach(null, { code, path, message })
    report(error, 'shell_failed')
  }
}

async function run(link: GateLink, report: Report) {
  const { natives, config, store } = link
  const clock = browserClock(natives.setTimeout)
  const fetch = (url: string) => natives.fetch(url, { credentials: 'same-origin' })
  const random = { getRandomValues: natives.getRandomValues }
  const newId = () => uuid7(random, clock.now())

  const languages = new Languages(config.base, fetch)
  const opening = openDatabase(natives.indexedDB, natives.setTimeout).catch(() => null)
  const { engine, loaded, document: policy } = await loadAll(link, languages, fetch)
  const database = await opening
  const text = textPlace({
    get: () => store.get('receipts'),
    set: (value) => store.set('receipts', value),
    remove: () => store.remove('receipts'),
  })
  const storage = new Storage([...(database ? [database] : []), text, memoryPlace()], (error) =>
    report(error, 'storage_failed'),
  )
  const tabs = browserTabs({ storage, clock, owner: newId() })
  const drafts = new Drafts(store)

  let verbatim: Promise<void> | null = null
  let signing = Promise.resolve()
  /** Receipts of what was decided, then the endpoint. */
  const settle = () =>
    (signing = signing
      .then(() => receipts.make())
      .then(() => outbox.run())
      .then(() => {})
      .catch((error: unknown) => report(error, 'receipt_failed')))

  const session = new Session(
    { engine, link, clock, storage, tabs, drafts, report, newId },
    {
      closeLayer: () => layers.close(),
      changed: (now) => {
        layers.refresh(now.ask)
        holds.refresh()
      },
      left: (items, services) =>
        void layers.left(items, services).catch((error: unknown) => report(error, 'layer_failed')),
      decided: () => void settle(),
    },
  )
  const outbox = new Outbox({
    engine,
    clock,
    random,
    storage,
    tabs,
    net: browserNet({ ...natives, now: clock.now }),
    url: config.endpoint,
    taken: (id) => receipts.acknowledged(id),
    told: (sync) => link.emit('sync', sync),
    waiting: (count) => (drafts.unsent = count),
  })
  const receipts = new Receipts({
    engine,
    clock,
    random,
    storage,
    tabs,
    drafts,
    report,
    subtle: natives.subtle,
    origin: location.origin,
    policy: {
      edition: loaded.edition,
      text: policy.text,
      reload(other) {
        engine.loadPolicy(other ?? policy.text)
        verbatim = null
        if (other === null) session.again()
      },
    },
    stored(row, entry) {
      outbox.add(row, entry)
      link.emit('receipt', { receipt_id: row.id, action: row.action })
    },
  })
  const layers = new Layers({
    engine,
    link,
    clock,
    languages,
    session,
    report,
    makeWidget: () => natives.createElement('kelisim-widget') as KelisimWidgetElement,
    handle: loaded.handle,
    loadText: () => {
      verbatim ??= fetchText(
        fetch,
        new URL(loaded.text.href, policy.base).href,
        'text_unavailable',
      ).then((document) => void engine.loadText(document))
      verbatim.catch(() => (verbatim = null))
      return verbatim
    },
    bodies: async () => (await receipts.all()).map(({ jws }) => engine.inspect({ jws }).body),
    saveReceipts: () => void save(api),
  })
  const holds = new Holds({
    engine,
    link,
    clock,
    languages,
    layers,
    report,
    makeHold: () => natives.createElement('kelisim-hold') as KelisimHoldElement,
  })
  const api = publicApi({ engine, link, clock, session, layers, receipts, outbox })

  KelisimPolicyElement.host = layers
  define('kelisim-widget', KelisimWidgetElement, report)
  define('kelisim-hold', KelisimHoldElement, report)

  await session.start()
  try {
    await takePending()
  } catch (error) {
    report(error, 'pending_failed')
  }
  const { ask } = session.enforce()
  link.attach(api)
  link.emit('ready', session.state())

  const guarded = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => report(error, 'layer_failed'))
  const followFragment = () => {
    if (location.hash === '#kelisim') guarded(layers.open('choices'))
  }
  if (!layers.isOpen) guarded(ask && config.open === 'auto' ? layers.open('notice') : layers.draw())
  followFragment()
  // Last, for these draw themselves as they are defined.
  define('kelisim-policy', KelisimPolicyElement, report)
  holds.refresh()

  tabs.onChange(() => session.refresh())
  addEventListener('hashchange', followFragment)
  addEventListener('online', () => void outbox.run(true))
  addEventListener('pagehide', () => outbox.leave())
  new MutationObserver(() => {
    if (lang === layers.lang) return
    lang = layers.lang
    guarded(layers.draw())
    holds.refresh()
    for (const element of document.querySelectorAll('kelisim-policy'))
      void (element as KelisimPolicyElement).draw()
  }).observe(document.documentElement, { attributeFilter: ['lang'] })
  let { lang } = layers

  await settle()
  await receipts.keepPolicy().catch((error: unknown) => report(error, 'storage_failed'))

  /** The answer given on a painted layer before the engine was up. */
  async function takePending() {
    const stored = store.get('pending')
    if (stored === null) return
    const pending = JSON.parse(stored) as Pending
    const { action, at_ms, lang, layer_sha256 } = pending
    if (pending.policy !== loaded.policy || pending.edition !== loaded.edition) {
      store.remove('pending')
      throw new KelisimError('pending_edition', 'the answer was given to another edition')
    }
    await languages.load(lang, engine)
    const { sha256 } = engine.view({ layer: 'notice', lang, now_ms: clock.now() })
    store.remove('pending')
    if (sha256 !== layer_sha256)
      throw new KelisimError(
        'pending_text',
        'the layer that was answered is not the one of the engine',
      )
    session.act({
      action,
      at_ms: Math.min(at_ms, clock.now()),
      layer: 'notice',
      lang,
      text_sha256: sha256,
      source: 'person',
    })
  }
}

/** web/gate/pending.schema.json */
interface Pending {
  format: 'kelisim-pending-1'
  action: 'grant_all' | 'refuse_all'
  at_ms: number
  layer_sha256: string
  lang: string
  policy: string
  edition: string
}

/** Hands the receipts to the person as a file. */
async function save(api: Kelisim) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([await api.export('jws')], { type: 'application/jose' }))
  link.download = `kelisim-${new Date().toISOString().slice(0, 10)}.jws`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
