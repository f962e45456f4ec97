// One constructable sheet for every shadow root: no global style, nothing a Content-Security-Policy on styles would refuse.
import type { Senses } from '../gate/link.ts'
import rest from './kelisim.css'
import first from './first.css'

const css = first + rest
let sheet: CSSStyleSheet | null | undefined

/**
 * Gives a shadow root the styles, and takes every other adopted sheet away.
 *
 * @param nonce  for browsers without constructable sheets
 * @param anew   somebody may have written in the sheet there is
 */
export function style(
  root: ShadowRoot,
  nonce: string,
  { css: { make } }: Pick<Senses, 'css'>,
  anew = false,
) {
  if (sheet === undefined || (anew && sheet))
    try {
      sheet = make(css)
    } catch {
      sheet = null
    }
  if (sheet) {
    root.adoptedStyleSheets = [sheet]
    return
  }
  const element = document.createElement('style')
  element.nonce = nonce
  element.textContent = css
  root.prepend(element)
}

/** What may be said of looks beside our own sheet: what is judged as it is painted. */
const LOOKS =
  /^(@media[^{}]*\{)?([^@{}]*\{( ([a-z-]*color(-scheme)?|--darkreader[\w-]*|background(-image)?|border(-(?!im)[a-z]+(-start|-end)?)?|outline|box-shadow): [^;{}]*;| list-style-image: (none|initial);)* \}\s*)*\}?$/
/** Parts of a text, of which nobody can ask how they are painted. */
const PARTS = /::(?!before|after|marker|backdrop|placeholder|-webkit-calendar)|:first-l/
/** What is none of the root's elements, so that looking for it finds nothing; and what is no rule for elements. */
const BESIDE = /:host|:scope|&|::[abm]|^$/
/** No picture, no ground in the form of letters, no thick line, no shadow but of a pointer over an answer. */
const SEEN =
  /^none [^t ]*( [0-4](?!\d)\S*){3} (none|rgba\([\d, ]*, 0\.[012]\d*\) 0px 0px 0px [\d.]+px inset)$/

let written = ''

/**
 * Whether whatever styles a shadow root beside our own sheet says no more of what is in it than colours, lines and shadows, and these do
 * no harm as they are painted. Dark modes of browser extensions put such sheets there.
 */
export function isPlain(root: ShadowRoot, n: Senses): boolean {
  const { dom, exec, css: of } = n
  let others = false
  const read = (one: CSSStyleSheet, ours?: boolean) => {
    const rules = of.cssRules(one)
    let text = ''
    for (let i = 0; rules[i]; i++) {
      const rule = of.cssText(rules[i]) as string
      text += rule
      if (ours) continue
      others = true
      if (exec(PARTS, rule)) throw rule
      const selector = exec(/^[^@{}]*/, rule)![0]
      if (!exec(LOOKS, rule) && (exec(BESIDE, selector) || n.all(root, selector).length)) throw rule
    }
    return text
  }
  const isSeen = (element: Element) => {
    const is = (property: string) => n.style(element, property) + ' '
    return exec(
      SEEN,
      is('background-image') +
        is('background-clip') +
        is('border-top-width') +
        is('border-bottom-width') +
        is('outline-width') +
        // Of the box as a whole it lies outside.
        (dom.matches(element, 'dialog,.handle') ? 'none' : n.style(element, 'box-shadow')),
    )
  }
  try {
    const inside = n.shadow.styleSheets(root)
    if (!sheet) return !inside[1] // ours is the one
    const adopted = n.shadow.adoptedStyleSheets(root)
    for (let i = 0; adopted[i]; i++)
      if (adopted[i] !== sheet) read(adopted[i])
      else if (read(sheet, true) !== (written ||= read(of.make(css), true))) return false
    // WebKit lists the adopted ones here as well.
    for (let i = 0; inside[i]; i++) if (inside[i] !== sheet) read(inside[i])
    if (!others) return true
    const all = n.all(root, '*')
    for (let i = 0; i < all.length; i++) if (!isSeen(all[i]!)) return false
    return !!isSeen(n.shadow.host(root))
  } catch {
    return false // or a sheet of another origin, or a selector nobody can look for
  }
}
