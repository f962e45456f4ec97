// The gate's state: configuration, the snapshot in force, and the one question everything asks it, judge().
import {
  baseURI,
  dispatch,
  doc,
  local,
  on,
  own,
  readItem,
  readyState,
  Signal,
  timeout,
  viewOf,
} from './dom.ts'
import type { Config, Held, Snapshot } from './link.ts'
import { hasOwn, later, mapGet, mapSet, now, parse, Url, urlHref } from './natives.ts'
import { makeRules, type Decision, type Page, type Rules } from './rules.ts'

export let config: Config
export let rules: Rules
let page: Page

/** Dispatches `kelisim:<type>` on document; a change goes to the page's dataLayer as well, where it has one. */
export function emit(type: string, detail: any): void {
  dispatch(doc, new Signal('kelisim:' + type, { detail }))
  if (type === 'change')
    // Behind what vendors are told of the same choice (signals.ts).
    timeout(() => {
      try {
        own.dataLayer.push({ event: 'kelisim_change', ...detail })
      } catch {
        // It has none.
      }
    })
}

/** The same after the running script, so that no listener runs inside a call that page code made for another reason. */
export const emitLater = (type: string, detail: unknown) => later(() => emit(type, detail))

/** Does something once the page is parsed. */
export const whenParsed = (work: () => void): void => {
  if (readyState(doc) === 'loading') on(doc, 'DOMContentLoaded', work)
  else later(work)
}

/** Tells of an error of the gate's own: one event, and one line in the console. */
export function tell(code: string, message: string) {
  const error = { code, path: '', message }
  emit('error', error)
  own.console.error(`kelisim: ${code} ${message}`)
  return error
}

/** Tells of something wrong with the install, when there can be somebody to hear it. */
export const report = (code: string, message: string): void =>
  whenParsed(() => void tell(code, message))

const reported = new Map<string, true>()
/** Reports a host or name nobody declared, once per page. */
export function reportUndeclared(kind: string, name: string): void {
  if (mapGet(reported, kind + name)) return
  mapSet(reported, kind + name, true)
  emitLater('undeclared', kind === 'host' ? { kind, host: name } : { kind, name })
}

const grantsMarketing = (categories: Snapshot['categories']): boolean =>
  hasOwn(categories, 'marketing') && categories['marketing'] !== 'refused'

/** Puts a snapshot in force; null, or one of another format or edition, closes. */
export function use(snapshot: Snapshot | null): void {
  const fits =
    snapshot &&
    snapshot.format === 'kelisim-snapshot-1' &&
    (!config.edition || snapshot.edition === config.edition) &&
    // A signal that came after the choice: whether the choice still stands, the engine says.
    (!config.gpc || snapshot.gpc || !grantsMarketing(snapshot.categories))
  rules = makeRules(fits ? snapshot : null, page)
}

/** The stored snapshot; null when there is none, or a broken one. */
export function readStored(): Snapshot | null {
  try {
    return parse(readItem(local, 'kelisim.snapshot')!)
  } catch {
    return null
  }
}

/** Whether a snapshot can still come; what can wait for one does. */
export let expecting = true
export const giveUp = (): void => {
  expecting = false
}

/** Services of gate allow_on_action that a trusted action has reached. */
export const acted = new Map<string, true>()

/** The base address of a node's page; of a node that is in no page yet, of the page it can come to. */
const base = (node: Node): string => baseURI(viewOf(node) ? node : doc)

export function start(given: Config): void {
  config = given
  page = {
    host: location.hostname.replace(/\.$/, ''),
    allow: given.allow,
    now,
    acted: (service) => mapGet(acted, service),
    undeclared: (name) => reportUndeclared('host', name),
  }
  use(readStored())
}

/** May `raw`, as page code wrote it in a node's page, be asked now? */
export const judge = (raw: string, node: Node): Decision => rules.judge(raw, () => base(node))

/** An address in full, as the browser would ask it; what nobody can parse as it is. */
export function ownHref(raw: string, node: Node): string {
  try {
    return urlHref(new Url(raw, base(node)))
  } catch {
    return raw
  }
}

/** What is told of an address that is held: all of it that leaves the gate. */
export function describeHeld(kind: string, raw: string, node: Node): Held {
  const held: Held = { kind, host: '', path: '', why: '' }
  try {
    const { hostname, pathname } = new Url(raw, base(node))
    held.host = hostname
    held.path = pathname
  } catch {
    // It has no address.
  }
  return held
}
