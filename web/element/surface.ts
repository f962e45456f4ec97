// A view drawn in a shadow root: draws it, opens clauses, moves switches to their positions, and passes on what is pressed with the
// doubts there are about it.
import type { Drafting, View, ViewNode } from '../engine/types.ts'
import type { Natives } from '../gate/link.ts'
import { style } from '../styles/sheet.ts'
import type { Doubt } from './guard.ts'
import { doubt } from './guard.ts'
import { renderLayer, renderNode } from './render.ts'

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
  readonly natives: Pick<Natives, 'createElement' | 'append' | 'setAttribute' | 'elementFromPoint'>
  readonly nonce: string
  /** When the layer that came with the page was first painted, until it is drawn anew. */
  readonly paintedAt?: number | null
  /** A clause with its text. */
  clause(id: string, lang: string): Promise<ViewNode>
  answer(answer: Answer, surface: Surface): void
  /** A switch was moved: the new positions, or null to put it back. */
  move(scope: string, id: string, on: boolean, trusted: boolean): Drafting | null
}

export interface Surface {
  /** Draws a view, or the same one again; the control in focus keeps it. */
  draw(view: View, drafting?: Drafting | null): void
  clear(): void
}

const switchOf = ({ dataset }: HTMLElement) => `${dataset['scope']}:${dataset['id']}`

/** @param box element of `root` the layer goes into */
export function makeSurface(root: ShadowRoot, box: HTMLElement, host: SurfaceHost): Surface {
  const make = host.natives
  let shown: View | null = null
  let drafting: Drafting | null = null
  let shownAt: number | null = null
  /** What the layer says, as the engine drew it. */
  let drawn = ''
  /** What stands in the layer beside the tree: opened clauses, by the button that opened them. */
  const opened = new Map<Element, Element>()

  const controls = (selector: string) => box.querySelectorAll<HTMLInputElement>(selector)

  /** Puts every switch where the draft has it. */
  const position = () => {
    for (const input of controls('input')) {
      const at = drafting?.switches[switchOf(input)]
      if (input.disabled || !at) continue
      input.checked = at === 'on'
      input.indeterminate = at === 'mixed'
    }
  }

  const textOf = (node: Node, without: Set<Node>): string => {
    if (without.has(node)) return ''
    if (node.nodeType === 3) return (node as Text).data
    return Array.from(node.childNodes, (child) => textOf(child, without)).join('')
  }

  /** Whether the layer says what the engine drew and its switches stand where the draft has them. */
  const says = () => textOf(box, new Set<Node>(opened.values())) === drawn
  const isLegible = () => {
    if (!says()) return false
    for (const input of controls('input')) {
      const at = drafting?.switches[switchOf(input)]
      if (!input.disabled && at && (at === 'on') !== input.checked) return false
    }
    return true
  }

  /** Opens a clause under its line, or closes it. */
  const toggle = async (button: HTMLElement, id: string, lang: string) => {
    const old = opened.get(button)
    button.setAttribute('aria-expanded', String(!old))
    if (old) {
      old.remove()
      opened.delete(button)
      return
    }
    const said = make.createElement('div')
    said.className = 'said'
    opened.set(button, said)
    button.closest('p, h3, h4, h5, h6')!.after(said)
    const clause = renderNode(make, await host.clause(id, lang))
    if (clause) said.append(clause)
  }

  const surface: Surface = {
    draw(view, positions = null) {
      const again = view.sha256 === shown?.sha256
      const first = !shown
      const focused = root.activeElement as HTMLElement | null
      shown = view
      drafting = positions
      opened.clear()
      const layer = renderLayer(make, view.tree)
      drawn = textOf(layer, new Set())
      const painted = first && box.firstElementChild?.isEqualNode(layer)
      if (!painted) {
        while (box.lastChild) box.lastChild.remove()
        make.append(box, layer)
      }
      for (const ref of controls('.ref')) ref.setAttribute('aria-expanded', 'false')
      position()
      if (!again) {
        shownAt = (painted && host.paintedAt) || null
        requestAnimationFrame(() => {
          // Not before: it would have the layer laid out twice.
          if (!painted) box.scrollTop = 0
          shownAt ??= performance.now()
        })
      }
      if (focused && !focused.isConnected) {
        const same = JSON.stringify(focused.dataset)
        const like = Array.from(controls('button, input')).find(
          ({ dataset }) => JSON.stringify(dataset) === same,
        )
        ;(like ?? box.closest('dialog'))?.focus()
      }
    },
    clear() {
      shown = drafting = null
      // After the paint in which it is gone: taking it to pieces is not worth waiting for.
      requestAnimationFrame(() => setTimeout(() => shown || box.replaceChildren()))
    },
  }

  style(root, host.nonce)
  /** The change of a checkbox is trusted even when page code clicked it; the click before it tells. */
  let byPerson = false
  box.addEventListener('click', (event) => {
    byPerson = event.isTrusted
    // A box of a form has no button of its own: it is looked at when it is ticked.
    const label = (event.target as Element).closest('label:has([data-scope=form])')
    if (label && doubt(event, label, shownAt, says(), host.natives.elementFromPoint))
      byPerson = false
    const button = (event.target as Element).closest('button')
    const view = shown
    if (!button || !view) return
    const { action, target = '', clause } = button.dataset
    if (clause) void toggle(button, clause, view.tree.lang)
    if (!action) return
    const why = () => doubt(event, button, shownAt, isLegible(), host.natives.elementFromPoint)
    host.answer({ action, target, doubt: why, trusted: event.isTrusted, view }, surface)
  })
  box.addEventListener('change', ({ target, isTrusted }) => {
    const trusted = isTrusted && byPerson
    byPerson = false
    const input = target as HTMLInputElement
    const { scope, id } = input.dataset
    if (!scope || !id) return
    drafting = host.move(scope, id, input.checked, trusted) ?? drafting
    position()
  })
  return surface
}
