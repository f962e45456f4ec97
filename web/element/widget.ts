// <kelisim-widget>: the dialog all layers open in, the handle to come back, and the voice for screen readers.
import type { Drafting, View } from '../engine/types.ts'
import type { Natives } from '../gate/link.ts'
import type { Surface, SurfaceHost } from './surface.ts'
import { Base } from './base.ts'
import { makeSurface } from './surface.ts'

export interface WidgetHost extends SurfaceHost {
  /** The handle was pressed. */
  back(): void
  /** Escape: away with the layer, nothing decided. */
  dismiss(): void
  /** The search box of the full text. */
  search(query: string): void
}

/**
 * Made and filled by the shell, once per page; it stands before <body>, so the first Tab reaches it and no page script that
 * rewrites <body> takes it away. The notice says that it is there and does not take the focus; the other layers are modal and give it back.
 *
 * @element kelisim-widget
 * @attr {string} data-layer - The open layer; reflected, absent while none is.
 * @attr {string} data-layout - Shape of the notice on wide screens: box (default), bar or sheet.
 * @csspart dialog - The box. @csspart notice, choices, policy, rights, receipts - The layer in it.
 * @csspart grant-all, refuse-all, choose, save - The answers, which never differ in weight. @csspart withdraw-all, back
 * @csspart switch - With data-scope and data-id. @csspart handle - The floating button.
 */
export class KelisimWidgetElement extends Base {}

/** Something of the page that Escape is meant for while it is there. */
const OTHERS = ':is(dialog[open],[role$=dialog],:popover-open,:modal,:fullscreen)'

/** What is fixed is in sight already: nothing has to be laid out to find out. */
const STILL = { preventScroll: true }

/** What a page can set. */
const PROPERTIES =
  'surface text muted line field accent answer on-answer warning focus radius gap width font shadow backdrop'.split(
    ' ',
  )

/** What has the focus, in whatever shadow root; null for the page as a whole. */
function inFocus(): Element | null {
  let active = document.activeElement
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
  return active === document.body ? null : active
}

/** The widget as the shell has it. Page code reaches the element, so nothing of the shell is on it. */
export class Widget {
  readonly element: KelisimWidgetElement
  readonly surface: Surface
  readonly #root: ShadowRoot
  readonly #natives: Natives
  readonly #dialog: HTMLDialogElement
  readonly #handle: HTMLButtonElement
  readonly #search: HTMLInputElement
  readonly #box: HTMLElement
  readonly #live: HTMLElement
  #opener: HTMLElement | null = null
  #modal = false

  /**
   * @param element  one that came with the page (kelisim build) keeps what is in it
   * @param side  where the handle floats
   */
  constructor(element: KelisimWidgetElement, host: WidgetHost, side: string) {
    const { natives } = host
    this.element = element
    this.#natives = natives
    this.#root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const make = <T extends HTMLElement>(name: string, to: Node, className: string) => {
      const painted = (to as ParentNode).querySelector<T>(className ? '.' + className : name)
      const element = painted ?? (natives.createElement(name) as T)
      element.classList.add(...className.split(' ').filter(Boolean))
      if (!painted) to.appendChild(element)
      return element
    }
    this.#live = make('div', this.#root, 'live')
    this.#live.setAttribute('role', 'status')

    const dialog = (this.#dialog = make<HTMLDialogElement>('dialog', this.#root, ''))
    dialog.setAttribute('part', 'dialog')
    dialog.tabIndex = -1
    natives.addEventListener(dialog, 'cancel', (event) => {
      event.preventDefault()
      host.dismiss()
    })
    // Browsers close a dialog by themselves when Escape is pressed twice.
    natives.addEventListener(dialog, 'close', () => {
      if (this.#modal && !dialog.open) host.dismiss()
    })
    natives.addEventListener(dialog, 'keydown', (event) => {
      if (natives.event.key(event) === 'Escape' && !this.#modal) host.dismiss()
    })
    // In the page too, after everyone else had it.
    natives.addEventListener(window, 'keydown', (event) => {
      if (
        dialog.open &&
        !this.#modal &&
        natives.event.key(event) === 'Escape' &&
        !event.defaultPrevented &&
        ![...event.composedPath(), ...document.querySelectorAll(OTHERS)].some(
          (node) =>
            node instanceof Element &&
            node.matches(OTHERS) &&
            node.checkVisibility?.({ visibilityProperty: true, opacityProperty: true }) !== false,
        )
      )
        host.dismiss()
    })

    const search = (this.#search = make<HTMLInputElement>('input', dialog, ''))
    search.type = 'search'
    natives.addEventListener(search, 'change', () => host.search(search.value))
    const box = (this.#box = make('div', dialog, 'box'))

    const handle = (this.#handle = make<HTMLButtonElement>('button', this.#root, 'handle'))
    handle.classList.add(side)
    handle.type = 'button'
    handle.hidden = true
    handle.setAttribute('part', 'handle')
    handle.setAttribute('aria-haspopup', 'dialog')
    natives.addEventListener(handle, 'click', () => host.back())
    // Before something of the page that went into the top layer is seen; a modal one stays on top until it is gone.
    const moved = (event: Event) => {
      const is = (what: string) => natives.dom.matches(natives.event.target(event), what) as boolean
      if (is(':popover-open') || (is('dialog:not(:modal)') && !this.#isRisen())) this.rise()
    }
    natives.addEventListener(document, 'toggle', moved, true)
    natives.addEventListener(document, 'close', moved, true)
    const only = (parent: Node, mine: Node[]) => {
      for (const node of [...parent.childNodes]) if (!mine.includes(node)) node.remove()
    }
    only(this.#root, [this.#live, dialog, handle])
    only(dialog, [search, box])
    this.surface = makeSurface(this.#root, box, host)
  }

  /** The language's name of the handle. */
  set handleName(name: string) {
    this.#handle.title = name
    this.#handle.setAttribute('aria-label', name)
  }

  /**
   * Shows a layer, with the search box if that has a name.
   * @param focus  a person asked for it: the focus goes there, as it always does in a modal one
   */
  open(view: View, drafting: Drafting | null, focus: boolean, searchName = '', query = '') {
    const { layer, lang, dir, modal } = view.tree
    const dialog = this.#dialog
    const isShown = dialog.open
    const wasModal = this.#modal
    const active = inFocus()
    this.element.dataset['layer'] = dialog.dataset['layer'] = layer
    dialog.className = modal ? 'modal' : ''
    this.element.lang = lang
    this.element.dir = dir
    this.#search.hidden = !searchName
    this.#search.placeholder = searchName
    this.#search.setAttribute('aria-label', searchName)
    this.#search.value = query
    const isOther = this.surface.draw(view, drafting)
    const [title, about] = dialog.querySelectorAll('h2, .text')
    dialog.setAttribute('aria-labelledby', title!.id)
    if (about) about.id = 'k-about'
    dialog.setAttribute('aria-describedby', 'k-about')
    const enters = (modal && !this.#modal) || (focus && !modal)
    if (enters && !dialog.contains(active)) this.#opener = active as HTMLElement | null
    if (this.#modal !== modal || !isShown) {
      this.#modal = false // so that its end is not taken for the person's
      this.#hide()
      if (modal) dialog.showModal?.()
    }
    this.#modal = modal
    // A painted one of a page that is transformed or the like stands somewhere in that page.
    if (!modal && !(isShown && !wasModal && this.#isInSight())) this.#rise()
    dialog.setAttribute('open', '')
    // Only what is painted can be scrolled.
    if (isOther) this.#box.scrollTop = 0
    // Opening a modal one is what the browser focuses at once; a control that is gone leaves it to the dialog.
    if (enters || (dialog.contains(active) && !dialog.contains(inFocus()))) dialog.focus(STILL)
    this.#handle.hidden = true
  }

  /** Nothing is shown but the handle. */
  close(handle: boolean) {
    delete this.element.dataset['layer']
    this.#handle.hidden = !handle
    const inside = this.#dialog.contains(this.#root.activeElement)
    this.#modal = false
    this.#hide()
    this.surface.clear()
    // Back to where it came from, unless the person has gone on elsewhere; that may be gone by now.
    if (inside) {
      this.#opener?.focus()
      if (!this.#opener || inFocus() !== this.#opener) this.#handle.focus(STILL)
    }
    this.#opener = null
  }

  #hide() {
    const { dom } = this.#natives
    const dialog = this.#dialog
    if (this.#isRisen()) dom.hidePopover!(dialog)
    dialog.close?.()
    dialog.removeAttribute('open')
  }

  #isInSight() {
    const { y, height } = this.#natives.box(this.#dialog)
    return y > -1 && y + height < innerHeight + 1
  }

  /** Puts the element where the widget stands, if it is not in the page. */
  place() {
    const { element } = this
    if (element.isConnected) return false
    document.documentElement.insertBefore(element, document.body)
    // What the page took out is in the top layer no more, though it says it is open.
    this.#modal = false
    this.#hide()
    return true
  }

  #isRisen() {
    const { dom } = this.#natives
    return dom.showPopover && (dom.matches(this.#dialog, ':popover-open') as boolean)
  }

  /** Something may have come on top: up again, and what it says has to be seen anew. */
  rise() {
    if (this.#modal || !this.#dialog.open) return
    this.#rise()
    this.surface.restart()
  }

  /** On top of everything of the page that is in the top layer, as a modal one is by itself. */
  #rise() {
    const { dom, shadow } = this.#natives
    const dialog = this.#dialog
    if (!dom.showPopover) return
    const focused = shadow.activeElement(this.#root)
    dom.setAttribute(dialog, 'popover', 'manual')
    dom.removeAttribute(dialog, 'open')
    if (this.#isRisen()) dom.hidePopover!(dialog)
    // Over a modal dialog of the page it would be seen and be dead, and presses would go through it.
    if (!this.#natives.all(document, ':modal').length) dom.showPopover(dialog)
    dom.setAttribute(dialog, 'open', '')
    if (focused) dom.focus(focused)
  }

  /** Back to the widget's own looks, whatever the page sets. */
  plain() {
    const { style } = this.element
    for (const name of PROPERTIES) style.setProperty('--kelisim-' + name, 'initial', 'important')
    this.surface.restart()
  }

  announce(text: string) {
    this.#live.textContent = text
  }
}
