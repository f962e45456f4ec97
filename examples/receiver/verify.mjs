// Checks one receipt by itself: its form, its meaning, its key, its signature. What needs other receipts is in chain.mjs.
import { Refusal } from './jose.mjs'

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
  // The JSON face of a receipt says the same, but what is chained and stored is the compact text.
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(jws)) throw new Refusal('receipt', '', 'not a compact JWS')
  const kelisim = await engine()
  const { ok, body, sha256, code, path, message } = await kelisim.verifyReceipt(jws)
  if (!ok) throw new Refusal(code, path, message)
  return { jws, hash: sha256, body }
}
