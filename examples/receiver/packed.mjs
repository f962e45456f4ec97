// Receipts of a known content in few bytes: the content once, of each receipt its key, what stands in the gaps, and its signature. The
// compact JWS is made of them again, byte for byte.
import { latin1, textOf } from './content.mjs'
import { sha256 } from './jose.mjs'

/** What a content is stored as; the hash names it. */
export function packContent({ pieces, order }) {
  const utf8 = (piece) => Buffer.from(piece, 'latin1').toString()
  const text = JSON.stringify({ order, pieces: pieces.map(utf8) })
  return { sha256: sha256(text), text }
}

export function unpackContent(text) {
  const { order, pieces } = JSON.parse(text)
  return { order, pieces: pieces.map(latin1) }
}

/** The compact JWS of a row and its content. */
export function unpackReceipt(row, content) {
  const [x, y] = [row.key.slice(0, 43), row.key.slice(43)]
  const kid = row.principal.slice('jkt:'.length)
  const header = `{"alg":"ES256","jwk":{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"},"kid":"${kid}","typ":"consent-receipt+jws"}`
  const { receipt_id, record_id, principal, seq, prev } = row
  const payload = textOf(content, [
    ...[receipt_id, record_id, principal, seq, prev],
    ...JSON.parse(row.times),
  ])
  const encode = (text) => Buffer.from(text, 'latin1').toString('base64url')
  return `${encode(header)}.${encode(payload)}.${row.signature}`
}
