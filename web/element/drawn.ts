// Whether what stands in the page is what was drawn: node by node, with calls no page can replace.
import type { Senses } from '../gate/link.ts'
import type { Meaning } from './render.ts'

/** Controls and what they stand for: a chain, for the methods of a list or map are anybody's. */
export interface Known {
  control: Element
  meaning: Meaning
  next: Known | null
}

export function meaningOf(known: Known | null, control: unknown): Meaning | null {
  for (let at = known; at; at = at.next) if (at.control === control) return at.meaning
  return null
}

/** A person's own doing: what is unfolded, and what the dialog is described by. */
const isTheirs = (name: string, attribute: string) =>
  attribute === 'open'
    ? name === 'details'
    : attribute === 'aria-expanded'
      ? name === 'button'
      : attribute === 'id'
        ? name === 'p'
        : false

/**
 * @param skip  what stands there beside the drawing
 * @param means  of the controls in the page, and of those in the drawing
 */
export function isDrawn(
  there: Node,
  drawing: Node,
  skip: (node: Node) => boolean,
  means: [there: Known | null, drawing: Known | null],
  { dom }: Pick<Senses, 'dom'>,
): boolean {
  const children = (a: Node, b: Node): boolean => {
    let one = dom.firstChild(a) as Node | null
    for (let other = dom.firstChild(b) as Node | null; ; other = dom.nextSibling(other)) {
      while (one && skip(one)) one = dom.nextSibling(one)
      if (!one || !other) return !one && !other
      if (!same(one, other)) return false
      one = dom.nextSibling(one)
    }
  }
  const within = (a: Node, b: Node): boolean => {
    const names = dom.getAttributeNames(a) as string[]
    const tag = dom.localName(a) as string
    for (let i = 0; i < names.length; i++)
      if (
        !isTheirs(tag, names[i]!) &&
        dom.getAttribute(a, names[i]) !== dom.getAttribute(b, names[i])
      )
        return false
    return true
  }
  const same = (a: Node, b: Node): boolean => {
    if (dom.nodeType(a) !== dom.nodeType(b)) return false
    if (dom.nodeType(a) !== 1) return dom.nodeValue(a) === dom.nodeValue(b)
    const one = meaningOf(means[0], a)
    const other = meaningOf(means[1], b)
    return (
      dom.localName(a) === dom.localName(b) &&
      one?.action === other?.action &&
      one?.target === other?.target &&
      one?.clause === other?.clause &&
      one?.scope === other?.scope &&
      one?.id === other?.id &&
      within(a, b) &&
      within(b, a) &&
      children(a, b)
    )
  }
  return same(there, drawing)
}
