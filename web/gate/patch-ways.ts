// Ways out of the page itself: forms, windows, links and addresses the page goes to. Where the person has just acted, they pass:
// a click on a link to somewhere else is theirs.
import {
  cloneNode,
  closest,
  eventTarget,
  getAttribute,
  nodeType,
  on,
  own,
  path,
  preventDefault,
  stopEvent,
} from './dom.ts'
import { describeHeld, judge } from './gate.ts'
import { hold } from './hold.ts'
import { apply, exec, now, words } from './natives.ts'
import { methods } from './wrap.ts'

/** When the person last did something to the page itself. */
let acted = -Infinity
export const watchPerson = (): void =>
  words('pointerdown pointerup click keydown', (type) =>
    on(
      own,
      type,
      (event: Event) => {
        if (event.isTrusted && !exec(/^KELISIM-/, eventTarget(event).nodeName || '')) acted = now()
      },
      true,
    ),
  )
/** As long as browsers take an action for the reason of what follows. */
const byPerson = (): boolean => now() - acted < 5000

/** Holds a way to a third party; false where it may be gone. */
function stop(kind: string, address: string | null, node: Node, run: () => void): boolean {
  const test = () => judge(address!, node)
  if (address === null || test().allow || byPerson()) return false
  hold({ held: describeHeld(kind, address, node), test, run })
  return true
}

export function patchWays(view: any): void {
  const { document, location, navigation } = view
  const { submit, requestSubmit } = view.HTMLFormElement.prototype
  /** The form that is sent in its button's name: its listeners have been told. */
  let sent: any
  const held = (form: any, submitter?: any): boolean =>
    stop(
      'form',
      (submitter && getAttribute(submitter, 'formaction')) ?? getAttribute(form, 'action'),
      form,
      () => {
        sent = form
        apply(submitter ? requestSubmit : submit, form, [submitter])
        sent = null
      },
    )
  methods(view, 'HTMLFormElement', 'submit', (native, self, args) =>
    held(self) ? undefined : apply(native, self, args),
  )
  on(view, 'submit', (event: any) => eventTarget(event) === sent && stopEvent(event), true)
  on(view, 'submit', (event: any) => {
    const form = eventTarget(event)
    if (!event.defaultPrevented && form && held(form, event.submitter)) preventDefault(event)
  })
  // Followed by code, whichever way it clicks. A copy goes later: the link's listeners have been told.
  const { click } = view.HTMLElement.prototype
  on(view, 'click', (event: any) => {
    const target = !event.isTrusted && !event.defaultPrevented && path(event)[0]
    const link = target && nodeType(target) === 1 && closest(target, 'a[href],area[href]')
    const go = () => apply(click, cloneNode(link), [])
    if (link && stop('navigation', getAttribute(link, 'href'), link, go)) preventDefault(event)
  })
  if (navigation)
    on(navigation, 'navigate', (event: any) => {
      const { url } = event.destination
      if (event.cancelable && !event.userInitiated && exec(/^http/, url))
        if (stop('navigation', url, document, () => location.assign(url))) preventDefault(event)
    })
}

/** Whether a window may not be opened now. */
export const stopsOpening = (view: any, args: any[], run: () => void): boolean =>
  stop('window', args[0] === undefined ? null : (args[0] = `${args[0]}`), view.document, run)
