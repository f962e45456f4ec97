// Addresses in CSS as text: where they stand, and what keeps one that is held. Pure: the command line reads pages by it as well.
import { charOf, exec, slice, startsWith, stringify } from './natives.ts'

export const nowhere = 'about:invalid#'
export const quick = /(?:url|src|image-set)\(|@import|\\/i
// An address stands in url() and src(), after @import, and in image-set(), where a comma may come before it.
export const places =
  /(?:(?:url|src|image-set)\(\s*|@import(?:\s|\/\*[^]*?\*\/)*|,\s*)("(?:\\[^]|[^"\\])*"?|'(?:\\[^]|[^'\\])*'?)|url\(\s*((?:\\[^]|[^\\)\s"'])+)/gi

/** Text without CSS escapes. */
export function plain(text: string): string {
  const escape = /\\(?:([\da-f]{1,6})\s?|\n|([^]))/gi
  let out = ''
  let at = 0
  for (let part; (part = exec(escape, text));) {
    out += slice(text, at, part.index) + (part[1] ? charOf(+('0x' + part[1])) : part[2] || '')
    at = escape.lastIndex
  }
  return at ? out + slice(text, at) : text
}

/** Replaces addresses. @param to  undefined: it stays. */
export function replace(text: string, to: (address: string) => string | undefined): string {
  let out = ''
  let at = 0
  places.lastIndex = 0
  for (let part; (part = exec(places, text));) {
    const raw = part[1] || part[2]
    const address = to(plain(part[1] ? slice(raw, 1, exec(/.(["'])$/, raw) ? -1 : undefined) : raw))
    if (address === undefined) continue
    out += slice(text, at, places.lastIndex - raw.length) + stringify(address)
    at = places.lastIndex
  }
  return at ? out + slice(text, at) : text
}

/** The same, seen through escapes of the function's own name. */
export function through(text: string, to: (address: string) => string | undefined): string {
  const out = replace(text, to)
  if (out !== text || !exec(/\\/, text)) return out
  const bared = plain(text)
  const changed = replace(bared, to)
  return changed === bared ? text : changed
}

/** The address that a text keeps behind the scheme that leads nowhere; false: it keeps none. */
export const held = (address: string) =>
  startsWith(address, nowhere) && slice(address, nowhere.length)
