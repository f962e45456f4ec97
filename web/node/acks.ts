// Acknowledgements: what a receiver signed about a receipt it has.
import type { PublicJwk } from '../engine/types.ts'
import { verifySignature } from './signer.ts'

export interface Ack {
  /** "sha256:…" of the receipt. */
  receipt: string
  received_at: string
  /** Of the receiver's key; "" where the header has none. */
  kid: string
}

type Members = Record<string, unknown>

/** The members of an object in the order of RFC 8785; the default order of strings is by UTF-16 units, as it asks. */
const sorted = (_key: string, value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value

/** What a part says; null where it is not written the one way there is: strict base64url of RFC 8785 text. */
const part = (text: string): Members | null => {
  try {
    const bytes = Buffer.from(text, 'base64url')
    const json = bytes.toString()
    const value = JSON.parse(json) as unknown
    const sound = bytes.toString('base64url') === text && JSON.stringify(value, sorted) === json
    return sound && typeof value === 'object' ? (value as Members | null) : null
  } catch {
    return null
  }
}

/** The header of what calls itself an acknowledgement, however it is written. */
const headerOf = (text: string): Members | null => {
  try {
    const header = JSON.parse(Buffer.from(text, 'base64url').toString()) as Members | null
    return header?.['typ'] === 'consent-ack+jws' ? header : null
  } catch {
    return null
  }
}

/** Whether a text looks like an acknowledgement; what it says, unchecked. */
export function readAck(jws: string): Ack | null {
  const [head = '', payload = '', ...rest] = jws.split('.')
  const header = headerOf(head)
  if (rest.length !== 1 || !header) return null
  const body = part(payload)
  return {
    receipt: String(body?.['receipt']),
    received_at: String(body?.['received_at']),
    kid: String(header['kid'] ?? ''),
  }
}

/** Whether an acknowledgement was signed by one of the receiver's keys (its jwks.json). */
export async function verifyAck(
  jws: string,
  keys: (PublicJwk & { kid?: string })[],
): Promise<boolean> {
  const ack = readAck(jws)
  const [head, payload, signature = ''] = jws.split('.')
  const header = part(head ?? '')
  const body = part(payload ?? '')
  if (!ack || header?.['alg'] !== 'ES256' || 'crit' in header || 'b64' in header) return false
  if (body?.['typ'] !== 'kelisim-ack-1' || Buffer.from(signature, 'base64url').length !== 64)
    return false
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(ack.received_at)) return false
  const { x, y } = (header['jwk'] ?? {}) as Partial<PublicJwk>
  for (const key of keys)
    if (
      (key.kid === undefined || key.kid === ack.kid) &&
      (header['jwk'] === undefined || (x === key.x && y === key.y)) &&
      (await verifySignature(key, `${head}.${payload}`, signature))
    )
      return true
  return false
}
