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

/** A key from its JWK; null when it is not on the curve. (PEM is what OpenSSL reads fastest.) */
export function publicKeyOf({ x, y }) {
  const point = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]
  const der = Buffer.concat([spki, ...point]).toString('base64')
  try {
    return createPublicKey(`-----BEGIN PUBLIC KEY-----\n${der}\n-----END PUBLIC KEY-----`)
  } catch {
    return null
  }
}

/** Writes a number of 32 bytes as a DER INTEGER: no leading zeros but the one that keeps it positive. @returns where it ends */
function writeInteger(der, at, number) {
  let skip = 0
  while (skip < 31 && number[skip] === 0) skip += 1
  const sign = number[skip] >> 7
  der[at] = 2
  der[at + 1] = 32 - skip + sign
  der[at + 2] = 0
  return at + 2 + sign + number.copy(der, at + 2 + sign, skip)
}

/** A signature of r||s as DER. Node takes a quarter longer when it is asked to read r||s itself. */
function derSignature(raw) {
  const der = Buffer.allocUnsafe(72)
  const end = writeInteger(der, writeInteger(der, 2, raw.subarray(0, 32)), raw.subarray(32))
  der[0] = 0x30
  der[1] = end - 2
  return der.subarray(0, end)
}

/** Whether an ES256 signature holds. */
export const signatureHolds = (input, signature, key) =>
  key !== null && signature?.length === 64 && verify('sha256', input, key, derSignature(signature))

/** The RFC 8785 text of a flat object of strings. (The default order of strings is by UTF-16 units, as it asks.) */
const canonical = (value) =>
  `{${Object.keys(value)
    .sort()
    .map((name) => `"${name}":${JSON.stringify(value[name])}`)
    .join()}}`

/** r||s of a DER signature (SEQUENCE of two INTEGERs). Node takes twice as long when it is asked for r||s itself. */
function rawSignature(der) {
  const raw = Buffer.alloc(64)
  let at = 2
  for (const end of [32, 64]) {
    const length = der[at + 1]
    const from = at + 2
    at = from + length
    // A leading zero keeps an INTEGER positive; a short one has lost its own.
    der.copy(raw, end - Math.min(length, 32), from + Math.max(0, length - 32), at)
  }
  return raw
}

/** The headers that were written, by key and typ. */
const headers = new WeakMap()

/** Signs a compact JWS with an ES256 key; header and payload are written canonically. The key is in the header, as in receipts. */
export function signCompact(signKey, typ, payload) {
  const part = (value) => Buffer.from(canonical(value), 'utf8').toString('base64url')
  const { privateKey, kid, jwk } = signKey
  const written = headers.get(signKey) ?? {}
  headers.set(signKey, written)
  if (!(typ in written)) {
    const { crv, kty, x, y } = jwk
    written[typ] = part({ alg: 'ES256', jwk: { crv, kty, x, y }, kid, typ })
  }
  const input = `${written[typ]}.${part(payload)}`
  return `${input}.${rawSignature(sign('sha256', Buffer.from(input), privateKey)).toString('base64url')}`
}
