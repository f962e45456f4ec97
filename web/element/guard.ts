// Promise 8: whether an event is a person's own act on a control they could see and read.
import type { Natives } from '../gate/link.ts'

/** How long a layer has to be visible before an answer in it can grant. */
export const MIN_VISIBLE_MS = 300
/** What lies under this is not legible. */
const MIN_OPACITY = 0.5

/** Why an event may not grant; "" when it may. */
export type Doubt = '' | 'untrusted' | 'early' | 'invisible' | 'covered' | 'text'

/** The element's ancestors, itself first, out of every shadow root. */
function* upwards(element: Element): Generator<Element> {
  for (let at: Element | null = element; at;) {
    yield at
    const root: Node | undefined = at.parentElement ? undefined : at.getRootNode()
    at = at.assignedSlot ?? at.parentElement ?? (root instanceof ShadowRoot ? root.host : null)
  }
}

function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect()
  if (width < 8 || height < 8) return false
  // `checkVisibility` knows content-visibility too; it takes an opacity just above 0 for visible, hence the product.
  if (
    typeof element.checkVisibility === 'function' &&
    !element.checkVisibility({
      opacityProperty: true,
      visibilityProperty: true,
      contentVisibilityAuto: true,
    })
  )
    return false
  if (getComputedStyle(element).visibility !== 'visible') return false
  let opacity = 1
  for (const at of upwards(element)) {
    const style = getComputedStyle(at)
    if (style.display === 'none') return false
    opacity *= Number(style.opacity)
  }
  return opacity >= MIN_OPACITY
}

/** Whether the control is what lies on top at the event's place; a press of a key has no place. */
function isOnTop(control: Element, event: MouseEvent, at: Natives['elementFromPoint']): boolean {
  if (event.detail === 0) return true
  const root = control.getRootNode()
  if (!(root instanceof ShadowRoot)) return false
  const outer = at(document, event.clientX, event.clientY)
  const inner = at(root, event.clientX, event.clientY)
  return outer === root.host && inner !== null && control.contains(inner)
}

/**
 * Whether `event` on `control` may grant.
 *
 * @param shownAt  performance.now() when the layer was first painted, or null while it was not
 * @param legible  whether the layer's text is what the engine drew
 */
export function doubt(
  event: Event,
  control: Element,
  shownAt: number | null,
  legible: boolean,
  elementFromPoint: Natives['elementFromPoint'],
): Doubt {
  if (!event.isTrusted) return 'untrusted'
  if (shownAt === null || event.timeStamp - shownAt < MIN_VISIBLE_MS) return 'early'
  if (!isVisible(control)) return 'invisible'
  if (!isOnTop(control, event as MouseEvent, elementFromPoint)) return 'covered'
  return legible ? '' : 'text'
}
