// <kelisim-hold>: stands over something that is held, names who would receive data and offers to let exactly that in.
import type { View } from '../engine/types.ts'
import type { SurfaceHost } from './surface.ts'
import { Base } from './base.ts'
import { makeSurface } from './surface.ts'

/**
 * Put beside the held element by the shell. The held element keeps its place in the layout, so nothing moves.
 *
 * @element kelisim-hold
 * @attr {string} data-service - The service that is held; reflected.
 * @csspart hold - The whole. @csspart hold-grant - The button.
 */
export class KelisimHoldElement extends Base {}

/** One that covers something. Page code reaches the element, so nothing of the shell is on it. */
export interface Cover {
  draw(view: View): void
  /** Gives the place back. */
  remove(): void
}

/** @param held the element it stands for */
export function coverHeld(
  element: KelisimHoldElement,
  held: HTMLElement,
  service: string,
  host: SurfaceHost,
): Cover {
  const root = element.attachShadow({ mode: 'open' })
  const box = host.natives.createElement('div')
  root.append(box)
  const surface = makeSurface(root, box, host)
  element.dataset['service'] = service
  element.setAttribute('role', 'group')
  const { visibility } = held.style
  held.style.visibility = 'hidden'
  held.after(element)
  const observer = new ResizeObserver(() => {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = held
    element.style.cssText = `left:${offsetLeft}px;top:${offsetTop}px;width:${offsetWidth}px;height:${offsetHeight}px`
  })
  observer.observe(held)
  return {
    draw(view) {
      element.setAttribute('aria-label', view.tree.title)
      surface.draw(view)
    },
    remove() {
      observer.disconnect()
      surface.end()
      held.style.visibility = visibility
      element.remove()
    },
  }
}
