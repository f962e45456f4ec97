// One constructable sheet for every shadow root: no global style, nothing a Content-Security-Policy on styles would refuse.
import rest from './kelisim.css'
import first from './first.css'

const css = first + rest
let sheet: CSSStyleSheet | null | undefined

/** The text of a style element that came with the page (kelisim build), where it is that. */
export const isPainted = (text: unknown) => text === first

/** Gives a shadow root the styles, once. `nonce` is for browsers without constructable sheets. */
export function style(root: ShadowRoot, nonce: string) {
  if (sheet === undefined)
    try {
      sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
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
