// What asks for something in markup: attributes by tag, and where the addresses stand in the text of each. Pure: the command line
// reads pages by the same table.
import { bare, decodeUri, exec, keysOf, lower, words } from './natives.ts'

/** One address. */
export const url = 1
/** One address of a document or code: what stands in it itself is looked at as well. */
export const deep = 2
/** Addresses with what HTML puts around them: srcset, ping and animations, a refresh. */
export const candidates = 3
export const tokens = 4
export const refresh = 5
/** Text that is looked through: CSS, an inline script. */
export const css = 6
export const code = 7
/** A whole document. */
export const page = 8
/** Text in which every absolute address is asked. */
export const absolute = 9
export type Use = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9

/** Kind, tags, attributes; the sign after an attribute is its use, none is `url`. "#" is an element's own text. Names as properties are written. */
const rows =
  'script|script|src href xlink:href #7;' +
  'image|img image input feImage feimage use source set animate|src srcset3 href xlink:href to4 from4 by4 values4;' +
  'frame|iframe frame|src2 srcdoc8;' +
  'object|object embed|data2 src2;' +
  'media|video audio track|src poster;' +
  'style|link|href imageSrcset3;style|style|#6;' +
  'refresh|meta|content5'
/** The same on every element. */
const everywhere = 'ping4 background style6 filter6 mask6 cursor6'

/** Attributes by tag, by their lower case names. */
export const table = bare({}) as Record<string, Record<string, Use>>
/** Names as properties are written, by tag. */
export const properties = bare({}) as Record<string, string[]>
const kinds = bare({}) as Record<string, string>
/** Attributes of every element. */
export const any = bare({}) as Record<string, Use>

const put = (into: Record<string, Use>, names: string, each?: (name: string) => void) =>
  words(names, (word) => {
    const [, name, use] = exec(/^(\D+)(\d?)$/, word)
    into[lower(name)] = +use || (url as any)
    if (each) each(name)
  })
put(any, everywhere)
for (const row of rows.split(';')) {
  const [kind, tags, names] = row.split('|')
  words(tags!, (tag) => {
    kinds[tag] = kind!
    table[tag] = bare({})
    const list: string[] = (properties[tag] = bare([]))
    put(table[tag]!, names!, (name) => (list[list.length] = name))
  })
}

export const prefix = 'data-kelisim-'
/** Finds elements with an attribute of `any`, or one that is kept. */
export const anySelector = keysOf(any)
  .map((name) => `[${name}],[${prefix}${name}]`)
  .join()
/** Finds what asks for something, or keeps something. */
export const selector = keysOf(table) + ',' + anySelector

/** How attribute `name` of an element `tag` is used; undefined: it asks for nothing. */
export const use = (tag: string, name: string): Use | undefined =>
  (table[tag] && table[tag][name]) || any[name]

/** The kind of what an element holds, as it is told. */
export const kindOf = (tag: string): string => kinds[tag] || 'style'

// HTML, "parse a srcset attribute": the address, then its descriptors up to a comma outside of parentheses.
export const patterns = bare({
  [candidates]:
    /([^ \t\n\f\r,](?:[^ \t\n\f\r]*[^ \t\n\f\r,])?)(?:,|[ \t\n\f\r](?:[^,(]|\([^)]*)*)?/g,
  [tokens]: /([^\s;]+)/g,
  [refresh]: /^[\s\d.]+[;,\s]\s*(?:url\s*=)?\s*["']?([^"']+)/gi,
  [absolute]: /((?:(?:https?|wss?):)?\\?\/\\?\/[^\s"'`<>\\]+)/gi,
  [code]: /\b(?:from|import)\s*\(?\s*["'`]([^"'`\s]+)["'`]/g,
}) as Record<number, RegExp>

/** The text of a document or code in an address; "" when there is none. */
export function inside(text: string): string {
  const [, scheme, rest] = exec(/^\s*(?:(javascript|data):)?([^]*)/i, text)
  if (!scheme) return ''
  try {
    const [, type, body] = exec(/^([^,]*;base64,)?([^]*)/i, rest)
    return decodeUri(type && exec(/^d/i, scheme) ? atob(decodeUri(body)) : rest)
  } catch {
    return rest
  }
}

/** Whether the value of data-category is a category, and not something of the page's own. */
export const isCategory = (value: string | null): boolean =>
  !!exec(/^(necessary|functional|analytics|marketing)$/, value)
