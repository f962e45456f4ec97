// The engine behind its boundary: values in, values out, KelisimError where the engine says no. The only reader of envelopes.
import type { Snapshot } from '../gate/link.ts'
import type { ErrorEntry } from './error.ts'
import { KelisimError } from './error.ts'
import type {
  Act,
  Acted,
  BuiltReceipt,
  Chain,
  DecideItem,
  Decision,
  Draft,
  Drafting,
  Inspected,
  Json,
  Layer,
  LoadedPolicy,
  OutboxEntry,
  Plan,
  PublicState,
  ReceiptInput,
  SealedReceipt,
  Settled,
  View,
  ViewNode,
} from './types.ts'

type Call =
  | 'loadPolicy'
  | 'loadCatalogue'
  | 'loadLocale'
  | 'loadText'
  | 'restore'
  | 'state'
  | 'snapshot'
  | 'decide'
  | 'view'
  | 'clause'
  | 'draft'
  | 'act'
  | 'receipt'
  | 'seal'
  | 'inspect'
  | 'chain'
  | 'outbox'
  | 'canonical'

/** The Embind class `Engine`: JSON text in, an envelope out. */
export type EngineHandle = Record<Call, (json: string) => string> & { delete(): void }

type Envelope =
  { ok: true; value: unknown } | { ok: false; error: ErrorEntry; errors?: ErrorEntry[] }

/** String.prototype.toWellFormed: the string without lone surrogates, which UTF-8 has no way to write. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g, (unit) =>
    unit.length === 2 ? unit : '\ufffd',
  )
}

const stringify = (input: unknown) =>
  JSON.stringify(input, (_, value: unknown) =>
    typeof value === 'string' ? wellFormed(value) : value,
  )

/** Each method is the call of the same name in src/api/engine.hpp and throws KelisimError where that answers with an error. */
export class Engine {
  readonly #handle: EngineHandle

  constructor(handle: EngineHandle) {
    this.#handle = handle
  }

  #call<T>(name: Call, input: unknown): T {
    let envelope: Envelope
    try {
      const text = typeof input === 'string' ? wellFormed(input) : stringify(input)
      envelope = JSON.parse(this.#handle[name](text)) as Envelope
    } catch (error) {
      // The module ran out of stack or memory, or was deleted: this instance is lost.
      throw new KelisimError('engine_failed', `${name}: ${String(error)}`)
    }
    if (envelope.ok) return envelope.value as T
    const { error, errors } = envelope
    throw new KelisimError(error.code, error.message, error.path, errors)
  }

  /** @param policy the document's text */
  loadPolicy = (policy: string) => this.#call<LoadedPolicy>('loadPolicy', policy)

  loadCatalogue = (catalogue: string) =>
    this.#call<{ services: number }>('loadCatalogue', catalogue)

  loadLocale = (locale: string) =>
    this.#call<{ lang: string; dir: 'ltr' | 'rtl' }>('loadLocale', locale)

  loadText = (text: string) => this.#call<{ clauses: number; sha256: string }>('loadText', text)

  restore = (state: Json, now_ms: number) => this.#call<PublicState>('restore', { state, now_ms })

  state = (now_ms: number) => this.#call<PublicState>('state', { now_ms })

  snapshot = (now_ms: number, unknown: 'hold' | 'report') =>
    this.#call<{ snapshot: Snapshot; cookie: string }>('snapshot', { now_ms, unknown })

  decide = (input: {
    now_ms: number
    page: string
    allow?: string[]
    unknown?: 'hold' | 'report'
    items: DecideItem[]
  }) => this.#call<{ decisions: Decision[] }>('decide', input).decisions

  view = (input: {
    layer: Layer
    lang: string
    now_ms: number
    service?: string
    form?: string
    receipts?: Json[]
    text?: boolean
    query?: string
    html?: boolean
  }) => this.#call<View>('view', input)

  clause = (id: string, lang: string) => this.#call<ViewNode>('clause', { id, lang })

  startDraft = (now_ms: number) => this.#call<Drafting>('draft', { op: 'start', now_ms })

  setDraft = (draft: Draft, scope: string, id: string, on: boolean) =>
    this.#call<Drafting>('draft', { op: 'set', draft, scope, id, on })

  act = (act: Act) => this.#call<Acted>('act', act)

  receipt = (input: ReceiptInput) => this.#call<BuiltReceipt>('receipt', input)

  seal = (signing_input: string, signature: string) =>
    this.#call<SealedReceipt>('seal', { signing_input, signature })

  inspect = (input: { jws: string } | { json: Json }) => this.#call<Inspected>('inspect', input)

  chain = (receipts: string[]) => this.#call<Chain>('chain', { receipts })

  plan = (entries: OutboxEntry[], now_ms: number, hiding: boolean) =>
    this.#call<Plan>('outbox', { op: 'plan', now_ms, hiding, entries })

  settle = (input: {
    entries: OutboxEntry[]
    now_ms: number
    random: number
    status: number
    retry_after_s: number | null
    sent: string[]
  }) => this.#call<Settled>('outbox', { op: 'settle', ...input })

  /** Every failed entry that may be tried again, as pending. */
  retry = (entries: OutboxEntry[], now_ms: number) =>
    this.#call<{ entries: OutboxEntry[] }>('outbox', { op: 'retry', now_ms, entries }).entries

  /** @param json any JSON text */
  canonical = (json: string) => this.#call<{ text: string; sha256: string }>('canonical', json)

  /** Gives the module's memory back; no call after this. */
  delete() {
    this.#handle.delete()
  }
}
