// The person's state: restored, acted on, stored before anything else happens, and enforced by the gate. What it means is the engine's.
import type { Engine } from '../engine/engine.ts'
import { KelisimError } from '../engine/error.ts'
import type { Act, Effect, Json, PublicState } from '../engine/types.ts'
import type { GateLink, Snapshot, StorageItem } from '../gate/link.ts'
import type { Clock } from '../host/clock.ts'
import { alarm } from '../host/clock.ts'
import type { CopyRow, Storage } from '../host/storage.ts'
import type { Tabs } from '../host/tabs.ts'
import type { Drafts } from './drafts.ts'
import type { Report } from './report.ts'

/** What localStorage had no room for. */
interface Copy {
  state: Json
  snapshot: Snapshot
}

export interface SessionHost {
  engine: Engine
  link: GateLink
  clock: Clock
  storage: Storage
  tabs: Tabs
  drafts: Drafts
  report: Report
  newId(): string
}

export interface SessionEvents {
  /** The decision is stored: the layer has to go. */
  closeLayer(): void
  /** The state in force is another: by an act here, in another tab, or by time. */
  changed(now: PublicState): void
  /** After a withdrawal: what could not be deleted, and whose code still runs in this page. */
  left(items: StorageItem[], services: string[]): void
  /** A draft waits to become a receipt. */
  decided(): void
}

export class Session {
  readonly #host: SessionHost
  readonly #on: SessionEvents
  /** kelisim.state as this tab knows it. */
  #known: string | null = null
  /** The state itself, wherever it could be stored. */
  #state: Json = null
  readonly #expire: (atMs: number | null) => void

  constructor(host: SessionHost, on: SessionEvents) {
    this.#host = host
    this.#on = on
    this.#expire = alarm(host.clock, () => this.#on.changed(this.enforce()))
  }

  state(): PublicState {
    return this.#host.engine.state(this.#host.clock.now())
  }

  /** Takes what is stored. It is not in force before `enforce`. */
  async start(): Promise<void> {
    const { link, storage } = this.#host
    if (link.store.get('state') === null) {
      const copy = (await storage.get('keys', 'state')) as CopyRow | undefined
      if (copy) {
        const { state, snapshot } = JSON.parse(copy.value) as Copy
        const text = JSON.stringify(state)
        if (this.#put('state', text)) {
          this.#known = text
          if (this.#put('snapshot', JSON.stringify(snapshot)))
            void storage.write([{ table: 'keys', delete: 'state' }])
        }
        return this.#restore(state)
      }
    }
    this.#read()
  }

  /** What another tab stored meanwhile comes into force here. */
  refresh() {
    const { link } = this.#host
    if (link.store.get('state') === this.#known) return
    const before = this.state()
    this.#read()
    const now = this.enforce()
    const changed = difference(before, now)
    if (changed) link.emit('change', { state: now, changed })
    this.#on.changed(now)
  }

  /** Gives the engine the state again, after it was loaded anew. */
  again() {
    this.#restore(this.#state)
  }

  #read() {
    const text = this.#host.link.store.get('state')
    this.#known = text
    let state: Json = null
    try {
      state = text === null ? null : (JSON.parse(text) as Json)
    } catch {
      this.#host.report(new KelisimError('state_format', 'kelisim.state is not JSON'), '')
    }
    this.#restore(state)
  }

  #restore(state: Json) {
    const { engine, clock, report } = this.#host
    try {
      engine.restore(state, clock.now())
      this.#state = state
    } catch (error) {
      report(error, 'state_refused') // the engine is closed and undecided now
    }
  }

  /** Has the gate enforce the state of now, and keeps it as a snapshot for the next page. */
  enforce(): PublicState {
    const now = this.state()
    const { engine, link, clock } = this.#host
    const { snapshot } = engine.snapshot(clock.now(), link.config.unknown)
    const stored = link.snapshot()
    if (!stored || !sameRules(stored, snapshot)) {
      this.#put('snapshot', JSON.stringify(snapshot))
      link.apply(snapshot)
    }
    this.#expire(now.status === 'decided' ? snapshot.expires_at_ms : null)
    return now
  }

  /** Writes one of Kelisim's keys; rather nothing than what was there before. */
  #put(key: 'state' | 'snapshot', value: string): boolean {
    const { store } = this.#host.link
    if (store.set(key, value)) return true
    store.remove(key)
    return store.set(key, value)
  }

  /**
   * One act: stored, enforced, then on its way to a receipt. Throws what the engine says against it; nothing has happened then.
   * @returns the id its receipt will have; "" when there was nothing to decide
   */
  act(act: Omit<Act, 'at_ms'> & { at_ms?: number }): string {
    const { engine, link, clock, drafts, storage, tabs, report } = this.#host
    this.refresh()
    const acted = engine.act({
      at_ms: clock.now(),
      ...act,
      unknown: link.config.unknown,
    } as Act)
    const { state, snapshot, receipt } = acted
    const receipt_id = receipt ? this.#host.newId() : ''

    this.#state = state
    const text = JSON.stringify(state)
    let stored = this.#put('state', text)
    this.#known = stored ? text : null
    stored = this.#put('snapshot', JSON.stringify(snapshot)) && stored
    const gpc = (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true
    if (receipt) stored = drafts.add({ receipt_id, draft: receipt, gpc }) && stored
    if (!stored) {
      const copy: Copy = { state, snapshot }
      void storage.write([{ table: 'keys', row: { id: 'state', value: JSON.stringify(copy) } }])
      report(new KelisimError('storage_full', 'localStorage takes no more'), '')
    } else {
      void storage.write([{ table: 'keys', delete: 'state' }])
    }

    const kept: StorageItem[] = []
    let services: string[] = []
    const effects: { [T in Effect['type']]?: (effect: Extract<Effect, { type: T }>) => void } = {
      write_cookie: () => link.writeCookie(acted.cookie, snapshot.expires_at_ms ?? 0),
      close_layer: () => this.#on.closeLayer(),
      delete_storage: ({ items }) => kept.push(...link.deleteStorage(items)),
      list_kept: ({ items }) => kept.push(...items),
      offer_reload: (effect) => (services = effect.services),
      emit: ({ event, detail }) => link.emit(event, detail),
      make_receipt: () => clock.afterPaint(() => this.#on.decided()),
    }
    let applied = false
    for (const effect of acted.effects) {
      // The gate takes the new rules as soon as the layer is gone, before anything is released, deleted or told.
      if (!applied && !/^(store_state|write_|close_layer)/.test(effect.type)) {
        link.apply(snapshot)
        applied = true
      }
      ;(effects[effect.type] as ((effect: Effect) => void) | undefined)?.(effect)
    }
    this.#expire(snapshot.expires_at_ms)
    tabs.changed()
    this.#on.changed(acted.public)
    if (kept.length || services.length) this.#on.left(kept, services)
    return receipt_id
  }
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
  JSON.stringify({ ...a, made_at_ms: 0 }) === JSON.stringify({ ...b, made_at_ms: 0 })
