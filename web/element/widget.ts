// <kelisim-widget>: the dialog all layers open in, the handle to come back, and the voice for screen readers.
import type { Drafting, View } from '../engine/types.ts'
import type { Surface, SurfaceHost } from './surface.ts'
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
 * rewrites <body> takes it away. The notice does not take the focus; the other layers are modal and give it back.
 *
 * @element kelisim-widget
 * @attr {string} data-layer - The open layer; reflected, absent while none is.
 * @attr {string} data-layout - Shape of the notice on wide screens: box (default), bar or sheet.
 * @csspart dialog - The box. @csspart notice, choices, policy, rights, receipts - The layer in it.
 * @csspart grant-all, refuse-all, choose, save - The answers, which never differ in weight. @csspart withdraw-all, back
 * @csspart switch - With data-scope and data-id. @csspart handle - The floating button.
 */
export class KelisimWidgetElement extends HTMLElement {
  /** One that came with the page (kelisim build) is taken as it is. */
  readonly #root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
  surface!: Surface
  #dialog!: HTMLDialogElement
  #handle!: HTMLButtonElement
  #search!: HTMLInputElement
  #live!: HTMLElement
  #opener: HTMLElement | null = null
  #modal = false

  /** @param side where the handle floats */
  start(host: WidgetHost, side: string) {
    const make = <T extends HTMLElement>(name: string, to: Node, className: string) => {
      const painted = (to as ParentNode).querySelector<T>(className ? '.' + className : name)
      const element = painted ?? (host.natives.createElement(name) as T)
      element.classList.add(...className.split(' ').filter(Boolean))
      if (!painted) to.appendChild(element)
      return element
    }
    this.#live = make('div', this.#root, 'live')
    this.#live.setAttribute('role', 'status')

    const dialog = (this.#dialog = make<HTMLDialogElement>('dialog', this.#root, ''))
    dialog.setAttribute('part', 'dialog')
    dialog.tabIndex = -1
    dialog.addEventListener('cancel', (event) => {
      event.preventDefault()
      host.dismiss()
    })
    // Browsers close a dialog by themselves when Escape is pressed twice.
    dialog.addEventListener('close', () => this.#modal && !dialog.open && host.dismiss())
    dialog.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape' && !this.#modal) host.dismiss()
    })

    const search = (this.#search = make<HTMLInputElement>('input', dialog, ''))
    search.type = 'search'
    search.addEventListener('change', () => host.search(search.value))
    this.surface = makeSurface(this.#root, make('div', dialog, 'box'), host)

    const handle = (this.#handle = make<HTMLButtonElement>('button', this.#root, 'handle'))
    handle.classList.add(side)
    handle.type = 'button'
    handle.hidden = true
    handle.setAttribute('part', 'handle')
    handle.setAttribute('aria-haspopup', 'dialog')
    handle.addEventListener('click', () => host.back())
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
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    this.dataset['layer'] = dialog.dataset['layer'] = layer
    dialog.className = modal ? 'modal' : ''
    this.lang = lang
    this.dir = dir
    this.#search.hidden = !searchName
    this.#search.placeholder = searchName
    this.#search.setAttribute('aria-label', searchName)
    this.#search.value = query
    this.surface.draw(view, drafting)
    const [title, about] = dialog.querySelectorAll('h2, .text')
    dialog.setAttribute('aria-labelledby', title!.id)
    if (about) about.id = 'k-about'
    dialog.setAttribute('aria-describedby', 'k-about')
    const enters = (modal && !this.#modal) || (focus && !modal)
    if (enters && !dialog.contains(active)) this.#opener = active as HTMLElement | null
    if (this.#modal !== modal) {
      this.#modal = false // so that its end is not taken for the person's
      dialog.close?.()
      dialog.removeAttribute('open')
      if (modal) dialog.showModal?.()
    }
    this.#modal = modal
    dialog.setAttribute('open', '')
    if (enters) dialog.focus()
    this.#handle.hidden = true
  }

  /** Nothing is shown but the handle. */
  close(handle: boolean) {
    delete this.dataset['layer']
    this.#handle.hidden = !handle
    const inside = this.#dialog.contains(this.#root.activeElement)
    this.#modal = false
    this.#dialog.close?.()
    this.#dialog.removeAttribute('open')
    this.surface.clear()
    // Back to where it came from, unless the person has gone on elsewhere.
    if (inside) this.#opener?.focus()
    this.#opener = null
  }

  announce(text: string) {
    this.#live.textContent = text
  }
}
