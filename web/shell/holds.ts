// Placeholders: one <kelisim-hold> over each held frame whose service is known.
import type { Cover, KelisimHoldElement } from '../element/hold.ts'
import { coverHeld } from '../element/hold.ts'
import type { Engine } from '../engine/engine.ts'
import type { GateLink, Held } from '../gate/link.ts'
import type { Clock } from '../host/clock.ts'
import type { Languages } from './language.ts'
import type { Layers } from './layers.ts'
import type { Report } from './report.ts'

export interface Holds {
  /** Covers what is held now, and gives back what no longer is. */
  refresh(): void
}

export function makeHolds(host: {
  engine: Engine
  link: GateLink
  clock: Clock
  languages: Languages
  layers: Layers
  report: Report
  makeHold(): KelisimHoldElement
}): Holds {
  const { engine, link, layers } = host
  const covered = new Map<Element, Cover>()
  const isHeld = (element: Element) => link.held().some((one) => one.element === element)

  const cover = async ({ kind, service, element }: Held) => {
    if (!service || kind !== 'frame' || !(element instanceof HTMLElement)) return
    try {
      await host.languages.load(engine)
      const lang = layers.lang()
      if (!element.isConnected || !isHeld(element)) return
      const view = engine.view({ layer: 'hold', lang, service, now_ms: host.clock.now() })
      let hold = covered.get(element)
      if (!hold) covered.set(element, (hold = coverHeld(host.makeHold(), element, service, layers)))
      hold.draw(view)
    } catch (error) {
      host.report(error, 'hold_failed')
    }
  }
  link.onHeld((held) => void cover(held))
  return {
    refresh() {
      for (const [element, hold] of covered)
        if (!isHeld(element)) {
          hold.remove()
          covered.delete(element)
        }
      for (const held of link.held()) void cover(held)
    },
  }
}
