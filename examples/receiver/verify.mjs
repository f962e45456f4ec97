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

/** The bytes of one part, or null where it is not strict base64url: padding, another alphabet, loose last bits. */
function decode(part) {
  const bytes = Buffer.from(part, 'base64url')
  return bytes.toString('base64url') === part ? bytes : null
}

const headerForm =
  /^{"alg":"ES256","jwk":({"crv":"P-256","kty":"EC","x":"[\w-]{42}[AEIMQUYcgkosw048]","y":"[\w-]{42}[AEIMQUYcgkosw048]"}),"kid":"([\w-]{43})","typ":"consent-receipt\+jws"}$/

/** The key of a header in the only spelling our own signers use, or null. The thumbprint is the hash of the key as it stands there. */
function keyOf(part) {
  const [, jwk, kid] = headerForm.exec(decode(part)?.toString('latin1') ?? '') ?? []
  return kid !== undefined && hash('sha256', jwk, 'base64url') === kid ? { jwk, kid } : null
}

const contents = makeContents()

/** Keys that were read last, by thumbprint: a person's receipts come one after the other. */
const keys = new Map()
const maxKeys = 1000
function readKey({ jwk, kid }) {
  let key = keys.get(kid)
  if (key === undefined) {
    key = publicKeyOf(JSON.parse(jwk))
    if (keys.size >= maxKeys) keys.delete(keys.keys().next().value)
    keys.set(kid, key)
  }
  return key
}

/**
 * Checks a compact JWS as a consent receipt.
 * @param {unknown} jws
 * @returns {Promise<{ jws: string, hash: string, body: object }>}
 * @throws {Refusal} code, path (below /header, /body or /signature of the decoded receipt) and message
 */
export async function verifyReceipt(jws) {
  if (typeof jws !== 'string') throw new Refusal('receipt', '', 'not a string')
  if (jws.length > maxReceiptBytes)
    throw new Refusal('receipt_size', '', `over ${maxReceiptBytes} bytes`)
  const [head, payload, signature, ...more] = jws.split('.')
  const key = signature !== undefined && more.length === 0 ? keyOf(head) : null
  const text = key && decode(payload)?.toString('latin1')
  const body = text ? contents.read(text, key.kid) : null
  if (body) {
    const input = Buffer.from(jws.slice(0, head.length + 1 + payload.length), 'latin1')
    if (signatureHolds(key.jwk, input, decode(signature), readKey(key)))
      return { jws, hash: receiptHash(jws), body }
  }
  // The JSON face of a receipt says the same, but what is chained and stored is the compact text.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws)) throw new Refusal('receipt', '', 'not a compact JWS')
  const kelisim = await engine()
  const judged = await kelisim.verifyReceipt(jws)
  if (!judged.ok) throw new Refusal(judged.code, judged.path, judged.message)
  if (text && !body) contents.remember(judged.body, text)
  return { jws, hash: judged.sha256, body: judged.body }
}
