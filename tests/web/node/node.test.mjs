import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { before, describe, test } from 'node:test'
import { compactVerify, importJWK } from 'jose'
import { dist, fromDist, readRepo, repo } from '../../support/dist.mjs'

let node
let policy
before(async () => {
  node = await import(fromDist('node/index.js'))
  policy = readRepo('tests/vectors/policy.json')
})

/** An engine with the fixture policy and nobody's decision in it. */
async function open(document = policy) {
  const kelisim = await node.loadEngine()
  kelisim.loadPolicy(document)
  kelisim.restore(null)
  return kelisim
}

const page = 'https://shop.example/'
const asks = (kelisim, url) => kelisim.decide({ page, items: [{ kind: 'script', url }] })[0]

test('loadEngine takes the module from elsewhere: bytes, path or URL', async () => {
  for (const wasm of [
    readFileSync(dist + '/kelisim-engine.wasm'),
    dist + '/kelisim-engine.wasm',
    new URL(fromDist('kelisim-engine.wasm')),
  ])
    assert.equal((await node.loadEngine({ wasm })).loadPolicy(policy).policy, 'fixture')
})

test('loadEngine says engine_unavailable when the module is not there', () =>
  assert.rejects(node.loadEngine({ wasm: '/nowhere' }), { code: 'engine_unavailable' }))

test('loadPolicy takes text or a value, and refuses a bad one with every error', async () => {
  const kelisim = await node.loadEngine()
  assert.equal(kelisim.loadPolicy(JSON.parse(policy)).policy, 'fixture')
  const { operator: _, contacts: __, ...rest } = JSON.parse(policy)
  assert.throws(
    () => kelisim.loadPolicy(rest),
    (error) => {
      assert.ok(error instanceof node.KelisimError)
      const paths = error.errors.map(({ path }) => path)
      assert.ok(paths.includes('/contacts') && paths.includes('/operator'), paths.join())
      return true
    },
  )
})

test('loadPolicy brings the facts of services the policy names by id alone', async () => {
  const kelisim = await node.loadEngine()
  const document = JSON.parse(policy)
  document.services.push({ id: 'yandex-metrica' })
  const { catalogue } = kelisim.loadPolicy(document)
  assert.deepEqual(catalogue, ['yandex-metrica'])
  kelisim.restore(null)
  assert.equal(asks(kelisim, 'https://mc.yandex.ru/metrika/tag.js').service, 'yandex-metrica')
})

test('decide answers by the choice: held before, allowed after, held again after the withdrawal', async () => {
  const kelisim = await open()
  const url = 'https://pixel.example/p.js'
  assert.deepEqual([asks(kelisim, url).verdict, asks(kelisim, url).service], ['hold', 'pixel'])
  kelisim.act({ action: 'grant_all', lang: 'ru' })
  assert.equal(asks(kelisim, url).verdict, 'allow')
  kelisim.act({ action: 'withdraw_all', source: 'api', lang: 'ru' })
  assert.equal(asks(kelisim, url).verdict, 'hold')
})

test('act: no caller grants without being a person', async () => {
  const kelisim = await open()
  assert.throws(() => kelisim.act({ action: 'grant_all', source: 'api', lang: 'ru' }), {
    code: 'not_a_person',
  })
})

test('renderSummary writes the policy as HTML in three languages, and the clauses once the text is there', async () => {
  const kelisim = await open()
  for (const [lang, title] of [
    ['kk', /Саясат/],
    ['ru', /Политика/],
    ['en', /The policy/],
  ])
    assert.match(kelisim.renderSummary({ lang }), title)
  assert.throws(() => kelisim.renderSummary({ lang: 'ru', text: true }), { code: 'view_text' })
  kelisim.loadText(readRepo('tests/vectors/policy.text.json'))
  assert.ok(
    kelisim.renderSummary({ lang: 'ru', text: true }).length >
      kelisim.renderSummary({ lang: 'ru' }).length,
  )
})

for (const lang of ['de', '../ru', ''])
  test(`renderSummary says no_locale for the language "${lang}"`, async () => {
    const kelisim = await open()
    assert.throws(() => kelisim.renderSummary({ lang }), { code: 'no_locale' })
  })

describe('receipts', () => {
  async function two() {
    const kelisim = await open()
    const signer = await node.createSigner()
    const host = { ...signer, origin: 'https://shop.example' }
    const first = kelisim.act({ action: 'grant_all', lang: 'kk' })
    const a = await kelisim.buildReceipt({ ...host, draft: first.receipt }, signer.sign)
    const second = kelisim.act({
      action: 'withdraw_some',
      ids: ['advertising'],
      source: 'api',
      lang: 'kk',
    })
    const b = await kelisim.buildReceipt(
      { ...host, draft: second.receipt, previous: a.jws },
      signer.sign,
    )
    return { kelisim, signer, a, b }
  }

  test('a receipt verifies here and with a JOSE library that knows nothing of us', async () => {
    const { kelisim, signer, a } = await two()
    const verified = await kelisim.verifyReceipt(a.jws)
    assert.equal(verified.ok, true)
    assert.equal(verified.sha256, a.sha256)
    assert.equal(verified.record_id, signer.record_id)
    const { payload, protectedHeader } = await compactVerify(
      a.jws,
      await importJWK(signer.jwk, 'ES256'),
    )
    assert.equal(protectedHeader.kid, verified.kid)
    assert.equal(JSON.parse(new TextDecoder().decode(payload)).pii_processing.language, 'kk')
  })

  test('the JSON face is the same receipt', async () => {
    const { kelisim, a } = await two()
    for (const face of [a.face, JSON.stringify(a.face, null, 2)])
      assert.equal((await kelisim.verifyReceipt(face)).jws, a.jws)
  })

  test('R-ALL-06: the hash of what was shown is that of the layer rendered in that language', async () => {
    const { kelisim, a } = await two()
    const { body } = await kelisim.verifyReceipt(a.jws)
    assert.equal(body.evidence.text_sha256, kelisim.view({ layer: 'notice', lang: 'kk' }).sha256)
  })

  const change = (jws, part, edit) => {
    const parts = jws.split('.')
    parts[part] = edit(parts[part])
    return parts.join('.')
  }
  const flip = (text) => (text[9] === 'A' ? 'B' : 'A')
  for (const [title, spoil, code] of [
    [
      'another signature',
      (jws) => change(jws, 2, (text) => text.slice(0, 9) + flip(text) + text.slice(10)),
      'receipt_forged',
    ],
    [
      'another decision',
      (jws) =>
        change(jws, 1, (text) =>
          Buffer.from(
            Buffer.from(text, 'base64url')
              .toString()
              .replace('"refused"', '"granted"')
              .replace(/"gpc":false/, '"gpc":true'),
          ).toString('base64url'),
        ),
      'receipt_forged',
    ],
    ['padding', (jws) => jws + '=', 'receipt_base64'],
    ['no signature', (jws) => change(jws, 2, () => ''), 'receipt_signature'],
    ['something else', () => 'hello', 'receipt_parts'],
    ['nothing', () => '', 'receipt_parts'],
  ])
    test(`${title} is found: ${code}`, async () => {
      const { kelisim, a } = await two()
      const verified = await kelisim.verifyReceipt(spoil(a.jws))
      assert.deepEqual([verified.ok, verified.code], [false, code])
    })

  test('a key that is not on the curve verifies nothing', async () => {
    const { signer } = await two()
    const bad = { ...signer.jwk, y: signer.jwk.x }
    assert.equal(await node.verifySignature(bad, 'a.b', 'A'.repeat(86)), false)
  })

  test('verifyChain finds what is missing, twice, forged or of another record', async () => {
    const { kelisim, a, b } = await two()
    const other = await two()
    const codes = async (list) =>
      (await kelisim.verifyChain(list)).faults.map(({ index, code }) => `${index} ${code}`)
    assert.deepEqual(await codes([a.jws, b.jws]), [])
    assert.deepEqual(await codes([b.jws]), ['0 chain_start'])
    assert.deepEqual(await codes([a.jws, a.jws]), ['1 chain_twice'])
    assert.ok((await codes([a.jws, b.jws, other.a.jws])).includes('2 chain_record'))
    assert.deepEqual(await codes([a.jws, 'x', b.jws]), ['1 receipt_parts'])
  })
})

test('canonical writes RFC 8785 text and its hash', async () => {
  const kelisim = await node.loadEngine()
  assert.deepEqual(kelisim.canonical('{"b":1,"a":[true,null]}'), {
    text: '{"a":[true,null],"b":1}',
    sha256: 'UXBaLJ6z5-QQpY9pancMOsOIWgz0Prf8iPXkfBHU0w0',
  })
})

test('examples/node/headless.mjs runs, and its receipt and chain verify', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['examples/node/headless.mjs'], {
    cwd: repo,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stdout + stderr)
  assert.match(stdout, /verified/)
  assert.match(stdout, /chain of 2: whole/)
})
