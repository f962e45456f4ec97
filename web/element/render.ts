// A view tree as DOM: the elements, attributes and texts that src/view/html.hpp lays down, made one by one, never from markup.
import type { ViewNode, ViewTree } from '../engine/types.ts'

export type Make = (name: string) => HTMLElement

/** Nothing else becomes an href. */
const SAFE_HREF = /^(https|mailto|tel):/i

type Child = Node | string | undefined | null | false

/** Renders trees of one shadow root; ids are unique within a layer. */
export class Renderer {
  readonly #make: Make
  #layer = ''
  #ids = 0

  constructor(make: Make) {
    this.#make = make
  }

  layer(tree: ViewTree): HTMLElement {
    this.#layer = tree.layer
    this.#ids = 0
    const title = this.#id()
    return this.#element(
      'section',
      {
        class: 'layer',
        part: tree.layer,
        'data-layer': tree.layer,
        lang: tree.lang,
        dir: tree.dir,
        'aria-labelledby': title,
      },
      this.#element('h2', { id: title }, tree.title),
      ...this.#all(tree.children, 3),
    )
  }

  /** One node outside a layer, such as a clause. */
  node(node: ViewNode): HTMLElement | undefined {
    return this.#node(node, 4)
  }

  #id() {
    return `k-${this.#layer}-${++this.#ids}`
  }

  #element(
    name: string,
    attributes: Record<string, string | false | null | undefined>,
    ...children: Child[]
  ): HTMLElement {
    const element = this.#make(name)
    for (const [key, value] of Object.entries(attributes))
      if (value !== undefined && value !== false && value !== null) element.setAttribute(key, value)
    element.append(...children.filter((child): child is Node | string => Boolean(child)))
    return element
  }

  #all(nodes: ViewNode[] | undefined, heading: number) {
    return (nodes ?? []).map((node) => this.#node(node, heading))
  }

  /** Elements with one space between two. */
  #spaced(elements: Child[]): Child[] {
    return elements
      .filter(Boolean)
      .flatMap((element, index) => (index ? [' ', element] : [element]))
  }

  #refs(name: string, { clauses }: ViewNode) {
    return clauses?.length
      ? this.#element(
          name,
          { class: 'refs' },
          ...this.#spaced(
            clauses.map(({ id, label }) =>
              this.#element('button', { type: 'button', class: 'ref', 'data-clause': id }, label),
            ),
          ),
        )
      : undefined
  }

  #label({ label }: ViewNode) {
    return label && this.#element('b', { class: 'label' }, label)
  }

  #words({ text, lang }: ViewNode, id?: string) {
    return text && this.#element('span', { class: 'words', id, lang }, text)
  }

  /** Everything of INLINE after label and text. */
  #rest(node: ViewNode): Child[] {
    return [
      ...(node.marks ?? []).map((mark) => this.#element('small', { class: 'mark' }, mark)),
      node.note && this.#element('span', { class: 'note' }, node.note),
      this.#refs('span', node),
    ]
  }

  #inline(node: ViewNode) {
    return this.#spaced([this.#label(node), this.#words(node), ...this.#rest(node)])
  }

  #head(inline: Child[]) {
    return inline.length > 0 && this.#element('p', { class: 'head' }, ...inline)
  }

  #body(node: ViewNode, heading: number) {
    return (
      node.children?.length &&
      this.#element('div', { class: 'body' }, ...this.#all(node.children, heading))
    )
  }

  #node(node: ViewNode, heading: number): HTMLElement | undefined {
    const { kind, id, text } = node
    const own = { class: kind, 'data-tone': node.tone }
    const headAndBody = () => [
      this.#head(this.#inline(node)),
      this.#body(node, heading) || undefined,
    ]
    switch (kind) {
      case 'section': {
        if (!node.title)
          return this.#element(
            'div',
            { ...own, 'data-id': id },
            ...this.#all(node.children, heading),
          )
        const title = this.#id()
        return this.#element(
          'section',
          { ...own, 'data-id': id, 'aria-labelledby': title },
          this.#element('h' + heading, { id: title }, node.title),
          ...this.#all(node.children, Math.min(heading + 1, 6)),
        )
      }
      case 'text':
        return this.#element('p', own, ...this.#inline(node))
      case 'line': {
        if (!node.children?.length)
          return this.#element('p', { ...own, 'data-id': id }, ...this.#inline(node))
        const labels = (node.clauses ?? []).map(({ label }) => label)
        const nums =
          labels.length > 0 &&
          this.#element(
            'small',
            { class: 'nums' },
            labels.slice(0, 3).join(', ') + (labels.length > 3 ? ' …' : ''),
          )
        return this.#element(
          'details',
          { ...own, 'data-id': id },
          this.#element(
            'summary',
            {},
            ...this.#spaced([this.#label(node), this.#words(node), nums]),
          ),
          this.#element(
            'div',
            { class: 'body' },
            this.#refs('p', node),
            ...this.#all(node.children, heading),
          ),
        )
      }
      case 'list':
        return this.#element('ul', own, ...this.#all(node.children, heading))
      case 'item':
        return this.#element('li', own, ...headAndBody())
      case 'quote':
        return this.#element('blockquote', { ...own, lang: node.lang }, ...headAndBody())
      case 'link': {
        const href = node.href ?? ''
        const https = /^https:/i.test(href)
        const link = SAFE_HREF.test(href)
          ? this.#element(
              'a',
              {
                href,
                'data-rel': node.rel,
                target: https && '_blank',
                rel: https && 'noopener noreferrer',
              },
              text ?? '',
            )
          : this.#words(node)
        return this.#element('p', own, ...this.#spaced([link, ...this.#rest(node)]))
      }
      case 'button':
        return this.#button(node)
      case 'switch': {
        const about = text ? this.#id() : undefined
        const input = this.#element('input', {
          type: 'checkbox',
          role: node.scope !== 'category' && node.scope !== 'form' && 'switch',
          part: 'switch',
          'data-scope': node.scope,
          'data-id': id,
          'aria-describedby': about,
          checked: node.locked && '',
          disabled: node.locked && '',
        })
        return this.#element(
          'div',
          own,
          this.#element('label', { class: 'head' }, ...this.#spaced([input, this.#label(node)])),
          this.#head(this.#spaced([this.#words(node, about), ...this.#rest(node)])),
          this.#body(node, heading) || undefined,
        )
      }
      case 'row':
        return this.#element(
          'div',
          { ...own, 'data-id': id, 'data-locked': node.locked && 'true' },
          ...headAndBody(),
        )
      case 'actions':
        return this.#element('div', { ...own, role: 'group' }, ...this.#all(node.children, heading))
      case 'clause':
        return this.#element(
          node.level === 1 || node.level === 2 ? 'h' + heading : 'p',
          { ...own, 'data-id': id },
          ...this.#inline(node),
        )
      case 'finding':
        return this.#element('div', { ...own, 'data-id': id }, ...headAndBody())
      case 'close':
        return this.#element(
          'button',
          { type: 'button', class: 'close', 'data-action': 'close', 'aria-label': text },
          this.#element('span', { 'aria-hidden': 'true' }, '×'),
        )
      default:
        return undefined
    }
  }

  #button({ part, action, target, weight, text }: ViewNode) {
    return this.#element(
      'button',
      {
        type: 'button',
        part,
        'data-action': action,
        'data-target': target,
        'data-weight': weight,
      },
      text ?? '',
    )
  }
}
