// The first layer as it came with the page (kelisim build): shown when somebody has to be asked, and its answers count before the
// engine is up. What a click may do is what it may do in the shell's own layers (web/element/guard.ts).
import { isDrawn } from '../element/drawn.ts'
import type { Watch } from '../element/guard.ts'
import { makeWatch } from '../element/guard.ts'
import { stringify } from '../engine/engine.ts'
import type { Built } from './built.ts'
import { answered } from './built.ts'
import {
  closest,
  createElement,
  doc,
  eventTarget,
  getAttribute,
  listItem,
  listLength,
  local,
  nextFrame,
  Observer,
  observeNode,
  on,
  own,
  removeAttribute,
  select,
  setAttribute,
  timeout,
  writeItem,
} from './dom.ts'
import { config, emit, rules } from './gate.ts'
import { keyOf } from './key.ts'
import { senses } from './kit.ts'
import type { Painted, Snapshot } from './link.ts'
import { grab, now } from './natives.ts'
import { open } from './public.ts'

const [shadowOf] = grab(Element.prototype, 'shadowRoot') as [(element: Element) => ShadowRoot]
const [textOf] = grab(doc, 'textContent') as [(node: Node) => string]
/** How often it is looked whether the answers still stand where they stood. */
const LOOK_MS = 150
/** As often it goes back into the page at most. */
const STAY_MS = 1000

/** The first of the elements that fit; null when there is none. */
const first = (root: Node, selector: string): any => {
  const found = select(root, selector)
  return listLength(found) ? listItem(found, 0) : null
}

/**
 * Waits for the painted layer, and keeps it going until the shell takes it over.
 *
 * @param asks     whether somebody has to be asked; else only the handle is shown
 * @param enforce  puts a snapshot in force
 */
export function paint(built: Built, asks: boolean, enforce: (snapshot: Snapshot) => void): Painted {
  let widget: HTMLElement | null = null
  let shownAt: number | null = null
  let pending: string | null = null
  let ours = true
  let dialog: any
  /** The layer as it came, to compare with. */
  let copy: any
  let buttons: ArrayLike<Element>
  let watch: Watch
  /** As it came. */
  let dressed: string
  /** As many elements came in the shadow root. */
  let count: number
  /** What is said of a grant that was not taken: too early, or for another reason. */
  let early: string
  let tampered: string
  let told: Element | null = null
  const { dom, shadow } = senses

  const hush = () => {
    if (told) watch.own(() => dom.append(createElement(doc, 'p'), told))
    told = null
  }
  /** As the shell's layers say it (web/element/surface.ts). */
  const tell = (text: string) => {
    const line = (told = createElement(doc, 'p') as Element)
    setAttribute(line, 'class', 'told')
    setAttribute(line, 'role', 'alert')
    watch.own(() => dom.append(first(dialog, '.actions'), line))
    timeout(() => line === told && watch.own(() => dom.append(line, text)), 50)
  }

  const show = (handle: boolean) => {
    const button = first(shadowOf(widget!), '.handle')
    if (handle) {
      removeAttribute(dialog, 'open')
      if (button) removeAttribute(button, 'hidden')
    } else setAttribute(dialog, 'open', '')
  }

  const isWhole = (layer: Element) => {
    const now = senses.all(layer, 'button')
    for (let i = 0; i < buttons.length; i++) if (now[i] !== buttons[i]) return false
    // What styles others put in may say, the shell can judge: it comes soon.
    const root = shadowOf(widget!)
    const adopted = shadow.adoptedStyleSheets
    if (senses.all(root, '*').length !== count || (adopted && adopted(root)[0])) return false
    // Looks are inherited, too.
    if (getAttribute(dialog, 'style') || looks(root) !== dressed) return false
    return isDrawn(layer, copy, () => false, [null, null], senses)
  }

  /** What the styles that came with it say, and how the box is dressed. */
  const looks = (root: ShadowRoot): string => {
    const { cssRules, cssText } = senses.css
    const sheets = shadow.styleSheets(root)
    let text = ''
    for (let i = 0; sheets[i]; i++) {
      const rules = cssRules(sheets[i])
      for (let k = 0; rules[k]; k++) text += cssText(rules[k])
    }
    const box = first(dialog, '.box')
    return text + ' ' + getAttribute(box, 'class') + (getAttribute(box, 'style') || '')
  }

  const look = () => {
    if (!ours) return
    watch.look()
    timeout(look, LOOK_MS)
  }

  const answer = (event: Event, button: HTMLElement, action: string) => {
    const layer = first(dialog, '.layer')
    const lang = getAttribute(layer, 'lang')
    const [layer_sha256, key] = built.layers[lang] || ['', -1]
    const grant = action === 'grant_all'
    const why =
      grant && watch.doubt(event, button, () => keyOf(textOf(layer)) === key && isWhole(layer))
    // A refusal counts from a layer whatever it looks like, but it is the person's.
    if (grant ? why : !senses.event.isTrusted(event) || key < 0) {
      if (why && why !== 'untrusted') tell(why === 'early' ? early : tampered)
      return emit('error', { code: 'tampered', path: '', message: 'a grant was not taken: ' + why })
    }
    const { policy, edition } = built.closed
    const at_ms = now()
    const snapshot = answered(built, grant)
    const text = stringify({
      format: 'kelisim-pending-1',
      action,
      at_ms,
      layer_sha256,
      lang,
      policy,
      edition,
    })
    // Both or none: without the answer beside it a snapshot says nothing that can be proven.
    if (writeItem(local, 'kelisim.pending', text))
      writeItem(local, 'kelisim.snapshot', stringify(snapshot))
    else pending = text
    show(true)
    enforce(snapshot)
  }

  const pressed = (event: Event) => {
    const button = ours && closest(eventTarget(event), 'button')
    if (ours) hush()
    if (!button) return
    let at = 0
    while (at < buttons.length && buttons[at] !== button) at++
    const meant = senses.all(copy, 'button')[at]
    const action = meant ? getAttribute(meant, 'data-action') : null
    if (action === 'grant_all' || action === 'refuse_all') answer(event, button, action)
    else if (action === 'close') show(true)
    else {
      setAttribute(button, 'aria-busy', 'true')
      open(getAttribute(button, 'data-target') || 'choices')
    }
  }

  let placedAt = 0
  /** Back with it where the page has written itself anew; a page that wants it gone is not fought with. */
  const stay = () => {
    const at = senses.clock()
    if (dom.isConnected(widget!) || !doc.body || at - placedAt < STAY_MS) return
    placedAt = at
    dom.before(doc.body, widget!)
  }

  const find = () => {
    if (widget) return stay()
    const element = first(doc, 'kelisim-widget')
    const root = element && shadowOf(element)
    // It is all there once its last element is.
    if (!root || !first(root, '.handle')) return
    dialog = first(root, 'dialog')
    observer.disconnect()
    // Where it stands for good: the first of the body's elements is the page's own again.
    dom.before(doc.body, element)
    // Only what can take it away is looked at.
    const watchChildren = (parent: Node) => observeNode(observer, parent, { childList: true })
    watchChildren(doc)
    watchChildren(doc.documentElement)
    watchChildren(doc.body)
    widget = element
    const layer = first(dialog, '.layer')
    copy = dom.cloneNode(layer, true)
    count = senses.all(root, '*').length
    dressed = looks(root)
    const box = first(dialog, '.box')
    early = getAttribute(box, 'data-early')
    tampered = getAttribute(box, 'data-tampered')
    buttons = senses.all(layer, 'button')
    const answers = senses.all(layer, '[data-weight=equal]')
    watch = makeWatch(
      root,
      () => answers,
      () => dialog,
      senses,
    )
    on(root, 'click', pressed)
    on(root, 'keydown', (event: KeyboardEvent) => {
      if (ours && event.key === 'Escape') show(true)
    })
    show(!asks)
    if (asks)
      nextFrame(own, () => {
        watch.restart((shownAt = senses.clock()))
        look()
      })
  }
  const observer = new Observer(find)
  observeNode(observer, doc, { childList: true, subtree: true })

  return {
    element: () => widget,
    shownAt: () => shownAt,
    takePending() {
      const text = pending
      pending = null
      return text
    },
    end() {
      ours = false
      hush()
      observer.disconnect()
    },
  }
}

/** Whether the painted layer has to ask. */
export const hasToAsk = (): boolean =>
  config.open === 'auto' &&
  (!rules.snapshot || rules.snapshot.status !== 'decided' || rules.expired())
