// What a tag asks for: addresses in its attributes, its CSS, its code. By the gate's own table (web/gate/uses.ts).
import { held, places, plain } from '../../gate/css-text.ts'
import {
  absolute,
  any,
  code,
  css,
  deep,
  inside,
  isCategory,
  page,
  patterns,
  prefix,
  table,
  type Use,
} from '../../gate/uses.ts'
import { attributeOf, lettersOf, readMarkup, valueIn, type Attribute, type Tag } from './read.ts'

export interface Address {
  text: string
  /** In CSS: its offset in the source; null where it cannot be changed in its place. */
  at?: number | null
  /** Code names it: it may be asked, or be anything. */
  named?: true
}

export interface Ask {
  /** The attribute, "#" for the tag's own text. */
  name: string
  use: Use
  addresses: Address[]
  /** It is held already: it stands in data-<name>, or in CSS behind an address that leads nowhere. */
  kept?: true
}

/** MIME types of JavaScript, HTML's list, without a parameter. */
const javaScript =
  /^(?:module|(?:text|application)\/(?:x-)?(?:java|ecma)script|text\/(?:jscript|livescript|javascript1\.[0-5]))$/i

/** The kind of a script's type: code that runs, or a block of data. */
export function runs(type: string | null): boolean {
  const given = (type ?? '').trim()
  return type === null || type === '' || javaScript.test(given)
}

/** A mark of the gate's on a tag: what the gate gives back by it. */
export const isMarked = (tag: Tag): boolean =>
  !!attributeOf(tag, 'data-service') || isCategory(valueIn(tag, 'data-category'))

/** The gate itself: whatever it names is its own. */
export const isGate = (tag: Tag): boolean =>
  tag.name === 'script' &&
  ((attributeOf(tag, 'data-policy') !== undefined &&
    !/^\s*(?:[a-z][a-z\d+.-]*:)?\/\//i.test(valueIn(tag, 'src') ?? '')) ||
    /(?:^|\/)kelisim(?:\.inline)?\.js(?:[?#]|$)/.test(valueIn(tag, 'src') ?? ''))

/** Whether a link is asked for: its rel says so. */
const linkLoads = (rel: string | null) => /sheet|pre(?!v)|icon|manif|dns|dict/i.test(rel ?? '')

/** Tags whose background is an address. */
const hasBackground = /^(?:body|table|thead|tbody|tfoot|tr|t[dh])$/

const svgNames = /^(?:href|xlink:href|to|from|by|values)$/

/** The use of an attribute where it stands: an svg's src and an image's href ask for nothing. */
function useIn(tag: Tag, name: string): Use | undefined {
  const use = table[tag.name]?.[name]
  if (!use) return name === 'background' && !hasBackground.test(tag.name) ? undefined : any[name]
  if (tag.name === 'link' && !linkLoads(valueIn(tag, 'rel'))) return undefined
  if (tag.name === 'input' && valueIn(tag, 'type')?.toLowerCase() !== 'image') return undefined
  if (tag.name === 'meta' && valueIn(tag, 'http-equiv')?.toLowerCase() !== 'refresh')
    return undefined
  if (tag.name !== 'link' && tag.svg !== svgNames.test(name)) return undefined
  return use
}

const entity = /&(?:amp|quot|apos|lt|gt|#0*3[49]|#x0*2[27]);?/gi
const letters: Record<string, string> = { amp: '&', quot: '"', apos: "'", lt: '<', gt: '>' }

/** A value with its entities replaced, and the offset of each letter in what is written; null where others stand in it. */
function decoded({ raw, value, valueAt }: Attribute): { text: string; at: number[] } | null {
  let text = ''
  const at: number[] = []
  const add = (part: string, from: number, step: number) => {
    for (let i = 0; i < part.length; i++) at.push(valueAt + from + i * step)
    text += part
  }
  let from = 0
  for (const found of raw.matchAll(entity)) {
    add(raw.slice(from, found.index), from, 1)
    const name = found[0].replace(/[&;]/g, '').toLowerCase()
    const letter = letters[name] ?? (/(?:34|22)$/.test(name) ? '"' : "'")
    add(letter, found.index, 0)
    from = found.index + found[0].length
  }
  add(raw.slice(from), from, 1)
  return lettersOf(text) === value.replace(/\r\n?/g, '\n') || text === value ? { text, at } : null
}

/** Addresses in CSS. @param at  where a letter of it stands in the source */
function addressesOfCss(text: string, at: (index: number) => number | null): Address[] {
  const found: Address[] = []
  const look = (css: string, place: (index: number) => number | null) => {
    for (const part of css.matchAll(places)) {
      const raw = part[1] ?? part[2]!
      const quoted = part[1] ? 1 : 0
      const closed = /.(["'])$/.test(raw) ? -1 : undefined
      const address = plain(quoted ? raw.slice(1, closed) : raw)
      found.push({ text: address, at: place(part.index + part[0].length - raw.length + quoted) })
    }
  }
  look(text, at)
  // Seen through escapes of the function's own name, too, but then it cannot be changed where it stands.
  if (found.length === 0 && text.includes('\\')) look(plain(text), () => null)
  return found
}

/** Hosts and addresses that code names in its strings. */
function addressesOfCode(text: string): Address[] {
  const bared = text.replace(/\\\//g, '/')
  const found: Address[] = []
  for (const [, address = ''] of bared.matchAll(/["'`]((?:(?:https?|wss?):)?\/\/[^\s"'`<>\\]+)/gi))
    found.push({ text: address, named: true })
  for (const [, dot = '', name = ''] of bared.matchAll(
    /["'`](?:\/\/)?(\.?)((?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}(?:\/[^\s"'`<>\\]*)?)["'`]/gi,
  ))
    found.push({ text: `//${dot && 'www.'}${name}`, named: true })
  return found
}

/** What a file of CSS or of code asks for. */
export const addressesOfFile = (file: string, text: string): Address[] =>
  /\.css$/i.test(file) ? addressesOfCss(text, (i) => i) : addressesOfCode(text)

/** Everything that a document's own tags ask for. */
const addressesOfPage = (text: string): Address[] =>
  readMarkup(Buffer.from(text).toString('latin1')).tags.flatMap((tag) =>
    asksOf(tag).flatMap(({ addresses }) => addresses),
  )

function addressesOf(use: Use, text: string): Address[] {
  const all = (pattern: RegExp, from: string) =>
    [...from.matchAll(new RegExp(pattern, 'gi'))].map(([, address = '']) => ({ text: address }))
  if (use === page) return addressesOfPage(text)
  if (use === code) return addressesOfCode(text)
  if (use > deep) return all(patterns[use]!, text)
  const own = { text: text.trim() }
  return use === deep ? [own, ...all(patterns[absolute]!, inside(text))] : [own]
}

/** What a tag asks for, and what it keeps. */
export function asksOf(tag: Tag): Ask[] {
  const asks: Ask[] = []
  const add = (name: string, use: Use, addresses: Address[], kept?: boolean) => {
    if (addresses.length > 0) asks.push({ name, use, addresses, ...(kept && { kept: true }) })
  }
  const addCss = (name: string, addresses: Address[]) => {
    const behind = addresses.flatMap((one) => {
      const address = held(one.text)
      return address === false ? [] : [{ ...one, text: address }]
    })
    add(
      name,
      css,
      addresses.filter(({ text }) => held(text) === false),
    )
    add(name, css, behind, true)
  }
  const marked = isMarked(tag)
  const seen = new Set<string>()
  for (const attribute of tag.attributes) {
    const { name, value } = attribute
    if (seen.has(name) || !value) continue
    seen.add(name)
    const use = useIn(tag, name)
    if (use === css) {
      const text = decoded(attribute)
      addCss(
        name,
        addressesOfCss(text?.text ?? value, (i) => text?.at[i] ?? null),
      )
    } else if (use) add(name, use, addressesOf(use, value))
    else if (/^on/.test(name)) add(name, code, addressesOf(code, value))
    else {
      const of = name.startsWith(prefix) ? name.slice(prefix.length) : marked && name.slice(5)
      const kept = of && name.startsWith('data-') && useIn(tag, of)
      if (kept && kept !== css) add(of, kept, addressesOf(kept, value), true)
    }
  }
  if (tag.name === 'style')
    addCss(
      '#',
      addressesOfCss(tag.text!, (i) => tag.textAt + i),
    )
  if (tag.name === 'script') {
    const type = valueIn(tag, 'type')
    const sourced = ['src', 'href', 'xlink:href'].some(
      (name) => attributeOf(tag, name) ?? asks.some((ask) => ask.name === name && ask.kept),
    )
    const waits = type?.toLowerCase() === 'text/plain' && marked
    if (!sourced && (runs(type) || waits)) add('#', code, addressesOf(code, tag.text!), waits)
    if (!runs(type) && !waits && !tag.attributes.some(({ name }) => name.startsWith(prefix)))
      return []
  }
  return asks
}
