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
  LoadedPolicy,
  Painted,
  OutboxEntry,
  Plan,
  PublicState,
  ReceiptInput,
  SealedReceipt,
  Settled,
  View,
  ViewInput,
  ViewNode,
} from './types.ts'

/** The calls of src/api/engine.hpp, by the same names and with the same inputs; each throws KelisimError instead of an error. */
export interface Engine {
  /** Documents go in as their text. */
  loadPolicy(policy: string): LoadedPolicy
  loadCatalogue(catalogue: string): { services: number }
  loadLocale(locale: string): { lang: string; dir: 'ltr' | 'rtl' }
  loadText(text: string): { clauses: number; sha256: string }
  restore(input: { state: Json; now_ms: number; gpc?: boolean; dnt?: boolean }): PublicState
  state(input: { now_ms: number }): PublicState
  snapshot(input: { now_ms: number; unknown?: 'hold' | 'report' }): {
    snapshot: Snapshot
    cookie: string
  }
  decide(input: {
    now_ms: number
    page: string
    allow?: string[]
    unknown?: 'hold' | 'report'
    items: DecideItem[]
  }): { decisions: Decision[] }
  view(input: ViewInput): View
  clause(input: { id: string; lang: string }): ViewNode
  weigh(input: { answers: Painted[] }): { fault: string }
  draft(
    input:
      | { op: 'start'; now_ms: number }
      | { op: 'set'; draft: Draft; scope: string; id: string; on: boolean; source?: 'api' },
  ): Drafting
  act(input: Act): Acted
  receipt(input: ReceiptInput): BuiltReceipt
  seal(input: { signing_input: string; signature: string }): SealedReceipt
  inspect(input: { jws: string } | { json: Json }): Inspected
  chain(input: { receipts: string[] }): Chain
  compare(input: { receipts: string[]; now_ms: number }): { faults: string[] }
  outbox(input: { op: 'plan'; now_ms: number; hiding: boolean; entries: OutboxEntry[] }): Plan
  outbox(input: {
    op: 'settle'
    now_ms: number
    random: number
    status: number
    retry_after_s: number | null
    accept?: number[]
    sent: string[]
    entries: OutboxEntry[]
  }): Settled
  outbox(input: { op: 'retry'; now_ms: number; entries: OutboxEntry[] }): {
    entries: OutboxEntry[]
  }
  /** @param json any JSON text */
  canonical(json: string): { text: string; sha256: string }
  /** Lets the module and its memory go; no call after this. */
  delete(): void
}

type Call = Exclude<keyof Engine, 'delete'>

/** The module, which is one engine: a call's name and JSON text in, an envelope out. */
export interface EngineModule {
  call(name: Call, json: string): string
}

type Envelope =
  { ok: true; value: unknown } | { ok: false; error: ErrorEntry; errors?: ErrorEntry[] }

const calls =
  'loadPolicy loadCatalogue loadLocale loadText restore state snapshot decide view clause weigh draft act receipt seal inspect chain compare outbox canonical'.split(
    ' ',
  ) as Call[]

/** What values go through on their way in and out; in a page the gate's copies, which page code cannot replace. */
export const codec = {
  parse: JSON.parse as (text: string) => unknown,
  stringify: JSON.stringify as (value: unknown) => string,
  keysOf: Object.keys as (value: object) => string[],
  isArray: Array.isArray as (value: unknown) => boolean,
}

/** String.prototype.toWellFormed: the string without lone surrogates, which UTF-8 has no way to write. */
export function wellFormed(text: string): string {
  let sound = ''
  let from = 0
  for (let i = 0; i < text.length; i++) {
    const unit = text[i]!
    if (unit < '\ud800' || unit > '\udfff') continue
    const next = text[i + 1]
    if (unit < '\udc00' && next !== undefined && next >= '\udc00' && next <= '\udfff') i++
    else {
      for (; from < i; from++) sound += text[from]!
      from++
      sound += '\ufffd'
    }
  }
  if (!from) return text
  for (; from < text.length; from++) sound += text[from]!
  return sound
}

/** A value as JSON. No toJSON of anybody's is asked, and no iterator. */
export function stringify(value: unknown): string {
  if (typeof value === 'string') return codec.stringify(wellFormed(value))
  if (typeof value !== 'object' || value === null) return codec.stringify(value)
  let text = ''
  if (codec.isArray(value)) {
    const list = value as unknown[]
    for (let i = 0; i < list.length; i++) text += (i ? ',' : '') + (stringify(list[i]) ?? 'null')
    return `[${text}]`
  }
  const keys = codec.keysOf(value)
  for (let i = 0; i < keys.length; i++) {
    const member = stringify((value as Record<string, unknown>)[keys[i]!])
    if (member !== undefined) text += `${text && ','}${stringify(keys[i])}:${member}`
  }
  return `{${text}}`
}

export function wrapEngine(module: EngineModule): Engine {
  let alive: EngineModule | undefined = module
  const call = (name: Call) => (input: unknown) => {
    let envelope: Envelope
    try {
      const text = typeof input === 'string' ? wellFormed(input) : stringify(input)
      envelope = codec.parse(alive!.call(name, text)) as Envelope
    } catch (error) {
      // The module ran out of stack or memory, or was deleted: this instance is lost.
      throw new KelisimError('engine_failed', `${name}: ${String(error)}`)
    }
    if (envelope.ok) return envelope.value
    const { error, errors } = envelope
    throw new KelisimError(error.code, error.message, error.path, errors)
  }
  const engine = { delete: () => (alive = undefined) } as Record<string, unknown>
  for (const name of calls) engine[name] = call(name)
  return engine as unknown as Engine
}
