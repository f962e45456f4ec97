// A view drawn in a shadow root: draws it, opens clauses, moves switches to their positions, and passes on what is pressed. What a control
// stands for is kept here, not read from the page, which can write there.
import type { Drafting, Painted, View, ViewNode } from '../engine/types.ts'
import type { Natives } from '../gate/link.ts'
import { isPlain, style } from '../styles/sheet.ts'
import type { Known } from './drawn.ts'
import { isDrawn, meaningOf } from './drawn.ts'
import type { Doubt } from './guard.ts'
import { makeWatch, MIN_VISIBLE_MS } from './guard.ts'
import { isReadable, readColour } from './readable.ts'
import type { Meaning } from './render.ts'
import { renderLayer, renderNode } from './render.ts'

/** Something pressed. */
export interface Answer {
  action: string
  /** "" = none. */
  target: string
  view: View
  /** The browser's own; what it is worth, the shell asks of the surface. */
  event: Event
  control: Element
}

/** What a surface needs of the shell. */
export interface SurfaceHost {
  readonly natives: Natives
  readonly nonce: string
  /** When the layer that came with the page was first painted, until it is drawn anew. */
  readonly paintedAt?: number | null
  /** A clause with its text. */
  clause(id: string, lang: string): Promise<ViewNode>
  answer(answer: Answer, surface: Surface): void
  /** A switch was moved: the new positions, or null to put it back. */
  move(scope: string, id: string, on: boolean, trusted: boolean): Drafting | null
  /** A box of a form was not ticked, though the person did. */
  doubted(why: Doubt, surface: Surface): void
}

export interface Surface {
  /**
   * Draws a view, or the same one again; the control in focus keeps it.
   * @returns whether another view stands there now
   */
  draw(view: View, drafting?: Drafting | null): boolean
  clear(): void
  /** It is gone for good: nothing of the page is listened to any more. */
  end(): void
  /** Why an answer may not grant; "" when it may. To be asked before the layer changes. */
  doubt(answer: Answer): Doubt
  /** Says over the answers why one was not taken, until the next click. */
  tell(text: string): void
  /** Whether others' styles do no harm. */
  isPlain(): boolean
  /** Takes others' styles away: all, or none where they do no harm. */
  cleanse(all: boolean): void
  /** What the answers look like now; which of it is equal, the engine says. */
  measure(): Painted[]
  /** Whether every text of a layer with answers can be read. */
  isLegible(): boolean
  /** The layer is another, or came on top again: what it says has to be seen first. */
  restart(): void
}

/** What stands in the layer beside the tree: opened clauses, by the button that opened them. */
interface Opened {
  button: Element
  said: Element
  node: ViewNode | null
  next: Opened | null
}

interface Nodes {
  node: Node
  next: Nodes | null
}

/** Surfaces with answers in a page look up when something happens there; one that is gone looks no more. */
interface Glance {
  at: (event: Event) => void
  next: Glance | null
}
let glances: Glance | null = null
let listening = false

function listen({ addEventListener }: Pick<Natives, 'addEventListener'>): void {
  if (listening) return
  listening = true
  const all = (event: Event) => {
    for (let one = glances; one; one = one.next) one.at(event)
  }
  const to = (type: string) =>
    addEventListener(document, type, all, { capture: true, passive: true })
  to('pointermove')
  to('pointerdown')
  to('keydown')
  to('scroll')
  // What lay over a placeholder may be gone.
  to(DECIDED)
}

/** How often it is looked whether the answers still stand where they stood. */
const LOOK_MS = 150
const DECIDED = 'kelisim:change'

/** @param box element of `root` the layer goes into; whatever is in `root` now is all that belongs there beside it */
export function makeSurface(root: ShadowRoot, box: HTMLElement, host: SurfaceHost): Surface {
  const { natives } = host
  const { dom, event: of } = natives
  const trusted = (event: Event) => of.isTrusted(event) as boolean
  let shown: View | null = null
  let drafting: Drafting | null = null
  let known: Known | null = null
  let answers: ArrayLike<Element> = { length: 0 }
  let opened: Opened | null = null
  /** The line of `tell`. */
  let told: { node: HTMLElement; text: string } | null = null

  const means = (control: Element, meaning: Meaning) => {
    known = { control, meaning, next: known }
  }
  const controls = (selector: string) => natives.all(box, selector) as ArrayLike<HTMLInputElement>

  /** Puts every switch where the draft has it; answers whether they stood there. */
  const position = (move: boolean) => {
    let right = true
    for (let one = known; one; one = one.next) {
      const { scope, id } = one.meaning
      const input = one.control as HTMLInputElement
      const at = scope && drafting?.switches[`${scope}:${id}`]
      if (!at || dom.getAttribute(input, 'disabled')) continue
      if (natives.checked.get(input) !== (at === 'on')) right = false
      if (!move) continue
      natives.checked.set(input, at === 'on')
      input.indeterminate = at === 'mixed'
    }
    return right
  }

  const parent = dom.parentElement(box) as Element | null
  const childrenOf = (parent: Node) => {
    let list: Nodes | null = null
    for (let at = dom.firstChild(parent); at; at = dom.nextSibling(at))
      // What styles say is looked at by itself.
      if (dom.localName(at) !== 'style') list = { node: at, next: list }
    return list
  }
  const sameChildren = (list: Nodes | null, parent: Node) => {
    let now = childrenOf(parent)
    for (; list && now; now = now.next, list = list.next) if (list.node !== now.node) return false
    return !list && !now
  }

  const lineOf = (text: string) => {
    const line = natives.createElement('p')
    dom.setAttribute(line, 'class', 'told')
    dom.setAttribute(line, 'role', 'alert')
    if (text) dom.append(line, text)
    return line
  }
  const hush = () =>
    watch.own(() => {
      told?.node.remove()
      told = null
    })

  const classOf = (element: Element) => dom.getAttribute(element, 'class') as string | null
  const classOfBox = classOf(box)
  /** Nobody has dressed what the layer stands in: looks are inherited, too. */
  const isBare = (element: Element) => !dom.getAttribute(element, 'style')

  /** Whether the layer is what the engine drew, stands alone, and its switches stand where the draft has them. */
  const isWhole = ({ tree }: View, moving = false) => {
    const layer = dom.firstChild(box) as Node | null
    if (!layer || dom.nextSibling(layer)) return false
    const mine = known
    known = null
    const drawing = renderLayer(natives, tree, means)
    const theirs = known
    known = mine
    const isSaid = (node: Node) => {
      if (told?.node === node)
        return isDrawn(node, lineOf(told.text), () => false, [null, null], natives)
      for (let at = opened; at; at = at.next)
        if (at.said === node) {
          if (!at.node) return !dom.firstChild(node)
          const said = natives.createElement('div')
          dom.setAttribute(said, 'class', 'said')
          const clause = renderNode(natives, at.node, () => {})
          if (clause) dom.append(said, clause)
          return isDrawn(node, said, () => false, [null, null], natives)
        }
      return false
    }
    return (
      isDrawn(layer, drawing, isSaid, [mine, theirs], natives) &&
      isBare(box) &&
      classOf(box) === classOfBox &&
      (!parent || (isBare(parent) && !!natives.exec(/^(modal)?$/, classOf(parent) ?? ''))) &&
      sameChildren(aroundRoot, root) &&
      (!parent || sameChildren(aroundBox, parent)) &&
      (moving || position(false))
    )
  }

  /** Opens a clause under its line, or closes it. */
  const toggle = async (button: HTMLElement, id: string, lang: string) => {
    for (let at = opened, before: Opened | null = null; at; before = at, at = at.next)
      if (at.button === button) {
        if (before) before.next = at.next
        else opened = at.next
        return watch.own(() => {
          at.said.remove()
          dom.setAttribute(button, 'aria-expanded', 'false')
        })
      }
    const said = natives.createElement('div')
    dom.setAttribute(said, 'class', 'said')
    const entry: Opened = { button, said, node: null, next: opened }
    opened = entry
    watch.own(() => {
      dom.setAttribute(button, 'aria-expanded', 'true')
      dom.closest(button, 'p, h3, h4, h5, h6').after(said)
    })
    const node = await host.clause(id, lang)
    watch.own(() => {
      entry.node = node
      const clause = renderNode(natives, node, () => {})
      if (clause) dom.append(said, clause)
    })
  }

  const watch = makeWatch(
    root,
    () => answers,
    () => box,
    natives,
  )
  let tick = 0
  /** When somebody's style sheet last said what it may not. */
  let sulliedAt = -Infinity
  /** What the layer says can be read, and could be for a while. */
  const isSound = (view: View, moving?: boolean) =>
    isWhole(view, moving) &&
    isPlain(root, natives) &&
    natives.clock() - sulliedAt > MIN_VISIBLE_MS + 2 * LOOK_MS
  const inDialog = !!dom.closest(box, 'dialog')
  let looking = false
  /** A placeholder is looked at only for a while after it was drawn, scrolled or approached. */
  let looks = 0
  /** Looks again and again while there is something to answer. */
  const keepLooking = () => {
    looking = answers.length > 0 && dom.isConnected(box) && (inDialog || looks-- > 0)
    if (!looking) return
    watch.look()
    if (tick++ % 2 === 0 && !isPlain(root, natives)) sulliedAt = natives.clock()
    natives.setTimeout(keepLooking, LOOK_MS)
  }
  const stir = () => {
    looks = 4
    if (!looking) keepLooking()
  }
  const restart = (at?: number | null) => {
    watch.restart()
    natives.frame(() => {
      watch.restart(at ?? natives.clock())
      stir()
    })
  }

  const surface: Surface = {
    restart,
    isLegible: () => !answers.length || isReadable(box, answers, natives),
    tell(text) {
      hush()
      const node = lineOf('')
      told = { node, text: '' }
      const at = answers[0] && dom.closest(answers[0], '.actions')
      watch.own(() => dom.append(at || dom.firstChild(box), node))
      // A line that comes with its words is not read out everywhere.
      natives.setTimeout(() => {
        if (told?.node !== node) return
        watch.own(() => dom.append(node, text))
        told.text = text
      }, 50)
    },
    isPlain: () => isPlain(root, natives),
    cleanse(all) {
      if (!all && surface.isPlain()) return
      for (const one of [...root.children]) if (one.localName === 'style') one.remove()
      style(root, host.nonce, natives, true)
    },
    measure() {
      const found: Painted[] = []
      for (let i = 0; i < answers.length; i++) {
        const answer = answers[i]!
        const { width, height } = natives.box(answer)
        const number = (property: string) =>
          Math.round(parseFloat(natives.style(answer, property))) || 0
        const light = (property: string) => {
          const colour = readColour(natives.style(answer, property), natives)
          return colour && colour.alpha > 0.9 ? Math.round(colour.light * 1e6) : undefined
        }
        found[i] = {
          width: Math.round(width),
          height: Math.round(height),
          font: number('font-size'),
          weight: number('font-weight'),
          ink: light('color'),
          ground: light('background-color'),
        }
      }
      return found
    },
    draw(view, positions = null) {
      const again = view.sha256 === shown?.sha256
      const first = !shown
      const focused = natives.shadow.activeElement(root) as HTMLElement | null
      const meant = meaningOf(known, focused)
      shown = view
      drafting = positions
      // What stands there still is left alone: it has been seen, and is where the person's hand is.
      if (again && isWhole(view, true)) {
        position(true)
        return false
      }
      opened = known = told = null
      const layer = renderLayer(natives, view.tree, means)
      const there = dom.firstChild(box) as Element | null
      const painted =
        first &&
        there &&
        isDrawn(there, layer, () => false, [null, null], natives) &&
        !dom.nextSibling(there)
      if (painted) {
        // The painted controls take over what the drawn ones stand for.
        const mine = controls('button, input')
        const drawn = natives.all(layer, 'button, input')
        for (let one = known as Known | null; one; one = one.next)
          for (let i = 0; i < drawn.length; i++)
            if (drawn[i] === one.control) {
              one.control = mine[i]!
              break
            }
      } else dom.replaceChildren(box, layer)
      const refs = controls('.ref')
      for (let i = 0; i < refs.length; i++) dom.setAttribute(refs[i], 'aria-expanded', 'false')
      // A box of a form has no button of its own: it is looked at when it is ticked.
      answers = controls('[data-weight=equal],label:has([data-scope=form])')
      position(true)
      restart((painted && host.paintedAt) || null)
      if (focused && !dom.isConnected(focused)) {
        let like: Element | null = null
        for (let one = known as Known | null; one; one = one.next) {
          const { action, target, clause, scope, id } = one.meaning
          if (
            meant?.action === action &&
            meant?.target === target &&
            meant?.clause === clause &&
            meant?.scope === scope &&
            meant?.id === id
          )
            like = one.control
        }
        if (like) dom.focus(like)
      }
      return !again && !painted
    },
    clear() {
      shown = drafting = known = opened = told = null
      answers = { length: 0 }
      // After the paint in which it is gone: taking it to pieces is not worth waiting for.
      natives.frame(() => natives.setTimeout(() => shown || dom.replaceChildren(box), 0))
    },
    end() {
      surface.clear()
      watch.end()
      for (let one = glances, before: Glance | null = null; one; before = one, one = one.next)
        if (one.at === glance) {
          if (before) before.next = one.next
          else glances = one.next
        }
    },
    doubt({ event, control, view }) {
      return watch.doubt(event, control, () => isSound(view))
    },
  }

  style(root, host.nonce, natives)
  const aroundRoot = childrenOf(root)
  const aroundBox = parent && childrenOf(parent)

  let lookedAt = 0
  const glance = (event: Event) => {
    if (!answers.length) return
    const now = natives.clock()
    if (event.type !== 'pointerdown' && event.type !== DECIDED && now - lookedAt < LOOK_MS) return
    lookedAt = now
    watch.look()
    stir()
  }
  glances = { at: glance, next: glances }
  listen(natives)
  /** The change of a checkbox is trusted even when page code clicked it: the box the person's click is on, while that is dealt with. */
  let pressed: Element | null = null
  /** Why a box of a form cannot be ticked by the last click. */
  let doubted: Doubt = ''
  natives.addEventListener(box, 'click', (event) => {
    const at: Element = of.target(event)
    const byPerson = trusted(event)
    pressed = null
    doubted = ''
    if (byPerson) {
      hush()
      const inLabel = dom.closest(at, 'label')
      pressed = dom.closest(at, 'input') || (inLabel && natives.all(inLabel, 'input')[0])
      natives.setTimeout(() => (pressed = null), 0)
    }
    const control = dom.closest(at, 'button') as HTMLElement | null
    const view = shown
    const label = dom.closest(at, 'label:has([data-scope=form])') as Element | null
    if (label && view) doubted = watch.doubt(event, label, () => isSound(view, true))
    if (doubted) pressed = null
    const meaning = meaningOf(known, control)
    if (!control || !meaning || !view) return
    const { action, target = '', clause } = meaning
    if (clause && byPerson) void toggle(control, clause, view.tree.lang)
    if (action) host.answer({ action, target, event, control, view }, surface)
  })
  natives.addEventListener(box, 'change', (event) => {
    const input = of.target(event) as HTMLInputElement
    const person = trusted(event) && pressed === input
    pressed = null
    const { scope, id } = meaningOf(known, input) ?? {}
    if (!scope || !id) return
    const on = natives.checked.get(input)
    drafting = host.move(scope, id, on, person) ?? drafting
    position(true)
    if (on && doubted) host.doubted(doubted, surface)
  })
  return surface
}
