// The person's state: restored, acted on, stored before anything else happens, and enforced by the gate. What it means is the engine's.
import type { Engine } from '../engine/engine.ts'
import { codec, stringify } from '../engine/engine.ts'
import { KelisimError } from '../engine/error.ts'
import type { Act, Effect, Json, PublicState } from '../engine/types.ts'
import type { GateLink, Snapshot, StorageItem } from '../gate/link.ts'
import type { Clock } from '../host/clock.ts'
import { alarm } from '../host/clock.ts'
import type { Tabs } from '../host/tabs.ts'
import type { Drafts } from './drafts.ts'
import type { Report } from './report.ts'

export interface SessionHost {
  engine: Engine
  link: GateLink
  clock: Clock
  tabs: Tabs
  /** Where goes what localStorage has no room for: one text, or null. */
  copies: { read(): Promise<string | null>; write(text: string | null): Promise<void> }
  drafts: Drafts
  report: Report
  newId(): string
  /** The decision is stored: the layer has to go. */
  closeLayer(): void
  /** The state in force is another: by an act here, in another tab, or by time. */
  changed(now: PublicState): void
  /** After a withdrawal: what could not be deleted, and whose code still runs in this page. */
  left(items: StorageItem[], services: string[]): void
  /** A draft waits to become a receipt. */
  decided(): void
}

export interface Session {
  state(): PublicState
  /** Takes what is stored. It is not in force before `enforce`. */
  start(): Promise<void>
  /** Has the gate enforce the state of now, and keeps it as a snapshot for the next page. */
  enforce(): PublicState
  /** What another tab stored meanwhile comes into force here. */
  refresh(): void
  /** From now on hears of other tabs. */
  listen(): void
  /** Has the engine go through an act and takes it back, so that a person's finds its code compiled. */
  warm(): void
  /** Gives the engine the state again, after it was loaded anew. */
  again(): void
  /** The state grants what no receipt bears out: away with it. Everything is closed and undecided from now on. */
  discard(): void
  /**
   * One act: stored, enforced, then on its way to a receipt. Throws what the engine says against it; nothing has happened then.
   * @returns the id its receipt will have; "" when there was nothing to decide
   */
  act(act: Omit<Act, 'at_ms'> & { at_ms?: number }): string
}

/** What `state()` says, before the engine is up and after. */
export type ShownState = Omit<PublicState, 'policy' | 'ask'>

/** What localStorage had no room for. */
interface Copy {
  state: Json
  snapshot: Snapshot
}

export function makeSession(host: SessionHost): Session {
  const { engine, link, clock, tabs, drafts, report, copies } = host
  const { store, config } = link
  /** kelisim.state as this tab knows it. */
  let known: string | null = null
  /** The state itself, wherever it could be stored. */
  let current: Json = null
  let hasCopy = false

  const state = () => engine.state({ now_ms: clock.now() })

  /** Writes one of Kelisim's keys; rather nothing than what was there before. */
  const put = (key: 'state' | 'snapshot', value: unknown): boolean => {
    const text = stringify(value)
    const stored = store.set(key, text) || (store.remove(key), store.set(key, text))
    if (key === 'state') known = stored ? text : null
    return stored
  }
  const copy = (text: string | null) => {
    if (text === null && !hasCopy) return
    hasCopy = text !== null
    copies.write(text).catch((error: unknown) => report(error, 'storage_failed'))
  }

  const restore = (stored: Json) => {
    try {
      engine.restore({ state: stored, now_ms: clock.now(), gpc: config.gpc, dnt: config.dnt })
      current = stored
    } catch (error) {
      report(error, 'state_refused') // the engine is closed and undecided now
    }
  }
  const read = () => {
    known = store.get('state')
    let stored: Json = null
    try {
      stored = codec.parse(known ?? 'null') as Json
    } catch (error) {
      report(error, 'state_format')
    }
    restore(stored)
  }

  const enforce = () => {
    const now = state()
    const { snapshot, cookie } = engine.snapshot({
      now_ms: clock.now(),
      unknown: config.unknown,
    })
    const before = link.snapshot()
    if (!before || !sameRules(before, snapshot)) {
      put('snapshot', snapshot)
      // The server reads what is in force, not what was.
      if (cookie || hasCookie()) link.writeCookie(cookie, snapshot.expires_at_ms ?? 0)
      link.apply(snapshot)
    }
    wakeAt(now.status === 'decided' ? snapshot.expires_at_ms : null)
    return now
  }
  const wakeAt = alarm(clock, () => host.changed(enforce()))

  const refresh = () => {
    if (store.get('state') === known) return
    const before = state()
    read()
    const now = enforce()
    const changed = difference(before, now)
    if (changed) link.emit('change', { state: shown(now), changed })
    host.changed(now)
  }

  return {
    state,
    enforce,
    refresh,
    listen: () => tabs.onChange(refresh),
    again: () => restore(current),
    warm() {
      if (!state().ask) return
      try {
        const at_ms = clock.now()
        engine.act({ action: 'refuse_all', source: 'api', layer: 'none', lang: '', at_ms })
      } finally {
        restore(current)
      }
    },
    async start() {
      read()
      if (known !== null) return
      const text = await copies.read().catch(() => null)
      if (text === null) return
      hasCopy = true
      const kept = codec.parse(text) as Copy
      restore(kept.state)
      if (put('state', kept.state) && put('snapshot', kept.snapshot)) copy(null)
    },
    discard() {
      const before = state()
      store.remove('state')
      store.remove('compared')
      known = null
      copy(null)
      restore(null)
      link.writeCookie('', 0)
      const now = enforce()
      link.emit('change', { state: shown(now), changed: difference(before, now) })
      tabs.changed()
      host.changed(now)
    },
    act(act) {
      refresh()
      const acted = engine.act({ at_ms: clock.now(), unknown: config.unknown, ...act })
      const { snapshot, receipt } = acted
      const receipt_id = receipt ? host.newId() : ''
      current = acted.state

      // The draft comes first: a browser that is killed in between leaves no state without what proves it.
      const stored = [
        !receipt || drafts.add({ receipt_id, draft: receipt, gpc: acted.gpc }),
        put('state', current),
        put('snapshot', snapshot),
      ]
      store.remove('compared')
      if (stored.includes(false)) {
        copy(stringify({ state: current, snapshot } satisfies Copy))
        report(
          store.blocked
            ? new KelisimError('storage_denied', 'this page may not use localStorage')
            : new KelisimError('storage_full', 'localStorage takes no more'),
          '',
        )
      } else copy(null)

      const kept: StorageItem[] = []
      let services: string[] = []
      const carryOut: { [T in Effect['type']]?: (effect: Extract<Effect, { type: T }>) => void } = {
        write_cookie: () => link.writeCookie(acted.cookie, snapshot.expires_at_ms ?? 0),
        close_layer: () => host.closeLayer(),
        delete_storage: ({ items }) => kept.push(...link.deleteStorage(items)),
        list_kept: ({ items }) => kept.push(...items),
        offer_reload: (effect) => (services = effect.services),
        emit: ({ event, detail }) =>
          link.emit(event, { ...(detail as object), state: shown(acted.public) }),
        make_receipt: () => clock.afterPaint(() => host.decided()),
      }
      let applied = false
      for (let i = 0; i < acted.effects.length; i++) {
        const effect = acted.effects[i]!
        // The gate takes the new rules as soon as the layer is gone, before anything is released, deleted or told.
        if (!applied && !/^(store|write|close)_/.test(effect.type)) {
          applied = true
          link.apply(snapshot)
        }
        ;(carryOut[effect.type] as ((effect: Effect) => void) | undefined)?.(effect)
      }
      wakeAt(snapshot.expires_at_ms)
      tabs.changed()
      host.changed(acted.public)
      if (kept.length || services.length) host.left(kept, services)
      return receipt_id
    },
  }
}

/** Whether the server is told of a choice. */
export function hasCookie(): boolean {
  try {
    return /__Host-kelisim=/.test(document.cookie)
  } catch {
    return false // a page without an origin of its own
  }
}

/** What a page is told: what to draw is the shell's own business. */
export function shown({ policy, ask, ...state }: PublicState): ShownState {
  return state
}

const groups = ['categories', 'purposes', 'services', 'channels', 'transfers'] as const

/** New values of what differs, by group; null when nothing does. */
function difference(before: PublicState, now: PublicState) {
  const changed: Record<string, Record<string, unknown>> = {}
  let any = before.status !== now.status
  for (const group of groups) {
    changed[group] = {}
    for (const [id, value] of Object.entries(now[group]))
      if (before[group][id] !== value) {
        changed[group][id] = value
        any = true
      }
  }
  return any ? changed : null
}

/** The same but for the time it was made. */
const sameRules = (a: Snapshot, b: Snapshot) =>
  stringify({ ...a, made_at_ms: 0 }) === stringify({ ...b, made_at_ms: 0 })
