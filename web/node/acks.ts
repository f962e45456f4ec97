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

const part = (text: string): Record<string, unknown> | null => {
  try {
    const bytes = Buffer.from(text, 'base64url')
    const value = JSON.parse(bytes.toString()) as unknown
    return bytes.toString('base64url') === text && typeof value === 'object'
      ? (value as Record<string, unknown> | null)
      : null
  } catch {
    return null
  }
}

/** Whether a text looks like an acknowledgement; what it says, unchecked. */
export function readAck(jws: string): Ack | null {
  const [head = '', payload = '', ...rest] = jws.split('.')
  const header = part(head)
  if (rest.length !== 1 || header?.['typ'] !== 'consent-ack+jws') return null
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
  if (!ack || header?.['alg'] !== 'ES256' || header['crit'] !== undefined) return false
  if (body?.['typ'] !== 'kelisim-ack-1' || Buffer.from(signature, 'base64url').length !== 64)
    return false
  for (const key of keys)
    if (
      (key.kid === undefined || key.kid === ack.kid) &&
      (await verifySignature(key, `${head}.${payload}`, signature))
    )
      return true
  return false
}
