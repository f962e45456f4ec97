// The lines a page needs, filled in for one shop: what `kelisim init` and `kelisim build` print.
import type { Snapshot } from '../gate/link.ts'

export interface Install {
  /** Where the files are on the shop's origin, with slashes around. */
  base: string
  edition: string
  endpoint: string
  layout: string
  /** Hosts the page cannot do without. */
  necessary: string[]
}

const attribute = (value: string) => value.replace(/&/g, '&amp;').replace(/"/g, '&quot;')

/** Hosts of the services that run without anybody's consent, and more that the shop names. */
export function necessaryHosts(snapshot: Snapshot, more = ''): string[] {
  const hosts = Object.entries(snapshot.hosts)
    .filter(([, indexes]) => indexes.some((at) => snapshot.services[at]!.category === 'necessary'))
    .map(([host]) => host)
  return [...new Set([...hosts, ...more.split(/[\s,]+/).filter(Boolean)])].sort()
}

/** data-* of the first line. */
export function attributes({ base, edition, endpoint, layout }: Install, more = ''): string {
  const all = { policy: base + 'policy.json', edition, endpoint, layout }
  const written = Object.entries(all).filter(([, value]) => value)
  return more + written.map(([name, value]) => ` data-${name}="${attribute(value)}"`).join('')
}

/** The first line, with the gate in a file of its own. */
export const gateLine = (install: Install, integrity = ''): string =>
  `<script src="${attribute(install.base)}kelisim.js"${integrity && ` integrity="${integrity}"`} data-cfasync="false"${attributes(install)}></script>`

/** The second line: never in force, but the browsers' look-ahead obeys it. */
export const secondLine = ({ necessary }: Install): string =>
  `<meta http-equiv="Content-Security-Policy" content="${attribute(["default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'", ...necessary].join(' '))}"><!-- -->`
