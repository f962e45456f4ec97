// The clauses of a policy's text: what `kelisim split` makes of Markdown or plain text, and the text they make together again.
export type ClauseKind = 'title' | 'section' | 'clause' | 'paragraph' | 'bullet' | 'number'

export interface Clause {
  id: string
  kind: ClauseKind
  printed: string | null
  parent?: string
}

/** Something in the text that cannot be told; `line` counts from 1. */
export interface Doubt {
  line: number
  message: string
}

export interface Split {
  clauses: Clause[]
  /** Clause id → verbatim text, layout marks left out. */
  texts: Record<string, string>
  doubts: Doubt[]
}

/** The layout mark a clause of this kind has in the source text (src/policy/policy-text.schema.json). */
const marks: Partial<Record<ClauseKind, string>> = { title: '# ', section: '## ', bullet: '- ' }

/** Puts the clause texts together: the text whose hash is the edition. */
export function joinClauses({ clauses, texts }: Pick<Split, 'clauses' | 'texts'>): string {
  let out = ''
  let before: ClauseKind | undefined
  for (const { id, kind } of clauses) {
    const tight = kind === before && (kind === 'bullet' || kind === 'number')
    if (before) out += tight ? '\n' : '\n\n'
    out += (marks[kind] ?? '') + texts[id]!
    before = kind
  }
  return out + '\n'
}

/** Layout that is not the text's: the marks would go into the hash, or words would be lost. */
const foreign: [form: RegExp, what: string][] = [
  [/^<\/?[a-z!][^>@:]*>/i, 'an HTML tag: save the page as plain text'],
  [/^\|/, 'a table: write its rows as paragraphs'],
  [/^(\*\*|__)/, 'bold marks: leave them out, they would stand in the text'],
  [/^(```|~~~)/, 'a code fence'],
  [/^([=_*-])\1{2,}$/, 'a rule or an underlined heading: headings begin with "#"'],
  [/^#+[^# ]/, 'a heading without a space after "#"'],
]

/**
 * Splits a text into clauses. Headings with "#" are titles, with "##" and more sections; in a text without any, "2. Words" is the heading
 * of section 2 where section 1 came before. Every other paragraph, item and numbered clause is one line.
 *
 * @param renumber  printed number → canonical number; the key may be limited to a section as "SECTION/PRINTED". Any id may be a key.
 */
export function splitClauses(source: string, renumber: Record<string, string> = {}): Split {
  const clauses: Clause[] = []
  const texts: Record<string, string> = {}
  const doubts: Doubt[] = []
  const counters: Record<string, number> = {}
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n?|\n/)
  const marked = lines.some((line) => /^#+ /.test(line))
  let titles = 0
  let unnumbered = 0
  let section = 'p' // Before the first section: the preamble.
  let clause = '' // What bullets and loose paragraphs belong to.
  let dotted = '' // What numbered items belong to.
  let items = 0
  let before = ''

  const has = (id: string) => Object.hasOwn(texts, id)
  const heading = () => (section === 'p' ? undefined : `s${section}`)
  const next = (scope: string, mark: string) =>
    `${scope}.${mark}${(counters[scope + mark] = (counters[scope + mark] ?? 0) + 1)}`

  /** The nearest clause above that is there, else the section. */
  const above = (id: string): string | undefined => {
    const up = id.slice(0, id.lastIndexOf('.'))
    return !id.includes('.') ? heading() : has(up) ? up : above(up)
  }

  lines.forEach((raw, index) => {
    const text = raw.replace(/[\s\u00A0]+/g, ' ').trim()
    const follows = before !== ''
    before = text
    if (text === '') return
    const doubt = (message: string) => doubts.push({ line: index + 1, message })
    const add = (
      made: string,
      kind: ClauseKind,
      printed: string | null,
      words: string,
      parent?: string,
    ) => {
      const id = renumber[made] ?? made
      if (has(id))
        return void doubt(`clause ${id} stands twice: --renumber ${section}/${printed ?? id}=RIGHT`)
      texts[id] = words
      clauses.push({ id, kind, printed, ...(parent && !id.startsWith('end.') && { parent }) })
      return id
    }
    const open = (number: string | null, words: string) => {
      section = number ?? `u${++unnumbered}`
      clause = dotted = ''
      items = 0
      add(`s${section}`, 'section', number, words)
    }

    for (const [form, what] of foreign) if (form.test(text)) return void doubt(what)
    const [, level, words] = /^(#+) (.+)$/.exec(text) ?? []
    if (level === '#') return void add(`t${++titles}`, 'title', null, words!)
    if (level) return open(/^(\d+)\.?(?!\d|\.\d)/.exec(words!)?.[1] ?? null, words!)

    const bullet = /^[-*•–—·▪] ?(?=\S)(.+)$/.exec(text)?.[1]
    if (bullet !== undefined && !/^-\d/.test(text))
      return void add(next(clause || section, '•'), 'bullet', null, bullet, clause || heading())

    const number = /^(\d+(?:\.\d+)+)\.{0,2}(?=\D)/.exec(text)?.[1]
    if (number) {
      const id = renumber[`${section}/${number}`] ?? renumber[number] ?? number
      const of = id.slice(0, id.indexOf('.'))
      if (/^\d/.test(section) && of !== section)
        return void doubt(
          `clause ${number} stands in section ${section}: --renumber ${section}/${number}=RIGHT`,
        )
      clause = dotted = add(id, 'clause', number, text, above(id)) ?? clause
      items = 0
      return
    }

    const single = /^(\d+)[.)] ?(?=[^\d\s])/.exec(text)?.[1]
    if (single) {
      const headingNext = !marked && Number(single) === (section === 'p' ? 1 : Number(section) + 1)
      const itemNext = (dotted !== '' || marked) && Number(single) === items + 1
      if (headingNext && itemNext)
        return void doubt(
          `"${single}." may be a section or an item of a list: begin the lines of sections with "## "`,
        )
      if (headingNext) return open(single, text)
      const scope = dotted || (section === 'p' ? '' : section)
      if (!itemNext || !scope)
        return void doubt(`"${single}." is neither the next section nor the next item of a list`)
      items++
      clause = add(`${scope}.${single}`, 'number', single, text, dotted || heading()) ?? clause
      return
    }

    if (follows && /^\p{Ll}/u.test(text))
      return void doubt('begins in the middle of a sentence: a paragraph is one line')
    add(next(clause || section, '¶'), 'paragraph', null, text, clause || heading())
  })
  if (clauses.length === 0 && doubts.length === 0) doubts.push({ line: 1, message: 'no text' })
  return { clauses, texts, doubts }
}
