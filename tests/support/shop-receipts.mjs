// Receipts as the five shops' visitors make them, headless: real policies, real layers, a key per visitor. For tests and benchmarks.
import { fromDist, readRepo } from './dist.mjs'

const { createSigner, loadEngine, newId } = await import(fromDist('node/index.js'))

export const shops = ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile']
export const shopOrigin = 'https://shop.example'

/** One visitor of one shop: decides, and gets a receipt of each decision in one chain. */
export class Visitor {
  jws = []

  static async of(
    shop,
    { lang = 'ru', kelisim, origin = shopOrigin, at_ms = Date.now(), signer } = {},
  ) {
    const visitor = new Visitor()
    visitor.kelisim = kelisim ?? (await loadEngine())
    visitor.loaded = visitor.kelisim.loadPolicy(readRepo(`examples/policies/${shop}.json`))
    visitor.kelisim.restore(null, at_ms)
    Object.assign(visitor, { lang, origin, at_ms, signer: signer ?? (await createSigner()) })
    return visitor
  }

  /** Answers one act, and adds its receipt to the chain. */
  async act(act) {
    this.at_ms += 1000
    const { receipt } = this.kelisim.act({ lang: this.lang, at_ms: this.at_ms, ...act })
    if (!receipt) throw new Error(`${act.action} decided nothing`)
    return this.add(receipt)
  }

  /** A receipt of a draft, as it is. */
  async add(draft) {
    const { signer, origin } = this
    const previous = this.jws.at(-1)
    const made = await this.kelisim.buildReceipt(
      { ...signer, origin, draft, ...(previous && { previous }) },
      signer.sign,
    )
    this.jws.push(made.jws)
    return made
  }

  /** save_choices after the given movements of switches: [scope, id, on]. */
  async save(...movements) {
    const { engine } = this.kelisim
    let { draft } = engine.draft({ op: 'start', now_ms: this.at_ms })
    for (const [scope, id, on] of movements)
      draft = engine.draft({ op: 'set', draft, scope, id, on }).draft
    return this.act({ action: 'save_choices', layer: 'choices', draft })
  }
}

/**
 * Many receipts quickly: chains of `length` by `visitors` keys, all decisions of one kind on one shop.
 * @returns {Promise<string[][]>} chains of compact JWS
 */
export async function manyReceipts({
  visitors,
  length = 2,
  shop = 'alma-chocolates',
  lang = 'ru',
  origin,
}) {
  const kelisim = await loadEngine()
  const first = await Visitor.of(shop, { kelisim, lang })
  const drafts = []
  for (let i = 0; i < length; i += 1) {
    const act = i % 2 ? { action: 'withdraw_all', source: 'api' } : { action: 'grant_all' }
    first.at_ms += 1000
    drafts.push(kelisim.act({ lang, at_ms: first.at_ms, ...act }).receipt)
  }
  const chains = []
  for (let i = 0; i < visitors; i += 1) {
    const visitor = Object.assign(new Visitor(), { kelisim, signer: await createSigner() })
    visitor.origin = origin ?? shopOrigin
    for (const draft of drafts) await visitor.add(draft)
    chains.push(visitor.jws)
  }
  kelisim.delete()
  return chains
}

export { createSigner, loadEngine, newId }
