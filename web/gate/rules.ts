// May this address be asked, this name be stored? The interpreter of the snapshot: src/enforce/decide.hpp has the rule in words
// and the engine's twin of this file. Pure: clock and page come in.
import type { Snapshot } from './link.ts'
import {
  bare,
  exec,
  hasOwn,
  lower,
  mapClear,
  mapGet,
  mapSet,
  slice,
  startsWith,
  Url,
  urlHref,
} from './natives.ts'

export type Why =
  | 'first_party'
  | 'allowed_host'
  | 'necessary'
  | 'granted'
  | 'on_action'
  | 'not_granted'
  | 'transfer'
  | 'undeclared'
  | 'local'
  | 'invalid_url'

export interface Decision {
  allow: boolean
  why: Why
  service?: string
}

export interface Page {
  /** Host of the page; "" = none. */
  host: string
  /** data-allow: "x" or "*.x", lower case. */
  allow: string[]
  /** Unix epoch, milliseconds. */
  now(): number
  /** Whether a trusted action has reached an allow_on_action service. */
  acted(service: string): boolean
  /** Told once per host and snapshot of a host nobody declared. */
  undeclared(host: string): void
}

/** What is known about a host. */
interface Place {
  decision: Decision
  /** Path rules that can apply to it, in order; null = none. */
  paths: [prefix: string, decision: Decision][] | null
  /** Whether it has been told that nobody declared the host. */
  told?: boolean
}

/** Scheme, host (IPv6 or name), path with query. */
const address =
  /^([a-z][a-z\d+.-]*):(?:[/\\]*(?:[^/\\?#]*@)?(?:(\[[\da-f:.]+])|([\w-]+(?:\.[\w-]+)*)\.?)(?::\d*)?(?![^/\\?#])([^#]*))?/i
const network = /^(?:https?|wss?|ftp|(?:stun|turn)s?)$/i
/** Scheme, host and port of an ordinary address. */
const originOf = /^(?:http|ws)s?:\/\/[^/\\?#]+/
/** Addresses on the page's own origin, beyond doubt. */
export const relative = /^(?:$|\/\w|[\w.?#][^:]*$)/

/** Local addresses that can be long: nothing is made of them. */
const inline = /^(?:data|blob):/

const local: Decision = { allow: true, why: 'local' }
const invalid: Decision = { allow: false, why: 'invalid_url' }

/** More hosts than these are not remembered at a time. */
const maxPlaces = 3000

export type Rules = ReturnType<typeof makeRules>

/**
 * The rules of one snapshot.
 * @param snapshot  null: the closed state, first party and data-allow only.
 */
export function makeRules(snapshot: Snapshot | null, page: Page) {
  const services = snapshot ? snapshot.services : []
  const expires = (snapshot && snapshot.expires_at_ms) ?? Infinity
  const places = new Map<string, Place>()
  let count = 0
  let last: Place | undefined
  let expired = false

  /** Whether the choice has ended; asked before every decision. */
  const tick = () => {
    if (!expired && page.now() >= expires) {
      expired = true
      mapClear(places)
    }
    return expired
  }

  const remember = (key: string, place: Place) => {
    if (++count > maxPlaces) {
      mapClear(places)
      count = 0
    }
    mapSet(places, key, place)
    return place
  }

  /** The answer of one service, and its rank: of several, the lowest answers. */
  const answer = (index: number, address: boolean): [Decision, number] => {
    const { id, category, gate, run, lacks } = services[index]!
    const necessary = category === 'necessary'
    let why: Why = lacks === 'transfer' && !expired ? 'transfer' : 'not_granted'
    let rank = why === 'transfer' ? 6 : 8
    if (run === true && (necessary || !expired)) {
      const waits = address && gate === 'allow_on_action' && !page.acted(id)
      why = waits ? 'on_action' : necessary ? 'necessary' : 'granted'
      rank = waits ? 4 : necessary ? 0 : 2
    }
    return [{ allow: rank < 4, why, service: id }, gate === 'placeholder' ? rank : rank + 1]
  }

  /** The best answer of several services; undefined when there is none of them. */
  const best = (list: number[] | undefined, address: boolean): Decision | undefined => {
    let found: Decision | undefined
    let rank = 10
    for (let i = 0; list && i < list.length; i++)
      if (hasOwn(services, list[i])) {
        const next = answer(list[i]!, address)
        if (next[1] < rank) {
          found = next[0]
          rank = next[1]
        }
      }
    return found
  }

  const place = (host: string): Place => {
    // "x", then "*.x" from the longest, then "": the names under which rules for this host can stand.
    const names = bare({}) as Record<string, 1>
    let decision: Decision | undefined
    let paths: Place['paths'] = null
    const look = (name: string) => {
      names[name] = 1
      if (snapshot && hasOwn(snapshot.hosts, name)) decision ||= best(snapshot.hosts[name], true)
    }
    look(host)
    const dots = /\./g
    for (let dot; (dot = exec(dots, host));) look('*' + slice(host, dot.index))
    look('')
    for (let i = 0; snapshot && i < snapshot.paths.length; i++) {
      const rule = snapshot.paths[i]!
      if (names[rule[0]]) {
        paths ||= bare([])
        paths[paths.length] = [rule[1], best(rule[2], true)!]
      }
    }
    const listed = (list: string[], wide: boolean) => {
      for (let i = 0; i < list.length; i++)
        if (names[list[i]!] || (wide && names['*.' + list[i]])) return true
      return false
    }
    if (!decision) {
      if ((page.host && listed([page.host], true)) || (snapshot && listed(snapshot.sites, true)))
        decision = { allow: true, why: 'first_party' }
      else if (listed(page.allow, false)) decision = { allow: true, why: 'allowed_host' }
      else {
        decision = { allow: !!snapshot && snapshot.unknown === 'report', why: 'undeclared' }
      }
    }
    return { decision, paths }
  }

  /** Decides about an address as URL.href writes it. */
  const decide = (href: string): Decision => {
    tick()
    const parts = exec(address, href)
    last = undefined
    if (!parts) return invalid
    if (!exec(network, parts[1])) return local
    const host = lower(parts[2] || parts[3] || '')
    if (!host) return invalid
    last = mapGet(places, host) || remember(host, place(host))
    const { decision, paths, told } = last!
    for (let i = 0; paths && i < paths.length; i++)
      if (startsWith(parts[4], paths[i]![0])) return paths[i]![1] || decision
    // A host that only path rules name is declared where they fit.
    if (snapshot && decision.why === 'undeclared' && !told) {
      last!.told = true
      page.undeclared(host)
    }
    return decision
  }

  /**
   * Decides about an address as page code writes it, against the base address `base()`. One that nobody can parse is local:
   * nothing can be asked with it, and the browser's own error is the right answer.
   */
  const judge = (raw: string, base: () => string): Decision => {
    if (exec(inline, raw)) return local
    const origin = exec(originOf, raw) || (exec(relative, raw) && exec(originOf, base()))
    tick()
    const known: Place | undefined = origin && mapGet(places, origin[0])
    if (known && !known.paths) return known.decision
    let href
    try {
      href = urlHref(new Url(raw, base()))
    } catch {
      return local
    }
    const decision = decide(href)
    // An origin that was written as URL.href writes it means the same wherever it stands.
    if (last && origin && startsWith(href, origin[0] + '/')) remember(origin[0], last)
    return decision
  }

  /** Decides about a name in the page's storage. @param type  "": of a kind nobody can declare; it goes by its name alone */
  const stores = (type: string, name: string): Decision => {
    tick()
    const list = snapshot ? snapshot.storage : []
    let found: number[] | undefined
    let weight = -1
    for (let i = 0; i < list.length; i++) {
      const rule = list[i]!
      const exact = rule[2] !== 'prefix'
      const next = exact ? Infinity : rule[1].length
      if (
        (!type || rule[0] === type) &&
        next > weight &&
        (exact ? name === rule[1] : startsWith(name, rule[1]))
      ) {
        weight = next
        found = rule[3]
      }
    }
    return best(found, false) || { allow: true, why: 'undeclared' }
  }

  /** Decides about a service, or else a category, by name; what nobody knows does not run. */
  const named = (service: string | null, category?: string | null, ever?: boolean): Decision => {
    tick()
    if (service !== null) {
      for (let i = 0; i < services.length; i++)
        if (services[i]!.id === service) return answer(i, !ever)[0]
      return { allow: false, why: 'undeclared' }
    }
    if (category === 'necessary') return { allow: true, why: category }
    const granted =
      snapshot &&
      !expired &&
      hasOwn(snapshot.categories, category) &&
      snapshot.categories[category!] === 'granted'
    return granted ? { allow: true, why: 'granted' } : { allow: false, why: 'not_granted' }
  }

  /** Whether a name is a service's; without a snapshot nobody can say that it is none. */
  const knows = (service: string): boolean => {
    for (let i = 0; i < services.length; i++) if (services[i]!.id === service) return true
    return !snapshot
  }

  /** Whether everything that is declared runs. */
  const full = (): boolean => {
    for (let i = 0; i < services.length; i++) if (services[i]!.run !== true) return false
    return !!snapshot && !tick()
  }

  /** Forgets what it concluded: a trusted action has reached a service. */
  const forget = () => mapClear(places)

  return { snapshot, decide, judge, stores, named, knows, full, forget, expired: tick }
}
