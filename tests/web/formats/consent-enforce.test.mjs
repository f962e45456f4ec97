// The fixtures of state, snapshot, catalogue and decisions keep to their schemas.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import Ajv from 'ajv/dist/2020.js'

const read = (path) =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
const compile = (path) => new Ajv({ allowUnionTypes: true }).compile(read(path))

for (const [schema, fixtures] of [
  ['src/consent/state.schema.json', ['state']],
  ['src/enforce/snapshot.schema.json', ['snapshot']],
  ['src/enforce/catalogue.schema.json', ['catalogue', 'catalogue-shops']],
])
  for (const name of fixtures)
    test(`tests/vectors/${name}.json keeps to ${schema}`, () => {
      const validate = compile(schema)
      assert.ok(validate(read(`tests/vectors/${name}.json`)), JSON.stringify(validate.errors))
      assert.ok(!validate({}))
    })

test('the snapshot of tests/vectors/decide.json keeps to its schema', () => {
  const validate = compile('src/enforce/snapshot.schema.json')
  assert.ok(validate(read('tests/vectors/decide.json').snapshot), JSON.stringify(validate.errors))
})
