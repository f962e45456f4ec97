// The receiver's own ES256 key: acks are signed with it, and it is published at /.well-known/jwks.json.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { thumbprint } from './jose.mjs'

const { subtle } = globalThis.crypto
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }

/** A key from its private JWK. @returns {Promise<{ privateKey: CryptoKey, kid: string, jwk: object }>} jwk: public */
export async function importSignKey(privateJwk) {
  const { kty, crv, x, y } = privateJwk
  const kid = thumbprint({ kty, crv, x, y })
  return {
    privateKey: await subtle.importKey('jwk', privateJwk, algorithm, false, ['sign']),
    kid,
    jwk: { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' },
  }
}

/** A new private JWK. */
export async function makeSignKey() {
  const { privateKey } = await subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const { kty, crv, x, y, d } = await subtle.exportKey('jwk', privateKey)
  return { kty, crv, x, y, d }
}

/** The key in a file that only its owner can read, made on the first start; without a path a key for this run only. */
export async function loadSignKey(path) {
  if (path === null) return importSignKey(await makeSignKey())
  let text = null
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
  if (text !== null) return importSignKey(JSON.parse(text))
  const jwk = await makeSignKey()
  mkdirSync(dirname(path), { recursive: true })
  // Whole or not at all: a half-written key after a crash would stop the next start.
  writeFileSync(`${path}.new`, JSON.stringify(jwk) + '\n', { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return importSignKey(jwk)
}
