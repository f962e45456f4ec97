// Which layer is open and what is pressed in it. What layers say and answers mean comes from the engine.
import type { Engine } from '../engine/engine.ts'
import { KelisimError } from '../engine/error.ts'
import type { Action, Drafting, Json, Layer, View, ViewNode } from '../engine/types.ts'
import type { PolicyHost } from '../element/policy.ts'
import type { Answer, Surface } from '../element/surface.ts'
import type { KelisimWidgetElement, WidgetHost } from '../element/widget.ts'
import type { GateLink, StorageItem } from '../gate/link.ts'
import type { Clock } from '../host/clock.ts'
import type { Languages, Words } from './language.ts'
import { pickLanguage } from './language.ts'
import type { Report } from './report.ts'
import type { Session } from './session.ts'

export interface LayersHost {
  engine: Engine
  link: GateLink
  clock: Clock
  languages: Languages
  session: Session
  report: Report
  /** Makes the widget; it is not in the page yet. */
  makeWidget(): KelisimWidgetElement
  /** Where the handle floats, or none. */
  handle: 'start' | 'end' | 'none'
  /** Verbatim text of the policy, given to the engine; rejects when it is not to be had. */
  loadText(): Promise<void>
  /** Bodies of the receipts, newest first. */
  bodies(): Promise<Json[]>
  saveReceipts(): void
}

const isLayer = (layer: string): layer is Layer =>
  /^(notice|choices|policy|rights|receipts)$/.test(layer)

export class Layers implements WidgetHost, PolicyHost {
  readonly natives: GateLink['natives']
  readonly nonce: string
  readonly #host: LayersHost
  #widget: KelisimWidgetElement | null = null
  /** Open layers, the one in front last. */
  #open: Layer[] = []
  #drafting: Drafting | null = null
  #text = false
  #query = ''
  /** Raised by each drawing: one that took too long is not shown any more. */
  #turn = 0

  constructor(host: LayersHost) {
    this.#host = host
    this.natives = host.link.natives
    this.nonce = host.link.config.nonce
  }

  get lang(): string {
    const { config } = this.#host.link
    return pickLanguage([config.lang, document.documentElement.lang, navigator.language])
  }

  #words(lang = this.lang): Promise<Words> {
    return this.#host.languages.load(lang, this.#host.engine)
  }

  /** The widget in the page; before <body>, or at the end while there is none. */
  async #ready(): Promise<KelisimWidgetElement> {
    const words = await this.#words()
    if (!this.#widget) {
      this.#widget = this.#host.makeWidget()
      this.#widget.start(this, this.#host.handle)
    }
    const root = document.documentElement
    if (!this.#widget.isConnected) root.insertBefore(this.#widget, document.body)
    this.#widget.handleName = words['handle']!
    return this.#widget
  }

  /** Opens a layer; from a button in another layer, on top of that. */
  async open(layer: string, on = false): Promise<void> {
    if (!isLayer(layer)) throw new KelisimError('layer_unknown', `no layer "${layer}"`)
    this.#host.session.refresh()
    this.#open = on ? [...this.#open.filter((open) => open !== layer), layer] : [layer]
    this.#text = false
    this.#query = ''
    if (layer === 'choices' && !this.#drafting) this.#drafting = this.#start()
    await this.draw()
  }

  #start() {
    return this.#host.engine.startDraft(this.#host.clock.now())
  }

  /** Draws what is open, in the language of now. */
  async draw(): Promise<void> {
    const turn = ++this.#turn
    const widget = await this.#ready()
    const layer = this.#open[this.#open.length - 1]
    if (!layer) {
      widget.close(this.#host.handle !== 'none')
      return
    }
    if (this.#text) await this.#host.loadText()
    const receipts = layer === 'receipts' ? await this.#host.bodies() : []
    if (turn !== this.#turn) return
    const view = this.#host.engine.view({
      layer,
      lang: this.lang,
      now_ms: this.#host.clock.now(),
      receipts,
      ...(this.#text && { text: true, query: this.#query }),
    })
    widget.open(view, layer === 'choices' ? this.#drafting : null)
    if (this.#text) widget.search((await this.#words())['shell.search']!, this.#query)
  }

  /** Away with everything; nothing is decided. */
  close() {
    this.#open = []
    this.#drafting = null
    this.#turn++
    this.#widget?.close(this.#host.handle !== 'none')
  }

  /** Whether a layer is open. */
  get isOpen() {
    return this.#open.length > 0
  }

  /** After a change from elsewhere: a question that was answered goes, switches stand as they are now. */
  refresh(ask: boolean) {
    if (this.#open[0] === 'notice' && this.#open.length === 1 && !ask) this.close()
  }

  dismiss = () => this.close()
  back = () => void this.#guarded(this.open('choices'))

  search = (query: string) => {
    this.#query = query
    void this.#guarded(this.draw())
  }

  #guarded(work: Promise<unknown>) {
    return work.catch((error: unknown) => this.#host.report(error, 'layer_failed'))
  }

  clause = async (id: string, lang: string): Promise<ViewNode> => {
    const { engine, loadText, report } = this.#host
    try {
      const node = engine.clause(id, lang)
      if (typeof node.text === 'string') return node
      await loadText()
      return engine.clause(id, lang)
    } catch (error) {
      report(error, 'text_unavailable')
      return { kind: 'text', tone: 'warning', text: (await this.#words(lang))['error.text']! }
    }
  }

  move = (scope: string, id: string, on: boolean, trusted: boolean): Drafting | null => {
    if (on && !trusted) {
      this.#tampered('untrusted')
      return null
    }
    if (!this.#drafting) return null
    this.#drafting = this.#host.engine.setDraft(this.#drafting.draft, scope, id, on)
    return this.#drafting
  }

  policy = async (lang: string, text: boolean): Promise<View> => {
    const { engine, clock, loadText } = this.#host
    const spoken = pickLanguage([lang, this.lang])
    await this.#words(spoken)
    if (text) await loadText()
    return engine.view({ layer: 'policy', lang: spoken, now_ms: clock.now(), text })
  }

  answer = (answer: Answer, surface: Surface): void => {
    const { action, target } = answer
    const mine = surface === this.#widget?.surface
    switch (action) {
      case 'open':
        return void this.#guarded(this.open(target, mine))
      case 'back':
        this.#open.pop()
        return void this.#guarded(this.draw())
      case 'close':
        return this.close()
      case 'load_text':
        this.#text = true
        return void this.#guarded(
          this.draw().catch(async (error: unknown) => {
            this.#text = false
            this.#widget?.announce((await this.#words())['error.text']!)
            throw error
          }),
        )
      case 'save_receipts':
        return this.#host.saveReceipts()
      case 'reload':
        return location.reload()
      default:
        this.#decide(action as Action, answer, surface)
    }
  }

  #decide(action: Action, { target, trusted, view, doubt }: Answer, surface: Surface) {
    const { session, report } = this.#host
    if (/^(grant|save)/.test(action)) {
      const why = doubt()
      if (why) {
        this.#tampered(why)
        surface.draw(view, this.#drafting)
        return
      }
    }
    const { layer, lang } = view.tree
    try {
      session.act({
        action,
        // What the page's own code presses is the page's act, and can only be a refusal.
        ...(trusted
          ? { source: 'person' as const, layer, text_sha256: view.sha256 }
          : { source: 'api' as const, layer: 'none' }),
        lang,
        ...(action === 'save_choices' && { draft: this.#drafting!.draft }),
        ...(action === 'grant_service' && { service: target }),
        ...(action === 'withdraw_some' && { ids: target.split(' ') }),
      })
      void this.#say('shell.saved')
    } catch (error) {
      report(error, 'act_failed')
    }
  }

  #tampered(why: string) {
    this.#host.report(new KelisimError('tampered', 'a grant was not taken: ' + why), '')
    void this.#say('error.tampered')
  }

  async #say(key: string) {
    const words = await this.#words()
    this.#widget?.announce(words[key]!)
  }

  /** After a withdrawal: what is left to the person. */
  async left(items: StorageItem[], services: string[]): Promise<void> {
    const words = await this.#words()
    const { policy, edition } = this.#host.session.state()
    const children: ViewNode[] = []
    if (items.length)
      children.push(
        { kind: 'text', text: words['shell.kept']! },
        {
          kind: 'list',
          children: items.map(({ name, match, service }) => ({
            kind: 'item',
            label: name + (match === 'prefix' ? '…' : ''),
            text: service,
          })),
        },
      )
    if (services.length)
      children.push(
        { kind: 'text', text: words['shell.reload']! },
        {
          kind: 'actions',
          children: [{ kind: 'button', action: 'reload', text: words['shell.reload_now']! }],
        },
      )
    const widget = await this.#ready()
    if (this.isOpen) return
    widget.open(
      {
        sha256: '',
        tree: {
          format: 'kelisim-view-1',
          policy,
          edition,
          layer: 'left',
          lang: this.lang,
          dir: 'ltr',
          title: words['shell.saved']!,
          modal: false,
          children: [{ kind: 'close', text: words['close']! }, ...children],
        },
      },
      null,
    )
  }
}
