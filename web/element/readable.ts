// Promise 2, looked at when it matters: the answers are equal, and every text of a layer can be read. No call a page can replace.
import type { Senses } from '../gate/link.ts'

const MIN_CONTRAST = 4.5
const MIN_FONT_PX = 8
/** Of the mark of a switch that is told by it alone (WCAG 2.2, 1.4.11), and of one whose ground tells as well. */
const MIN_MARK_CONTRAST = 3
const MIN_HINT_CONTRAST = 1.5
/** Two answers may differ by so much in width and height. */
const MAX_DIFFERENCE_PX = 2

/** Whether an element has a text of its own. */
export function hasText(element: Element, { dom, exec }: Senses): boolean {
  for (let child = dom.firstChild(element); child; child = dom.nextSibling(child))
    if (dom.nodeType(child) === 3 && exec(/\S/, dom.nodeValue(child) as string)) return true
  return false
}

type Colour = { light: number; alpha: number }
/** What something is painted on: of half transparent colours above each other only the bounds are known. */
type Ground = { low: number; high: number }

/** Relative luminance (WCAG 2.2); null for a notation that is not sRGB's, which nobody could judge here. */
export function readColour(text: string, { exec }: Pick<Senses, 'exec'>): Colour | null {
  const parts = exec(
    /^(rgba?\(|color\(srgb )([\d.e-]+),? ([\d.e-]+),? ([\d.e-]+)(?:(?:,| \/) ([\d.e-]+))?\)$/,
    text,
  )
  if (!parts) return null
  const part = (at: number) => {
    const value = +parts[at]! / (parts[1] === 'color(srgb ' ? 1 : 255)
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return {
    light: 0.2126 * part(2) + 0.7152 * part(3) + 0.0722 * part(4),
    alpha: parts[5] === undefined ? 1 : +parts[5],
  }
}

/** What a page is painted on that says nothing: white, or in its dark scheme nearly black. */
function canvasOf(n: Senses): number {
  const page = document.documentElement
  const dark = n.exec(/dark/, n.style(page, 'color-scheme'))
  return dark && readColour(n.style(page, 'color'), n)!.light > 0.5 ? 0.006 : 1
}

const ratio = (a: number, b: number) => (a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05))

/**
 * Whether every switch and tick tells on from off, in either state: by a mark that is seen where it is, or by a ground that is that of
 * everything around while it is off, and another while it is on.
 */
export function showsSwitches(root: ShadowRoot, n: Senses): boolean {
  const { dom, style } = n
  if (n.hasForcedColours()) return true
  const around = (at: any): { text: string; light: number } => {
    const next = dom.parentElement(at) || (dom.getRootNode(at) === root && n.shadow.host(root))
    if (!next) return { text: '', light: canvasOf(n) }
    const text = style(next, 'background-color')
    const colour = readColour(text, n)
    return colour && colour.alpha < 0.95
      ? around(next)
      : { text, light: colour ? colour.light : NaN }
  }
  const isTold = (input: Element) => {
    const tick = dom.matches(input, '[data-scope=form]')
    const { text, light } = around(input)
    /** Contrast of the mark, and of the ground with what is around (0: the same); null where something else is painted. */
    const look = (on: boolean) => {
      const mark = (property: string) => style(input, property, '::before')
      const ground = style(input, 'background-color')
      const own = readColour(ground, n)
      const lineColour = mark('border-right-color')
      const colour = readColour(tick && on ? lineColour : mark('background-color'), n)
      const line = mark('border-right-width') + mark('border-bottom-width')
      if (
        !own ||
        !colour ||
        (own.alpha > 0.05 && own.alpha < 0.95) ||
        style(input, 'box-shadow') + mark('box-shadow') + mark('background-image') !==
          'nonenonenone' ||
        !n.exec(tick && on ? /^[1-4]\S*px[1-4]/ : /^0px0px$/, line) ||
        (tick && on
          ? mark('border-bottom-color') !== lineColour
          : mark('border-top-width') + mark('border-left-width') !== '0px0px') ||
        (tick && !on ? colour.alpha > 0.05 : colour.alpha < 0.9)
      )
        return null
      const under = own.alpha < 0.5 ? light : own.light
      const apart = ratio(under, light)
      return {
        mark: tick && !on ? 21 : ratio(colour.light, under),
        ground: own.alpha < 0.5 || ground === text || (!text && apart < 1.1) ? 0 : apart,
      }
    }
    const was = n.checked.get(input)
    // Neither on nor off: there is one look, and a dash.
    if (dom.matches(input, ':indeterminate')) return (look(was)?.mark ?? 0) >= MIN_HINT_CONTRAST
    n.checked.set(input, false)
    const off = look(false)
    n.checked.set(input, true)
    const on = look(true)
    n.checked.set(input, was)
    // Filled while it is off and as all around while it is on: the other way round, wherever its mark stands.
    if (!off || !on || (off.ground >= MIN_HINT_CONTRAST && on.ground < MIN_HINT_CONTRAST))
      return false
    const least = off.mark < on.mark ? off.mark : on.mark
    return (
      least >= MIN_MARK_CONTRAST ||
      (!off.ground && on.ground >= MIN_HINT_CONTRAST && (tick || least >= MIN_HINT_CONTRAST))
    )
  }
  const inputs = n.all(root, '[data-scope]')
  for (let i = 0; i < inputs.length; i++)
    if (dom.matches(inputs[i], '[type=checkbox]') && !isTold(inputs[i]!)) return false
  return true
}

export function isReadable(layer: Element, answers: ArrayLike<Element>, n: Senses): boolean {
  const { dom, style, box } = n
  const colour = (text: string) => readColour(text, n)
  /** What an element is painted on; `under` where it has no ground of its own. */
  const groundOf = (element: Element, under: () => Ground | null): Ground | null => {
    const own = colour(style(element, 'background-color'))
    if (!own) return null
    const { light, alpha } = own
    const below = alpha < 0.95 && under()
    if (alpha < 0.05 || below === null) return below || null
    return below
      ? {
          low: light < below.low ? light : below.low,
          high: light > below.high ? light : below.high,
        }
      : { low: light, high: light }
  }
  const contrasts = (text: Colour | null, on: Ground | null) =>
    !!text &&
    !!on &&
    text.alpha >= 0.9 &&
    (text.light + 0.05 >= MIN_CONTRAST * (on.high + 0.05) ||
      on.low + 0.05 >= MIN_CONTRAST * (text.light + 0.05))
  const isRead = (element: Element, ground: Ground | null): boolean => {
    const own = groundOf(element, () => ground)
    if (
      dom.checkVisibility &&
      !dom.checkVisibility(element, { opacityProperty: true, visibilityProperty: true })
    )
      // What is folded away is there to be unfolded.
      return !!dom.closest(element, 'details:not([open])') || !hasText(element, n)
    if (
      hasText(element, n) &&
      (+(n.exec(/^[\d.]+/, style(element, 'font-size'))?.[0] ?? 0) < MIN_FONT_PX ||
        !contrasts(
          // What fills the text is told as the page has it, though the person's own colour is painted.
          colour(
            (!n.hasForcedColours() && style(element, '-webkit-text-fill-color')) ||
              style(element, 'color'),
          ),
          own,
        ))
    )
      return false
    for (let child = dom.firstChild(element); child; child = dom.nextSibling(child))
      if (dom.nodeType(child) === 1 && !isRead(child, own)) return false
    return true
  }
  const looks = (answer: Element) => {
    const is = (property: string) => style(answer, property) + ' '
    return (
      is('color') + is('background-color') + is('font-size') + is('font-weight') + is('opacity')
    )
  }
  const isNear = (a: number, b: number) => a - b <= MAX_DIFFERENCE_PX && b - a <= MAX_DIFFERENCE_PX
  const isPlain = (answer: Element, pseudo: string) =>
    !!n.exec(/^(none|normal)?$/, style(answer, 'content', pseudo))
  for (let i = 0; i < answers.length; i++) {
    const answer = answers[i]!
    const first = box(answers[0]!)
    const { width, height } = box(answer)
    if (
      looks(answer) !== looks(answers[0]!) ||
      !isNear(first.width, width) ||
      !isNear(first.height, height) ||
      !isPlain(answer, '::before') ||
      !isPlain(answer, '::after')
    )
      return false
  }

  const canvas = (): Ground => {
    const light = canvasOf(n)
    return { low: light, high: light }
  }
  const under = (at: any): Ground | null => {
    const tree = dom.parentElement(at) ? null : dom.getRootNode(at)
    const next = dom.parentElement(at) || (tree && tree !== document ? n.shadow.host(tree) : null)
    return next ? groundOf(next, () => under(next)) : canvas()
  }
  return isRead(layer, under(layer))
}
