// The frozen boundary: the recorded walk of every engine call gives the same answers in every build, its formats keep to their schemas.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import Ajv from 'ajv/dist/2020.js'
import { hasNative, nativeEngine, plainEngine, wasmEngine } from '../../support/engines.mjs'

const text = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
const read = (path) => JSON.parse(text(path))
const { calls } = read('tests/vectors/calls.json')
const compile = (path) => new Ajv({ allowUnionTypes: true, strict: false }).compile(read(path))
const makers = {
  wasm: wasmEngine,
  plain: plainEngine,
  ...(hasNative() && { native: nativeEngine }),
}
const engines = {}

before(async () => {
  for (const [build, make] of Object.entries(makers)) engines[build] = await make()
})
after(() => {
  for (const engine of Object.values(engines)) engine.close()
})

test('every call of the engine has its place in tests/vectors/calls.json', () => {
  const bound = [...text('src/api/engine.hpp').matchAll(/call\("(\w+)"/g)].map(([, n]) => n)
  assert.ok(bound.length > 0)
  assert.deepEqual([...new Set(calls.map(({ call }) => call))].sort(), bound.sort())
})

for (const build of Object.keys(makers))
  test(`${build}: each call answers what tests/vectors/calls.json says`, async () => {
    for (const { call, file, in: input, answer } of calls) {
      const given = file ? text(file) : JSON.stringify(input)
      assert.deepEqual(JSON.parse(await engines[build].call(call, given)), answer, call)
    }
  })

for (const [schema, name, value] of [
  ['src/view/view.schema.json', 'view.json', read('tests/vectors/view.json')],
  ['web/gate/pending.schema.json', 'pending.json', read('tests/vectors/pending.json')],
  [
    'src/enforce/snapshot.schema.json',
    'the snapshot of calls.json',
    calls.find(({ call }) => call === 'snapshot').answer.value.snapshot,
  ],
  [
    'src/consent/state.schema.json',
    'the state of calls.json',
    calls.find(({ call }) => call === 'act').answer.value.state,
  ],
  [
    'src/receipt/receipt.schema.json',
    'the receipt of calls.json',
    JSON.parse(calls.find(({ call }) => call === 'receipt').answer.value.body),
  ],
])
  test(`${name} keeps to ${schema}`, () => {
    const validate = compile(schema)
    assert.ok(validate(value), JSON.stringify(validate.errors))
    assert.ok(!validate({}))
  })

test('the pending choice names the layer and the edition it was given to', () => {
  const pending = read('tests/vectors/pending.json')
  const view = read('tests/vectors/view.json')
  const drawn = calls.find(({ call }) => call === 'view').answer.value
  assert.deepEqual(drawn.tree, view)
  assert.equal(pending.layer_sha256, drawn.sha256)
  assert.equal(pending.edition, view.edition)
  assert.equal(pending.policy, view.policy)
})
