// `kelisim split`: a policy's text as the two files a shop begins with, the verbatim clauses and a document in which nothing is stated yet.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Arguments } from './arguments.ts'
import { complain, line, readText, say, UsageError, valueOf } from './arguments.ts'
import { joinClauses, splitClauses } from './clauses.ts'

export const splitUsage =
  'kelisim split TEXT.md --out DIR [--id ID] [--language ru] [--renumber PRINTED=RIGHT,…]'
export const splitValues = ['out=', 'id=', 'language=', 'renumber=']

const silent = { not_stated: true }

/** The two rights a document has to name, as silent ones. */
const rights = [
  {
    id: 'withdrawal',
    right: 'withdrawal',
    name: { kk: 'Келісімді кері қайтарып алу', ru: 'Отозвать согласие', en: 'Withdraw consent' },
  },
  {
    id: 'erasure',
    right: 'erasure',
    name: {
      kk: 'Деректердің жойылуын талап ету',
      ru: 'Удалить данные',
      en: 'Have the data erased',
    },
  },
].map((right) => ({ ...right, not_stated: true, ways: [], term: silent, clauses: [] }))

/** A document that says nothing: what no text can tell (operator, country, sites) is missing, so that check asks for it. */
function emptyDocument(id: string, language: string, sha256: string, clauses: object[]) {
  return {
    format: 'kelisim-policy-1',
    id,
    jurisdiction: 'KZ',
    language,
    operator: {
      ...{ legal_name: silent, bin: silent, address: silent, phone: silent },
      ...{ roles: [], covered_persons: silent, clauses: [] },
    },
    contacts: [],
    edition: {
      label: `sha256:${sha256.slice(0, 16)}`,
      ...{ date: silent, place: 'none' },
      text: { href: `${id}.text.json`, sha256 },
      ...{ url: silent, clauses: [] },
    },
    laws: [],
    clauses: clauses.map((clause) => ({ ...clause, full_text_only: true })),
    ...{ data: [], purposes: [], recipients: [], cookies: silent, services: [], terms: [], rights },
    ...{ messages: silent, disputes: silent },
    cross_border: {
      ...{ allowed: silent, bundled: false, countries: silent, localisation: silent, clauses: [] },
    },
    ...{ public_sources: silent, statements: [], forms: [], findings: [] },
  }
}

/** @returns the exit code */
export function split(given: Arguments): number {
  const { files } = given
  const [file] = files
  const out = valueOf(given, 'out')
  if (file === undefined || files.length > 1 || out === undefined)
    throw new UsageError(`one text and --out are needed: ${splitUsage}`)
  const id = valueOf(given, 'id') ?? basename(file).replace(/\.[^.]*$/, '')
  if (!/^[a-z0-9]+([_-][a-z0-9]+)*$/.test(id))
    throw new UsageError(`"${id}" is no id (small letters, digits, - and _): name one with --id`)
  const language = valueOf(given, 'language') ?? 'ru'
  const numbers = (valueOf(given, 'renumber') ?? '').split(',').filter(Boolean)
  const made = splitClauses(
    readText(file),
    Object.fromEntries(numbers.map((pair) => pair.split('=') as [string, string])),
  )
  if (made.doubts.length > 0) {
    for (const { line: at, message } of made.doubts) complain(line`${file}:${at}: ${message}`)
    complain('Nothing was written.')
    return 1
  }
  const sha256 = createHash('sha256').update(joinClauses(made), 'utf8').digest('base64url')
  const text = { format: 'kelisim-policy-text-1', policy: id, language, clauses: made.texts }
  const written: [name: string, content: unknown][] = [
    [`${id}.text.json`, text],
    [`${id}.json`, emptyDocument(id, language, sha256, made.clauses)],
  ]
  const there = written.map(([name]) => join(out, name)).find((path) => existsSync(path))
  if (there) throw new UsageError(`${there} is there already: choose another --out`)
  mkdirSync(out, { recursive: true })
  for (const [name, content] of written)
    writeFileSync(join(out, name), JSON.stringify(content, null, 2) + '\n')
  const kinds = (kind: string) => made.clauses.filter((clause) => clause.kind === kind).length
  say(
    line`${join(out, `${id}.text.json`)}: ${made.clauses.length} clauses (${kinds('section')} sections, ${kinds('clause')} numbered), edition ${sha256}`,
  )
  say(line`${join(out, `${id}.json`)}: nothing is stated yet; kelisim check says what is missing`)
  return 0
}
