// Marks the third-party tags of a page as the gate gives them back (web/gate/elements.ts): addresses move to data-<name>, scripts become
// text/plain, CSS asks behind an address that leads nowhere. Nothing but letters put in: all else stays byte for byte.
import { nowhere } from '../../gate/css-text.ts'
import { any, code, css, page, prefix, table } from '../../gate/uses.ts'
import type { Whose } from '../known.ts'
import { asksOf, isGate, isMarked, type Address, type Ask } from './asks.ts'
import { codeBeside, codeIn, whyStays } from './inline.ts'
import { attributeOf, placesIn, readMarkup, valueIn, type Markup, type Tag } from './read.ts'

/** Why a third party's tag stays as it was. */
export type Left =
  /** Nobody declared it. */
  | 'undeclared'
  /** A shadow root that nobody can look into: what is marked in it would never come back. */
  | 'closed_shadow'
  /** A document or an inline script that names several services, or own things as well. */
  | 'several'
  /** An inline script that names a service and does nothing that loads it. */
  | 'names_only'
  /** Other code of the page uses what this inline script defines. */
  | 'used'
  /** The page has scripts of its own that cannot be read here, and they may use what it defines. */
  | 'may_be_used'
  /** data-<name> is taken, or the address in CSS is written with escapes. */
  | 'form'

export interface Mark {
  line: number
  column: number
  tag: string
  /** Attributes; "#" is the tag's own text. */
  names: string[]
  hosts: string[]
  services: string[]
  /** Services of the catalogue that the policy does not declare. */
  catalogue: string[]
  state: 'marked' | 'left'
  why?: Left
}

export interface Marked {
  text: string
  marks: Mark[]
  /** Third parties' tags that carry a mark already. */
  already: number
}

export interface Options {
  /** How an address of the page reads in full; null: nobody can ask with it. */
  full: (address: string, base: string | null) => string | null
  whose: (addresses: string[]) => Map<string, Whose>
  /** Without a policy a service of the catalogue counts as declared: it is for the policy to come. */
  declared: (whose: Whose) => boolean
  /** leave: what nobody declared stays as it is. mark: it is kept by its address, so that the gate decides in the page. */
  unknown: 'leave' | 'mark'
  /** The text of a script of the page's own, by its address; null: it is not at hand. */
  own: (address: string) => string | null
}

interface Held {
  ask: Ask
  hosts: string[]
  /** null: nobody declared it. */
  services: (string | null)[]
  /** Services of the catalogue that the policy does not declare. */
  catalogue: string[]
  /** In CSS: where it stands. */
  at: number | null
}

/** Marks a page, read as bytes. */
export function markPage(source: string, options: Options): Marked {
  const markup = readMarkup(source)
  const place = placesIn(source)
  const asked = markup.tags.map((tag) => ({ tag, asks: isGate(tag) ? [] : asksOf(tag) }))
  const { held, whoseOf } = judged(markup, asked, options)
  const beside = codeBeside(
    asked.flatMap(({ tag, asks }) => [
      ...codeIn(tag),
      ...(tag.name === 'script' ? asks : [])
        .filter((ask) => ask.use !== code && whoseOf(ask).some(({ state }) => state === 'own'))
        .map((ask) => ({
          tag,
          text: options.own(options.full(ask.addresses[0]!.text, markup.base)!),
        })),
    ]),
  )
  const edits: Edit[] = []
  const marks: Mark[] = []
  let already = 0

  for (const { tag, asks } of asked) {
    if (asks.some((ask) => ask.kept && held(ask).length > 0)) already++
    // Handlers wait for an event, pings for a click, a refresh leaves the page: the gate is there by then.
    if (tag.name === 'meta') continue
    const live = asks.filter(({ name, kept }) => !kept && !/^(?:ping$|on)/.test(name))
    const found = live.flatMap(held)
    const note: Note = (list, state, why) => {
      if (list.length > 0) marks.push(markOf(tag, place(tag.at), list, state, why))
    }
    if (tag.place === 'closed') {
      note(found, 'left', 'closed_shadow')
      continue
    }
    const isKnown = ({ services }: Held) =>
      options.unknown === 'mark' || services.some((service) => service !== null)
    const strangers = found.filter((one) => !isKnown(one))
    note(strangers, 'left', 'undeclared')
    const known = found.filter(isKnown)

    const sheets = known.filter(({ ask }) => ask.use === css)
    const inPlace = sheets.filter(({ at }) => at !== null)
    for (const { at } of inPlace) edits.push({ at: at!, text: nowhere })
    note(inPlace, 'marked')
    const escaped = sheets.filter(({ at }) => at === null)
    note(escaped, 'left', 'form')

    const rest = known.filter(({ ask }) => ask.use !== css)
    if (rest.length === 0) continue
    const script = rest.find(({ ask }) => ask.use === code)
    const made = script
      ? markInline(tag, rest, whoseOf(script.ask), beside)
      : markAttributes(tag, rest, live)
    if (typeof made === 'string') note(rest, 'left', made)
    else {
      edits.push(...made)
      note(rest, 'marked')
    }
  }
  return { text: apply(source, edits), marks, already }
}

interface Edit {
  at: number
  text: string
}
type Note = (list: Held[], state: Mark['state'], why?: Left) => void

function markOf(
  tag: Tag,
  place: { line: number; column: number },
  list: Held[],
  state: Mark['state'],
  why?: Left,
): Mark {
  const of = <T>(pick: (one: Held) => T[]) => [...new Set(list.flatMap(pick))]
  return {
    ...place,
    tag: tag.name,
    names: of(({ ask }) => [ask.name]),
    hosts: of(({ hosts }) => hosts),
    services: of(({ services }) => services).filter((one) => one !== null),
    catalogue: of(({ catalogue }) => catalogue),
    state,
    ...(why && { why }),
  }
}

/** Whoever has marked a tag by hand, and left its address in force, has said whose it is. */
const serviceMark = (tag: Tag, service: string | null): Edit[] =>
  isMarked(tag) ? [] : [{ at: tag.nameEnd, text: ` data-service="${service}"` }]

/** What makes an inline script wait; or why it stays. */
function markInline(
  tag: Tag,
  rest: Held[],
  whose: Whose[],
  beside: (tag: Tag) => (string | null)[],
): Edit[] | Left {
  const service = onlyOne(rest)
  if (!isMarked(tag)) {
    const mixed = whose.some(({ state }) => state === 'own' || state === 'necessary')
    if (mixed || service === null) return 'several'
    const why = whyStays(tag.text!, beside(tag))
    if (why) return why
  }
  return [...typeMark(tag, 'data-'), ...serviceMark(tag, service)]
}

/** What moves a tag's addresses out of force; or why they stay. */
function markAttributes(tag: Tag, rest: Held[], live: Ask[]): Edit[] | Left {
  const service = onlyOne(rest)
  // One service, and nothing beside it that is not its own: a tag that is marked with a service is that service.
  const alone =
    live.every((ask) => ask.use === css || rest.some((one) => one.ask === ask)) &&
    (isMarked(tag) ||
      (service !== null &&
        tag.name in table &&
        names(tag).every((name) => !attributeOf(tag, 'data-' + name))))
  const form = alone ? 'data-' : prefix
  if (rest.some(({ ask }) => ask.use === page) && !alone) return 'several'
  if (rest.some(({ ask }) => attributeOf(tag, form + ask.name))) return 'form'
  return [
    ...(tag.name === 'script' ? typeMark(tag, form) : []),
    ...(alone ? serviceMark(tag, service) : []),
    // Of a name that stands twice the second would come in force: all of them go.
    ...tag.attributes
      .filter(({ name }) => rest.some(({ ask }) => ask.name === name))
      .map(({ at }) => ({ at, text: form })),
  ]
}

/** Attributes of a tag that the gate keeps in data-<name>. */
const names = (tag: Tag) => [
  ...Object.keys(table[tag.name] ?? {}),
  ...Object.keys(any),
  ...(tag.name === 'script' ? ['type'] : []),
]

/** The answer about everything a page asks for, each address once. */
function judged({ base }: Markup, asked: { asks: Ask[] }[], options: Options) {
  const full = (address: Address) => options.full(address.text, base)
  const addresses = asked.flatMap(({ asks }) => asks.flatMap((ask) => ask.addresses.map(full)))
  const answers = options.whose(addresses.filter((one) => one !== null))
  const whose = (address: Address) => answers.get(full(address) ?? '')
  /** What of an ask is held: all of an attribute together, in CSS each address by itself. */
  const held = (ask: Ask): Held[] => {
    const third = ask.addresses.flatMap((address) => {
      const answer = whose(address)
      if (!answer || !/declared|known/.test(answer.state)) return []
      const service = options.declared(answer) ? answer.service! : null
      // What code names without anybody having declared it may be anything.
      if ((address.named || ask.use === code) && service === null) return []
      return [{ address, service, answer, host: new URL(full(address)!).hostname }]
    })
    const groups = ask.use === css ? third.map((one) => [one]) : third.length > 0 ? [third] : []
    return groups.map((group) => ({
      ask,
      at: group[0]!.address.at ?? null,
      hosts: group.map(({ host }) => host),
      services: [...new Set(group.map(({ service }) => service))],
      catalogue: group.flatMap(({ service, answer }) =>
        service === null && answer.service ? [answer.service] : [],
      ),
    }))
  }
  return { held, whoseOf: (ask: Ask) => ask.addresses.flatMap((one) => whose(one) ?? []) }
}

/** The one service of everything that is held; null where there are several, or nobody declared a part. */
function onlyOne(list: Held[]): string | null {
  const all = [...new Set(list.flatMap(({ services }) => services))]
  return all.length === 1 ? all[0]! : null
}

/** Makes a script one that waits, and keeps its type. */
function typeMark(tag: Tag, form: string): Edit[] {
  if (/^text\/plain$/i.test(valueIn(tag, 'type') ?? '')) return []
  const types = tag.attributes.filter(({ name }) => name === 'type')
  return [
    { at: tag.nameEnd, text: ' type="text/plain"' },
    ...types.map(({ at }) => ({ at, text: form })),
    ...(types.length === 0 && form === prefix
      ? [{ at: tag.nameEnd, text: ` ${prefix}type=""` }]
      : []),
  ]
}

function apply(source: string, edits: Edit[]): string {
  let out = ''
  let from = 0
  // Stable: what goes to one place stays in the order in which it was put.
  for (const { at, text } of edits.sort((a, b) => a.at - b.at)) {
    out += source.slice(from, at) + text
    from = at
  }
  return out + source.slice(from)
}
