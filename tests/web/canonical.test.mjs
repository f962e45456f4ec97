// RFC 8785: our writer and an independent one (npm: canonicalize) write the same bytes, or ours refuses what receipts never hold.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { hasNative, nativeEngine, plainEngine, wasmEngine } from '../support/engines.mjs'

const engines = {}
before(async () => {
  engines.wasm = await wasmEngine()
  engines.plain = await plainEngine()
  if (hasNative()) engines.native = await nativeEngine()
})
after(() => Object.values(engines).forEach((engine) => engine.close()))

async function same(text) {
  const answers = await Promise.all(
    Object.values(engines).map((engine) => engine.call('canonical', text)),
  )
  for (const answer of answers) assert.equal(answer, answers[0], text)
  return JSON.parse(answers[0])
}

const integers = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer(),
  fc.constantFrom(0, -1, 2 ** 53 - 1, -(2 ** 53 - 1)),
)
/** Any string UTF-8 can write: astral letters, controls, surrogate edges. */
const strings = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '\u0000',
      '\b',
      '\t',
      '\n',
      '\f',
      '\r',
      '"',
      '\\',
      '/',
      '\u007f',
      '\u0080',
      '\u2028',
      '\ue000',
      '\uffff',
      '\u{10000}',
      'ә',
      'Ә',
    ),
  }),
)
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.constantFrom(null, true, false),
    integers,
    strings,
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(strings, tie('value'), { maxKeys: 8, noNullPrototype: true }),
  ),
})).value

/** The value as JSON text of another spelling: members in reverse, white space, escapes. */
function respelled(value) {
  if (typeof value === 'string')
    return `"${[...Array(value.length).keys()].map((i) => '\\u' + value.charCodeAt(i).toString(16).padStart(4, '0')).join('')}"`
  if (Array.isArray(value)) return `[ ${value.map(respelled).join(' ,\n')} ]`
  if (value !== null && typeof value === 'object')
    return `{\t${Object.keys(value)
      .reverse()
      .map((key) => `${respelled(key)} : ${respelled(value[key])}`)
      .join(' , ')}}`
  return JSON.stringify(value)
}

test('every value: the bytes are those of an independent implementation, in every build and from every spelling', async () => {
  await fc.assert(
    fc.asyncProperty(values, async (value) => {
      const want = canonicalize(value)
      for (const text of [JSON.stringify(value), respelled(value), want]) {
        const { ok, value: got, error } = await same(text)
        assert.ok(ok, error?.code)
        assert.equal(got.text, want)
      }
    }),
    { numRuns: 500 },
  )
})

for (const [title, text] of [
  ['a fraction', '{"a":0.5}'],
  ['an exponent', '[1e2]'],
  ['an integer beyond 2^53 - 1', '[9007199254740992]'],
  ['a member twice', '{"a":1,"a":1}'],
  ['a member twice, spelled differently', '{"a":1,"\\u0061":1}'],
  ['a lone surrogate', '["\\ud800"]'],
  ['white space that JSON has not', '[\u00a01]'],
  ['a comma at the end', '[1,]'],
  ['a byte order mark', '\ufeff[]'],
  ['two texts', '[][]'],
  ['nothing', ''],
])
  test(`${title} is refused, not repaired, in every build`, async () => {
    const { ok, error } = await same(text)
    assert.equal(ok, false)
    assert.match(error.code, /^json_/)
  })
