// A view tree as DOM: the elements, attributes and texts that src/view/html.hpp lays down, made one by one, never from markup.
import type { ViewNode, ViewTree } from '../engine/types.ts'
import type { Natives } from '../gate/link.ts'

/** The browser's own: nothing that stands in front of the page's calls stands in front of these. */
export type Make = Pick<Natives, 'createElement' | 'append' | 'setAttribute'>

/** Nothing else becomes an href. */
const SAFE_HREF = /^(https|mailto|tel):/i

type Child = Node | string | undefined | null | false | 0

/** Elements with one space between two. */
const spaced = (elements: Child[]): Child[] =>
  elements.filter(Boolean).flatMap((element, index) => (index ? [' ', element] : [element]))

/** Makes what is drawn of a node; ids count within one layer. */
function writer(make: Make, layer: string) {
  let ids = 0
  const nextId = () => `k-${layer}-${++ids}`

  const element = (
    name: string,
    attributes: Record<string, unknown>,
    children: Child[] = [],
  ): HTMLElement => {
    const made = make.createElement(name)
    for (const key in attributes) {
      const value = attributes[key]
      if (value) make.setAttribute(made, key, value as string)
    }
    for (const child of children)
      if (child)
        make.append(made, typeof child === 'string' ? document.createTextNode(child) : child)
    return made
  }
  /** An element of one class with a text. */
  const piece = (name: string, type: string, text: string | undefined) =>
    text && element(name, { class: type }, [text])

  const label = (node: ViewNode) => piece('b', 'label', node.label)

  const words = ({ text, lang, href, rel }: ViewNode, id?: string) => {
    if (!text) return
    const outside = /^https:/i.test(href ?? '')
    return SAFE_HREF.test(href ?? '')
      ? element(
          'a',
          {
            href,
            'data-rel': rel,
            target: outside && '_blank',
            rel: outside && 'noopener noreferrer',
          },
          [text],
        )
      : element('span', { class: 'words', id, lang }, [text])
  }

  /** Everything of INLINE after label and text. */
  const rest = ({ marks = [], note, clauses = [] }: ViewNode): Child[] => {
    const refs = clauses.map((clause) =>
      element('button', { type: 'button', class: 'ref', 'data-clause': clause.id }, [clause.label]),
    )
    return [
      ...marks.map((mark) => piece('small', 'mark', mark)),
      piece('span', 'note', note),
      refs.length && element('span', { class: 'refs' }, spaced(refs)),
    ]
  }

  const inline = (node: ViewNode) => spaced([label(node), words(node), ...rest(node)])
  const head = (pieces: Child[]) => pieces.length && element('p', { class: 'head' }, pieces)
  const all = (nodes: ViewNode[] = [], heading: number): Child[] =>
    nodes.map((node) => one(node, heading))

  function one(node: ViewNode, heading: number): HTMLElement | undefined {
    const { kind, id, text, locked, scope, children } = node
    const own = { class: kind, 'data-tone': node.tone, 'data-id': id }
    const inside = () => all(children, heading)
    const body = () => children?.length && element('div', { class: 'body' }, inside())
    const block = (name: string) =>
      element(name, { ...own, 'data-locked': locked }, [head(inline(node)), body()])
    const paragraph = (name: string) => element(name, own, inline(node))

    switch (kind) {
      case 'section': {
        if (!node.title) return element('div', own, inside())
        const title = nextId()
        return element('section', { ...own, 'aria-labelledby': title }, [
          element('h' + heading, { id: title }, [node.title]),
          ...all(children, Math.min(heading + 1, 6)),
        ])
      }
      case 'line': {
        if (!children?.length) return paragraph('p')
        const labels = (node.clauses ?? []).map((clause) => clause.label)
        const nums = labels.slice(0, 3).join(', ') + (labels.length > 3 ? ' …' : '')
        return element('details', own, [
          element('summary', {}, spaced([label(node), words(node), piece('small', 'nums', nums)])),
          body(),
        ])
      }
      case 'switch': {
        const about = text ? nextId() : undefined
        const input = element('input', {
          type: 'checkbox',
          role: scope !== 'category' && scope !== 'form' && 'switch',
          part: 'switch',
          'data-scope': scope,
          'data-id': id,
          'aria-describedby': about,
          checked: locked && 'checked',
          disabled: locked && 'disabled',
        })
        return element('div', { ...own, 'data-id': null }, [
          element('label', { class: 'head' }, spaced([input, label(node)])),
          head(spaced([words(node, about), ...rest(node)])),
          body(),
        ])
      }
      case 'text':
      case 'link':
        return paragraph('p')
      case 'clause':
        return paragraph(node.level === 1 || node.level === 2 ? 'h' + heading : 'p')
      case 'list':
        return element('ul', own, inside())
      case 'actions':
        return element('div', { ...own, role: 'group' }, inside())
      case 'item':
        return block('li')
      case 'quote':
        return block('blockquote')
      case 'row':
      case 'finding':
        return block('div')
      case 'button':
        return element(
          kind,
          {
            type: kind,
            part: node.part,
            'data-action': node.action,
            'data-target': node.target,
            'data-weight': node.weight,
          },
          [text],
        )
      case 'close':
        return element(
          'button',
          { type: 'button', class: kind, 'data-action': kind, 'aria-label': text },
          [element('span', { 'aria-hidden': 'true' }, ['×'])],
        )
    }
  }
  return { nextId, element, all, one }
}

/** A whole layer. */
export function renderLayer(make: Make, tree: ViewTree): HTMLElement {
  const { layer, lang, dir, title, children } = tree
  const { nextId, element, all } = writer(make, layer)
  const id = nextId()
  return element(
    'section',
    { class: 'layer', part: layer, 'data-layer': layer, lang, dir, 'aria-labelledby': id },
    [element('h2', { id }, [title]), ...all(children, 3)],
  )
}

/** One node outside a layer, such as a clause. */
export const renderNode = (make: Make, node: ViewNode) => writer(make, '').one(node, 4)
