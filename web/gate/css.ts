// CSS as text: addresses that may not be asked are put behind a scheme that leads nowhere, where they stand, and come back
// from there. So a held address survives every way CSS is read, copied and written again, and no rule is lost meanwhile.
import { ownHref, judge } from './gate.ts'
import { charOf, exec, slice, startsWith, stringify } from './natives.ts'
import type { Decision } from './rules.ts'

const nowhere = 'about:invalid#'
const quick = /(?:url|src|image-set)\(|@import|\\/i
// An address stands in url() and src(), after @import, and in image-set(), where a comma may come before it.
const places =
  /(?:(?:url|src|image-set)\(\s*|@import(?:\s|\/\*[^]*?\*\/)*|,\s*)("(?:\\[^]|[^"\\])*"?|'(?:\\[^]|[^'\\])*'?)|url\(\s*((?:\\[^]|[^\\)\s"'])+)/gi

/** Text without CSS escapes. */
function plain(text: string): string {
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
function replace(text: string, to: (address: string) => string | undefined): string {
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
function through(text: string, to: (address: string) => string | undefined): string {
  const out = replace(text, to)
  if (out !== text || !exec(/\\/, text)) return out
  const bared = plain(text)
  const changed = replace(bared, to)
  return changed === bared ? text : changed
}

const held = (address: string) => startsWith(address, nowhere) && slice(address, nowhere.length)

/** CSS in which nothing asks for what is held. */
export const closeCss = (text: string, node: Node): string =>
  exec(quick, text)
    ? through(text, (address) =>
        held(address) === false && !judge(address, node).allow
          ? nowhere + ownHref(address, node)
          : undefined,
      )
    : text

/** CSS with what was held in it and may be asked now. */
export const openCss = (text: string, node: Node): string =>
  exec(/about:inv/, text)
    ? replace(text, (address) => {
        const kept = held(address)
        return kept !== false && judge(kept, node).allow ? kept : undefined
      })
    : text

export const keepsCss = (text: string): boolean => !!exec(/about:invalid#/, text)

/** The decision about CSS, what is held in it as well; the first that is held answers. */
export function cssDecision(text: string, node: Node): Decision {
  let decision: Decision = { allow: true, why: 'first_party' }
  if (exec(quick, text))
    through(text, (address) => {
      if (decision.allow) decision = judge(held(address) || address, node)
      return undefined
    })
  return decision
}

/** The first address that is held in CSS. */
export function heldIn(text: string): string {
  let found = ''
  replace(text, (address) => {
    found ||= held(address) || ''
    return undefined
  })
  return found
}
