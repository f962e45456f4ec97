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
  /^(@(media|supports)[^{}]*\{)?([^@{}]*\{( ([a-z-]*color(-scheme)?|fill|stroke|--darkreader[\w-]*|background(-image)?|border(-(top|right|bottom|left)|-(block|inline)(-start|-end)?)?|outline|box-shadow): [^;{}]*;| list-style-image: (none|initial);)* \}\s*)*\}?$/
/** Parts of a text, of which nobody can ask how they are painted. */
const PARTS = /::(?!before|after|placeholder|-webkit-calendar)|:first-l/
/** What is none of the root's elements, so that looking for it finds nothing. */
const BESIDE = /:host|:scope|&|::(before|after)/

let written = ''

/**
 * Whether whatever styles a shadow root beside our own sheet says no more of what is in it than colours, lines and shadows, and these do
 * no harm as they are painted. Dark modes of browser extensions put such sheets there.
 */
export function isPlain(root: ShadowRoot, n: Senses): boolean {
  const { dom, exec, css: of } = n
  const textOf = (one: CSSStyleSheet) => {
    const rules = of.cssRules(one)
    let text = ''
    for (let i = 0; rules[i]; i++) text += of.cssText(rules[i])
    return text
  }
  let others = false
  const isHarmless = (one: CSSStyleSheet) => {
    const rules = of.cssRules(one)
    for (let i = 0; rules[i]; i++) {
      others = true
      const text = of.cssText(rules[i]) as string
      const selector = exec(/^[^@{}]*/, text)![0]
      if (exec(PARTS, text)) return false
      if (exec(LOOKS, text)) continue
      if (!selector || exec(BESIDE, selector) || n.all(root, selector).length) return false
    }
    return true
  }
  const isSeen = (element: Element) => {
    const is = (property: string, pattern: RegExp) => !!exec(pattern, n.style(element, property))
    const isThin = (property: string) => is(property, /^[0-4](?!\d)/)
    return (
      is('background-image', /^none$/) &&
      is('background-clip', /^[^t]*$/) &&
      isThin('border-top-width') &&
      isThin('border-bottom-width') &&
      isThin('outline-width') &&
      // Of the box as a whole it lies outside; on an answer it says that the pointer is there.
      (dom.matches(element, 'dialog,.handle') ||
        is('box-shadow', /^(none|rgba\([\d, ]*, 0\.[012]\d*\) 0px 0px 0px [\d.]+px inset)$/))
    )
  }
  try {
    const adopted = sheet ? n.shadow.adoptedStyleSheets(root) : []
    for (let i = 0; adopted[i]; i++)
      if (adopted[i] === sheet) {
        written ||= textOf(of.make(css))
        if (textOf(sheet!) !== written) return false
      } else if (!isHarmless(adopted[i])) return false
    for (let at = dom.firstChild(root); at; at = dom.nextSibling(at))
      if (
        dom.localName(at) === 'style' &&
        (sheet || dom.nodeValue(dom.firstChild(at)) !== css) &&
        !isHarmless(of.sheet(at))
      )
        return false
    if (!others) return true
    const all = n.all(root, '*')
    for (let i = 0; i < all.length; i++) if (!isSeen(all[i]!)) return false
    return isSeen(n.shadow.host(root))
  } catch {
    return false // a sheet of another origin, or a selector nobody can look for
  }
}
