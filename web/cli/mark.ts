// `kelisim mark`: third parties' tags of static pages, marked so that no browser asks for them before the gate lets it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KelisimError } from '../node/index.ts'
import type { Arguments } from './arguments.ts'
import { complain, line, oneOf, readText, say, UsageError, valueOf } from './arguments.ts'
import { refused } from './build.ts'
import { fullAddress, loadKnown, type Known } from './known.ts'
import { markPage, type Left, type Mark } from './markup/mark.ts'
import { html, pagesIn, readBytes, writeBytes, type PageFile } from './pages.ts'

export const markUsage =
  'kelisim mark PAGE.html|DIR… [--policy POLICY.json] [--site HOST] [--out DIR | --write] [--unknown leave|mark] [--json]'
export const markValues = 'policy= site= out= unknown= write json'.split(' ')

interface Page {
  file: string
  /** Where it was written; null: to standard output. */
  out: string | null
  changed: boolean
  /** Third parties' tags that were marked before. */
  already: number
  tags: Mark[]
}

interface Report {
  ok: boolean
  pages: Page[]
}

const reasons: Record<Left, string> = {
  undeclared: 'the policy does not declare it: the gate holds it, and no grant lets it in',
  closed_shadow: 'in a closed shadow root, where the gate cannot give it back',
  several: 'names several services, or own things as well: the gate holds what it asks for',
  names_only: 'names the service and loads nothing itself',
  used: 'other code of the page uses what it defines: the gate holds what it asks for',
  may_be_used:
    'own scripts that are not at hand may use what it defines: the gate holds what it asks for',
  form: 'its place is taken, or it is written with escapes: the gate holds it',
}

const loud = ({ state, why }: Mark) =>
  state === 'left' && (why === 'undeclared' || why === 'closed_shadow')

/** Scripts of a site's own that lie beside its pages. */
function scriptBeside(root: string, address: string): string | null {
  try {
    return readFileSync(join(root, decodeURIComponent(new URL(address).pathname)), 'utf8')
  } catch {
    return null
  }
}

function markFile(known: Known, { file, root, name }: PageFile, unknown: 'leave' | 'mark') {
  const source = readBytes(file)
  const page = new URL(name.replaceAll('\\', '/'), known.page).href
  const declares = known.policy ? /^declared$/ : /^(?:declared|known)$/
  const marked = markPage(source, {
    full: (address, base) => fullAddress(address, page, base),
    whose: (addresses) => known.addresses(addresses),
    declared: ({ state }) => declares.test(state),
    unknown,
    own: (address) => scriptBeside(root, address),
  })
  return { ...marked, changed: marked.text !== source }
}

function print(pages: Page[], tell: (text: string) => void) {
  for (const { file, changed, already, tags, out } of pages) {
    const marked = tags.filter(({ state }) => state === 'marked').length
    const earlier = already > 0 ? `, ${already} before` : ''
    const where = out === null || out === file ? '' : ` → ${out}`
    tell(line`${file}: ${marked} marked${earlier}${changed ? where : ', unchanged' + where}`)
    for (const { line: row, column, tag, names, hosts, services, catalogue, state, why } of tags) {
      const of = services.join(', ') || (catalogue.length > 0 ? `catalogue: ${catalogue}` : '')
      const what = `<${tag}> ${names.map((name) => (name === '#' ? 'text' : name)).join(', ')}`
      const sign = state === 'marked' ? 'marked' : why === 'undeclared' ? 'UNDECLARED' : 'left'
      tell(
        line`  ${sign.padEnd(10)} ${row}:${column}  ${what}  ${hosts.join(', ')}${of && `  (${of})`}${why ? `: ${reasons[why]}` : ''}`,
      )
    }
  }
}

/** Where each page goes; null: to standard output. */
function targets(given: Arguments, pages: PageFile[]): (string | null)[] {
  const out = valueOf(given, 'out')
  const write = given.options.has('write')
  if (out !== undefined && write) throw new UsageError(`--out or --write, not both: ${markUsage}`)
  if (write && pages.some(({ file }) => file === '-'))
    throw new UsageError('standard input cannot be written')
  if (out === undefined && !write && pages.length !== 1)
    throw new UsageError(`several pages need --out or --write: ${markUsage}`)
  const names = pages.map(({ file, name }) => (out === undefined ? file : join(out, name)))
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) throw new UsageError(`two pages would be written to ${twice}`)
  return out === undefined && !write ? [null] : names
}

/** @returns the exit code */
export async function mark(given: Arguments): Promise<number> {
  const pages = pagesIn(given.files, html)
  if (pages.length === 0) throw new UsageError(`a page is needed: ${markUsage}`)
  const outs = targets(given, pages)
  const unknown = oneOf(given, 'unknown', ['leave', 'mark'])
  const file = valueOf(given, 'policy')
  const policy = file === undefined ? undefined : readText(file)
  let known: Known
  try {
    known = await loadKnown(policy, valueOf(given, 'site'))
  } catch (error) {
    if (!(error instanceof KelisimError) || file === undefined) throw error
    return refused(file, policy!, error)
  }
  try {
    const report: Report = { ok: true, pages: [] }
    for (const [i, page] of pages.entries()) {
      const { text, marks, already, changed } = markFile(known, page, unknown)
      const out = outs[i]!
      if (out === null) process.stdout.write(text, 'latin1')
      else if (changed || out !== page.file) writeBytes(out, text)
      report.pages.push({ file: page.file, out, changed, already, tags: marks })
      if (marks.some(loud)) report.ok = false
    }
    // The page itself goes to standard output: what is said about it does not.
    const tell = outs[0] === null ? complain : say
    if (given.options.has('json')) tell(JSON.stringify(report, null, 2))
    else print(report.pages, tell)
    return report.ok ? 0 : 1
  } finally {
    known.delete()
  }
}
