// Receipts and libraries that know nothing of Kelisim, in three languages: ours verify there, theirs verify here.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { before, test } from 'node:test'
import { CompactSign, exportJWK, generateKeyPair } from 'jose'
import { repo } from '../../support/dist.mjs'
import { loadEngine, newId, shopOrigin, Visitor } from '../../support/shop-receipts.mjs'

const languages = {
  jose: { command: [process.execPath, 'examples/verify/jose.mjs'], there: true },
  PyJWT: {
    command: ['/usr/bin/python3', 'examples/verify/pyjwt.py'],
    signer: ['/usr/bin/python3', 'tests/web/interop/sign.py'],
    there: spawnSync('/usr/bin/python3', ['-c', 'import jwt, cryptography']).status === 0,
  },
  'ruby-jwt': {
    command: ['ruby', 'examples/verify/ruby-jwt.rb'],
    signer: ['ruby', 'tests/web/interop/sign.rb'],
    there: spawnSync('ruby', ['-e', 'require "jwt"']).status === 0,
  },
}

let kelisim
let visitor
before(async () => {
  kelisim = await loadEngine()
  visitor = await Visitor.of('letoile', { kelisim, lang: 'kk' })
  await visitor.act({ action: 'grant_all' })
  await visitor.act({ action: 'withdraw_all', source: 'api' })
})

/** A signed receipt by a signer that gives its public key first, and signs the body made for it. */
async function madeBy(keyOf, sign) {
  const jwk = await keyOf()
  const { receipt: draft } = kelisim.act({
    action: 'grant_all',
    lang: 'kk',
    at_ms: visitor.at_ms + 5000,
  })
  const { body } = kelisim.engine.receipt({
    ...{ draft, jwk, record_id: newId(), receipt_id: newId(), seq: 1, prev: null },
    ...{ origin: shopOrigin, gpc: false, key: 'ephemeral', widget: 'kelisim/test' },
  })
  return sign(body, jwk)
}

for (const [name, { command, signer, there }] of Object.entries(languages)) {
  const skip = !there && 'not installed (tools/setup-interop.sh)'
  const [program, ...args] = command
  const verify = (input) =>
    spawnSync(program, args, { cwd: repo, input, encoding: 'utf8', timeout: 30_000 })

  test(`${name}: receipts of ours verify there, in a few lines`, { skip }, () => {
    const { status, stdout, stderr } = verify(visitor.jws.join('\n') + '\n')
    assert.equal(status, 0, stderr)
    const lines = stdout.trimEnd().split('\n')
    assert.deepEqual(
      lines.map((line) => line.split(' ')[2]),
      ['grant_all', 'withdraw_all'],
    )
  })

  test(`${name}: a changed body, signature or key is refused there`, { skip }, () => {
    const [head, payload, signature] = visitor.jws[0].split('.')
    const [otherHead, otherPayload] = visitor.jws[1].split('.')
    const flipped = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)
    const header = JSON.parse(Buffer.from(otherHead, 'base64url'))
    header.jwk = { ...header.jwk, x: header.jwk.y, y: header.jwk.x }
    const forged = [
      `${head}.${otherPayload}.${signature}`,
      `${head}.${payload}.${flipped}`,
      `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`,
    ]
    for (const jws of forged) assert.notEqual(verify(jws + '\n').status, 0)
  })

  test(`${name}: receipts signed there verify here`, { skip }, async () => {
    let jws
    if (signer) {
      const child = spawn(signer[0], signer.slice(1), {
        cwd: repo,
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
      jws = await madeBy(
        async () => JSON.parse((await lines.next()).value),
        async (body) => {
          child.stdin.end(body + '\n')
          return (await lines.next()).value
        },
      )
      if (child.exitCode === null) await once(child, 'exit')
    } else {
      const { privateKey, publicKey } = await generateKeyPair('ES256')
      jws = await madeBy(
        () => exportJWK(publicKey),
        async (body, jwk) => {
          const { crv, kty, x, y } = jwk
          const kid = JSON.parse(body).pii_principal_id.slice(4)
          return new CompactSign(Buffer.from(body))
            .setProtectedHeader({
              alg: 'ES256',
              jwk: { crv, kty, x, y },
              kid,
              typ: 'consent-receipt+jws',
            })
            .sign(privateKey)
        },
      )
    }
    const verified = await kelisim.verifyReceipt(jws)
    assert.equal(verified.ok, true, `${verified.code} ${verified.path}`)
  })
}
