// ES256 where the browser offers no crypto.subtle (plain http, custom schemes): what web/host/crypto.ts needs of it, over @noble/curves.
import { p256 } from '@noble/curves/nist.js'
import { base64url, bytesOf } from './host/base64url.ts'
import type { Keys } from './host/crypto.ts'
import type { Random } from './host/uuid.ts'

/** A pair of plain bytes. Unlike WebCrypto's it can be read by whoever reads the database it is kept in. */
interface Pair {
  privateKey: Uint8Array
  publicKey: Uint8Array
}

export const makeKeys = (random: Random): Keys => ({
  async generateKey() {
    const { secretKey } = p256.keygen(random.getRandomValues(new Uint8Array(48)))
    const pair: Pair = { privateKey: secretKey, publicKey: p256.getPublicKey(secretKey, false) }
    return pair as unknown as CryptoKeyPair
  },
  async exportKey(_, key) {
    const point = key as unknown as Uint8Array
    return {
      crv: 'P-256',
      kty: 'EC',
      x: base64url(point.slice(1, 33)),
      y: base64url(point.slice(33)),
    }
  },
  sign: async (_, key, input) =>
    p256.sign(input as Uint8Array, key as unknown as Uint8Array, { lowS: false })
      .buffer as ArrayBuffer,
  importKey: async (_, { x, y }) =>
    Uint8Array.of(4, ...bytesOf(x!), ...bytesOf(y!)) as unknown as CryptoKey,
  verify: async (_, key, signature, input) =>
    p256.verify(
      new Uint8Array(signature as ArrayBuffer),
      input as Uint8Array,
      key as unknown as Uint8Array,
      {
        lowS: false,
      },
    ),
})
