// Marks the third-party tags of a page as the gate gives them back (web/gate/elements.ts): addresses move to data-<name>, scripts become
// text/plain, CSS asks behind an address that leads nowhere. Nothing but letters put in: all else stays byte for byte.
import { nowhere } from '../../gate/css-text.ts'
import { any, code, css, page, prefix, table } from '../../gate/uses.ts'
import type { Whose } from '../known.ts'
import { asksOf, isGate, isMarked, type Address, type Ask } from './asks.ts'
import { codeBeside, codeIn, whyStays } from './inline.ts'
import { attributeOf, placesIn, readMarkup, type Markup, type Tag } from './read.ts'

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
  const edits: { at: number; text: string }[] = []
  const marks: Mark[] = []
  let already = 0

  for (const { tag, asks } of asked) {
    if (asks.some((ask) => ask.kept && held(ask).length > 0)) already++
    // Handlers wait for an event, pings for a click, a refresh leaves the page: the gate is there by then.
    const live = asks.filter(({ name, kept }) => !kept && !/^(?:ping$|on)/.test(name))
    if (tag.name === 'meta') continue
    const found = live.flatMap(held)
    if (found.length === 0) continue
    const note = (list: Held[], state: Mark['state'], why?: Left) => {
      const of = <T>(pick: (one: Held) => T[]) => [...new Set(list.flatMap(pick))]
      if (list.length > 0)
        marks.push({
          ...place(tag.at),
          tag: tag.name,
          names: of(({ ask }) => [ask.name]),
          hosts: of(({ hosts }) => hosts),
          services: of(({ services }) => services).filter((one) => one !== null),
          catalogue: of(({ catalogue }) => catalogue),
          state,
          ...(why && { why }),
        })
    }
    if (tag.place === 'closed') {
      note(found, 'left', 'closed_shadow')
      continue
    }
    const put = (at: number, text: string) => edits.push({ at, text })
    const isKnown = ({ services }: Held) =>
      options.unknown === 'mark' || services.some((service) => service !== null)
    const known = found.filter(isKnown)
    note(
      found.filter((one) => !isKnown(one)),
      'left',
      'undeclared',
    )

    const sheets = known.filter(({ ask }) => ask.use === css)
    const inPlace = sheets.filter(({ at }) => at !== null)
    for (const { at } of inPlace) put(at!, nowhere)
    note(inPlace, 'marked')
    note(
      sheets.filter(({ at }) => at === null),
      'left',
      'form',
    )

    const rest = known.filter(({ ask }) => ask.use !== css)
    if (rest.length === 0) continue
    // Whoever has marked it by hand, and left its address in force, has said whose it is.
    const byHand = isMarked(tag)
    const service = onlyOne(rest)
    const mark = () => !byHand && put(tag.nameEnd, ` data-service="${service}"`)
    const script = rest.find(({ ask }) => ask.use === code)
    if (script) {
      const mixed =
        script.ask.name !== '#' ||
        service === null ||
        whoseOf(script.ask).some(({ state }) => state === 'own' || state === 'necessary')
      const why = byHand ? undefined : mixed ? 'several' : whyStays(tag.text!, beside(tag))
      if (why) note(rest, 'left', why)
      else {
        putType(tag, put, 'data-')
        mark()
        note(rest, 'marked')
      }
      continue
    }
    // One service, and nothing beside it that is not its own: a tag that is marked with a service is that service.
    const alone =
      (byHand || (service !== null && tag.name in table)) &&
      live.every((ask) => ask.use === css || rest.some((one) => one.ask === ask)) &&
      names(tag).every((name) => byHand || !attributeOf(tag, 'data-' + name))
    const form = alone ? 'data-' : prefix
    const taken = rest.some(({ ask }) => attributeOf(tag, form + ask.name))
    if (rest.some(({ ask }) => ask.use === page) && !alone) note(rest, 'left', 'several')
    else if (taken) note(rest, 'left', 'form')
    else {
      if (tag.name === 'script') putType(tag, put, form)
      if (alone) mark()
      // Of a name that stands twice the second would come in force: all of them go.
      for (const { ask } of rest)
        for (const { name, at } of tag.attributes) if (name === ask.name) put(at, form)
      note(rest, 'marked')
    }
  }
  return { text: apply(source, edits), marks, already }
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
function putType(tag: Tag, put: (at: number, text: string) => void, form: string): void {
  const types = tag.attributes.filter(({ name }) => name === 'type')
  put(tag.nameEnd, ' type="text/plain"')
  for (const { at } of types) put(at, form)
  if (types.length === 0 && form === prefix) put(tag.nameEnd, ` ${prefix}type=""`)
}

function apply(source: string, edits: { at: number; text: string }[]): string {
  let out = ''
  let from = 0
  // Stable: what goes to one place stays in the order in which it was put.
  for (const { at, text } of edits.sort((a, b) => a.at - b.at)) {
    out += source.slice(from, at) + text
    from = at
  }
  return out + source.slice(from)
}
