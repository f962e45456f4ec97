// Consents in the shop's own forms: `<form data-kelisim-form="order">` gets its own unticked box, and a receipt of its own when it is
// sent with the box ticked. What goes with the form is the person's state, so that the shop's server need not guess it.
import type { Surface, SurfaceHost } from '../element/surface.ts'
import type { Engine } from '../engine/engine.ts'
import type { Drafting, View } from '../engine/types.ts'
import type { GateLink } from '../gate/link.ts'
import type { Clock } from '../host/clock.ts'
import type { Report } from './report.ts'
import type { Session } from './session.ts'

export interface FormsHost {
  engine: Engine
  link: GateLink
  clock: Clock
  session: Session
  report: Report
  surfaceHost: SurfaceHost
  makeSurface(root: ShadowRoot, box: HTMLElement, host: SurfaceHost): Surface
  lang(): string
  /** Gives the engine the language. */
  speak(): Promise<unknown>
}

export interface Forms {
  /** Equips what forms there are, and says it in the language of now. */
  refresh(): Promise<void>
}

interface Equipped {
  surface: Surface
  view: View
  lang: string
  on: boolean
}

/** What a server reads beside the form's own fields. */
const FIELDS = { consent: 'kelisim_consent', channels: 'kelisim_channels' }

export function makeForms(host: FormsHost): Forms {
  const { engine, link, clock, session, report } = host
  const equipped = new Map<HTMLFormElement, Equipped>()

  /** The box's position; nothing is decided by it. */
  const drafting = (id: string, on: boolean): Drafting => ({
    draft: { purposes: {}, services: {}, channels: {}, transfers: {} },
    switches: { ['form:' + id]: on ? 'on' : 'off' },
  })

  const equip = (form: HTMLFormElement, id: string, view: View, lang: string) => {
    const element = link.natives.createElement('kelisim-form')
    const root = element.attachShadow({ mode: 'open' })
    const box = link.natives.createElement('div')
    root.append(box)
    const surface = host.makeSurface(root, box, {
      ...host.surfaceHost,
      move(_scope, of, on, trusted) {
        const own = equipped.get(form)!
        own.on = on && trusted
        return drafting(of, own.on)
      },
    })
    const own = { surface, view, lang, on: false }
    equipped.set(form, own)
    const send = form.querySelector('button:not([type=button],[type=reset]),[type=submit]')
    if (send) send.before(element)
    else form.append(element)

    form.addEventListener('submit', (event) => {
      if (!own.on || !event.isTrusted || event.defaultPrevented) return
      try {
        session.act({
          action: 'form',
          form: { id, on: true },
          source: 'person',
          layer: 'form',
          lang: own.lang,
          text_sha256: own.view.sha256,
        })
      } catch (error) {
        report(error, 'act_failed')
      }
    })
    form.addEventListener('formdata', ({ formData }) => {
      const { channels } = session.state()
      formData.set(FIELDS.consent, own.on ? 'given' : 'not_given')
      formData.set(
        FIELDS.channels,
        Object.keys(channels)
          .filter((channel) => channels[channel])
          .join(' '),
      )
    })
    return own
  }

  return {
    async refresh() {
      for (const form of document.querySelectorAll<HTMLFormElement>('form[data-kelisim-form]')) {
        const id = form.dataset['kelisimForm']!
        let own = equipped.get(form)
        try {
          if (own?.lang === host.lang()) continue
          await host.speak()
          const lang = host.lang()
          const view = engine.view({ layer: 'form', form: id, lang, now_ms: clock.now() })
          own ??= equip(form, id, view, lang)
          Object.assign(own, { view, lang })
          own.surface.draw(view, drafting(id, own.on))
        } catch (error) {
          report(error, 'form_failed')
        }
      }
    },
  }
}
