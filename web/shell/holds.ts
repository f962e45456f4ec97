// Placeholders: one <kelisim-hold> over each held frame whose service is known.
import type { Engine } from '../engine/engine.ts'
import type { KelisimHoldElement } from '../element/hold.ts'
import type { GateLink, Held } from '../gate/link.ts'
import type { Clock } from '../host/clock.ts'
import type { Languages } from './language.ts'
import type { Layers } from './layers.ts'
import type { Report } from './report.ts'

export interface HoldsHost {
  engine: Engine
  link: GateLink
  clock: Clock
  languages: Languages
  layers: Layers
  report: Report
  makeHold(): KelisimHoldElement
}

export class Holds {
  readonly #host: HoldsHost
  readonly #covered = new Map<Element, KelisimHoldElement>()

  constructor(host: HoldsHost) {
    this.#host = host
    host.link.onHeld((held) => void this.#cover(held))
  }

  /** Covers what is held now, and gives back what no longer is. */
  refresh() {
    const held = this.#host.link.held()
    const now = new Set(held.map(({ element }) => element))
    for (const [element, hold] of this.#covered)
      if (!now.has(element)) {
        hold.uncover()
        this.#covered.delete(element)
      }
    for (const one of held) void this.#cover(one)
  }

  async #cover({ kind, service, element }: Held) {
    const { engine, clock, languages, layers, report, makeHold } = this.#host
    if (!service || kind !== 'frame' || !(element instanceof HTMLElement) || !element.isConnected)
      return
    try {
      const { lang } = layers
      await languages.load(lang, engine)
      const view = engine.view({ layer: 'hold', lang, service, now_ms: clock.now() })
      if (!this.#host.link.held().some((one) => one.element === element)) return
      const hold = this.#covered.get(element) ?? makeHold()
      this.#covered.set(element, hold)
      hold.cover(element, service, view, layers)
    } catch (error) {
      report(error, 'hold_failed')
    }
  }
}
