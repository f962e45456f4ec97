// Writes the fixtures that freeze the engine's boundary: tests/vectors/calls.json (every call, what went in, what came out),
// view.json (a layer as a tree), pending.json (an answer given before the engine was up) and receipt.json: of its policy, draft
// and host, which are written by hand, the receipt. Its key is that of RFC 7515, appendix A.3; it is signed anew only when what is
// signed has changed, for each ECDSA signature is another one.
//
// Usage: node tools/make-vectors.mjs      (after npm run build:engine; read the diff before you commit it)
// The walk is made on the policy and catalogue of tests/vectors and the English locale, by the engine of dist/.
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { wasmEngine } from '../tests/support/engines.mjs'
import { inRepo, runMain, ToolError } from './lib/project.mjs'

/** 2026-11-20T10:00:00Z */
const NOW = 1_795_168_800_000

/** Public key of RFC 7515, appendix A.3. */
const JWK = {
  kty: 'EC',
  crv: 'P-256',
  x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
  y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
}
/** Its private part, as published there. */
const D = 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI'

/** The receipt of receipt.json's own inputs. */
async function receiptVector(call) {
  const { about, policy, draft, host, ...old } = JSON.parse(
    readFileSync(inRepo('tests/vectors/receipt.json'), 'utf8'),
  )
  const value = async (name, input) => {
    const answer = JSON.parse(await call(name, JSON.stringify(input)))
    if (!answer.ok) throw new ToolError(`${name}: ${JSON.stringify(answer)}`)
    return answer.value
  }
  await value('loadPolicy', policy)
  const { body, header, signing_input } = await value('receipt', { ...host, draft })
  const input = Buffer.from(signing_input)
  const raw = (key) => ({ key, dsaEncoding: 'ieee-p1363' })
  const bytes = Buffer.from(old.signature, 'base64url')
  const key = { key: host.jwk, format: 'jwk' }
  const holds = verify('sha256', input, raw(createPublicKey(key)), bytes)
  const signature = holds
    ? old.signature
    : sign(
        'sha256',
        input,
        raw(createPrivateKey({ key: { ...host.jwk, d: D }, format: 'jwk' })),
      ).toString('base64url')
  const jws = `${signing_input}.${signature}`
  const sha256 = `sha256:${createHash('sha256').update(jws).digest('base64url')}`
  const made = { body: JSON.parse(body), header, signing_input, signature, jws, sha256 }
  return { about, policy, draft, host, ...made }
}

const act = (action, at_ms, more = {}) => ({
  action,
  at_ms,
  layer: 'notice',
  lang: 'en',
  source: 'person',
  ...more,
})

/** @param call (name, input) → the value; documents go in as the name of their file. */
async function walk(call) {
  await call('loadPolicy', { file: 'tests/vectors/policy.json' })
  await call('loadCatalogue', { file: 'tests/vectors/catalogue.json' })
  await call('loadLocale', { file: 'web/locales/en.json' })
  await call('loadText', { file: 'tests/vectors/policy.text.json' })
  await call('restore', { state: null, now_ms: NOW })
  await call('snapshot', { now_ms: NOW })
  const decide = () =>
    call('decide', {
      now_ms: NOW,
      page: 'https://shop.example/',
      allow: ['cdn.example'],
      items: [
        { kind: 'script', url: 'https://counter.example/c.js' },
        { kind: 'image', url: 'https://a.pixel.example/p.gif' },
        { kind: 'frame', url: 'https://media.example/embed/1' },
        { kind: 'fetch', url: 'https://nobody.example/' },
        { kind: 'script', url: '/own.js' },
        { kind: 'script', url: 'https://cdn.example/lib.js' },
        { kind: 'cookie', name: '_cnt' },
        { kind: 'local', name: 'theme' },
      ],
    })
  await decide()
  const notice = await call('view', { layer: 'notice', lang: 'en', now_ms: NOW })
  await call('clause', { id: '1.2', lang: 'en' })
  const choices = await call('view', { layer: 'choices', lang: 'en', now_ms: NOW })
  const start = await call('draft', { op: 'start', now_ms: NOW })
  const moved = await call('draft', {
    op: 'set',
    draft: start.draft,
    scope: 'purpose',
    id: 'statistics',
    on: true,
  })
  const acted = await call(
    'act',
    act('save_choices', NOW, {
      layer: 'choices',
      draft: moved.draft,
      text_sha256: choices.sha256,
    }),
  )
  await call('state', { now_ms: NOW })
  await decide()
  const built = await call('receipt', {
    draft: acted.receipt,
    jwk: JWK,
    record_id: '0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c00',
    receipt_id: '0193a7b2-7e41-7c1e-9b52-2f6d0a9d4c01',
    seq: 1,
    prev: null,
    origin: 'https://shop.example',
    gpc: false,
    key: 'persistent',
    widget: 'kelisim/vector',
  })
  const sealed = await call('seal', {
    signing_input: built.signing_input,
    signature: Buffer.alloc(64, 1).toString('base64url'),
  })
  await call('inspect', { jws: sealed.jws })
  await call('weigh', {
    answers: [
      { width: 120, height: 40, font: 14, weight: 600, ink: 1000000, ground: 36000 },
      { width: 160, height: 40, font: 14, weight: 600, ink: 1000000, ground: 36000 },
    ],
  })
  await call('chain', { receipts: [sealed.jws] })
  await call('compare', { receipts: [sealed.jws], now_ms: NOW })
  await call('act', act('withdraw_all', NOW + 1000))
  const entry = {
    receipt_id: built.receipt_id,
    state: 'pending',
    attempts: 0,
    next_at_ms: NOW,
    bytes: sealed.jws.length,
    alone: false,
  }
  await call('outbox', { op: 'plan', now_ms: NOW, hiding: false, entries: [entry] })
  await call('outbox', {
    op: 'settle',
    now_ms: NOW,
    random: 500_000,
    status: 503,
    retry_after_s: 30,
    sent: [entry.receipt_id],
    entries: [entry],
  })
  await call('canonical', { b: 1, a: ['\u20ac', true, null] })
  await call('view', { layer: 'nowhere', lang: 'en', now_ms: NOW }, { refused: true })
  return notice
}

await runMain(async () => {
  const { call, close } = await wasmEngine()
  const calls = []
  const notice = await walk(async (name, input, { refused = false } = {}) => {
    const text = input.file ? readFileSync(inRepo(input.file), 'utf8') : JSON.stringify(input)
    const answer = JSON.parse(await call(name, text))
    if (answer.ok === refused) throw new ToolError(`${name}: ${JSON.stringify(answer)}`)
    calls.push({ call: name, ...(input.file ? input : { in: input }), answer })
    return answer.value
  })
  const receipt = await receiptVector(call)
  close()
  const pending = {
    format: 'kelisim-pending-1',
    action: 'refuse_all',
    at_ms: NOW,
    layer_sha256: notice.sha256,
    lang: 'en',
    policy: notice.tree.policy,
    edition: notice.tree.edition,
  }
  const about = 'Made by tools/make-vectors.mjs. Every call of src/api/engine.hpp in one walk.'
  const line = (value) => JSON.stringify(value)
  for (const [name, text] of [
    ['calls', `{"about":${line(about)},"calls":[\n${calls.map(line).join(',\n')}\n]}`],
    ['view', line(notice.tree)],
    ['pending', line(pending)],
  ])
    writeFileSync(inRepo('tests/vectors', `${name}.json`), `${text}\n`)
  writeFileSync(inRepo('tests/vectors/receipt.json'), `${JSON.stringify(receipt, null, 2)}\n`)
  console.log(`${calls.length} calls`)
})
