// What a scan has found, by host, by name and by tag, each with whose it is.
import type { Served, Stored, Visit } from './browser.ts'
import { fullAddress, type Known, type Whose } from './known.ts'
import { addressesOfFile, asksOf, isGate } from './markup/asks.ts'
import { placesIn, readMarkup } from './markup/read.ts'
import { code } from '../gate/uses.ts'

/** catalogue: the policy does not declare it, the built-in catalogue knows it. undeclared: nobody knows it. */
export type State = 'necessary' | 'declared' | 'catalogue' | 'undeclared'

export interface Host {
  host: string
  state: State
  service?: string
  /** Kinds of what asks: of requests as the browser calls them, of tags by their names; code = a script names it. */
  kinds: string[]
  requests: number
  tags: number
  /** Nothing but code names it. */
  named?: true
  /** One address, without its query. */
  example: string
}

export interface Name extends Stored {
  party: 'first' | 'third'
  state: State
  service?: string
}

export interface TagFound {
  file: string
  /** Of a saved page; a page in a browser has no lines. */
  line?: number
  column?: number
  tag: string
  name: string
  host: string
  state: State
  service?: string
  marked: boolean
}

export interface Audit extends Served {
  state: State | 'own'
  service?: string
}

export interface Found {
  hosts: Host[]
  stored: Name[]
  tags: TagFound[]
  audit: Audit[]
}

interface Asked {
  url: string
  kind: string
  request?: true
  named?: boolean
  tag?: Omit<TagFound, 'host' | 'state' | 'service'>
}

const states = {
  necessary: 'necessary',
  declared: 'declared',
  known: 'catalogue',
  unknown: 'undeclared',
} as const
const isThird = ({ state }: Whose): boolean => state in states
const stateOf = ({ state }: Whose): State => states[state as keyof typeof states]
const withState = (whose: Whose) => ({
  state: stateOf(whose),
  ...(whose.service !== undefined && { service: whose.service }),
})

/** What the tags of a page ask for. @param lines  whether they have a place that people can look up */
function askedBy(file: string, bytes: string, page: string, lines: boolean): Asked[] {
  const { tags, base } = readMarkup(bytes)
  const place = placesIn(bytes)
  return tags.flatMap((tag) =>
    (isGate(tag) ? [] : asksOf(tag)).flatMap(({ name, use, addresses, kept }) =>
      addresses.flatMap((address): Asked[] => {
        const url = fullAddress(address.text, page, base)
        if (url === null) return []
        const named = use === code || address.named === true
        return [
          {
            url,
            kind: named ? 'code' : tag.name,
            named,
            tag: {
              ...{ file, ...(lines && place(tag.at)), tag: tag.name },
              ...{ name: name === '#' ? 'text' : name, marked: kept === true },
            },
          },
        ]
      }),
    ),
  )
}

/** Kelisim's own. */
const ours = ({ name }: Stored) => /^(?:kelisim(?:\.\w+)?|__Host-kelisim)$/.test(name)

function hostsOf(asked: (Asked & { whose: Whose })[]): Host[] {
  const rows = new Map<string, Host>()
  for (const { url, kind, request, named, whose } of asked) {
    const { hostname, protocol, pathname } = new URL(url)
    const key = `${hostname} ${whose.service ?? ''}`
    const row = rows.get(key) ?? {
      ...{ host: hostname, ...withState(whose), kinds: [], requests: 0, tags: 0, named: true },
      example: `${protocol}//${hostname}${pathname}`,
    }
    if (!row.kinds.includes(kind)) row.kinds.push(kind)
    if (request) row.requests += 1
    else if (!named) row.tags += 1
    if (!named) delete row.named
    rows.set(key, row as Host)
  }
  return [...rows.values()].sort((a, b) => (a.host < b.host ? -1 : a.host > b.host ? 1 : 0))
}

const unique = <T>(list: T[]): T[] => [
  ...new Map(list.map((one) => [JSON.stringify(one), one])).values(),
]

function judge(known: Known, asked: Asked[], stored: Stored[], served: Served[]): Found {
  const site = new URL(known.page).hostname
  const urls = asked.map(({ url }) => url)
  const origins = [...stored.map(({ host }) => host), ...served.map(({ from }) => from)]
  const led = served.flatMap(({ url }) => url ?? [])
  const answers = known.addresses([...urls, ...led, ...origins.map((host) => `https://${host}/`)])
  const whose = (url: string): Whose => answers.get(url) ?? { state: 'none' }
  // What code names without anybody knowing it may be anything.
  const third = asked
    .map((one) => ({ ...one, whose: whose(one.url) }))
    .filter((one) => isThird(one.whose) && !(one.named && one.whose.state === 'unknown'))
  const services = [...new Set(third.flatMap((one) => one.whose.service ?? []))]

  const kept = unique(stored.filter((one) => !ours(one)))
  const isOwn = (host: string) => host === site || whose(`https://${host}/`).state === 'own'
  const byName = known.stored(kept, services)
  const names = kept.map((one, i): Name => {
    const own = isOwn(one.host)
    const host = whose(`https://${one.host}/`)
    const answer = own || !host.service ? byName[i]! : host
    return { ...one, party: own ? 'first' : 'third', ...withState(answer) }
  })

  const audit = unique(served).flatMap((one): Audit[] => {
    const own = isOwn(one.from)
    if (one.url !== undefined) {
      // Whither others lead is theirs; what an own address leads to nobody sees before.
      const to = whose(one.url)
      return own && isThird(to) ? [{ ...one, ...withState(to) }] : []
    }
    // A stranger's cookie comes with its answer, and no answer comes to what is held.
    if (!own || ours({ kind: 'cookie', name: one.name!, host: one.from })) return []
    const stored = names.find(
      ({ kind, name, party }) => kind === 'cookie' && name === one.name && party === 'first',
    )
    const { state, service } = stored ?? { state: 'undeclared' as const }
    return [{ ...one, state, ...(service !== undefined && { service }) }]
  })
  return {
    hosts: hostsOf(third),
    stored: names,
    tags: third.flatMap(({ tag, url, whose }) =>
      tag ? [{ ...tag, host: new URL(url).hostname, ...withState(whose) }] : [],
    ),
    audit,
  }
}

/** What a page in a browser asked for. */
export function foundInVisit(known: Known, { url, requests, stored, served, html }: Visit): Found {
  const asked = requests.map((one): Asked => ({ ...one, request: true }))
  return judge(known, [...asked, ...askedBy(url, html, url, false)], stored, served)
}

/** What a file asks for: a page, a style sheet, or code. */
export function foundInFile(known: Known, file: string, bytes: string): Found {
  if (!/\.(?:css|m?js)$/i.test(file))
    return judge(known, askedBy(file, bytes, known.page, true), [], [])
  const asked = addressesOfFile(file, bytes).flatMap((address): Asked[] => {
    const url = fullAddress(address.text, known.page, null)
    const named = address.named === true
    const kind = named ? 'code' : 'style'
    return url === null
      ? []
      : [{ url, kind, named, tag: { file, tag: kind, name: 'text', marked: false } }]
  })
  return judge(known, asked, [], [])
}

/** Several pages' findings in one. */
export function merged(list: Found[]): Found {
  const hosts = new Map<string, Host>()
  for (const host of list.flatMap((one) => one.hosts)) {
    const key = `${host.host} ${host.service ?? ''}`
    const before = hosts.get(key)
    if (!before) hosts.set(key, { ...host })
    else {
      before.kinds = [...new Set([...before.kinds, ...host.kinds])]
      before.requests += host.requests
      before.tags += host.tags
      if (!host.named) delete before.named
    }
  }
  return {
    hosts: [...hosts.values()],
    stored: [
      ...new Map(
        list
          .flatMap((one) => one.stored)
          .map((one) => [`${one.kind} ${one.name} ${one.host}`, one]),
      ).values(),
    ],
    tags: list.flatMap((one) => one.tags),
    audit: unique(list.flatMap((one) => one.audit)),
  }
}
