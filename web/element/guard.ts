// Promise 8: whether an event is a person's own act on a control they could see and read. Nothing here calls what a page can replace.
import type { Senses } from '../gate/link.ts'
import { hasText, isReadable } from './readable.ts'

/** How long the answers have to stand uncovered in one place before one of them can grant. */
export const MIN_VISIBLE_MS = 300
/** What lies under this is not legible. */
const MIN_OPACITY = 0.5
/** As many elements are looked at for one that covers and lets the pointer through. */
const MAX_ELEMENTS = 5000

/** Why an event may not grant; "" when it may. */
export type Doubt = '' | 'untrusted' | 'early' | 'invisible' | 'covered' | 'text'

/** Follows where the answers of a layer stand. */
export interface Watch {
  /** Another layer is there. */
  restart(shownAt?: number | null): void
  look(): void
  /** Changes what is in the root without anybody having written there. */
  own(work: () => void): void
  /** There is nothing to look at any more. */
  end(): void
  /** @param drawn  whether the layer is what the engine drew */
  doubt(event: Event, control: Element, drawn: () => boolean): Doubt
}

/**
 * @param answers  the controls that grant and refuse, where they stand now
 * @param layer    what has to be legible for one of them to count
 */
export function makeWatch(
  root: ShadowRoot,
  answers: () => ArrayLike<Element>,
  layer: () => Element,
  n: Senses,
): Watch {
  const { dom, style, box } = n
  const host = n.shadow.host(root) as Element
  let place = ''
  let since: number | null = null
  let eye: ReturnType<NonNullable<Senses['eye']>> | undefined
  /** The control in focus, since when, and whether a person's key took it there. */
  let focus: { control: Element; since: number; person: boolean } | null = null
  let lastKey = -Infinity
  const changes = n.follow(root)

  const hits = (control: Element, x: number, y: number) => {
    const inner = n.elementFromPoint(root, x, y)
    return n.elementFromPoint(document, x, y) === host && !!inner && dom.contains(control, inner)
  }

  /** Nothing lies on it: nine points of it are met. */
  const isFree = (control: Element) => {
    const { x, y, width, height } = box(control)
    for (let i = 0; i < 9; i++)
      if (
        !hits(
          control,
          x + width * (0.15 + 0.35 * (i % 3)),
          y + height * (0.2 + 0.3 * ((i / 3) | 0)),
        )
      )
        return false
    return true
  }

  /** What lies in the top layer is over the whole page, and nothing of the page's looks reaches it. */
  const isOnTop = (element: Element): boolean =>
    dom.showPopover && dom.matches(element, ':popover-open,:modal')

  const isClear = (colour: string) => !!n.exec(/^transparent$|[,/] ?0?\.0\d*\)|[,/] ?0\)/, colour)
  const paints = (element: Element) => {
    const has = (pseudo?: string) =>
      !isClear(style(element, 'background-color', pseudo)) ||
      style(element, 'background-image', pseudo) !== 'none'
    return (
      hasText(element, n) ||
      has() ||
      has('::before') ||
      has('::after') ||
      !!n.exec(/^(img|video|canvas|svg|iframe|object|embed)$/, dom.localName(element) as string)
    )
  }

  /** Whether something lies on the control that the pointer goes through: it is made to meet it for a moment. */
  const isVeiled = (control: Element) => {
    const at = box(control)
    const dialog = dom.closest(control, 'dialog')
    const inTop = dialog && isOnTop(dialog)
    const top = ':is(:popover-open,:modal,:fullscreen)'
    let seen = 0
    let undo = () => {}
    let veiled = false
    const search = (tree: Document | ShadowRoot) => {
      const list = n.all(tree, '*')
      for (let i = 0; i < list.length && seen++ < MAX_ELEMENTS; i++) {
        const element = list[i]!
        if (element === host) continue
        const inner = dom.shadowRoot(element) as ShadowRoot | null
        if (inner) search(inner)
        if (inTop && !dom.closest(element, top)) continue
        const { x, y, width, height } = box(element)
        if (
          x >= at.x + at.width ||
          y >= at.y + at.height ||
          x + width <= at.x ||
          y + height <= at.y
        )
          continue
        if (
          style(element, 'pointer-events') !== 'none' ||
          +style(element, 'opacity') < 0.1 ||
          !paints(element)
        )
          continue
        const before = undo
        try {
          const restore = n.lift(element)
          undo = () => {
            restore()
            before()
          }
        } catch {
          veiled = true // it cannot be made to meet the pointer
        }
      }
    }
    search(document)
    veiled ||= !isFree(control)
    undo()
    return veiled
  }

  const isVisible = (control: Element) => {
    const { width, height } = box(control)
    if (width < 8 || height < 8) return false
    // It knows content-visibility too, but takes an opacity just above 0 for visible: hence the product.
    if (
      dom.checkVisibility &&
      !dom.checkVisibility(control, {
        opacityProperty: true,
        visibilityProperty: true,
        contentVisibilityAuto: true,
      })
    )
      return false
    let opacity = 1
    for (let at: any = control; at;) {
      const is = (property: string, pattern: RegExp) => !!n.exec(pattern, style(at, property))
      if (
        !is('display', /^(?!none)/) ||
        !is('visibility', /^visible/) ||
        // What dark modes and sites for weak eyes do to the whole page hides nothing.
        !is(
          'filter',
          /^((none|invert\(1\)|(hue-rotate|grayscale|sepia)\([^)]*\)|(contrast|brightness|saturate)\((0\.[89]\d*|1(\.[0-5]\d*)?)\)) ?){1,4}$/,
        ) ||
        !is('mask-image', /^(none)?$/) ||
        !is('-webkit-mask-image', /^(none)?$/) ||
        !is('clip-path', /^none$/) ||
        !is('mix-blend-mode', /^normal$/) ||
        !is('transform', /^none$|^matrix\(1, 0, 0, 1,/)
      )
        return false
      opacity *= +style(at, 'opacity')
      if (isOnTop(at)) break
      const tree = dom.parentElement(at) ? null : dom.getRootNode(at)
      at =
        dom.assignedSlot(at) ||
        dom.parentElement(at) ||
        (tree && tree !== document ? n.shadow.host(tree) : null)
    }
    return opacity >= MIN_OPACITY
  }

  const look = () => {
    let now = ''
    const list = answers()
    for (let i = 0; i < list.length; i++) {
      const { x, y, width, height } = box(list[i]!)
      if (!hits(list[i]!, x + width / 2, y + height / 2)) {
        now = ''
        break
      }
      // To the nearest pixel: what sticks to an edge moves by a part of one when the text below it is scrolled.
      now += `${(x + 0.5) | 0} ${(y + 0.5) | 0} ${(width + 0.5) | 0} ${(height + 0.5) | 0} `
    }
    if (now === place) return
    place = now
    since = now ? n.clock() : null
  }

  n.addEventListener(
    root,
    'keydown',
    (event) => {
      if (n.event.isTrusted(event) && n.event.key(event) === 'Tab')
        lastKey = n.event.timeStamp(event)
    },
    true,
  )
  n.addEventListener(root, 'focusin', (event) => {
    const now = n.clock()
    focus = { control: n.event.target(event), since: now, person: now - lastKey < 100 }
    lastKey = -Infinity
  })

  return {
    look,
    restart(shownAt) {
      place = ''
      since = null
      changes.forget()
      if (shownAt === undefined) return
      look()
      since &&= shownAt
      eye?.close()
      const seen = dom.closest(layer(), 'dialog') || answers()[0]
      eye = seen && n.eye?.(seen)
    },
    own: changes.own,
    end() {
      eye?.close()
      changes.end()
    },
    doubt(event, control, drawn) {
      const { isTrusted, timeStamp, detail, clientX, clientY } = n.event
      try {
        if (!isTrusted(event)) return 'untrusted'
      } catch {
        return 'untrusted' // not an event
      }
      const at = timeStamp(event) as number
      look()
      // First, for in its first frames a layer is not visible yet.
      if (since !== null && at - since < MIN_VISIBLE_MS) return 'early'
      // What was put right a moment ago nobody has read.
      if (at - changes.last() < MIN_VISIBLE_MS) return 'early'
      if (!isVisible(control)) return 'invisible'
      if (since === null) return 'covered'
      const seen = eye?.seen()
      if (seen === null) return 'early'
      if (seen === false) return 'covered'
      if (detail(event) === 0) {
        if (n.shadow.activeElement(root) !== control || focus?.control !== control) return 'covered'
        if (!focus.person && at - focus.since < MIN_VISIBLE_MS) return 'early'
      } else if (!hits(control, clientX(event), clientY(event))) return 'covered'
      if (!isFree(control) || isVeiled(control)) return 'covered'
      return drawn() && isReadable(layer(), answers(), n) ? '' : 'text'
    },
  }
}
