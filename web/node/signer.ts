// Keys for Node: ES256 with WebCrypto.
import { webcrypto } from 'node:crypto'
import type { PublicJwk } from '../engine/types.ts'
import { base64url } from '../host/base64url.ts'
import type { Checks } from '../host/crypto.ts'
import { holds } from '../host/crypto.ts'
import { uuid7 } from '../host/uuid.ts'

export interface NodeSigner {
  /** Name of the chain this key signs. */
  record_id: string
  jwk: PublicJwk
  key: 'persistent' | 'ephemeral'
  /** @param signingInput ASCII @returns r||s, base64url */
  sign(signingInput: string): Promise<string>
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
const hash = { name: 'ECDSA', hash: 'SHA-256' }

/** A random UUID version 7, as receipts and records have. */
export const newId = (): string => uuid7(webcrypto, Date.now())

/** A new key of a new record; it ends with the process unless a pair from elsewhere is given. */
export async function createSigner(given?: {
  pair: webcrypto.CryptoKeyPair
  record_id: string
}): Promise<NodeSigner> {
  const { subtle } = webcrypto
  const pair = given?.pair ?? (await subtle.generateKey(algorithm, false, ['sign', 'verify']))
  const { crv, kty, x, y } = (await subtle.exportKey('jwk', pair.publicKey)) as PublicJwk
  return {
    record_id: given?.record_id ?? newId(),
    jwk: { crv, kty, x, y },
    key: given ? 'persistent' : 'ephemeral',
    sign: async (input) =>
      base64url(await subtle.sign(hash, pair.privateKey, new TextEncoder().encode(input))),
  }
}

/** Whether an ES256 signature holds. A key that is not on the curve is no key: false. */
export const verifySignature = (
  jwk: PublicJwk,
  signing_input: string,
  signature: string,
): Promise<boolean> =>
  holds(webcrypto.subtle as unknown as Checks, { header: { jwk }, signing_input, signature })
