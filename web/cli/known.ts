// Whose is this address, this name in storage? The policy's own answer, by the engine; else the built-in catalogue's.
import { readFileSync } from 'node:fs'
import type { DecideItem, Decision, Kelisim } from '../node/index.ts'
import { loadEngine } from '../node/index.ts'

/**
 * own: first party. necessary: declared, and runs without consent. declared: the policy names its service. known: only the catalogue
 * does. unknown: nobody does. none: nothing is asked with it.
 */
export interface Whose {
  state: 'own' | 'necessary' | 'declared' | 'known' | 'unknown' | 'none'
  service?: string
}

export interface Fact {
  name: string
  operator: string
  /** functional, analytics, marketing or necessary */
  category: string
}

export interface Known {
  /** The page's address, as far as it is known: its host. */
  page: string
  /** Whether there is a policy. */
  policy: boolean
  /** Each address with its answer. */
  addresses(list: Iterable<string>): Map<string, Whose>
  /**
   * Names in the page's storage, in their order. @param seen  services that are on the page: of several that may have written a name,
   * these are meant
   */
  stored(items: { kind: string; name: string }[], seen?: string[]): Whose[]
  /** What the catalogue says of a service. */
  fact(id: string): Fact | undefined
  delete(): void
}

type Entry = { n: string | { en: string }; o: string; g: 'n' | 'f' | 'a' | 'm' }
const categories = { n: 'necessary', f: 'functional', a: 'analytics', m: 'marketing' }

const unsaid = { not_stated: true }
const silent = (right: string) => ({
  ...{ id: right, right, ...unsaid, ways: [], term: unsaid, clauses: [] },
  name: { kk: '-', ru: '-', en: '-' },
})
/** A document that says nothing but that these services are there: so the engine answers for the whole catalogue. */
const allOf = (services: string[], site: string) => ({
  ...{ format: 'kelisim-policy-1', id: 'catalogue', jurisdiction: 'KZ', language: 'ru' },
  operator: {
    ...{ name: '-', legal_name: unsaid, bin: unsaid, address: unsaid, phone: unsaid },
    ...{ country: 'KZ', sites: [site], roles: [], covered_persons: unsaid, clauses: [] },
  },
  edition: {
    ...{ label: '-', date: unsaid, place: 'none', url: unsaid, clauses: [] },
    text: { href: '-', sha256: 'A'.repeat(43) },
  },
  clauses: [{ id: '1', kind: 'paragraph', printed: null, full_text_only: true }],
  ...{ contacts: [], laws: [], data: [], purposes: [], recipients: [], cookies: unsaid },
  services: services.map((id) => ({ id })),
  rights: [silent('withdrawal'), silent('erasure')],
  cross_border: {
    ...{ allowed: unsaid, bundled: false, countries: unsaid, localisation: unsaid, clauses: [] },
  },
  ...{ terms: [], messages: unsaid, disputes: unsaid, public_sources: unsaid },
  ...{ statements: [], forms: [], findings: [] },
})

/** A name of nobody's, for pages whose host is not said. */
const nowhere = 'page.invalid'

/**
 * @param policy  text of the policy document; undefined: none. KelisimError where it is refused.
 * @param site    host of the page; default the policy's first
 */
export async function loadKnown(policy?: string, site?: string): Promise<Known> {
  const catalogue = JSON.parse(
    readFileSync(new URL('../catalogue.json', import.meta.url), 'utf8'),
  ) as { services: Record<string, Entry> }
  const ids = Object.keys(catalogue.services)
  const engines: Kelisim[] = []
  const open = async (document: string | object) => {
    const engine = await loadEngine()
    engines.push(engine)
    engine.loadPolicy(document)
    engine.restore(null)
    return engine
  }
  const free = () => engines.forEach((engine) => engine.delete())
  try {
    const declaring = policy === undefined ? null : await open(policy)
    const listed = declaring?.snapshot().snapshot.sites ?? []
    const host = site?.toLowerCase() ?? listed[0] ?? nowhere
    const knowing = await open(allOf(ids, host))
    let first: string[] = []
    /** In the order of the document, the first of several services answers. */
    const order = (seen: string[]) => {
      const before = seen.filter((id) => ids.includes(id))
      if (before.join() === first.join()) return
      first = before
      knowing.loadPolicy(allOf([...new Set([...before, ...ids])], host))
      knowing.restore(null)
    }
    const page = `https://${host}/`

    const ask = (items: DecideItem[]): Whose[] => {
      const own = declaring?.decide({ page, items })
      const others = knowing.decide({ page, items })
      return items.map((_, i) => {
        const mine = own && whoseOf(own[i]!)
        if (mine && mine.state !== 'unknown') return mine
        const { service, why } = others[i]!
        if (service) return { state: 'known', service }
        return mine ?? whoseOf({ verdict: 'hold', why })
      })
    }
    return {
      page,
      policy: declaring !== null,
      addresses(list) {
        const all = [...new Set(list)]
        const answers = ask(all.map((url) => ({ kind: 'request', url })))
        return new Map(all.map((url, i) => [url, answers[i]!]))
      },
      stored(items, seen = []) {
        order(seen)
        return ask(items as DecideItem[])
      },
      fact(id) {
        const entry = catalogue.services[id]
        if (!entry) return undefined
        const name = typeof entry.n === 'string' ? entry.n : entry.n.en
        return { name, operator: entry.o, category: categories[entry.g] }
      },
      delete: free,
    }
  } catch (error) {
    free()
    throw error
  }
}

/** The closed state's answer, as what it says about whose something is. */
function whoseOf({ why, service }: Decision): Whose {
  if (why === 'local' || why === 'invalid_url') return { state: 'none' }
  if (why === 'first_party' || why === 'allowed_host') return { state: 'own' }
  if (why === 'undeclared' || service === undefined) return { state: 'unknown' }
  return { state: why === 'necessary' ? 'necessary' : 'declared', service }
}

const parsed = (text: string, base: string): string | null => {
  try {
    return new URL(text, base).href
  } catch {
    return null
  }
}

/** An address in full, as the page asks it; null: nobody can ask with it. @param base  href of the page's <base> */
export const fullAddress = (text: string, page: string, base: string | null): string | null =>
  parsed(text, (base !== null && parsed(base, page)) || page)
