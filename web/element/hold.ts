// <kelisim-hold>: stands over something that is held, names who would receive data and offers to let exactly that in.
import type { View } from '../engine/types.ts'
import type { Surface, SurfaceHost } from './surface.ts'
import { makeSurface } from './surface.ts'

/**
 * Put beside the held element by the shell. The held element keeps its place in the layout, so nothing moves.
 *
 * @element kelisim-hold
 * @attr {string} data-service - The service that is held; reflected.
 * @csspart hold - The whole. @csspart hold-grant - The button.
 */
export class KelisimHoldElement extends HTMLElement {
  #surface: Surface | null = null
  /** Gives the place back. */
  uncover = () => {}

  /** @param held the element it stands for */
  cover(held: HTMLElement, service: string, view: View, host: SurfaceHost) {
    if (!this.#surface) {
      const root = this.attachShadow({ mode: 'open' })
      const box = host.natives.createElement('div')
      root.append(box)
      this.#surface = makeSurface(root, box, host)
      this.dataset['service'] = service
      this.setAttribute('role', 'group')
      this.#follow(held)
    }
    this.setAttribute('aria-label', view.tree.title)
    this.#surface.draw(view)
  }

  #follow(held: HTMLElement) {
    const { visibility } = held.style
    held.style.visibility = 'hidden'
    held.after(this)
    const observer = new ResizeObserver(() => {
      const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = held
      this.style.cssText = `left:${offsetLeft}px;top:${offsetTop}px;width:${offsetWidth}px;height:${offsetHeight}px`
    })
    observer.observe(held)
    this.uncover = () => {
      observer.disconnect()
      held.style.visibility = visibility
      this.remove()
    }
  }
}
