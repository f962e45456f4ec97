// `kelisim scan`: what a shop's pages ask for and store, what of it the policy does not declare, and a draft of its services.
import { KelisimError } from '../node/index.ts'
import type { Arguments } from './arguments.ts'
import { complain, line, readText, say, UsageError, valueOf } from './arguments.ts'
import { openBrowser, visit } from './browser.ts'
import { refused } from './build.ts'
import { draftOf, type Draft } from './draft.ts'
import { foundInFile, foundInVisit, merged, type Audit, type Found, type State } from './found.ts'
import { loadKnown, type Known } from './known.ts'
import { pagesIn, readBytes } from './pages.ts'
import { isAddress } from './sources.ts'

export const scanUsage =
  'kelisim scan URL|DIR|FILE.html… [--policy POLICY.json] [--site HOST] [--draft] [--wait SECONDS] [--browser PATH] [--json]'
export const scanValues = 'policy= site= wait= browser= draft json'.split(' ')

interface Report extends Found {
  ok: boolean
  /** Pages that were looked at. */
  pages: string[]
  policy: boolean
  /** How much of it the policy does not declare. */
  undeclared: number
  services?: object[]
  open?: string[]
}

const readable = /\.(?:x?html?|css|m?js)$/i
/** Kelisim's own files name every service there is. */
const own = /(?:^|[\\/])kelisim[\w.-]*\.(?:js|html)$/

const isOpen = ({ state }: { state: string }) => state === 'undeclared' || state === 'catalogue'
/** What counts against a policy: what is asked for and stored, not what a script in a browser only names. */
const counts = (found: Found, visited: boolean) =>
  found.hosts.filter((one) => isOpen(one) && !(visited && one.named)).length +
  found.stored.filter(isOpen).length +
  found.audit.filter(({ code, state }) => /header|address|redirect/.test(code) && isOpen({ state }))
    .length

const words: Record<State | 'own', string> = {
  necessary: 'necessary',
  declared: 'declared',
  catalogue: 'CATALOGUE',
  undeclared: 'UNDECLARED',
  own: 'own',
}

const audits: Record<Audit['code'], string> = {
  server_cookie: 'is set by the server: no page code can hold it',
  http_only_cookie: 'is HttpOnly: page code can neither see nor delete it',
  own_redirect: 'redirects there: the page sees its own address only',
  link_header: 'names it in a Link header: the browser asks before any script runs',
  report_address: 'has reports sent there by the browser itself',
}

function print(report: Report, tell: (text: string) => void) {
  const { pages, hosts, stored, tags, audit, policy, undeclared } = report
  for (const page of pages.slice(0, 20)) tell(line`${page}`)
  if (pages.length > 20) tell(`… and ${pages.length - 20} more`)
  const sign = (state: State | 'own') => words[state].padEnd(11)
  tell(`\nHosts (${hosts.length})`)
  for (const { host, state, service = '-', kinds, requests, tags: inTags, named } of hosts)
    tell(
      line`  ${sign(state)} ${host.padEnd(34)} ${service.padEnd(22)} ${kinds.join(', ')}${requests ? ` · ${requests} requests` : ''}${inTags ? ` · ${inTags} in tags` : ''}${named ? ' · named in code only' : ''}`,
    )
  tell(`\nCookies, keys, databases (${stored.length})`)
  for (const { kind, name, host, party, state, service = '-', http_only } of stored)
    tell(
      line`  ${sign(state)} ${kind.padEnd(8)} ${name.padEnd(25)} ${service.padEnd(22)} ${party === 'third' ? host : 'own'}${http_only ? ' · HttpOnly' : ''}`,
    )
  tell(`\nTags (${tags.length}, ${tags.filter(({ marked }) => marked).length} of them marked)`)
  for (const { file, line: row, column, tag, name, host, state, marked } of tags.slice(0, 200))
    tell(
      line`  ${sign(state)} ${file}${row === undefined ? '' : `:${row}:${column}`}  <${tag}> ${name}  ${host}${marked ? '  (marked)' : ''}`,
    )
  if (tags.length > 200) tell(`  … and ${tags.length - 200} more (--json has all)`)
  if (audit.length > 0) tell('\nBeyond page code: for the server to change')
  for (const { code, from, name, url, state, service } of audit)
    tell(
      line`  ${sign(state)} ${code}  ${from} ${audits[code]}: ${name ?? url}${service === undefined ? '' : `  (${service})`}`,
    )
  tell(
    policy
      ? `\n${undeclared === 0 ? 'Everything is declared.' : `${undeclared} not declared by the policy.`}`
      : '\nNo policy was given (--policy): the built-in catalogue has said what it knows.',
  )
}

function seconds(given: Arguments): number {
  const text = valueOf(given, 'wait') ?? '3'
  const wait = Number(text)
  if (!/^\d+(\.\d+)?$/.test(text) || wait > 300)
    throw new UsageError(`--wait is a number of seconds up to 300, not "${text}"`)
  return wait
}

/** Everything the sources have, by the same two rules. */
async function look(given: Arguments, policy: string | undefined) {
  const addresses = given.files.filter(isAddress)
  const files = pagesIn(
    given.files.filter((source) => !isAddress(source)),
    readable,
  ).filter(({ file }) => !own.test(file))
  const wait = seconds(given)
  const site = valueOf(given, 'site')
  const pages: string[] = []
  const list: { found: Found; visited: boolean }[] = []
  const knowns: Known[] = []
  const open = async (host?: string) => {
    const known = await loadKnown(policy, host)
    knowns.push(known)
    return known
  }
  try {
    // First of all: a policy that is refused is told before a browser starts.
    const known = await open(site)
    for (const { file } of files) {
      pages.push(file)
      list.push({ found: foundInFile(known, file, readBytes(file)), visited: false })
    }
    if (addresses.length > 0) {
      const browser = await openBrowser(addresses, valueOf(given, 'browser'))
      try {
        for (const address of addresses) {
          const seen = await visit(browser, address, wait)
          pages.push(seen.url)
          const here = await open(new URL(seen.url).hostname)
          list.push({ found: foundInVisit(here, seen), visited: true })
        }
      } finally {
        await browser.close()
      }
    }
    const found = merged(list.map((one) => one.found))
    const undeclared = list.reduce((sum, one) => sum + counts(one.found, one.visited), 0)
    const declared =
      policy === undefined ? [] : (JSON.parse(policy) as { services: { id: string }[] }).services
    return { found, pages, undeclared, draft: draftOf(found, declared, known) }
  } finally {
    for (const known of knowns) known.delete()
  }
}

/** @returns the exit code */
export async function scan(given: Arguments): Promise<number> {
  if (given.files.length === 0)
    throw new UsageError(`an address, a folder or a page is needed: ${scanUsage}`)
  const file = valueOf(given, 'policy')
  const policy = file === undefined ? undefined : readText(file)
  let seen: { found: Found; pages: string[]; undeclared: number; draft: Draft }
  try {
    seen = await look(given, policy)
  } catch (error) {
    if (!(error instanceof KelisimError) || file === undefined) throw error
    return refused(file, policy!, error)
  }
  const { found, pages, undeclared, draft } = seen
  if (pages.length === 0) throw new UsageError(`no pages in ${given.files.join(', ')}`)
  const wanted = given.options.has('draft')
  const ok = policy === undefined || undeclared === 0
  const report: Report = {
    ...{ ok, pages, policy: policy !== undefined, undeclared, ...found },
    ...(wanted && draft),
  }
  if (given.options.has('json')) say(JSON.stringify(report, null, 2))
  else if (wanted) {
    // The draft is for a file, so what is said about it goes elsewhere.
    print(report, complain)
    complain('\nThe draft leaves open:')
    for (const sentence of draft.open) complain(line`  ${sentence}`)
    say(JSON.stringify(draft.services, null, 2))
  } else print(report, say)
  return ok ? 0 : 1
}
