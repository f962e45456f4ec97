// Trusted actions: the page's own controls that open the dialog, and the services that wait for an action.
//
// A service of gate allow_on_action belongs to an element marked with data-service="<its id>", and to the form or button that
// holds one of its held elements.
import { closest, doc, eventTarget, getAttribute, nodeType, on, preventDefault } from './dom.ts'
import { acted, rules } from './gate.ts'
import { entries, release } from './hold.ts'
import { exec, grab, mapGet, mapSet, then, words, type Ten } from './natives.ts'
import { excuse } from './public.ts'

/** A word that is none of them, as frameworks write for an attribute without a value, means the choices. */
const LAYERS = /^(notice|policy|rights|receipts)$/
const [press] = grab(HTMLElement.prototype, 'click') as Ten

/** @param open  Opens a layer of the dialog. Where that fails a link leads to where it leads. */
export function watchActions(open: (layer: string) => Promise<unknown>): void {
  let going = false
  const act = (event: Event): void => {
    const target = eventTarget(event)
    if (nodeType(target) !== 1) return
    const control = event.type === 'click' && closest(target, '[data-kelisim-open]')
    if (control && !going) {
      preventDefault(event)
      const layer = getAttribute(control, 'data-kelisim-open')
      then(open(exec(LAYERS, layer) ? layer! : 'choices'), null, () => {
        const link = closest(target, 'a[href]:not([href^="#"])')
        if (!link) return excuse && excuse()
        going = true
        press(link)
        going = false
      })
    }
    if (!event.isTrusted) return
    let reached = false
    const reach = (service: string | null | undefined) => {
      if (!service || mapGet(acted, service)) return
      mapSet(acted, service, true)
      reached = true
    }
    const marked = closest(target, '[data-service]')
    if (marked) reach(getAttribute(marked, 'data-service'))
    const area = closest(target, 'form,button')
    const list = area ? entries() : []
    for (let i = 0; i < list.length; i++) {
      const { held, element } = list[i]!
      if (held.why === 'on_action' && element && closest(element, 'form,button') === area)
        reach(held.service)
    }
    if (!reached) return
    rules.forget()
    release()
  }
  words('pointerdown input submit click', (type) => on(doc, type, act, true))
}
