// The receiver's own ES256 key: acks are signed with it, and it is published at /.well-known/jwks.json.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { thumbprint } from './jose.mjs'

/** A key from its private JWK. @returns {{ privateKey: KeyObject, kid: string, jwk: object }} jwk: public */
export function importSignKey(privateJwk) {
  const { kty, crv, x, y } = privateJwk
  const kid = thumbprint({ kty, crv, x, y })
  return {
    privateKey: createPrivateKey({ key: privateJwk, format: 'jwk' }),
    kid,
    jwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' },
  }
}

/** A new private JWK. */
export function makeSignKey() {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' })
  return { kty, crv, x, y, d }
}

/** The key in a file that only its owner can read, made on the first start; without a path a key for this run only. */
export function loadSignKey(path) {
  if (path === null) return importSignKey(makeSignKey())
  let text = null
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  if (text !== null) return importSignKey(JSON.parse(text))
  const jwk = makeSignKey()
  mkdirSync(dirname(path), { recursive: true })
  // Whole or not at all: a half-written key after a crash would stop the next start.
  writeFileSync(`${path}.new`, JSON.stringify(jwk) + '\n', { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return importSignKey(jwk)
}
