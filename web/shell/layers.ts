// Which layer is open and what is pressed in it. What layers say and answers mean comes from the engine.
import type { PolicyHost } from '../element/policy.ts'
import type { Answer, Surface } from '../element/surface.ts'
import type { KelisimWidgetElement, WidgetHost } from '../element/widget.ts'
import { Widget } from '../element/widget.ts'
import type { Engine } from '../engine/engine.ts'
import { KelisimError } from '../engine/error.ts'
import type { Action, Drafting, Layer, ViewNode } from '../engine/types.ts'
import type { GateLink, StorageItem } from '../gate/link.ts'
import type { Clock } from '../host/clock.ts'
import type { History } from './history.ts'
import type { Languages } from './language.ts'
import type { Report } from './report.ts'
import type { Session } from './session.ts'

/** So long a voice needs to find its region before something is said in it. */
const HERALD_MS = 250

/** So long a layer takes to be there. */
const LEGIBLE_MS = 150

/** As often it goes back at most. */
const STAY_MS = 1000

export interface LayersHost {
  engine: Engine
  link: GateLink
  clock: Clock
  languages: Languages
  session: Session
  report: Report
  /** Makes the widget, or takes the one that came with the page. */
  makeWidget(): KelisimWidgetElement
  /** Where the handle floats, or none. */
  handle: 'start' | 'end' | 'none'
  /** Verbatim text of the policy, given to the engine; rejects when it is not to be had. */
  loadText(): Promise<void>
  history(): Promise<History>
  saveReceipts(format: string): void
}

export interface Layers extends WidgetHost, PolicyHost {
  /** The language of now. */
  lang(): string
  /**
   * Opens a layer, and the focus goes there.
   * @param how  on: on top of what is open. quiet: nobody asked for it, so the focus stays where it is.
   */
  open(layer: string, how?: 'on' | 'quiet'): Promise<void>
  /** Draws what is open, in the language of now. */
  draw(): Promise<void>
  /** Away with everything; nothing is decided. */
  close(): void
  isOpen(): boolean
  /** Has the engine write the choices once, so that opening them finds its code compiled; what a grant looks at is looked at once. */
  warm(): void
  /** After a change from elsewhere: a question that was answered goes. */
  refresh(ask: boolean): void
  /** Receipts were sent, or in vain. */
  follow(): void
  /** Back with the widget, as it was, where the page has written itself anew. */
  stay(): void
  /** After a withdrawal: what is left to the person. */
  left(items: StorageItem[], services: string[]): Promise<void>
}

export function makeLayers(host: LayersHost): Layers {
  const { engine, link, clock, session, report } = host
  const { natives, config } = link
  const hasHandle = host.handle !== 'none'
  let widget: Widget | undefined
  /** Open layers, the one in front last. */
  let stack: Layer[] = []
  /** What was picked and not saved: kept while the page is there, until something is decided. */
  let drafting: Drafting | null = null
  let withText = false
  let query = ''
  /** What a check of the receipts found, while their layer is open. */
  let checked: Record<string, string> | null = null
  let focus = false
  /** Nobody asked for what opens next, so it is told. */
  let heralded = false
  let placedAt = -STAY_MS
  /** Raised by each drawing: one that took too long is not shown any more. */
  let turn = 0

  const lang = () => host.languages.speak()
  const words = (wish?: string) => host.languages.load(engine, wish)
  const guarded = (work: Promise<unknown>) =>
    void work.catch((error: unknown) => report(error, 'layer_failed'))
  const say = (key: string) =>
    guarded(words().then(({ strings }) => widget?.announce(strings[key]!)))

  /** The widget in the page; before <body>, or at the end while there is none. */
  const ready = async () => {
    const { strings, dir } = await words()
    if (!widget) {
      widget = new Widget(host.makeWidget(), layers, host.handle)
      if (config.layout) widget.element.dataset['layout'] = config.layout
    }
    widget.place()
    const { element } = widget
    element.lang = lang()
    element.dir = dir
    widget.handleName = strings['handle']!
    return { shown: widget, strings, dir }
  }

  /** Promise 2, as it was painted: answers that are not equal, and texts nobody can read, get the widget's own looks back. */
  const weigh = (shown: Widget) => {
    const judge = (fault: string) => {
      if (!fault || !stack.length) return
      report(
        new KelisimError('answers_unequal', `${fault}: the page’s own looks are taken away`),
        '',
      )
      shown.plain()
    }
    natives.frame(() => judge(engine.weigh({ answers: shown.surface.measure() }).fault))
    const mine = turn
    // Once it has come in, and before anybody's press counts.
    natives.setTimeout(
      () => mine === turn && judge(shown.surface.isLegible() ? '' : 'contrast'),
      LEGIBLE_MS,
    )
  }

  const draw = async () => {
    const mine = ++turn
    const { shown, strings } = await ready()
    const layer = stack[stack.length - 1]
    if (!layer) return shown.close(hasHandle)
    if (withText) await host.loadText()
    const past = layer === 'receipts' ? await (await host.history()).read() : null
    if (mine !== turn) return
    const view = engine.view({
      layer,
      lang: lang(),
      now_ms: clock.now(),
      ...past,
      ...(past && checked && { checked }),
      ...(withText && { text: true, query }),
    })
    shown.open(
      view,
      layer === 'choices' ? drafting : null,
      focus,
      withText ? strings['shell.search'] : '',
      query,
    )
    weigh(shown)
    if (checked) shown.announce(view.tree.children.find(({ id }) => id === 'checked')?.text ?? '')
    if (heralded && layer === 'notice')
      natives.setTimeout(() => {
        if (!heralded || mine !== turn) return
        heralded = false
        shown.announce(`${view.tree.title}. ${strings['shell.asks']}`)
      }, HERALD_MS)
    focus = false
  }

  const close = () => {
    stack = []
    turn++
    widget?.announce('')
    widget?.close(hasHandle)
  }

  const tampered = (why: string, surface?: Surface) => {
    report(new KelisimError('tampered', 'a grant was not taken: ' + why), '')
    // What page code pressed is nobody's act: there is nobody to tell.
    if (!surface || why === 'untrusted') return
    surface.cleanse(why === 'text')
    guarded(
      words().then(({ strings }) =>
        surface.tell(strings[why === 'early' ? 'error.early' : 'error.tampered']!),
      ),
    )
  }

  /** The one place where it is decided what something pressed is worth. */
  const decide = (action: Action, answer: Answer, surface: Surface) => {
    const { target, view, event } = answer
    const trusted = natives.event.isTrusted(event) as boolean
    const refuses =
      action === 'refuse_all' || action === 'withdraw_all' || action === 'withdraw_some'
    const why = !refuses && surface.doubt(answer)
    if (why) {
      surface.draw(view, drafting)
      tampered(why, surface)
      if (widget) {
        // Nobody could read it, or somebody wrote in it.
        if (why === 'text' && surface === widget.surface) widget.plain()
        weigh(widget)
      }
      if ((why === 'covered' || why === 'invisible') && surface === widget?.surface) widget.rise()
      return
    }
    try {
      session.act({
        action,
        lang: view.tree.lang,
        // What the page's own code presses is the page's act, and can only be a refusal.
        ...(trusted
          ? { source: 'person', layer: view.tree.layer, text_sha256: view.sha256 }
          : { source: 'api', layer: 'none' }),
        ...(action === 'save_choices' && { draft: drafting!.draft }),
        ...(action === 'grant_service' && { service: target }),
        ...(action === 'withdraw_some' && { ids: target.split(' ') }),
      })
      say('shell.saved')
    } catch (error) {
      report(error, 'act_failed')
    }
  }

  const layers: Layers = {
    natives,
    nonce: config.nonce,
    get paintedAt() {
      return link.painted?.shownAt() ?? null
    },
    lang,
    draw,
    close,
    dismiss: close,
    isOpen: () => stack.length > 0,
    warm() {
      widget?.surface.isPlain()
      engine.view({ layer: 'choices', lang: lang(), now_ms: clock.now() })
    },
    back: () => guarded(layers.open('choices')),
    async open(layer, how) {
      if (!/^(notice|choices|policy|rights|receipts)$/.test(layer))
        throw new KelisimError('layer_unknown', `no layer "${layer}"`)
      session.refresh()
      stack = [...(how === 'on' ? stack.filter((open) => open !== layer) : []), layer as Layer]
      withText = false
      query = ''
      checked = null
      heralded = how === 'quiet'
      focus = !heralded
      if (focus) widget?.announce('')
      if (layer === 'choices') drafting ??= engine.draft({ op: 'start', now_ms: clock.now() })
      await draw()
    },
    refresh(ask) {
      if (stack.join() === 'notice' && !ask) close()
      if (!stack.length) drafting = null
    },
    stay() {
      // A page that wants it gone, with all that asks nobody, is not fought with.
      if (!widget || widget.element.isConnected || natives.clock() - placedAt < STAY_MS) return
      placedAt = natives.clock()
      guarded(draw())
    },
    follow() {
      if (stack[stack.length - 1] === 'receipts') guarded(draw())
    },
    search(text) {
      query = text
      guarded(draw())
    },
    async clause(id, of) {
      try {
        const node = engine.clause({ id, lang: of })
        if (typeof node.text === 'string') return node
        await host.loadText()
        return engine.clause({ id, lang: of })
      } catch (error) {
        report(error, 'text_unavailable')
        return { kind: 'text', tone: 'warning', text: (await words(of)).strings['error.text']! }
      }
    },
    move(scope, id, on, trusted) {
      if (on && !trusted) tampered('untrusted')
      else if (drafting)
        drafting = engine.draft({
          ...{ op: 'set', draft: drafting.draft, scope, id, on },
          ...(!trusted && { source: 'api' }),
        })
      return drafting
    },
    doubted: tampered,
    async policy(of, text) {
      try {
        await words(of)
        const spoken = host.languages.speak(of)
        if (text) await host.loadText()
        return engine.view({ layer: 'policy', lang: spoken, now_ms: clock.now(), text })
      } catch (error) {
        report(error, 'policy_failed')
        throw error
      }
    },
    answer(answer, surface) {
      const { action, target } = answer
      switch (action) {
        case 'open':
          return guarded(layers.open(target, surface === widget?.surface ? 'on' : undefined))
        case 'back':
          stack.pop()
          return guarded(draw())
        case 'close':
          return close()
        case 'load_text':
          withText = true
          return guarded(
            draw().catch((error: unknown) => {
              withText = false
              say('error.text')
              throw error
            }),
          )
        case 'save_receipts':
          return host.saveReceipts(target)
        case 'verify_receipts':
          return guarded(
            host
              .history()
              .then((history) => history.check())
              .then((found) => {
                checked = found
                return draw()
              }),
          )
        case 'reload':
          return location.reload()
        default:
          decide(action as Action, answer, surface)
      }
    },
    async left(items, services) {
      const { shown, strings, dir } = await ready()
      const text = (key: string): ViewNode => ({ kind: 'text', text: strings['shell.' + key]! })
      const { policy, edition } = session.state()
      if (stack.length) return
      const children: ViewNode[] = [{ kind: 'close', text: strings['close']! }]
      if (items.length)
        children.push(text('kept'), {
          kind: 'list',
          children: items.map(({ name, match, service }) => ({
            kind: 'item',
            label: match === 'prefix' ? name + '…' : name,
            text: service,
          })),
        })
      if (services.length)
        children.push(text('reload'), {
          kind: 'button',
          action: 'reload',
          text: strings['shell.reload_now']!,
        })
      const tree = {
        format: 'kelisim-view-1' as const,
        policy,
        edition,
        layer: 'left' as const,
        lang: lang(),
        dir,
        title: strings['shell.saved']!,
        modal: false,
        children,
      }
      shown.open({ sha256: '', tree }, null, false)
    },
  }
  return layers
}
