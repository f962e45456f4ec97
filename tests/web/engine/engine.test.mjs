import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wellFormed, wrapEngine } from '../../../web/engine/engine.ts'
import { KelisimError, toKelisimError } from '../../../web/engine/error.ts'

const answering = (envelope) => {
  const seen = []
  const call = (_, json) => (seen.push(json), JSON.stringify(envelope))
  return { seen, engine: wrapEngine({ call }) }
}

test('Engine gives the value of an envelope that is ok', () => {
  const { engine, seen } = answering({ ok: true, value: { status: 'undecided' } })
  assert.deepEqual(engine.state({ now_ms: 5 }), { status: 'undecided' })
  assert.deepEqual(seen, ['{"now_ms":5}'])
})

test('Engine throws every error of an envelope that is not', () => {
  const errors = [
    { code: 'policy_missing', path: '/id', message: 'is missing' },
    { code: 'policy_type', path: '/edition', message: 'has to be an object' },
  ]
  const { engine } = answering({ ok: false, error: errors[0], errors })
  assert.throws(
    () => engine.loadPolicy('{}'),
    (error) => {
      assert.ok(error instanceof KelisimError)
      assert.deepEqual(
        [error.code, error.path, error.message],
        ['policy_missing', '/id', 'is missing'],
      )
      assert.deepEqual(error.errors, errors)
      return true
    },
  )
})

test('Engine says engine_failed when the module breaks', () => {
  const engine = wrapEngine({
    call: () => {
      throw new WebAssembly.RuntimeError('unreachable')
    },
  })
  assert.throws(() => engine.state({ now_ms: 0 }), { code: 'engine_failed' })
})

test('Engine makes no call after delete', () => {
  const { engine, seen } = answering({ ok: true, value: null })
  engine.delete()
  assert.throws(() => engine.state({ now_ms: 0 }), { code: 'engine_failed' })
  assert.deepEqual(seen, [])
})

for (const [title, text, want] of [
  ['leaves ordinary text', 'келісім 😀', 'келісім 😀'],
  ['replaces a high half alone', 'a\ud83d', 'a\ufffd'],
  ['replaces a low half alone', '\ude00a', '\ufffda'],
  ['replaces halves in the wrong order', '\ude00\ud83d', '\ufffd\ufffd'],
  ['replaces the half before a pair', '\ud83d\ud83d\ude00', '\ufffd😀'],
])
  test(`wellFormed ${title}`, () => assert.equal(wellFormed(text), want))

test('Engine sends well-formed text only, in documents and in values', () => {
  const { engine, seen } = answering({ ok: true, value: null })
  engine.loadPolicy('{"id":"\ud83d"}')
  engine.act({ action: 'withdraw_some', ids: ['\ude00'] })
  assert.deepEqual(seen, ['{"id":"\ufffd"}', '{"action":"withdraw_some","ids":["\ufffd"]}'])
})

test('toKelisimError keeps a KelisimError and names anything else', () => {
  const own = new KelisimError('a', 'b')
  assert.equal(toKelisimError(own, 'x'), own)
  assert.deepEqual(
    { ...toKelisimError(new TypeError('gone'), 'x').errors[0] },
    { code: 'x', path: '', message: 'gone' },
  )
  assert.equal(toKelisimError('text', 'x').message, 'text')
})
