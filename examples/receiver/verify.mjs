// Checks one receipt by itself: its form, its meaning, its key, its signature. What needs other receipts is in chain.mjs.
//
// What a receipt may say, the project's engine judges; a content it has passed is remembered (content.mjs), and Node checks the rest:
// base64url, header, hashes, signature. Whatever is not plainly in order goes to the engine, which then says what is wrong.
import { hash } from 'node:crypto'
import { makeContents } from './content.mjs'
import { publicKeyOf, receiptHash, Refusal, signatureHolds } from './jose.mjs'

/** No receipt is larger. */
export const maxReceiptBytes = 32 * 1024

/** The project's own verifier; in your project: `import { loadEngine } from 'kelisim'`. */
let loading = null
function engine() {
  loading ??= import('../../dist/node/index.js')
    .then(({ loadEngine }) => loadEngine())
    .catch((error) => {
      loading = null
      throw error
    })
  return loading
}

/** Last characters of a part by how many stand beyond whole groups of four: bits that belong to no byte are zero. */
const lasts = [/./, /^\b\B/, /[AQgw]/, /[AEIMQUYcgkosw048]/]

/** Where parts are decoded and receipts lie while they are looked at: memory of its own for each costs as much as the reading. */
const bytesOf = Buffer.allocUnsafeSlow(maxReceiptBytes)
const receiptBytes = Buffer.allocUnsafeSlow(maxReceiptBytes)

/**
 * The bytes of one part until the next is decoded, or null where it is not strict base64url: padding, another alphabet, loose last bits.
 * What Node's decoder passes over, or stops at, is missing in its length; the other alphabet it takes, and of a character outside ASCII the
 * low byte.
 * @param {string} part  of at most maxReceiptBytes
 */
export function decode(part) {
  const length = bytesOf.write(part, 'base64url')
  const strict =
    Buffer.byteLength(part) === part.length &&
    length === Math.floor((part.length * 3) / 4) &&
    !part.includes('+') &&
    !part.includes('/') &&
    (part === '' || lasts[part.length % 4].test(part[part.length - 1]))
  return strict ? bytesOf.subarray(0, length) : null
}

const coordinate = '[\\w-]{42}[AEIMQUYcgkosw048]'
const headerForm = new RegExp(
  `^{"alg":"ES256","jwk":({"crv":"P-256","kty":"EC","x":"(${coordinate})","y":"(${coordinate})"}),` +
    `"kid":"([\\w-]{43})","typ":"consent-receipt\\+jws"}$`,
)

/** The key of a header in the only spelling our own signers use, or null. The thumbprint is the hash of the key as it stands there. */
function readHeader(part) {
  const [, jwk, x, y, kid] = headerForm.exec(decode(part)?.toString('latin1') ?? '') ?? []
  if (kid === undefined || hash('sha256', jwk, 'base64url') !== kid) return null
  return { kid, point: x + y, key: publicKeyOf({ x, y }) }
}

/** Headers that were read last: a person's receipts have the same, and come one after the other. */
const headers = new Map()
const maxHeaders = 1000
function keyOf(part) {
  let header = headers.get(part)
  if (header === undefined) {
    header = readHeader(part)
    if (header === null) return null
    if (headers.size >= maxHeaders) headers.delete(headers.keys().next().value)
    headers.set(part, header)
  }
  return header
}

const contents = makeContents()

/**
 * Checks a compact JWS as a consent receipt.
 * @param {unknown} jws
 * @returns {Promise<{ jws: string, hash: string, body: object, parts?: object }>} parts: what it can be made of again (packed.mjs), where its
 *   content was known and its header is in the usual spelling
 * @throws {Refusal} code, path (below /header, /body or /signature of the decoded receipt) and message
 */
export async function verifyReceipt(jws) {
  if (typeof jws !== 'string') throw new Refusal('receipt', '', 'not a string')
  if (jws.length > maxReceiptBytes)
    throw new Refusal('receipt_size', '', `over ${maxReceiptBytes} bytes`)
  const [head, payload, signature, ...more] = jws.split('.')
  const key = signature !== undefined && more.length === 0 ? keyOf(head) : null
  const text = key && decode(payload)?.toString('latin1')
  const known = text ? contents.read(text, key.kid) : null
  if (known) {
    const bytes = receiptBytes.subarray(0, receiptBytes.write(jws, 'latin1'))
    const input = bytes.subarray(0, head.length + 1 + payload.length)
    if (signatureHolds(input, decode(signature), key.key)) {
      const { body, content, values } = known
      const parts = { content, point: key.point, times: values.slice(5) }
      return { jws, hash: receiptHash(bytes), body, parts }
    }
  }
  // The JSON face of a receipt says the same, but what is chained and stored is the compact text.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws)) throw new Refusal('receipt', '', 'not a compact JWS')
  const kelisim = await engine()
  const judged = await kelisim.verifyReceipt(jws)
  if (!judged.ok) throw new Refusal(judged.code, judged.path, judged.message)
  if (text && !known) contents.remember(judged.body, text)
  return { jws, hash: judged.sha256, body: judged.body }
}
