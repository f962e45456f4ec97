// Trusted actions: the page's own controls that open the dialog, and the services that wait for an action.
//
// A service of gate allow_on_action belongs to an element marked with data-service="<its id>", and to the form or button that
// holds one of its held elements.
import {
  closest,
  contains,
  doc,
  eventTarget,
  getAttribute,
  nodeType,
  on,
  preventDefault,
} from './dom.ts'
import { acted, rules } from './gate.ts'
import { entries, release } from './hold.ts'
import { setAdd, setHas } from './natives.ts'

function act(event: Event): void {
  const target = eventTarget(event)
  if (!event.isTrusted || nodeType(target) !== 1) return
  let reached = false
  const reach = (service: string | null | undefined) => {
    if (!service || setHas(acted, service)) return
    setAdd(acted, service)
    reached = true
  }
  const marked = closest(target, '[data-service]')
  if (marked) reach(getAttribute(marked, 'data-service'))
  const area = closest(target, 'form,button')
  const list = area ? entries() : []
  for (let i = 0; i < list.length; i++) {
    const { why, service, element } = list[i]!.held
    if (why === 'on_action' && element && contains(area, element)) reach(service)
  }
  if (!reached) return
  rules.forget()
  release()
}

/** @param open  Opens a layer of the dialog. */
export function watchActions(open: (layer: string) => void): void {
  on(doc, 'pointerdown', act, true)
  on(doc, 'input', act, true)
  on(doc, 'submit', act, true)
  on(
    doc,
    'click',
    (event: Event) => {
      act(event)
      const target = eventTarget(event)
      const control = nodeType(target) === 1 && closest(target, '[data-kelisim-open]')
      if (!control) return
      preventDefault(event)
      open(getAttribute(control, 'data-kelisim-open') || 'choices')
    },
    true,
  )
}
