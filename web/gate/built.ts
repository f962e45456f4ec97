// What `kelisim build` writes into a gate: the shop's rules, so that a page has them with no storage read, and what the two answers of
// the first layer mean. The engine made all of it; the gate puts it together.
import { doc, readCookie } from './dom.ts'
import { config } from './gate.ts'
import type { Snapshot } from './link.ts'
import { bare, exec, now, startsWith } from './natives.ts'

export interface Built {
  /** The snapshot of a person who has not decided. */
  closed: Snapshot
  /** What differs in it once everything, or only the necessary, was answered. */
  all: Partial<Snapshot>
  none: Partial<Snapshot>
  /** How long an answer stands at least. */
  term_ms: number
  /** Painted first layers by language: hash of the tree, key of the text. */
  layers: Record<string, [sha256: string, key: number]>
}

/** Languages whose files are there, as members: those of every install, and the painted ones. */
export const languages = ({ layers }: Built): object => ({ kk: 0, ru: 0, en: 0, ...layers })

const rules = KELISIM_BUILT ? KELISIM_RULES : undefined

/** Of a gate that was built for one shop; nothing else may ask for it. */
export const built = (): Built => rules!

/** Which of the cookie's digits is a category's (src/enforce/snapshot.hpp). */
const place: Record<string, number> = bare({ functional: 0, analytics: 1, marketing: 2 })

/** The ready-made snapshot of an answer given now. */
export const answered = ({ closed, all, none, term_ms }: Built, grant: boolean): Snapshot => ({
  ...closed,
  ...(grant ? all : none),
  made_at_ms: now(),
  expires_at_ms: now() + term_ms,
  ...(config.gpc && { gpc: true as const }),
})

/** Categories the cookie names: 1 granted, 2 some of it, 0 none; null when it is not there, of another edition or over. */
function readBits(edition: string): string | null {
  const parts = exec(/__Host-kelisim=1\.([^.;]+)\.([012]{3})\.(\w+)/, readCookie(doc))
  return parts && startsWith(edition, parts[1]) && parseInt(parts[3], 36) * 864e5 > now()
    ? parts[2]
    : null
}

/**
 * The snapshot a built page starts with: the stored one, where the cookie has not become stricter meanwhile; without one the rules alone,
 * open as far as the cookie says.
 */
export function opening(built: Built, stored: Snapshot | null): Snapshot {
  const { closed } = built
  const bits = readBits(closed.edition)
  const fits = stored && stored.edition === closed.edition && stored.format === closed.format
  const from = fits ? stored : closed
  if (!bits) return from
  /** What was there, unless the cookie is stricter or there was nothing. */
  const agreed = <T>(category: string, was: T, on: T, off: T): T => {
    const bit = bits[place[category]!]
    return !bit ? was : bit === '0' ? off : fits ? was : bit === '1' ? on : off
  }
  const services: Snapshot['services'] = []
  let same = true
  for (let i = 0; i < from.services.length; i++) {
    const service = from.services[i]!
    const run = agreed(service.category, service.run, true, false)
    same &&= run === service.run
    services[i] = { ...service, run }
  }
  const categories: Snapshot['categories'] = {}
  for (const name in from.categories)
    categories[name] = agreed(name, from.categories[name]!, 'granted', 'refused')
  // What vendors are told is of the choice as it was: the stricter one is told nothing but the default.
  const signals = same ? from.signals : closed.signals
  // From the cookie alone the person's other decisions are not known: the engine looks for them at once.
  return { ...from, services, categories, ...(signals && { signals }) }
}
