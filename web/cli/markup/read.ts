// Reads a page: every tag in it, with the place in the source of each attribute, so that it can be changed where it stands.
//
// The source is taken as bytes (one letter per byte): whatever the page's encoding, an offset is a place in the file, and what is not
// changed stays as it was. Scripting is on, as in a browser with the gate; what stands in <noscript> is read for itself.
import {
  defaultTreeAdapter,
  html,
  parse,
  parseFragment,
  type DefaultTreeAdapterTypes,
} from 'parse5'

export interface Attribute {
  /** Lower case, as written ("xlink:href"). */
  name: string
  /** Offset of the name, and of the value without its quotes. */
  at: number
  valueAt: number
  /** As written: entities are not replaced. */
  raw: string
  value: string
}

/** page: it is at work. inert: in a template or <noscript>. closed: in a shadow root that nobody can look into. */
export type Place = 'page' | 'inert' | 'closed'

export interface Tag {
  name: string
  svg: boolean
  place: Place
  /** Offset of "<", and of the end of the tag's name. */
  at: number
  nameEnd: number
  /** Of the start tag, and of the whole element. */
  end: number
  until: number
  /** All that are written; of a name that stands twice the first counts. */
  attributes: Attribute[]
  /** Of scripts and styles: the text as written, and its offset. */
  text: string | null
  textAt: number
}

export interface Markup {
  source: string
  tags: Tag[]
  /** href of the first <base>. */
  base: string | null
}

/** HTML's tokenizer, 13.2.5.32 to 13.2.5.40: white space or "/", a name, and perhaps a value. */
const attribute =
  /[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)(?:([\t\n\f\r ]*=[\t\n\f\r ]*)("[^"]*"|'[^']*'|[^\t\n\f\r >"'][^\t\n\f\r >]*)?)?/y

const utf8 = new TextDecoder('utf-8', { fatal: true })
/** The letters of a text that was read as bytes; the text itself where they are not UTF-8. */
export function lettersOf(bytes: string): string {
  if (!/[\u0080-\u00ff]/.test(bytes) || /[^\u0000-\u00ff]/.test(bytes)) return bytes
  try {
    return utf8.decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return bytes
  }
}

function attributesOf(
  node: DefaultTreeAdapterTypes.Element,
  source: string,
  nameEnd: number,
  end: number,
): Attribute[] {
  const values = new Map(
    node.attrs.map(({ name, prefix, value }) => [
      (prefix ? `${prefix}:${name}` : name).toLowerCase(),
      value,
    ]),
  )
  const list: Attribute[] = []
  attribute.lastIndex = nameEnd
  for (let part; (part = attribute.exec(source)) && attribute.lastIndex < end;) {
    const [whole, written = '', equals = '', given = ''] = part
    const quoted = /^["']/.test(given)
    const name = written.toLowerCase()
    const at = part.index + whole.length - given.length - equals.length - written.length
    list.push({
      name,
      at,
      valueAt: part.index + whole.length - given.length + (quoted ? 1 : 0),
      raw: quoted ? given.slice(1, -1) : given,
      value: lettersOf(values.get(name) ?? ''),
    })
  }
  return list
}

/** The first attribute of a name. */
export const attributeOf = (tag: Tag, name: string): Attribute | undefined =>
  tag.attributes.find((one) => one.name === name)
export const valueIn = (tag: Tag, name: string): string | null =>
  attributeOf(tag, name)?.value ?? null

/** A tag as it stands in the source; null for an element nobody has written. */
function tagOf(
  node: DefaultTreeAdapterTypes.Element,
  source: string,
  place: Place,
  shift: number,
): (Tag & { inner: string }) | null {
  const where = node.sourceCodeLocation
  if (!where) return null
  const start = where.startTag ?? where
  const at = start.startOffset + shift
  const end = start.endOffset + shift
  const nameEnd = at + /^<[^\t\n\f\r />]*/.exec(source.slice(at, end))![0].length
  const until = where.endOffset + shift
  const inner = source.slice(end, where.endTag ? where.endTag.startOffset + shift : until)
  return {
    ...{ name: node.tagName.toLowerCase(), svg: node.namespaceURI === html.NS.SVG, place },
    ...{ at, nameEnd, end, until, inner, textAt: end },
    attributes: attributesOf(node, source, nameEnd, end),
    text: /^(?:script|style)$/.test(node.tagName) ? inner : null,
  }
}

/** Where the content of a template is at work. */
function placeInside(node: DefaultTreeAdapterTypes.Template, place: Place): Place {
  const mode = node.attrs.find(({ name }) => /^shadowroot(?:mode)?$/.test(name))?.value
  if (mode === undefined || !/^(?:open|closed)$/i.test(mode)) return 'inert'
  return /^o/i.test(mode) ? place : 'closed'
}

export function readMarkup(source: string): Markup {
  const tags: Tag[] = []
  // A byte order mark is no text of the page.
  const bom = source.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0
  const read = { sourceCodeLocationInfo: true }
  // No recursion: a page may be nested as deep as it likes.
  type Step = { node: DefaultTreeAdapterTypes.Node; place: Place; shift: number }
  const steps: Step[] = [{ node: parse(source.slice(bom), read), place: 'page', shift: bom }]
  for (let step; (step = steps.pop());) {
    const { node, place, shift } = step
    if (defaultTreeAdapter.isElementNode(node)) {
      const found = tagOf(node, source, place, shift)
      if (found) {
        const { inner, ...tag } = found
        tags.push(tag)
        if (tag.name === 'noscript') {
          steps.push({ node: parseFragment(inner, read), place: 'inert', shift: tag.end })
          continue
        }
      }
      if ('content' in node) {
        const template = node as DefaultTreeAdapterTypes.Template
        steps.push({ node: template.content, place: placeInside(template, place), shift })
      }
    }
    if ('childNodes' in node)
      for (const child of node.childNodes) steps.push({ node: child, place, shift })
  }
  tags.sort((a, b) => a.at - b.at)
  // An element that was left open is made anew from the same letters.
  const once = tags.filter((tag, i) => tag.at !== tags[i - 1]?.at)
  const bases = tags.filter(({ name, place }) => name === 'base' && place === 'page')
  const base = bases.find((tag) => attributeOf(tag, 'href'))
  return { source, tags: once, base: base ? valueIn(base, 'href') : null }
}

/** Says in which line and column, from 1, an offset is. */
export function placesIn(source: string): (offset: number) => { line: number; column: number } {
  const starts = [0]
  for (const { index } of source.matchAll(/\r\n?|\n/g))
    starts.push(index + (source.startsWith('\r\n', index) ? 2 : 1))
  return (offset) => {
    let low = 0
    for (let high = starts.length; low + 1 < high;) {
      const middle = (low + high) >> 1
      if (starts[middle]! <= offset) low = middle
      else high = middle
    }
    return { line: low + 1, column: offset - starts[low]! + 1 }
  }
}
