// docs/policy-format.md: its tables are the schema's, and its document is one.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { withMembers } from '../../tools/make-format-docs.mjs'
import { dist, readRepo } from '../support/dist.mjs'

const page = readRepo('docs/policy-format.md')
const schema = JSON.parse(readRepo('src/policy/policy.schema.json'))

test('the tables of docs/policy-format.md are made of the schema of now', () =>
  assert.equal(page, withMembers(page, schema), 'out of date: node tools/make-format-docs.mjs'))

test('docs/policy-format.md names every member of the schema', () => {
  const names = new Set()
  const look = (node) => {
    for (const name of Object.keys(node?.properties ?? {})) names.add(name)
    for (const value of Object.values(node ?? {})) if (typeof value === 'object') look(value)
  }
  look(schema.properties)
  assert.ok(names.size > 80)
  for (const name of names) assert.ok(page.includes(`\`${name}\``), name)
})

test('the document of docs/policy-format.md passes kelisim check, with the text it is made of', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-docs-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [, text] = /```text\n(.*?)```/s.exec(page)
  const [, document] = /```json\n(.*?)```/s.exec(page)
  writeFileSync(join(folder, 'shop.txt'), text)
  const kelisim = (...words) =>
    spawnSync(process.execPath, [join(dist, 'node/cli.js'), ...words], { encoding: 'utf8' })
  const split = kelisim('split', join(folder, 'shop.txt'), '--out', folder)
  assert.equal(split.status, 0, split.stderr)
  const made = JSON.parse(readFileSync(join(folder, 'shop.json'), 'utf8'))
  const bare = ({ full_text_only, ...clause }) => clause
  assert.deepEqual(JSON.parse(document).clauses.map(bare), made.clauses.map(bare))
  writeFileSync(join(folder, 'shop.json'), document)
  const check = kelisim('check', '--json', join(folder, 'shop.json'))
  const report = JSON.parse(check.stdout)
  assert.deepEqual([check.status, report.errors, report.text], [0, [], 'matches'])
})

test('a subject that the text does not say is left out, as the rules of the page have it', () => {
  const { properties } = schema.properties.contacts.items
  assert.equal(properties.subject.type, 'string')
  assert.ok(!schema.properties.contacts.items.required.includes('subject'))
  assert.match(page, /a mail's `subject`/)
})
