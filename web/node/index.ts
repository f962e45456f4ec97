// The engine without a browser: check policies, decide, render, make and verify receipts. `import { loadEngine } from 'kelisim'`.
import { readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Engine } from '../engine/engine.ts'
import { wrapEngine } from '../engine/engine.ts'
import { KelisimError, toKelisimError } from '../engine/error.ts'
import type { EngineFactory } from '../engine/load.ts'
import type {
  Act,
  Acted,
  DecideItem,
  Decision,
  Json,
  Layer,
  LoadedPolicy,
  PublicJwk,
  PublicState,
  ReceiptBody,
  ReceiptDraft,
  View,
} from '../engine/types.ts'
import type { Snapshot } from '../gate/link.ts'
import { newId, verifySignature } from './signer.ts'

export { KelisimError } from '../engine/error.ts'
export type { ErrorEntry } from '../engine/error.ts'
export type * from '../engine/types.ts'
export type { Snapshot } from '../gate/link.ts'
export type { Ack } from './acks.ts'
export { readAck, verifyAck } from './acks.ts'
export type { Edition } from './editions.ts'
export { editionsOf, isEdition } from './editions.ts'
export { createSigner, newId, verifySignature } from './signer.ts'
export type { NodeSigner } from './signer.ts'

export interface LoadOptions {
  /** The module, where it is not the one beside this file: its bytes, path or file: URL. */
  wasm?: Uint8Array | string | URL
}

/** A JSON document as text or as a value. */
export type Document = string | object

export interface ReceiptOptions {
  /** What Acted.receipt holds. */
  draft: ReceiptDraft
  /** Public key of whoever signs. */
  jwk: PublicJwk
  /** The chain the receipt belongs to. */
  record_id: string
  /** Where the decision was made, as `location.origin`. */
  origin: string
  /** The receipt before in this chain; none for the first. */
  previous?: string
  receipt_id?: string
  supersedes?: string
  gpc?: boolean
  key?: 'persistent' | 'ephemeral'
  /** evidence.widget; default "kelisim/<version>". */
  widget?: string
}

export interface MadeReceipt {
  receipt_id: string
  /** Compact JWS: what is stored, chained and sent. */
  jws: string
  /** "sha256:…", the next receipt's prev. */
  sha256: string
  /** The JSON face: the body's members and proof. */
  face: Json
}

export type Verified =
  | {
      ok: true
      receipt_id: string
      record_id: string
      jws: string
      body: ReceiptBody
      sha256: string
      /** RFC 7638 thumbprint of the key that signed. */
      kid: string
    }
  | { ok: false; code: string; path: string; message: string }

export interface VerifiedChain {
  ok: boolean
  /** Sound receipts. */
  receipts: number
  record_id: string
  faults: { index: number; receipt_id: string; code: string; message: string }[]
}

const beside = (name: string) => new URL('../' + name, import.meta.url)
/** Text of a file that is installed with this one. */
function readBeside(name: string, code: string): string {
  try {
    return readFileSync(beside(name), 'utf8')
  } catch (error) {
    throw new KelisimError(code, String(error))
  }
}
const textOf = (document: Document) =>
  typeof document === 'string' ? document : JSON.stringify(document)

/**
 * One engine with at most one policy and one person's state in it. Calls throw KelisimError; times default to now.
 */
export class Kelisim {
  readonly engine: Engine
  readonly #locales = new Set<string>()

  constructor(engine: Engine) {
    this.engine = engine
  }

  /** Reads and checks a policy, with the facts of the built-in catalogue where it names them. The whole list is in `errors`. */
  loadPolicy(policy: Document): LoadedPolicy {
    const text = textOf(policy)
    const catalogue = () =>
      this.engine.loadCatalogue(readBeside('catalogue.json', 'catalogue_unavailable'))
    let loaded: LoadedPolicy
    try {
      loaded = this.engine.loadPolicy(text)
    } catch (error) {
      // With the catalogue, what it does not know is in the list as well.
      try {
        catalogue()
      } catch {
        throw error
      }
      return this.engine.loadPolicy(text)
    }
    if (loaded.catalogue.length > 0) catalogue()
    return loaded
  }

  /** Reads the verbatim text and compares its hash with the policy's edition. */
  loadText(text: Document): { clauses: number; sha256: string } {
    return this.engine.loadText(textOf(text))
  }

  /** Adds a language (`kelisim-locale-1`), or puts another in its place. */
  loadLocale(locale: Document): { lang: string; dir: 'ltr' | 'rtl' } {
    const loaded = this.engine.loadLocale(textOf(locale))
    this.#locales.add(loaded.lang)
    return loaded
  }

  /** Languages there are: those installed with this, and those added. */
  languages(): string[] {
    const installed = readdirSync(beside('locales/')).map((name) => name.replace(/\.json$/, ''))
    return [...new Set([...installed.sort(), ...this.#locales])]
  }

  /** Takes a stored state (`kelisim-state-1`), or null for a person who has not decided. */
  restore(state: Json, now_ms = Date.now()): PublicState {
    return this.engine.restore({ state, now_ms })
  }

  state(now_ms = Date.now()): PublicState {
    return this.engine.state({ now_ms })
  }

  snapshot(options: { now_ms?: number; unknown?: 'hold' | 'report' } = {}): {
    snapshot: Snapshot
    cookie: string
  } {
    return this.engine.snapshot({ now_ms: Date.now(), ...options })
  }

  /** Decides about addresses, cookies and storage keys of a page, by the gate's own rule. */
  decide(options: {
    page: string
    items: DecideItem[]
    allow?: string[]
    unknown?: 'hold' | 'report'
    now_ms?: number
  }): Decision[] {
    return this.engine.decide({ now_ms: Date.now(), ...options }).decisions
  }

  /** A layer as a tree, with the hash a receipt of it carries. `lang`: one of `languages()`. */
  view(options: {
    layer: Layer
    lang: string
    service?: string
    form?: string
    receipts?: Json[]
    text?: boolean
    query?: string
    html?: boolean
    now_ms?: number
  }): View {
    this.#load(options.lang)
    return this.engine.view({ now_ms: Date.now(), ...options })
  }

  /** A layer as escaped HTML text; by default the summary of the policy. With `text`, loadText comes first. */
  renderSummary(options: { lang: string; layer?: Layer; text?: boolean; query?: string }): string {
    return this.view({ layer: 'policy', ...options, html: true }).html!
  }

  /**
   * One act. For a person's act the layer it was made on is rendered for its hash; `draft` of save_choices comes from
   * `engine.draft`.
   */
  act(act: Omit<Act, 'at_ms' | 'source' | 'layer'> & Partial<Act>): Acted {
    const { source = 'person', lang } = act
    const layer = act.layer ?? (source === 'person' ? 'notice' : 'none')
    const shown =
      source === 'person' && act.text_sha256 === undefined
        ? {
            text_sha256: this.view({
              layer: layer as Layer,
              lang,
              ...(act.service !== undefined && { service: act.service }),
              ...(act.form && { form: act.form.id }),
            }).sha256,
          }
        : {}
    return this.engine.act({ at_ms: Date.now(), ...act, ...shown, source, layer })
  }

  /**
   * Builds a receipt and has it signed.
   * @param sign  ES256 over the ASCII signing input: r||s, 64 bytes, base64url (createSigner().sign)
   */
  async buildReceipt(
    options: ReceiptOptions,
    sign: (signingInput: string) => string | Promise<string>,
  ): Promise<MadeReceipt> {
    const { previous, ...rest } = options
    const before = previous === undefined ? null : this.engine.inspect({ jws: previous })
    const built = this.engine.receipt({
      receipt_id: newId(),
      gpc: false,
      key: 'ephemeral',
      widget: 'kelisim/' + KELISIM_VERSION,
      ...rest,
      seq: (before?.body.seq ?? 0) + 1,
      prev: before?.sha256 ?? null,
    })
    const { signing_input } = built
    const signature = await sign(signing_input)
    const sealed = this.engine.seal({ signing_input, signature })
    return {
      receipt_id: built.receipt_id,
      jws: sealed.jws,
      sha256: sealed.sha256,
      face: JSON.parse(sealed.json) as Json,
    }
  }

  /** Checks a receipt, a compact JWS or its JSON face: form, meaning and signature. Never throws over a bad receipt. */
  async verifyReceipt(receipt: string | object): Promise<Verified> {
    try {
      const isJws = typeof receipt === 'string' && !receipt.trimStart().startsWith('{')
      const inspected = this.engine.inspect(isJws ? { jws: receipt } : { json: receipt as Json })
      const { jws, header, body, signing_input, signature, sha256 } = inspected
      if (!(await verifySignature(header.jwk, signing_input, signature)))
        throw new KelisimError('receipt_forged', 'the signature does not hold', '/signature')
      const { receipt_id, record_id } = body
      return { ok: true, receipt_id, record_id, jws, body, sha256, kid: header.kid }
    } catch (error) {
      const { code, path, message } = toKelisimError(error, 'receipt_unreadable')
      return { ok: false, code, path, message }
    }
  }

  /** Checks receipts of one record, oldest first: each of them, and that none is missing, twice or out of its place. */
  async verifyChain(receipts: (string | object)[]): Promise<VerifiedChain> {
    const verified = await Promise.all(receipts.map((receipt) => this.verifyReceipt(receipt)))
    const faults: VerifiedChain['faults'] = []
    const sound: { index: number; jws: string }[] = []
    for (const [index, one] of verified.entries()) {
      if (one.ok) sound.push({ index, jws: one.jws })
      else faults.push({ index, receipt_id: '', code: one.code, message: one.message })
    }
    const chain = this.engine.chain({ receipts: sound.map(({ jws }) => jws) })
    for (const fault of chain.faults) faults.push({ ...fault, index: sound[fault.index]!.index })
    faults.sort((a, b) => a.index - b.index)
    return { ok: faults.length === 0, receipts: chain.receipts, record_id: chain.record_id, faults }
  }

  /** RFC 8785 text of any JSON text, and its SHA-256 (base64url). */
  canonical(json: Document): { text: string; sha256: string } {
    return this.engine.canonical(textOf(json))
  }

  /** Gives the module's memory back. */
  delete() {
    this.engine.delete()
  }

  #load(lang: string) {
    if (this.#locales.has(lang)) return
    if (!/^[a-z]{2,3}$/.test(lang))
      throw new KelisimError('no_locale', `no language "${lang}"`, '/lang')
    this.loadLocale(readBeside(`locales/${lang}.json`, 'no_locale'))
  }
}

/** A new engine. Throws `engine_unavailable` when its files cannot be read. */
export async function loadEngine(options: LoadOptions = {}): Promise<Kelisim> {
  try {
    const { wasm = beside('kelisim-engine.wasm') } = options
    const glue = (await import(beside('kelisim-engine.js').href)) as { default: EngineFactory }
    const wasmBinary = wasm instanceof Uint8Array ? wasm : await readFile(wasm)
    return new Kelisim(wrapEngine(await glue.default({ wasmBinary })))
  } catch (error) {
    throw new KelisimError(
      'engine_unavailable',
      error instanceof Error ? error.message : String(error),
    )
  }
}
