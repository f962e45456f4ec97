// docs/receipts.md: every test it names exists, and every member the schema requires has its line.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const repo = new URL('../../', import.meta.url)
const read = (name) => readFileSync(new URL(name, repo), 'utf8')
const rows = read('docs/receipts.md')
  .split('\n## Each field')[1]
  .split('\n')
  .filter((line) => /^\| (?!field|---)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

/** Titles of all tests; a title over two lines of C++ is one text. */
const titles = new Set(
  readdirSync(new URL('tests', repo), { recursive: true })
    .filter((name) => /_test\.cpp$|\.test\.mjs$/.test(name))
    .flatMap((name) => {
      const text = read('tests/' + name)
      return name.endsWith('.cpp')
        ? [...text.matchAll(/TEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+),/g)].map(([, quoted]) =>
            [...quoted.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, part]) => part).join(''),
          )
        : [...text.matchAll(/\btest\(\s*(['"`])(.*?)\1,/g)].map(([, , title]) => title)
    }),
)

test('docs/receipts.md: every test it names is there', () => {
  assert.ok(rows.length > 50, `only ${rows.length} rows`)
  const missing = rows
    .map(([, , , , cell]) => cell.replaceAll('`', ''))
    .filter((name) => !titles.has(name))
  assert.deepEqual(missing, [])
})

test('docs/receipts.md: every member that a receipt has to have is in the table', () => {
  const schema = JSON.parse(read('src/receipt/receipt.schema.json'))
  const required = new Set()
  const walk = (value) => {
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value.required)) for (const name of value.required) required.add(name)
    for (const inner of Object.values(value)) walk(inner)
  }
  walk({ ...schema, $defs: {} })
  required.delete('not_stated')
  const named = new Set(
    rows.flatMap(([, field]) => [...field.matchAll(/`(\w+)`/g)].map(([, name]) => name)),
  )
  assert.deepEqual(
    [...required].filter((name) => !named.has(name)),
    [],
  )
  assert.ok(required.size > 40)
})
