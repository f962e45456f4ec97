// <kelisim-hold>: stands over something that is held, names who would receive data and offers to let exactly that in.
import type { View } from '../engine/types.ts'
import type { SurfaceHost } from './surface.ts'
import { Surface } from './surface.ts'

/**
 * Put beside the held element by the shell. The held element keeps its place in the layout, so nothing moves.
 *
 * @element kelisim-hold
 * @attr {string} data-service - The service that is held; reflected.
 * @csspart hold - The whole. @csspart hold-grant - The button.
 */
export class KelisimHoldElement extends HTMLElement {
  #surface: Surface | null = null
  #held: HTMLElement | null = null
  #visibility = ''
  #observer: ResizeObserver | null = null

  /** @param held the element it stands for */
  cover(held: HTMLElement, service: string, view: View, host: SurfaceHost) {
    if (!this.#surface) {
      const root = this.attachShadow({ mode: 'open' })
      const box = host.natives.createElement('div')
      root.append(box)
      this.#surface = new Surface(root, box, host)
    }
    this.dataset['service'] = service
    this.setAttribute('role', 'group')
    this.ariaLabel = view.tree.title
    this.#surface.draw(view)
    if (this.#held) return
    this.#held = held
    this.#visibility = held.style.visibility
    held.style.visibility = 'hidden'
    held.after(this)
    this.#observer = new ResizeObserver(this.#place)
    this.#observer.observe(held)
    this.#place()
  }

  /** Gives the place back. */
  uncover() {
    this.#observer?.disconnect()
    if (this.#held) this.#held.style.visibility = this.#visibility
    this.#held = null
    this.remove()
  }

  readonly #place = () => {
    const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = this.#held!
    Object.assign(this.style, {
      left: offsetLeft + 'px',
      top: offsetTop + 'px',
      width: offsetWidth + 'px',
      height: offsetHeight + 'px',
    })
  }
}
