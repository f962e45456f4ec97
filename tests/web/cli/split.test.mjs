// `kelisim split`: what it makes of a policy's text, and what it refuses.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { joinClauses, splitClauses } from '../../../web/cli/clauses.ts'
import { dist, readRepo, repo } from '../../support/dist.mjs'

const folder = mkdtempSync(join(tmpdir(), 'kelisim-split-'))
after(() => rmSync(folder, { recursive: true }))
const kelisim = (...words) =>
  spawnSync(process.execPath, [join(dist, 'node/cli.js'), ...words], {
    cwd: repo,
    encoding: 'utf8',
  })
const file = (name, text) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** What the printed numbers of Alma's policy should have been. */
const alma = {
  ...Object.fromEntries([2, 3, 4, 5, 6].map((n) => [`3/2.2.${n}`, `3.2.${n}`])),
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((n) => [`4.3.${n}`, `4.2.${n}`])),
  '9.1.¶1': 'end.¶1',
}
for (const name of ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile'])
  test(`the text of ${name} gives the clauses of its document, and back the text byte for byte`, () => {
    const source = readRepo(`examples/policies/sources/${name}.md`)
    const document = JSON.parse(readRepo(`examples/policies/${name}.json`))
    const made = splitClauses(source, name === 'alma-chocolates' ? alma : {})
    assert.deepEqual(made.doubts, [])
    assert.equal(joinClauses(made), source)
    assert.deepEqual(
      made.clauses,
      document.clauses.map(({ id, kind, printed, parent }) => ({
        id,
        kind,
        printed,
        ...(parent && { parent }),
      })),
    )
    assert.deepEqual(
      made.texts,
      JSON.parse(readRepo(`examples/policies/${name}.text.json`)).clauses,
    )
  })

const plain = `Преамбула.\r\n
1. Общие положения\r
1.1.\tПервый\u00a0пункт.
• одно
• другое
1.2. Второй пункт:
1) первое
2) второе
2. Контакты
Пишите нам.
2.1. mail@shop.kz
`

test('plain text: sections by their numbers, items, no parent that is not there', () => {
  const { clauses, texts, doubts } = splitClauses(
    plain.replace('2. Контакты', '## 2. Контакты').replace('1. Общие', '## 1. Общие'),
  )
  assert.deepEqual(doubts, [])
  assert.deepEqual(
    clauses.map(({ id, kind, parent }) => [id, kind, parent]),
    [
      ['p.¶1', 'paragraph', undefined],
      ['s1', 'section', undefined],
      ['1.1', 'clause', 's1'],
      ['1.1.•1', 'bullet', '1.1'],
      ['1.1.•2', 'bullet', '1.1'],
      ['1.2', 'clause', 's1'],
      ['1.2.1', 'number', '1.2'],
      ['1.2.2', 'number', '1.2'],
      ['s2', 'section', undefined],
      ['2.¶1', 'paragraph', 's2'],
      ['2.1', 'clause', 's2'],
    ],
  )
  assert.equal(texts['1.1'], '1.1. Первый пункт.')
  const ids = new Set(clauses.map(({ id }) => id))
  assert.ok(clauses.every(({ parent }) => parent === undefined || ids.has(parent)))
  // The same without a heading mark: section 2 is known by its number where no list goes on.
  const unmarked = splitClauses(plain.replace(/\d\) .*\n/g, ''))
  assert.deepEqual(unmarked.doubts, [])
  assert.ok(unmarked.clauses.some(({ id, kind }) => id === 's2' && kind === 'section'))
})

for (const [title, text, line, why] of [
  [
    'a number that may be a section or an item',
    'p\n1. A\n1.1. B\n1. c\n2. d',
    5,
    /section or an item/,
  ],
  ['a number that follows nothing', 'p\n1. A\n1.1. B\n5. c', 4, /neither the next section/],
  [
    'a clause of another section',
    '1. A\n2.2. B',
    2,
    /stands in section 1: --renumber 1\/2\.2=RIGHT/,
  ],
  ['a clause twice', '1. A\n1.1. B\n1.1. C', 3, /stands twice/],
  ['a table', '1. A\n| a | b |', 2, /table/],
  ['HTML', '<h1>Policy</h1>', 1, /HTML/],
  ['bold marks', '**1. A**', 1, /bold/],
  ['an underlined heading', 'Policy\n======', 2, /underlined/],
  ['a paragraph over two lines', 'First line\nand the second', 2, /one line/],
  ['nothing', '\n\n', 1, /no text/],
])
  test(`refused with its line: ${title}`, () => {
    const { doubts } = splitClauses(text)
    assert.equal(doubts[0]?.line, line)
    assert.match(doubts[0].message, why)
    const out = join(folder, 'never')
    const { status, stderr } = kelisim('split', file('x.txt', text), '--out', out)
    assert.equal(status, 1)
    assert.match(stderr, new RegExp(`x\\.txt:${line}: `))
    assert.ok(!existsSync(out))
  })

test('two files are written, which check takes but for what only the shop knows; nothing is overwritten', () => {
  const out = join(folder, 'out')
  const words = ['split', file('shop.md', '# T\n\n## 1. A\n\n2.1. b\n'), '--out', out]
  assert.equal(kelisim(...words).status, 1)
  const { status, stdout, stderr } = kelisim(...words, '--renumber', '1/2.1=1.1')
  assert.equal(status, 0, stderr)
  assert.match(stdout, /3 clauses \(1 sections, 1 numbered\)/)
  const text = JSON.parse(readFileSync(join(out, 'shop.text.json'), 'utf8'))
  assert.deepEqual(text.clauses, { t1: 'T', s1: '1. A', 1.1: '2.1. b' })
  const report = JSON.parse(kelisim('check', '--json', join(out, 'shop.json')).stdout)
  assert.deepEqual(
    report.errors.map(({ code, path }) => [code, path]),
    [
      ['policy_missing', '/operator/name'],
      ['policy_missing', '/operator/country'],
      ['policy_missing', '/operator/sites'],
    ],
  )
  const again = kelisim(...words, '--renumber', '1/2.1=1.1')
  assert.equal(again.status, 2)
  assert.match(again.stderr, /is there already/)
})
