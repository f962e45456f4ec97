// Splits a policy's source text (Markdown of titles, sections, clauses and bullets) into the verbatim
// text file (kelisim-policy-text-1) and the list of clauses for the policy document.
//
//   node tools/split-policy.mjs SOURCE.md POLICY_ID [--renumber PRINTED=CANONICAL ...] > split.json
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The layout mark a clause of this kind has in the source text. */
export const MARKS = { title: '# ', section: '## ', bullet: '- ' }

/**
 * @param {string} source  the whole text, LF line ends
 * @param {Record<string, string>} renumber  printed number → canonical number, in the order of the text;
 *   a key may be limited to a section as "SECTION/PRINTED"
 * @returns {{clauses: {id: string, kind: string, printed: string|null, parent?: string}[], texts: Record<string, string>}}
 */
export function split(source, renumber = {}) {
  const clauses = []
  const texts = {}
  let titles = 0
  let section = 'p' // before the first section: the preamble
  let clause = '' // the clause that bullets and loose paragraphs belong to
  const counters = {}
  const next = (scope, mark) => {
    const key = scope + mark
    counters[key] = (counters[key] ?? 0) + 1
    return `${scope}.${mark}${counters[key]}`
  }
  const add = (id, kind, printed, text, parent) => {
    if (texts[id] !== undefined) throw new Error(`clause ${id} stands twice`)
    texts[id] = text
    clauses.push({ id, kind, printed, ...(parent ? { parent } : {}) })
  }
  for (const line of source.split('\n')) {
    if (line === '') continue
    if (line.startsWith('# ')) {
      add(`t${++titles}`, 'title', null, line.slice(2))
    } else if (line.startsWith('## ')) {
      const text = line.slice(3)
      const number = /^(\d+)\./.exec(text)?.[1] ?? null
      section = number ?? `u${clauses.length}`
      clause = ''
      add(`s${section}`, 'section', number, text)
    } else if (line.startsWith('- ')) {
      const scope = clause || section
      add(
        next(scope, '•'),
        'bullet',
        null,
        line.slice(2),
        clause || (section === 'p' ? undefined : `s${section}`),
      )
    } else {
      const dotted = /^(\d+(?:\.\d+)+)\.{0,2}(?=[^\d])/.exec(line)?.[1]
      const single = /^(\d+)\. /.exec(line)?.[1]
      if (dotted) {
        const id = renumber[`${section}/${dotted}`] ?? renumber[dotted] ?? dotted
        const up = id.split('.').slice(0, -1).join('.')
        add(id, 'clause', dotted, line, texts[up] === undefined ? `s${section}` : up)
        clause = id
      } else if (single && clause) {
        const up = clause.split('.').slice(0, 2).join('.')
        const id = `${up}.${single}`
        add(id, 'number', single, line, up)
        clause = id
      } else {
        const scope = clause || section
        add(
          next(scope, '¶'),
          'paragraph',
          null,
          line,
          clause || (section === 'p' ? undefined : `s${section}`),
        )
      }
    }
  }
  return { clauses, texts }
}

/** Puts the clause texts together again: the source text, byte for byte. */
export function join(clauses, texts) {
  let out = ''
  let before = null
  for (const { id, kind } of clauses) {
    if (before !== null)
      out += kind === before && (kind === 'bullet' || kind === 'number') ? '\n' : '\n\n'
    out += (MARKS[kind] ?? '') + texts[id]
    before = kind
  }
  return out + '\n'
}

if (import.meta.url === `file://${process.argv[1]}`) {
  const [file, policy, ...rest] = process.argv.slice(2)
  if (!file || !policy) {
    console.error('usage: split-policy.mjs SOURCE.md POLICY_ID [--renumber PRINTED=CANONICAL ...]')
    process.exit(2)
  }
  const renumber = Object.fromEntries(rest.filter((a) => a.includes('=')).map((a) => a.split('=')))
  const source = readFileSync(file, 'utf8')
  const { clauses, texts } = split(source, renumber)
  if (join(clauses, texts) !== source)
    throw new Error('the clauses put together are not the source text')
  const sha256 = createHash('sha256').update(source, 'utf8').digest('base64url')
  const text = { format: 'kelisim-policy-text-1', policy, language: 'ru', clauses: texts }
  process.stdout.write(JSON.stringify({ sha256, clauses, text }, null, 1) + '\n')
}
