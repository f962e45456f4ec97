// Native, WebAssembly and plain JavaScript are one engine: the same calls give the same bytes.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { hasNative, nativeEngine, plainEngine, wasmEngine } from '../support/engines.mjs'

const read = (name) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')
const NOW = 1_795_168_800_000
const POLICIES = ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile']
const HOST = {
  jwk: {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  },
  record_id: '0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c00',
  receipt_id: '0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c01',
  seq: 1,
  prev: null,
  origin: 'https://shop.example',
  gpc: false,
  key: 'persistent',
  widget: 'kelisim/test',
}

/** @type {Record<string, Awaited<ReturnType<typeof wasmEngine>>>} */
const engines = {}

before(async () => {
  engines.wasm = await wasmEngine()
  engines.plain = await plainEngine()
  // CI builds the native engine first; without it the other two are still compared.
  if (hasNative()) engines.native = await nativeEngine()
})
after(() => {
  for (const engine of Object.values(engines)) engine.close()
})

/** Makes the same call everywhere, checks that the answers are the same bytes, and gives the value (or the error). */
async function same(name, input) {
  const text = typeof input === 'string' ? input : JSON.stringify(input)
  const answers = await Promise.all(
    Object.entries(engines).map(async ([build, engine]) => [build, await engine.call(name, text)]),
  )
  for (const [build, answer] of answers) {
    if (answer === answers[0][1]) continue
    let at = 0
    while (answer[at] === answers[0][1][at]) at += 1
    const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 60), at + 60))
    assert.fail(
      `${name}: ${build} says ${around(answer)}, ${answers[0][0]} says ${around(answers[0][1])}`,
    )
  }
  const envelope = JSON.parse(answers[0][1])
  return envelope.ok ? envelope.value : envelope.error
}

test('the native engine takes part where CI runs', () => {
  if (process.env.CI) assert.ok(engines.native)
})

for (const policy of POLICIES)
  test(`${policy}: every layer, decision, act and receipt is byte-identical in all builds`, async () => {
    await same('loadPolicy', read(`examples/policies/${policy}.json`))
    await same('loadCatalogue', read('dist/catalogue.json'))
    for (const lang of ['kk', 'ru', 'en'])
      await same('loadLocale', read(`dist/locales/${lang}.json`))
    await same('restore', { state: null, now_ms: NOW })
    const urls = [
      'https://mc.yandex.ru/metrika/tag.js',
      'https://www.google-analytics.com/g/collect?v=2',
      'https://connect.facebook.net/en_US/fbevents.js',
      'https://vk.com/rtrg?p=VK-RTRG',
      'https://unknown.example/x',
      'data:text/plain,x',
      'https://xn--80ak6aa92e.com/',
      'not a url',
    ]
    const decide = () =>
      same('decide', {
        now_ms: NOW,
        page: 'https://shop.example/',
        items: [
          ...urls.map((url) => ({ kind: 'script', url })),
          { kind: 'cookie', name: '_ga' },
          { kind: 'local', name: '_ym_uid' },
        ],
      })
    const before = await decide()
    assert.ok(before.decisions.some((d) => d.verdict === 'hold'))
    await same('loadText', read(`examples/policies/${policy}.text.json`))
    let shown
    for (const lang of ['kk', 'ru', 'en'])
      for (const layer of ['notice', 'choices', 'policy', 'rights', 'receipts'])
        shown = await same('view', {
          layer,
          lang,
          now_ms: NOW,
          html: true,
          text: layer === 'policy',
        })
    assert.equal(shown.sha256.length, 43)
    let seq = 0
    for (const action of ['grant_all', 'refuse_all', 'withdraw_all']) {
      const done = await same('act', {
        action,
        at_ms: NOW + seq * 1000,
        layer: 'notice',
        lang: 'kk',
        source: 'person',
        text_sha256: shown.sha256,
      })
      assert.equal(done.state?.format, 'kelisim-state-1', JSON.stringify(done))
      await same('snapshot', { now_ms: NOW + seq * 1000, unknown: 'report' })
      await decide()
      const made = await same('receipt', { ...HOST, draft: done.receipt })
      assert.ok(made.signing_input, JSON.stringify(made))
      const sealed = await same('seal', {
        signing_input: made.signing_input,
        signature: Buffer.alloc(64, 1).toString('base64url'),
      })
      await same('inspect', { jws: sealed.jws })
      seq += 1
    }
    await same('draft', { op: 'start', now_ms: NOW })
  })

test('the same bad input is refused with the same words everywhere', async () => {
  for (const name of [
    'loadPolicy',
    'loadLocale',
    'restore',
    'decide',
    'act',
    'receipt',
    'inspect',
    'outbox',
  ])
    for (const input of [
      '',
      '[]',
      '{"a":1,"a":2}',
      '{"now_ms":1.5}',
      '{"now_ms":9007199254740992}',
      '['.repeat(1000),
    ])
      assert.equal(typeof (await same(name, input)).code, 'string')
})
