// A view tree as DOM: the elements, attributes and texts that src/view/html.hpp lays down, made one by one, never from markup.
// A layer is drawn again to be compared with what stands in the page, so nothing here calls what a page can replace.
import type { ViewNode, ViewTree } from '../engine/types.ts'
import type { Natives } from '../gate/link.ts'

export type Pens = Pick<Natives, 'createElement' | 'dom' | 'exec' | 'keysOf'>

/** What a control stands for, whatever its attributes say later. */
export interface Meaning {
  action?: string | undefined
  target?: string | undefined
  clause?: string
  scope?: string | undefined
  id?: string | undefined
}
export type Means = (control: HTMLElement, meaning: Meaning) => void

/** Nothing else becomes an href. */
const SAFE_HREF = /^(https|mailto|tel):/i

/** A function appends by itself. */
type Child = Node | string | undefined | null | false | 0 | ((to: Node) => void)

/** The node's own members: what a page put into Object.prototype is none of them. */
const own = <T extends object>(node: T): T => ({ __proto__: null, ...node })

/** Makes what is drawn of a node; ids count within one layer. */
function writer({ createElement, dom, exec, keysOf }: Pens, layer: string, means: Means) {
  let ids = 0
  const nextId = () => `k-${layer}-${++ids}`

  const put = (to: Node, child: Child) => {
    if (typeof child === 'function') child(to)
    else if (child) dom.append(to, child)
  }
  const element = (
    name: string,
    attributes: Record<string, unknown>,
    children: Child[] = [],
  ): HTMLElement => {
    const made = createElement(name)
    const keys = keysOf(attributes)
    for (let i = 0; i < keys.length; i++) {
      const value = attributes[keys[i]!]
      if (value) dom.setAttribute(made, keys[i], value)
    }
    for (let i = 0; i < children.length; i++) put(made, children[i])
    return made
  }
  const control = (
    name: string,
    meaning: Meaning,
    attributes: Record<string, unknown>,
    children: Child[],
  ) => {
    const made = element(name, attributes, children)
    means(made, meaning)
    return made
  }
  /** Several, with one space between two. */
  const spaced =
    (children: Child[]): Child =>
    (to) => {
      let some = false
      for (let i = 0; i < children.length; i++) {
        const child = children[i]
        if (!child) continue
        if (some) put(to, ' ')
        some = true
        put(to, child)
      }
    }
  /** An element of one class with a text. */
  const piece = (name: string, type: string, text: string | undefined, lang?: string) =>
    text && element(name, { class: type, lang }, [text])

  const label = (node: ViewNode) => piece('b', 'label', node.label, node.label_lang)

  const words = ({ text, lang, href = '', rel }: ViewNode, id?: string) => {
    if (!text) return
    const outside = exec(/^https:/i, href)
    return exec(SAFE_HREF, href)
      ? element(
          'a',
          {
            href,
            lang,
            'data-rel': rel,
            target: outside && '_blank',
            rel: outside && 'noopener noreferrer',
          },
          [text],
        )
      : element('span', { class: 'words', id, lang }, [text])
  }

  const marked =
    ({ marks = [] }: ViewNode): Child =>
    (to) => {
      for (let i = 0; i < marks.length; i++) {
        if (i) put(to, ' ')
        put(to, piece('small', 'mark', marks[i]))
      }
    }
  const refs = ({ clauses = [] }: ViewNode): Child => {
    if (!clauses.length) return
    const list = element('span', { class: 'refs' })
    for (let i = 0; i < clauses.length; i++) {
      const { id, label, name } = own(clauses[i]!)
      if (i) put(list, ' ')
      put(
        list,
        control(
          'button',
          { clause: id },
          { type: 'button', class: 'ref', 'data-clause': id, 'aria-label': name },
          [label],
        ),
      )
    }
    return list
  }
  /** Label and text, and everything of INLINE after them. */
  const line = (node: ViewNode, first: Child, second: Child): Child[] => {
    const { marks = [], note, note_lang } = node
    return [
      spaced([
        first,
        second,
        marks.length && marked(node),
        piece('span', 'note', note, note_lang),
        refs(node),
      ]),
    ]
  }
  const inline = (node: ViewNode) => line(node, label(node), words(node))
  const hasInline = ({ label, text, marks, note, clauses }: ViewNode) =>
    label || text || marks?.length || note || clauses?.length
  const all =
    (nodes: ViewNode[] = [], heading: number): Child =>
    (to) => {
      for (let i = 0; i < nodes.length; i++) put(to, one(nodes[i]!, heading))
    }

  function one(given: ViewNode, heading: number): HTMLElement | undefined {
    const node = own(given)
    const { kind, id, text, locked, scope, children } = node
    const attributes = { class: kind, 'data-tone': node.tone, 'data-id': id }
    const inside = () => all(children, heading)
    const body = () => children?.length && element('div', { class: 'body' }, [inside()])
    const block = (name: string) =>
      element(name, { ...attributes, 'data-locked': locked }, [
        hasInline(node) && element('p', { class: 'head' }, inline(node)),
        body(),
      ])
    const paragraph = (name: string) => element(name, attributes, inline(node))

    switch (kind) {
      case 'section': {
        if (!node.title) return element('div', attributes, [inside()])
        const title = nextId()
        return element('section', { ...attributes, 'aria-labelledby': title }, [
          element('h' + heading, { id: title, lang: node.title_lang }, [node.title]),
          all(children, heading < 6 ? heading + 1 : 6),
        ])
      }
      case 'line': {
        if (!children?.length) return paragraph('p')
        const { clauses = [] } = node
        let nums = ''
        let shown = 0
        for (let i = 0, before = ''; i < clauses.length && shown < 4; i++) {
          const { label } = clauses[i]!
          // Several titles are one word.
          if (label === before) continue
          before = label
          if (++shown < 4) nums += (shown > 1 ? ', ' : '') + label
        }
        if (shown > 3) nums += ' …'
        return element('details', attributes, [
          element('summary', {}, [
            spaced([label(node), words(node), piece('small', 'nums', nums)]),
          ]),
          body(),
        ])
      }
      case 'switch': {
        const about = text ? nextId() : undefined
        const input = control(
          'input',
          { scope, id },
          {
            type: 'checkbox',
            role: scope !== 'category' && scope !== 'form' && 'switch',
            part: 'switch',
            'data-scope': scope,
            'data-id': id,
            'aria-describedby': about,
            checked: locked && 'checked',
            disabled: locked && 'disabled',
          },
          [],
        )
        return element('div', { ...attributes, 'data-id': null }, [
          element('label', { class: 'head' }, [spaced([input, label(node)])]),
          hasInline({ ...node, label: '' }) &&
            element('p', { class: 'head' }, line(node, null, words(node, about))),
          body(),
        ])
      }
      case 'text':
      case 'link':
        return paragraph('p')
      case 'clause':
        return paragraph(node.level === 1 || node.level === 2 ? 'h' + heading : 'p')
      case 'list':
        return element('ul', attributes, [inside()])
      case 'actions':
        return element('div', { ...attributes, role: 'group' }, [inside()])
      case 'item':
        return block('li')
      case 'quote':
        return block('blockquote')
      case 'row':
      case 'finding':
        return block('div')
      case 'button': {
        const { action, target } = node
        return control(
          kind,
          { action, target },
          {
            type: kind,
            part: node.part,
            'data-action': action,
            'data-target': target,
            'data-weight': node.weight,
          },
          [text],
        )
      }
      case 'close':
        return control(
          'button',
          { action: kind },
          { type: 'button', class: kind, 'data-action': kind, 'aria-label': text },
          [element('span', { 'aria-hidden': 'true' }, ['×'])],
        )
    }
  }
  return { nextId, element, all, one }
}

/** A whole layer. */
export function renderLayer(pens: Pens, tree: ViewTree, means: Means): HTMLElement {
  const { layer, lang, dir, title, title_lang, children } = own(tree)
  const { nextId, element, all } = writer(pens, layer, means)
  const id = nextId()
  return element(
    'section',
    { class: 'layer', part: layer, 'data-layer': layer, lang, dir, 'aria-labelledby': id },
    [element('h2', { id, lang: title_lang }, [title]), all(children, 3)],
  )
}

/** One node outside a layer, such as a clause. */
export const renderNode = (pens: Pens, node: ViewNode, means: Means) =>
  writer(pens, '', means).one(node, 4)
