// The JOSE pieces the receiver needs, on WebCrypto: strict base64url, key thumbprints, ES256/EdDSA checks, RFC 8785 text.
import { createHash } from 'node:crypto'

const { subtle } = globalThis.crypto

/** A failure with the stable code, JSON Pointer and English message that go on the wire. */
export class Refusal extends Error {
  constructor(code, path, message) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.path = path
  }

  toJSON() {
    return { code: this.code, path: this.path, message: this.message }
  }
}

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('base64url')

/** "sha256:" + hash of the ASCII bytes of a compact JWS: what the next receipt's `prev` says and what an ack names. */
export const receiptHash = (jws) => `sha256:${sha256(jws)}`

/** Decodes base64url. Padding, white space, "+", "/" and loose last bits are refused: one text, one meaning. */
export function fromBase64url(text, path) {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text)
    throw new Refusal('base64url', path, 'not strict base64url without padding')
  return bytes
}

/** The RFC 8785 text of JSON data that holds integers only. (Default sort order of strings is by UTF-16 units, as it asks.) */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value !== null && typeof value === 'object')
    return `{${Object.keys(value)
      .sort()
      .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
      .join(',')}}`
  return JSON.stringify(value)
}

/** What each algorithm wants of the key, and how WebCrypto calls it. Nothing else is accepted: no "none", no HMAC. */
const algorithms = {
  ES256: {
    key: { kty: 'EC', crv: 'P-256', members: ['x', 'y'] },
    imported: { name: 'ECDSA', namedCurve: 'P-256' },
    checked: { name: 'ECDSA', hash: 'SHA-256' },
  },
  EdDSA: {
    key: { kty: 'OKP', crv: 'Ed25519', members: ['x'] },
    imported: { name: 'Ed25519' },
    checked: { name: 'Ed25519' },
  },
}

/** The public members of a key that fits `alg`; a private or unfit one is refused. */
export function publicKey(jwk, alg, path) {
  const fit = algorithms[alg]?.key
  if (!fit) throw new Refusal('alg', `${path}/alg`, 'only ES256 and EdDSA are accepted')
  const whole = { kty: fit.kty, crv: fit.crv }
  for (const member of fit.members) {
    const value = jwk?.[member]
    if (typeof value !== 'string' || fromBase64url(value, `${path}/jwk/${member}`).length !== 32)
      throw new Refusal('jwk', `${path}/jwk/${member}`, 'not a coordinate of 32 bytes')
    whole[member] = value
  }
  if (jwk.kty !== fit.kty || jwk.crv !== fit.crv || 'd' in jwk)
    throw new Refusal('jwk', `${path}/jwk`, `not a public ${fit.crv} key`)
  return whole
}

/** RFC 7638: hash of the required members in alphabetical order. */
export const thumbprint = (jwk) => {
  const { crv, kty, x, y } = jwk
  return sha256(JSON.stringify(y === undefined ? { crv, kty, x } : { crv, kty, x, y }))
}

/** Whether `signature` (64 bytes, r||s) over the ASCII bytes of `input` is by `jwk`. A point off the curve is no key. */
export async function verifies(jwk, alg, signature, input) {
  const { imported, checked } = algorithms[alg]
  const key = await subtle.importKey('jwk', jwk, imported, false, ['verify']).catch(() => null)
  return key !== null && subtle.verify(checked, key, signature, Buffer.from(input, 'ascii'))
}

/** Signs a compact JWS with an ES256 key; header and payload are written canonically. */
export async function signCompact({ privateKey, kid }, typ, payload) {
  const part = (value) => Buffer.from(canonical(value), 'utf8').toString('base64url')
  const input = `${part({ alg: 'ES256', kid, typ })}.${part(payload)}`
  const signature = await subtle.sign(algorithms.ES256.checked, privateKey, Buffer.from(input))
  return `${input}.${Buffer.from(signature).toString('base64url')}`
}
