// The verifying page: a file is dropped, and a person reads in plain words what they agreed to and whether it holds. One HTML file, no network.
import type { Engine } from '../engine/engine.ts'
import { wrapEngine } from '../engine/engine.ts'
import { KelisimError, toKelisimError } from '../engine/error.ts'
import type { EngineFactory } from '../engine/load.ts'
import type { Inspected, ViewNode } from '../engine/types.ts'
import { holds } from '../host/crypto.ts'
import { receiptsOf } from './list.ts'
import type { Lang } from './words.ts'
import { words } from './words.ts'

/** Put in by the build. */
export interface Parts {
  factory: EngineFactory
  locales: Record<Lang, string>
  /** Any policy: the layer of receipts needs one, and shows nothing of it. */
  policy: string
}

const make = (name: string, text = '', more: Record<string, string> = {}) => {
  const element = document.createElement(name)
  element.textContent = text
  for (const [key, value] of Object.entries(more)) element.setAttribute(key, value)
  return element
}

/** A node of the engine's tree as plain elements; its buttons belong to the widget and are left out. */
function draw(node: ViewNode): HTMLElement | null {
  if (node.kind === 'button' || node.kind === 'close') return null
  const element = make({ list: 'ul', item: 'li' }[node.kind as string] ?? 'p')
  if (node.label) element.append(make('strong', node.label), ' ')
  if (node.text) element.append(node.text)
  for (const child of node.children ?? []) element.append(draw(child) ?? '')
  return element
}

/** What the shop signed about a receipt is none itself. */
function isAck(receipt: string | object): boolean {
  try {
    const [head] = (receipt as string).split('.')
    return (JSON.parse(atob(head!)) as { typ?: unknown }).typ === 'consent-ack+jws'
  } catch {
    return false
  }
}

/** The receipts of a text, checked and told; null when there are none in it. */
async function tell(engine: Engine, text: string, lang: Lang): Promise<HTMLElement | null> {
  const say = words[lang]
  const list = receiptsOf(text, (json) => engine.canonical(json))?.filter(
    ({ receipt }) => !isAck(receipt),
  )
  if (!list?.length) return null
  const out = make('div')
  const sound: Inspected[] = []
  for (const { receipt, fault } of list) {
    const card = make('article')
    out.append(card)
    try {
      if (fault) throw new KelisimError(fault.code, fault.message)
      const found = engine.inspect(
        typeof receipt === 'string' ? { jws: receipt } : { json: receipt as never },
      )
      if (!(await holds(crypto.subtle, found))) throw new KelisimError('receipt_forged', '')
      sound.push(found)
      const { tree } = engine.view({
        layer: 'receipts',
        lang,
        now_ms: Date.now(),
        receipts: [found.body],
      })
      for (const node of tree.children)
        if (node.kind === 'list')
          for (const item of node.children ?? []) card.append(draw(item) ?? '')
      const body = found.body as unknown as {
        party_identification: { party_name: string; party_role: string }[]
        pii_processing: { privacy_notice: { sha256: string } }
      }
      const names = body.party_identification
        .filter(({ party_role }) => party_role === 'controller')
        .map(({ party_name }) => party_name)
      card.append(
        make('p', `${say.to}: ${names.join(', ')}`),
        make('p', `${say.text}: ${body.pii_processing.privacy_notice.sha256}`, { class: 'small' }),
        make('p', say.good, { class: 'good' }),
      )
    } catch (error) {
      card.append(
        make('p', say.bad, { class: 'bad' }),
        make('p', toKelisimError(error, 'receipt_unreadable').code, { class: 'small' }),
      )
    }
  }
  for (const record of new Set(sound.map(({ body }) => body.record_id))) {
    const chain = sound
      .filter(({ body }) => body.record_id === record)
      .sort((a, b) => a.body.seq - b.body.seq)
      .map(({ jws }) => jws)
    const whole = !engine.chain({ receipts: [...new Set(chain)] }).faults.length
    out.append(
      whole ? make('p', say.whole, { class: 'good' }) : make('p', say.broken, { class: 'bad' }),
    )
  }
  return out
}

export async function start({ factory, locales, policy }: Parts): Promise<void> {
  const engine = wrapEngine(await factory({}))
  engine.loadPolicy(policy)
  engine.restore({ state: null, now_ms: Date.now() })
  let lang = (Object.keys(words).find((one) => navigator.language.startsWith(one)) ?? 'ru') as Lang
  let text: string | null = null
  const main = document.querySelector('main')!

  const paint = async () => {
    const say = words[lang]
    document.documentElement.lang = lang
    document.title = say.title
    engine.loadLocale(locales[lang])
    const file = make('input', '', { type: 'file', accept: '.jws,.json,.txt' }) as HTMLInputElement
    file.onchange = () => void take(file.files?.[0])
    // The browser's own control speaks the browser's language; it is there for the keyboard, out of sight.
    const label = make('label', say.choose, { class: 'file' })
    label.append(file)
    const languages = make('nav')
    for (const [id, { name }] of Object.entries(words)) {
      const button = make('button', name, { lang: id, 'aria-pressed': String(id === lang) })
      button.onclick = () => {
        lang = id as Lang
        void paint()
      }
      languages.append(button)
    }
    const told =
      text !== null
        ? ((await tell(engine, text, lang)) ?? make('p', say.unreadable, { class: 'bad' }))
        : ''
    main.replaceChildren(languages, make('h1', say.title), make('p', say.lead), label, told)
  }
  const take = async (file: Blob | null | undefined) => {
    if (!file) return
    text = await file.text()
    await paint()
  }
  addEventListener('dragover', (event) => event.preventDefault())
  addEventListener('drop', (event) => {
    event.preventDefault()
    void take(event.dataTransfer?.files[0])
  })
  await paint()
}
