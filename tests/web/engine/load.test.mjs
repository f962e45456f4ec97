import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadEngine } from '../../../web/engine/load.ts'

/** A factory as Emscripten makes it: asks for the instance, then is ready. */
const factory =
  (name, { broken = false } = {}) =>
  async (options) => {
    if (broken) throw new Error('factory broken')
    if (options.instantiateWasm)
      await new Promise((resolve) => options.instantiateWasm({ imports: true }, resolve))
    return { call: () => JSON.stringify({ ok: true, value: name }) }
  }

/** Hosts differ in one thing from one that works. */
function host({ type = 'application/wasm', status = 200, ...changes } = {}) {
  const asked = []
  return {
    asked,
    base: 'https://shop.example/k/',
    fetch: async (url) => {
      asked.push(url)
      return new Response('module', { status, headers: { 'content-type': type } })
    },
    load: async (url) => {
      asked.push(url)
      return { default: factory(url.includes('plain') ? 'plain' : 'wasm') }
    },
    wasm: {
      instantiateStreaming: async () => (asked.push('streaming'), { instance: {}, module: {} }),
      instantiate: async () => (asked.push('bytes'), { instance: {}, module: {} }),
    },
    ...changes,
  }
}

const refuse = (message) => async () => {
  throw new Error(message)
}

for (const [title, changes, build, how] of [
  ['streams the module', {}, 'wasm', 'streaming'],
  [
    'takes the bytes when the media type is wrong',
    { type: 'application/octet-stream' },
    'wasm',
    'bytes',
  ],
  [
    'takes the bytes when streaming is refused',
    {
      wasm: {
        instantiateStreaming: refuse('no'),
        instantiate: async () => ({ instance: {}, module: {} }),
      },
    },
    'wasm',
    null,
  ],
  ['takes the plain build without WebAssembly', { wasm: undefined }, 'plain', null],
  ['takes the plain build when the module is missing', { status: 404 }, 'plain', null],
  [
    'takes the plain build when a policy forbids WebAssembly',
    { wasm: { instantiateStreaming: refuse('CompileError'), instantiate: refuse('CompileError') } },
    'plain',
    null,
  ],
  [
    'takes the plain build when the glue is missing',
    {
      load: async (url) =>
        url.includes('plain') ? { default: factory('plain') } : Promise.reject(new Error('404')),
    },
    'plain',
    null,
  ],
  [
    'takes the plain build when the glue breaks',
    {
      load: async (url) => ({
        default: url.includes('plain') ? factory('plain') : factory('wasm', { broken: true }),
      }),
    },
    'plain',
    null,
  ],
])
  test(`loadEngine ${title}`, async () => {
    const given = host(changes)
    const engine = await loadEngine(given)
    assert.equal(engine.state({ now_ms: 0 }), build)
    if (how) assert.ok(given.asked.includes(how), given.asked.join())
  })

test('loadEngine fetches the plain build only when it is needed', async () => {
  const given = host()
  await loadEngine(given)
  assert.deepEqual(
    given.asked.filter((url) => url.includes('plain')),
    [],
  )
})

test('loadEngine says engine_unavailable, with both reasons, when neither build can be had', async () => {
  const given = host({ status: 500, load: refuse('offline') })
  await assert.rejects(loadEngine(given), (error) => {
    assert.equal(error.code, 'engine_unavailable')
    assert.match(error.message, /offline.*offline/)
    return true
  })
})
