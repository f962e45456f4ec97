// A view drawn in a shadow root: draws it, opens clauses, moves switches to their positions, and passes on what is pressed with the
// doubts there are about it.
import type { Drafting, View, ViewNode } from '../engine/types.ts'
import type { Natives } from '../gate/link.ts'
import { style } from '../styles/sheet.ts'
import type { Doubt } from './guard.ts'
import { doubt } from './guard.ts'
import { Renderer } from './render.ts'

/** Something pressed. */
export interface Answer {
  action: string
  /** The button's data-target; "" = none. */
  target: string
  /** Why it may not grant; "" when it may. To be asked before the layer changes. */
  doubt(): Doubt
  trusted: boolean
  view: View
}

/** What a surface needs of the shell. */
export interface SurfaceHost {
  readonly natives: Pick<Natives, 'createElement' | 'elementFromPoint'>
  readonly nonce: string
  /** A clause with its text. */
  clause(id: string, lang: string): Promise<ViewNode>
  answer(answer: Answer, surface: Surface): void
  /** A switch was moved: the new positions, or null to put it back. */
  move(scope: string, id: string, on: boolean, trusted: boolean): Drafting | null
}

export class Surface {
  readonly root: ShadowRoot
  view: View | null = null
  readonly #box: HTMLElement
  readonly #host: SurfaceHost
  readonly #renderer: Renderer
  #drafting: Drafting | null = null
  #shownAt: number | null = null
  /** What stands in the layer beside the tree: opened clauses. */
  #added = new WeakSet<Node>()
  #opened = new WeakMap<Element, Element>()

  /** @param box element of `root` the layer goes into */
  constructor(root: ShadowRoot, box: HTMLElement, host: SurfaceHost) {
    this.root = root
    this.#box = box
    this.#host = host
    this.#renderer = new Renderer((name) => host.natives.createElement(name))
    style(root, host.nonce)
    box.addEventListener('click', this.#onClick)
    box.addEventListener('change', this.#onChange)
  }

  /** Draws a view, or the same one again; the control in focus keeps it. */
  draw(view: View, drafting: Drafting | null = null) {
    const again = view.sha256 === this.view?.sha256
    const focused = this.root.activeElement
    const layer = this.#renderer.layer(view.tree)
    this.view = view
    this.#drafting = drafting
    this.#box.replaceChildren(layer)
    for (const ref of this.#box.querySelectorAll('.ref')) ref.setAttribute('aria-expanded', 'false')
    this.position(drafting)
    if (!again) {
      this.#shownAt = null
      this.#box.scrollTop = 0
      requestAnimationFrame(() => (this.#shownAt ??= performance.now()))
    }
    if (focused && !focused.isConnected) this.#like(focused)?.focus()
  }

  clear() {
    this.view = null
    this.#drafting = null
    this.#shownAt = null
    this.#box.replaceChildren()
  }

  /** Puts every switch where the draft has it. */
  position(drafting: Drafting | null) {
    this.#drafting = drafting
    for (const input of this.#switches()) {
      const position = drafting?.switches[`${input.dataset['scope']}:${input.dataset['id']}`]
      if (input.disabled || !position) continue
      input.checked = position === 'on'
      input.indeterminate = position === 'mixed'
    }
  }

  #switches() {
    return this.#box.querySelectorAll<HTMLInputElement>('input')
  }

  /** The control of the new layer that does what `old` did, else the dialog. */
  #like(old: Element): HTMLElement | null {
    const { action, target, scope, id } = (old as HTMLElement).dataset
    for (const control of this.#box.querySelectorAll<HTMLElement>('button, input')) {
      const data = control.dataset
      if (
        data['action'] === action &&
        data['target'] === target &&
        data['scope'] === scope &&
        data['id'] === id
      )
        return control
    }
    return this.#box.closest('dialog')
  }

  #textOf(node: Node): string {
    if (this.#added.has(node)) return ''
    if (node.nodeType === 3) return (node as Text).data
    return Array.from(node.childNodes, (child) => this.#textOf(child)).join('')
  }

  /** Whether the layer says what the engine drew and its switches stand where the draft has them. */
  #isLegible(view: View) {
    const layer = this.#box.firstElementChild
    if (!layer || this.#textOf(this.#renderer.layer(view.tree)) !== this.#textOf(layer))
      return false
    const positions = this.#drafting?.switches ?? {}
    for (const { dataset, checked, disabled } of this.#switches()) {
      const position = positions[`${dataset['scope']}:${dataset['id']}`]
      if (!disabled && position && (position === 'on') !== checked) return false
    }
    return true
  }

  readonly #onClick = (event: Event) => {
    const button = (event.target as Element).closest('button')
    const { view } = this
    if (!button || !view) return
    const { action, target, clause } = button.dataset
    if (clause) void this.#toggle(button, clause, view.tree.lang)
    if (!action) return
    this.#host.answer(
      {
        action,
        target: target ?? '',
        doubt: () =>
          doubt(
            event,
            button,
            this.#shownAt,
            this.#isLegible(view),
            this.#host.natives.elementFromPoint,
          ),
        trusted: event.isTrusted,
        view,
      },
      this,
    )
  }

  readonly #onChange = (event: Event) => {
    const input = event.target as HTMLInputElement
    const { scope, id } = input.dataset
    if (!scope || !id) return
    this.position(this.#host.move(scope, id, input.checked, event.isTrusted) ?? this.#drafting)
  }

  /** Opens a clause under its line, or closes it. */
  async #toggle(button: HTMLElement, id: string, lang: string) {
    const opened = this.#opened.get(button)
    button.setAttribute('aria-expanded', String(!opened))
    if (opened) {
      opened.remove()
      this.#opened.delete(button)
      return
    }
    const box = this.#host.natives.createElement('div')
    box.className = 'said'
    this.#added.add(box)
    this.#opened.set(button, box)
    button.closest('p, h3, h4, h5, h6')?.after(box)
    const clause = this.#renderer.node(await this.#host.clause(id, lang))
    if (clause) box.append(clause)
  }
}
