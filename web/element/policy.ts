// <kelisim-policy>: the summary of the policy inside a page of the shop.
import type { View } from '../engine/types.ts'
import type { Surface, SurfaceHost } from './surface.ts'
import { Base } from './base.ts'
import { makeSurface } from './surface.ts'

export interface PolicyHost extends SurfaceHost {
  /** The policy layer in the language that fits `lang` best; "" = the page's. */
  policy(lang: string, text: boolean): Promise<View>
}

let host: PolicyHost

/** Before the element is defined. Page code reaches the class, so nothing of the shell is on it. */
export const servePolicies = (given: PolicyHost) => (host = given)

/**
 * What is inside the element in the page's markup is shown until the summary is there, and stays when it cannot come.
 *
 * @element kelisim-policy
 * @attr {string} lang - Language of the summary; without it the page's.
 * @csspart policy - The summary.
 */
export class KelisimPolicyElement extends Base {
  static observedAttributes = ['lang']
  #surface: Surface | null = null
  #text = false

  connectedCallback() {
    void this.draw()
  }

  attributeChangedCallback() {
    if (this.isConnected) void this.draw()
  }

  /** Draws the summary anew, with the full text once that was asked for. */
  async draw(text = this.#text) {
    try {
      const view = await host.policy(this.lang, text)
      this.#text = text
      if (!this.#surface) {
        const root = this.attachShadow({ mode: 'open' })
        const box = host.natives.createElement('div')
        root.append(box)
        this.#surface = makeSurface(root, box, {
          ...host,
          answer: (answer, surface) =>
            answer.action === 'load_text' ? void this.draw(true) : host.answer(answer, surface),
        })
      }
      this.#surface.draw(view)
    } catch {
      // It was told where it happened; what was there stays.
    }
  }
}
