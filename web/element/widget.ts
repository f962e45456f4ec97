// <kelisim-widget>: the dialog all layers open in, the handle to come back, and the voice for screen readers.
import type { Drafting, View } from '../engine/types.ts'
import type { SurfaceHost } from './surface.ts'
import { Surface } from './surface.ts'

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
 * rewrites <body> takes it away. The notice does not take the focus; the other layers are modal and give it back.
 *
 * @element kelisim-widget
 * @attr {string} data-layer - The open layer; reflected, absent while none is.
 * @csspart dialog - The box. @csspart notice, choices, policy, rights, receipts - The layer in it.
 * @csspart grant-all, refuse-all, choose, save - The answers, which never differ in weight. @csspart withdraw-all, back
 * @csspart switch - With data-scope and data-id. @csspart handle - The floating button.
 */
export class KelisimWidgetElement extends HTMLElement {
  readonly #root = this.attachShadow({ mode: 'open' })
  #surface!: Surface
  #dialog!: HTMLDialogElement
  #handle!: HTMLButtonElement
  #search!: HTMLInputElement
  #live!: HTMLElement
  #opener: HTMLElement | null = null
  #modal = false

  /** @param side where the handle floats */
  start(host: WidgetHost, side: string) {
    const make = (name: string, part: string, className: string) => {
      const element = host.natives.createElement(name)
      if (part) element.setAttribute('part', part)
      element.className = className
      this.#root.append(element)
      return element
    }
    this.#live = make('div', '', 'live')
    this.#live.setAttribute('role', 'status')
    this.#dialog = make('dialog', 'dialog', '') as HTMLDialogElement
    this.#dialog.tabIndex = -1
    this.#handle = make('button', 'handle', 'handle ' + side) as HTMLButtonElement
    this.#handle.type = 'button'
    this.#handle.hidden = true
    this.#handle.setAttribute('aria-haspopup', 'dialog')
    this.#search = host.natives.createElement('input') as HTMLInputElement
    this.#search.type = 'search'
    this.#search.hidden = true
    const box = host.natives.createElement('div')
    this.#dialog.append(this.#search, box)
    this.#surface = new Surface(this.#root, box, host)
    this.#search.addEventListener('change', () => host.search(this.#search.value))
    this.#handle.addEventListener('click', () => host.back())
    this.#dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      host.dismiss()
    })
    // Browsers close a dialog by themselves when Escape is pressed twice.
    this.#dialog.addEventListener('close', () => {
      if (this.#modal) host.dismiss()
    })
    this.#dialog.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && !this.#modal) host.dismiss()
    })
  }

  get surface() {
    return this.#surface
  }

  /** Name of the handle; "" hides it for good. */
  set handleName(name: string) {
    this.#handle.ariaLabel = name
    this.#handle.title = name
  }

  /** Offers the search of the full text; `open` takes it away again. */
  search(name: string, query: string) {
    this.#search.hidden = false
    this.#search.ariaLabel = this.#search.placeholder = name
    this.#search.value = query
  }

  /** Shows a layer. */
  open(view: View, drafting: Drafting | null) {
    const { layer, lang, modal } = view.tree
    const active = this.#activeElement()
    this.#search.hidden = true
    this.dataset['layer'] = layer
    this.#dialog.dataset['layer'] = layer
    this.#dialog.className = modal ? 'modal' : ''
    this.#dialog.lang = lang
    this.#surface.draw(view, drafting)
    const [title, about] = this.#dialog.querySelectorAll('h2, .text')
    this.#dialog.setAttribute('aria-labelledby', title!.id)
    if (about) {
      about.id ||= 'k-about'
      this.#dialog.setAttribute('aria-describedby', about.id)
    }
    if (modal && !this.#modal) {
      if (!this.#dialog.contains(active)) this.#opener = active
      this.#dialog.removeAttribute('open')
      this.#dialog.showModal?.()
      this.#dialog.focus()
    }
    if (!modal && this.#modal) this.#leave()
    this.#dialog.setAttribute('open', '')
    this.#modal = modal
    this.#handle.hidden = true
  }

  /** Nothing is shown but the handle. */
  close(handle: boolean) {
    delete this.dataset['layer']
    this.#handle.hidden = !handle
    if (this.#modal) this.#leave()
    this.#dialog.removeAttribute('open')
    this.#surface.clear()
  }

  announce(text: string) {
    this.#live.textContent = text
  }

  #leave() {
    this.#modal = false
    this.#dialog.close?.()
    const opener = this.#opener
    this.#opener = null
    opener?.focus()
  }

  #activeElement() {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    return active as HTMLElement | null
  }
}
