// The shell: everything with a side effect that is not the gate's. The gate imports it and calls start.
import { KelisimHoldElement } from './element/hold.ts'
import { KelisimPolicyElement, servePolicies } from './element/policy.ts'
import { KelisimWidgetElement } from './element/widget.ts'
import { makeSurface } from './element/surface.ts'
import { codec } from './engine/engine.ts'
import { KelisimError, toKelisimError } from './engine/error.ts'
import type { EngineFactory } from './engine/load.ts'
import { loadEngine } from './engine/load.ts'
import type { GateLink } from './gate/link.ts'
import type { Clock } from './host/clock.ts'
import { browserClock } from './host/clock.ts'
import type { CopyRow } from './host/storage.ts'
import { browserTabs } from './host/tabs.ts'
import { uuid7 } from './host/uuid.ts'
import type { Keep } from './keep.ts'
import type { Forms } from './shell/forms.ts'
import type { Receipts } from './shell/receipts.ts'
import type { Kelisim, PublicKelisim } from './shell/api.ts'
import { publicApi } from './shell/api.ts'
import type { Fetch } from './shell/documents.ts'
import { fetchPolicy, fetchText, looksCatalogued } from './shell/documents.ts'
import { makeDrafts } from './shell/drafts.ts'
import { makeHolds } from './shell/holds.ts'
import { makeExcuse } from './shell/excuse.ts'
import { makeLanguages } from './shell/language.ts'
import { makeLayers } from './shell/layers.ts'
import { takePending } from './shell/pending.ts'
import type { Report } from './shell/report.ts'
import { reporter } from './shell/report.ts'
import { hasCookie, makeSession, shown } from './shell/session.ts'

export type { Kelisim, PublicKelisim } from './shell/api.ts'
export type { ShownState } from './shell/session.ts'
export type { PublicState } from './engine/types.ts'
export { KelisimError } from './engine/error.ts'

/** window.kelisim as bundled code imports it (`kelisim/browser`); undefined where the gate did not run. */
export const { kelisim } = globalThis as { kelisim?: PublicKelisim }

let started = false

/** Starts everything behind the gate. Never rejects: what fails is told, and the gate stays as it is. */
export async function start(link: GateLink): Promise<void> {
  // The gate's own call is the first; page code can import this file too.
  if (started) return
  started = true
  const report = reporter((type, detail) => link.emit(type, detail))
  try {
    await run(link, report)
  } catch (error) {
    const { code, path, message } = toKelisimError(error, 'shell_failed')
    link.attach(null, { code, path, message }, makeExcuse(link))
    report(error, 'shell_failed')
  }
}

/** Everything that has to be there before anything is drawn, fetched side by side. */
async function loadAll(
  { config, natives }: GateLink,
  fetch: Fetch,
  { pause }: Clock,
  report: Report,
) {
  const { base } = config
  /** The reason is told by whoever waits for it. */
  const ahead = <T>(work: Promise<T>) => {
    work.catch(() => {})
    return work
  }
  const fetchCatalogue = () =>
    ahead(fetchText(fetch, base + 'catalogue.json', 'catalogue_unavailable'))
  let catalogue: Promise<string> | undefined
  const fetched = ahead(
    fetchPolicy(config, fetch).then((document) => {
      if (looksCatalogued(document.text)) catalogue = fetchCatalogue()
      return document
    }),
  )
  const engine = await loadEngine({
    base,
    fetch,
    load: (url) => import(url) as Promise<{ default: EngineFactory }>,
    wasm: natives.wasm,
    natives: natives.text,
    missed: (error) => report(error, ''),
  })
  const policy = await fetched
  await pause()
  const loaded = engine.loadPolicy(policy.text)
  await pause()
  if (loaded.catalogue.length) {
    engine.loadCatalogue(await (catalogue ?? fetchCatalogue()))
    await pause()
  }
  return { engine, loaded, policy }
}

async function run(link: GateLink, report: Report) {
  const { natives, config, store } = link
  const { parse, stringify, keysOf, isArray } = natives
  Object.assign(codec, { parse, stringify, keysOf, isArray })
  const clock = browserClock(natives)
  const fetch: Fetch = (url) => {
    const answer = link.ahead[url]
    delete link.ahead[url]
    return answer ?? natives.fetch(url, { credentials: 'same-origin' })
  }
  const newId = () => uuid7(natives, clock.now())
  const told = (code: string) => (error: unknown) => report(error, code)
  const guarded = (work: Promise<unknown>) => void work.catch(told('layer_failed'))

  const languages = makeLanguages(config.base, config.lang, fetch, clock.pause, link.langs)
  const { speak } = languages
  languages.fetch(speak()).catch(() => {}) // told where it is needed
  const { engine, loaded, policy } = await loadAll(link, fetch, clock, report)
  await clock.pause()
  const drafts = makeDrafts(store)

  let verbatim: Promise<void> | null = null
  const loadText = () => {
    const url = new URL(loaded.text.href, policy.base).href
    verbatim ??= fetchText(fetch, url, 'text_unavailable').then(
      (text) => void engine.loadText(text),
    )
    verbatim.catch(() => (verbatim = null))
    return verbatim
  }

  let kept: Keep | undefined
  let keeping: Promise<Keep> | undefined
  const keep = () => {
    keeping ??= (
      import(config.base + 'kelisim-keep.js') as Promise<typeof import('./keep.ts')>
    ).then(async ({ makeKeep }) => {
      kept = await makeKeep({
        link,
        engine,
        clock,
        drafts,
        report,
        owner: newId(),
        policy: {
          edition: loaded.edition,
          text: policy.text,
          reload(other) {
            engine.loadPolicy(other ?? policy.text)
            verbatim = null
            if (other === null) session.again()
          },
        },
        refresh: () => session.refresh(),
      })
      await kept.receipts.keepPolicy().catch(told('storage_failed'))
      return kept
    })
    return keeping.catch((error: unknown) => {
      keeping = undefined
      throw toKelisimError(error, 'keep_unavailable')
    })
  }
  let settling: Promise<unknown> = Promise.resolve()
  /** Receipts of what was decided, then the endpoint, and whether the state is what the receipts say. */
  const settle = (again = false) => {
    settling = settling
      .then(keep)
      .then(async ({ receipts, outbox }) => {
        await receipts.make()
        // What cannot be compared is sent all the same.
        await compare(receipts).catch(told('keep_unavailable'))
        await outbox.run(again)
      })
      .catch(told('keep_unavailable'))
  }
  /** Once a session for each state. Whatever is not proven is closed, and the person is asked again. */
  const compare = async (receipts: Receipts) => {
    if (isCompared()) return
    const faults = await receipts.compare()
    if (!faults) return
    if (faults.length) {
      session.discard()
      report(
        new KelisimError('tampered', `no receipt of what was stored as granted: ${faults}`),
        '',
      )
      if (config.open === 'auto') guarded(layers.open('notice', 'quiet'))
    }
    store.set('compared', store.get('state') ?? '')
  }
  const isCompared = () => (store.get('compared') ?? '') === (store.get('state') ?? '')

  const session = makeSession({
    engine,
    link,
    clock,
    tabs: browserTabs(),
    drafts,
    report,
    newId,
    copies: {
      async read() {
        // The cookie beside the snapshot says that there was a decision; without it the database is not worth opening.
        if (!hasCookie()) return null
        const row = (await (await keep()).storage.get('keys', 'state')) as CopyRow | undefined
        return row ? row.value : null
      },
      async write(value) {
        const { storage } = await keep()
        await storage.write([
          value === null
            ? { table: 'keys', delete: 'state' }
            : { table: 'keys', row: { id: 'state', value } },
        ])
      },
    },
    closeLayer: () => layers.close(),
    changed(now) {
      layers.refresh(now.ask)
      holds.refresh()
    },
    left: (items, services) => guarded(layers.left(items, services)),
    decided: () => settle(),
  })
  const layers = makeLayers({
    engine,
    link,
    clock,
    languages,
    session,
    report,
    makeWidget() {
      const painted = link.painted?.element()
      link.painted?.end()
      // An answer may have come on it while this was loading.
      guarded(answered())
      return made(hasWidget, () =>
        painted?.isConnected ? painted : natives.createElement('kelisim-widget'),
      )
    },
    handle: loaded.handle,
    loadText,
    async history() {
      const { receipts, history } = await keep()
      // What was decided a moment ago belongs to it.
      await receipts.make()
      return history
    },
    saveReceipts: (format) => guarded(save(api, format)),
  })
  /** Takes the answer given before the engine was up, if there is one. */
  const answered = () =>
    takePending({
      engine,
      store,
      session,
      languages,
      loaded,
      now: clock.now,
      isBuilt: link.painted !== undefined,
      unstored: link.painted?.takePending() ?? null,
    }).catch(told('pending_failed'))
  const holds = makeHolds({
    engine,
    link,
    clock,
    languages,
    layers,
    report,
    makeHold: () => made(hasHold, () => natives.createElement('kelisim-hold')),
  })
  const api = publicApi({ engine, session, layers, keep, report })

  const define = (name: string, type: CustomElementConstructor) => {
    const ours = natives.define(name, type)
    if (!ours) report(new KelisimError('element_taken', `<${name}> is another's`), '')
    return ours
  }
  /** Another's element is given nothing: nobody is asked then, and everything stays closed. */
  const made = (ours: boolean, element: () => HTMLElement) => {
    if (!ours) throw new KelisimError('element_taken', 'nothing can be shown')
    return element()
  }
  const hasWidget = define('kelisim-widget', KelisimWidgetElement)
  const hasHold = define('kelisim-hold', KelisimHoldElement)

  await session.start()
  await clock.pause()
  await answered()
  const state = session.enforce()
  link.attach(api, undefined, makeExcuse(link))
  link.emit('ready', shown(state))
  await clock.pause()

  const followFragment = () => {
    if (location.hash === '#kelisim') guarded(layers.open('choices'))
  }
  if (!layers.isOpen())
    guarded(state.ask && config.open === 'auto' ? layers.open('notice', 'quiet') : layers.draw())
  followFragment()
  // Last, for these draw themselves as they are defined.
  servePolicies(layers)
  define('kelisim-policy', KelisimPolicyElement)
  holds.refresh()

  let forms: Forms | undefined
  /** The boxes of the shop's own forms; their code comes with the first of them. */
  const fillForms = async () => {
    if (!document.querySelector('form[data-kelisim-form]')) return
    const { makeForms } = (await import(
      config.base + 'kelisim-keep.js'
    )) as typeof import('./keep.ts')
    forms ??= makeForms({
      ...{
        engine,
        link,
        clock,
        session,
        report,
        makeSurface,
        surfaceHost: layers,
        lang: () => speak(),
      },
      speak: () => languages.load(engine),
    })
    await forms.refresh()
  }
  let looking = false
  const lookForForms = () => {
    if (looking) return
    looking = true
    clock.setTimeout(() => {
      looking = false
      layers.stay()
      void fillForms().catch(told('keep_unavailable'))
    }, 50)
  }
  lookForForms()
  new MutationObserver(lookForForms).observe(document, { childList: true, subtree: true })

  session.listen()
  document.addEventListener('kelisim:released', () => holds.refresh())
  document.addEventListener('kelisim:sync', () => layers.follow())
  addEventListener('hashchange', followFragment)
  addEventListener('online', () => kept && settle(true))
  addEventListener('pagehide', () => kept?.outbox.leave())
  let lang = speak()
  new MutationObserver(() => {
    if (lang === speak()) return
    lang = speak()
    guarded(layers.draw())
    holds.refresh()
    lookForForms()
    for (const element of document.querySelectorAll('kelisim-policy'))
      void (element as KelisimPolicyElement).draw()
  }).observe(document.documentElement, { attributeFilter: ['lang'] })

  // Choices without a receipt and receipts without an answer go on at once; where somebody is asked, it is there before it is needed.
  if (state.ask)
    clock.idle(() => {
      session.warm()
      clock.idle(() => layers.warm())
    })
  if (store.get('drafts') !== null) clock.afterPaint(() => settle())
  // The others need nothing of it but once a session; then goes what nothing else tells of (receipts of a time without an endpoint).
  else if (state.ask || !isCompared()) clock.idle(() => settle())
}

/** Hands the receipts to the person as a file. */
async function save(api: Kelisim, format: string) {
  const link = document.createElement('a')
  const type = format === 'jws' ? 'application/jose' : 'application/json'
  link.href = URL.createObjectURL(new Blob([await api.export(format)], { type }))
  link.download = `kelisim-${new Date().toISOString().slice(0, 10)}.${format}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
