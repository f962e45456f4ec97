// One constructable sheet for every shadow root: no global style, nothing a Content-Security-Policy on styles would refuse.
import { showsSwitches } from '../element/readable.ts'
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
  /^(@media[^{};]*\{)?([^@{};]*\{( ([a-z-]*color(-scheme)?|--darkreader[\w-]*|background(-image)?|border(-(?!im)[a-z]+(-start|-end)?)?|outline|box-shadow): [^;{}]*;| (list-style|border)-image: (none|initial);)* \}\s*)*\}?$/
/** Parts of a text, of which nobody can ask how they are painted. */
const PARTS = /::(?!before|after|marker|backdrop|placeholder|-webkit-calendar)|:first-l/
/** What is none of the root's elements, so that looking for it finds nothing. */
const BESIDE = /:host|:scope|&|::[abm]/
/** What fits the same elements before, during and after a press: the colours asked for, the size of the window, no state of an element. */
const STILL =
  /^(@media([\s(),:\d.<>=]|(prefers-co(lor-scheme|ntrast)|forced-colors|(m(in|ax)-)?(width|height)|print|screen|all|and|or|not|only|dark|light|more|less|active|none|custom|no-preference|r?em|px)(?![\w-]))+|([^@:"\\]|\\[^]|"([^"\\]|\\[^])*"|::?(before|after|placeholder|selection|marker|backdrop|-webkit-calendar-picker-indicator|host|root|is|where|not|link|visited|(-webkit-)?(any-link|autofill)|(first|nth)-(child|of-type))(?![\w-]))+)$/
/** What has the focus before a press has lost it while it is judged: only its line may differ. */
const FOCUS = /:focus[^{]*\{(?!( outline[\w-]*: [^;]*;)* \})/
/** No picture, no ground in the form of letters, no thick line, no shadow but of a pointer over an answer. */
const SEEN =
  /^none [^t ]*( [0-4](?!\d)\S*){5} (none|rgba\([\d, ]*, 0\.[012]\d*\) 0px 0px 0px [\d.]+px inset)$/
/** The one picture of ours: text that goes on fades out. */
const FADE = /^linear-gradient\(rgba\(0, 0, 0, 0\), rgba?\([^()]*\)\)$/

/** The selectors of our sheet, as the browser writes them. */
let own: Record<string, 1>
let written = ''

/**
 * Whether whatever styles a shadow root beside our own sheet says no more of what is in it than colours, lines and shadows, and these do
 * no harm as they are painted. Dark modes of browser extensions put such sheets there.
 */
export function isPlain(root: ShadowRoot, n: Senses): boolean {
  const { dom, exec, css: of } = n
  let others = false
  let withPseudo = false
  /** Calls back with each selector and each media query. */
  const preludes = (text: string, found: (prelude: string) => void) => {
    const each = /\s*([^{};]*?) *\{/g
    for (let one = exec(each, text); one; one = exec(each, text)) found(one[1]!)
  }
  const read = (one: CSSStyleSheet, ours?: boolean) => {
    const rules = of.cssRules(one)
    let text = ''
    for (let i = 0; rules[i]; i++) {
      const rule = of.cssText(rules[i]) as string
      text += rule
      if (ours) continue
      others = true
      if (exec(PARTS, rule) || exec(FOCUS, rule)) throw rule
      if (!exec(LOOKS, rule)) {
        // Of a rule inside a rule, or a selector with more than names, nobody knows what it is about.
        const selector = exec(/^([^@{};]*)\{[^{}]*\}$/, rule)![1]!
        if (exec(BESIDE, selector) || n.all(root, selector).length) throw rule
      }
      preludes(rule, (prelude) => {
        if (!own[prelude] && !exec(STILL, prelude)) throw rule
      })
      if (exec(/:before|:after/, rule)) withPseudo = true
    }
    return text
  }
  const isSeen = (element: Element, pseudo?: string) => {
    const is = (property: string) => n.style(element, property, pseudo) + ' '
    const image = n.style(element, 'background-image', pseudo)
    return exec(
      SEEN,
      (pseudo && dom.matches(element, '.actions,.layer') && exec(FADE, image) ? 'none' : image) +
        ' ' +
        is('background-clip') +
        is('border-top-width') +
        is('border-bottom-width') +
        is('border-left-width') +
        is('border-right-width') +
        is('outline-width') +
        // Of the box as a whole it lies outside.
        (!pseudo && dom.matches(element, 'dialog,.handle')
          ? 'none'
          : n.style(element, 'box-shadow', pseudo)),
    )
  }
  try {
    const inside = n.shadow.styleSheets(root)
    if (!sheet) return !inside[1] // ours is the one
    if (!written) {
      own = { __proto__: null } as never
      preludes((written = read(of.make(css), true)), (prelude) => (own[prelude] = 1))
    }
    const adopted = n.shadow.adoptedStyleSheets(root)
    for (let i = 0; adopted[i]; i++)
      if (adopted[i] !== sheet) read(adopted[i])
      else if (read(sheet, true) !== written) return false
    // WebKit lists the adopted ones here as well.
    for (let i = 0; inside[i]; i++) if (inside[i] !== sheet) read(inside[i])
    if (!others) return true
    const all = n.all(root, '*')
    for (let i = 0; i < all.length; i++)
      if (
        !isSeen(all[i]!) ||
        (withPseudo && !(isSeen(all[i]!, '::before') && isSeen(all[i]!, '::after')))
      )
        return false
    return !!isSeen(n.shadow.host(root)) && showsSwitches(root, n)
  } catch {
    return false // or a sheet of another origin, or a selector nobody can look for
  }
}
