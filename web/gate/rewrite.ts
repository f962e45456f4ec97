// Markup as text, before the parser has it: addresses that may not be asked are renamed to the attribute that keeps them.
//
// Nothing is parsed and written out again, so what is not renamed stays byte for byte. Every "<name" of a tag in question is
// read as a start tag, wherever it stands and whatever stood before; attributes are cut exactly as HTML's tokenizer cuts
// them (13.2.5.32 to 13.2.5.40). A real tag is therefore always found; what only looks like one, in a comment or a
// text, may be renamed in vain.
import { closeCss } from './css.ts'
import { decode, doc } from './dom.ts'
import { config } from './gate.ts'
import { bare, exec, keysOf, lower, slice } from './natives.ts'
import { judgeText, page, prefix, table, use, type Use } from './table.ts'

const narrow = new RegExp(`<(${keysOf(table).join('|')})(?=[\\t\\n\\f\\r />])`, 'gi')
const wide = /<([a-z][^\t\n\f\r />]*)(?=[\t\n\f\r />])/gi
/** What other tags ask with: addresses in their style, and the attributes of `any`. */
const elsewhere = /(?:url|src|set)\(|\\|\b(?:ping|background)\s*=|style\s*=[^>]*&/i
const attribute =
  /([\t\n\f\r /]*)([^\t\n\f\r />][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*("[^"]*(?:"|$)|'[^']*(?:'|$)|[^\t\n\f\r >"'][^\t\n\f\r >]*))?/y
const tagEnd = /[\t\n\f\r /]*>/y
const styleEnd = /<\/style/gi

/** Where the text of the last rewrite() stops being whole tags; its length when it does not. */
export let whole = 0

/** Whether a value is one that may not stand in its attribute as it is. */
function refuses(kind: Use, value: string, node: Node): boolean {
  if (exec(/&/, value)) value = decode(value)
  else if (exec(/^["']/, value)) value = slice(value, 1, -1)
  // A document is rewritten when the element is there.
  return kind === page || !!exec(/^\s*blob:/i, value) || !judgeText(kind, value, node).allow
}

/**
 * Renames what may not be asked.
 * @param node     Where it goes: its base address counts.
 * @param scripts  Whether scripts in it would run.
 * @returns the text itself when nothing had to be renamed
 */
export function rewrite(text: string, node: Node, scripts?: boolean): string {
  let unfinished = -1
  const tags = exec(elsewhere, text) ? wide : narrow
  tags.lastIndex = 0
  for (let found; (found = exec(tags, text));) {
    const from = tags.lastIndex
    const name = lower(found[1])
    const tag = name === 'image' ? 'img' : name
    const places: number[] = bare([])
    const taken: Record<string, true> = bare({})
    let hit = false
    let typed = false
    let part
    attribute.lastIndex = tagEnd.lastIndex = from
    while ((scripts || tag !== 'script') && (part = exec(attribute, text))) {
      tagEnd.lastIndex = attribute.lastIndex
      const key = lower(part[2])
      const kind = use(tag, key)
      if (kind && part[3]) {
        // Of a name that stands twice the first counts: the others go with it.
        if (!taken[key] && !refuses(kind, part[3], node)) continue
        hit = taken[key] = true
      } else if (tag !== 'script' || key !== 'type') continue
      else typed = true
      places[places.length] = part.index + part[1].length
    }
    const ends: unknown = exec(tagEnd, text)
    const end = tagEnd.lastIndex
    if (ends && tag === 'style') {
      styleEnd.lastIndex = end
      const close = exec(styleEnd, text)
      const sheet = slice(text, end, close ? close.index : undefined)
      const closed = closeCss(sheet, node)
      if (!close && unfinished < 0) unfinished = found.index
      if (closed !== sheet)
        text = slice(text, 0, end) + closed + (close ? slice(text, close.index) : '')
    }
    if (!ends) unfinished = unfinished < 0 ? found.index : unfinished
    else if (hit) {
      for (let i = places.length; i--;)
        text = slice(text, 0, places[i]) + prefix + slice(text, places[i])
      if (tag === 'script')
        text = `${slice(text, 0, from)} type=text/plain ${typed ? '' : prefix + 'type'}${slice(text, from)}`
    }
    tags.lastIndex = from
  }
  whole = unfinished < 0 ? text.length : unfinished
  return text
}

/** The script that leads a document, in it or in markup written out. */
const lead = /(<|&lt;)script data-kelisim[^]*?\/script(>|&gt;)/
let led = false

/** A document for srcdoc: rewritten, and led by a script that shows its window to the gate before any other script of it runs. */
export function rewriteDocument(text: string): string {
  led = true
  text = withoutLead(text)
  const at = exec(/^(\s|<!--[^]*?-->)*<!doctype[^>]*>|/i, text)[0].length
  return `${slice(text, 0, at)}<script data-kelisim nonce=${config.nonce}>frameElement?.contentWindow;document.currentScript.remove()</script>${rewrite(slice(text, at), doc, true)}`
}

/** What page code reads back: the document as it gave it. */
export function withoutLead(text: any): any {
  for (let part; led && (part = exec(lead, text));)
    text = slice(text, 0, part.index) + slice(text, part.index + part[0].length)
  return text
}
