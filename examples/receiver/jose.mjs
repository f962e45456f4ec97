// The JOSE pieces the receiver needs itself: hashes, thumbprints, RFC 8785 text, and signing its acks.
import { createPublicKey, hash, sign, verify } from 'node:crypto'

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

/** Hash of a text, base64url. */
export const sha256 = (text) => hash('sha256', text, 'base64url')

/** "sha256:" + hash of the ASCII bytes of a compact JWS: what the next receipt's `prev` says and what an ack names. */
export const receiptHash = (jws) => `sha256:${sha256(jws)}`

/** RFC 7638: hash of the key's required members in alphabetical order. */
export const thumbprint = ({ crv, kty, x, y }) => sha256(JSON.stringify({ crv, kty, x, y }))

/** SubjectPublicKeyInfo of a P-256 key up to its point (RFC 5480): 26 bytes, then 4, x and y. */
const spki = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d03010703420004', 'hex')

/** Whether an ES256 signature holds. A key that is not on the curve is no key: false. (PEM is what OpenSSL reads fastest.) */
export function signatureHolds({ x, y }, input, signature) {
  if (signature?.length !== 64) return false
  try {
    const point = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
    const der = Buffer.concat([spki, ...point]).toString('base64')
    const key = createPublicKey(`-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----`)
    return verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature)
  } catch {
    return false
  }
}

/** The RFC 8785 text of a flat object of strings. (The default order of strings is by UTF-16 units, as it asks.) */
const canonical = (value) =>
  JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))))

/** Signs a compact JWS with an ES256 key; header and payload are written canonically. The key is in the header, as in receipts. */
export function signCompact({ privateKey, kid, jwk: { crv, kty, x, y } }, typ, payload) {
  const part = (value) => Buffer.from(canonical(value), 'utf8').toString('base64url')
  const input = `${part({ alg: 'ES256', jwk: { crv, kty, x, y }, kid, typ })}.${part(payload)}`
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' }
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
}
