// docs/errors.md lists every error code of the sources.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

const repo = new URL('../../', import.meta.url)
const files = (folder, ending) =>
  readdirSync(new URL(folder, repo), { recursive: true })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(new URL(`${folder}/${name}`, repo), 'utf8'))

const documented = new Set(
  readFileSync(new URL('docs/errors.md', repo), 'utf8')
    .match(/`[a-z0-9_]+`/g)
    ?.map((c) => c.slice(1, -1)),
)

test('every code that the headers of src/ name is in docs/errors.md', () => {
  const families =
    'json|input|policy|text|catalogue|service|locale|view|state|draft|act|host|key|receipt|chain|outbox'
  const codes = new Set()
  for (const text of files('src', '.hpp'))
    for (const [comment] of text.matchAll(/^\s*\/\/\/.*$/gm))
      for (const [, code] of comment.matchAll(
        new RegExp('`((?:' + families + ')_[a-z0-9_]+)`', 'g'),
      ))
        codes.add(code)
  const names = new Set(['text_sha256', 'policy_id', 'receipt_id', 'service_unknown'])
  const missing = [...codes].filter((code) => !documented.has(code) && !names.has(code))
  assert.deepEqual(missing, [])
  assert.ok(codes.size > 80, `only ${codes.size} codes found`)
})

test('every code that the sources of src/ make an error of is in docs/errors.md', () => {
  const codes = new Set()
  for (const text of files('src', '.cpp'))
    for (const [, code] of text.matchAll(
      /(?:\bError[({]|\b(?:error|fail|fault|refuse)\((?:[a-z_.]+, )?|push_back\(\{)\s*"([a-z]+_[a-z0-9_]+)"/g,
    ))
      codes.add(code)
  // What the checks of a receipt's meaning are called stands behind "receipt_".
  assert.deepEqual(
    [...codes].filter((code) => !documented.has(code) && !documented.has('receipt_' + code)),
    [],
  )
  assert.ok(codes.size > 80, `only ${codes.size} codes found`)
})

test('every code that the page reports is in docs/errors.md', () => {
  const codes = new Set()
  for (const text of files('web', '.ts'))
    for (const [, code] of text.matchAll(
      /(?:KelisimError\(|(?:report|tell|told)\((?:[^'()]*, )?|reason\(|code: )'([a-z]+(?:_[a-z]+)*)'/g,
    ))
      codes.add(code)
  assert.deepEqual(
    [...codes].filter((code) => !documented.has(code)),
    [],
  )
  assert.ok(codes.size > 12, `only ${codes.size} codes found`)
})
