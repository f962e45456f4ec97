// Keys and signatures: ES256 (ECDSA P-256, SHA-256) with a private key that cannot be taken out of the browser.
import { KelisimError } from '../engine/error.ts'
import type { Inspected, PublicJwk } from '../engine/types.ts'
import { base64url, bytesOf } from './base64url.ts'
import type { Random } from './uuid.ts'
import { uuid7 } from './uuid.ts'
import type { KeyRow, ReceiptRow, Storage } from './storage.ts'

/** What is needed of SubtleCrypto; `kelisim-signer.js` offers the same where there is none. */
export interface Keys {
  generateKey(
    algorithm: EcKeyGenParams,
    extractable: false,
    usages: KeyUsage[],
  ): Promise<CryptoKeyPair>
  exportKey(format: 'jwk', key: CryptoKey): Promise<JsonWebKey>
  sign(algorithm: EcdsaParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>
  importKey(
    format: 'jwk',
    key: JsonWebKey,
    algorithm: EcKeyImportParams,
    extractable: false,
    usages: KeyUsage[],
  ): Promise<CryptoKey>
  verify(
    algorithm: EcdsaParams,
    key: CryptoKey,
    signature: BufferSource,
    data: BufferSource,
  ): Promise<boolean>
}

/** What checking a signature needs. */
export type Checks = Pick<Keys, 'importKey' | 'verify'>

/** The key of one record. */
export interface Signer {
  record_id: string
  /** The record whose key was lost. */
  supersedes?: string
  jwk: PublicJwk
  /** ephemeral: nothing could keep it, it ends with the page. */
  key: 'persistent' | 'ephemeral'
  /** @param input ASCII @returns r||s, base64url */
  sign(input: string): Promise<string>
}

export const es256 = { name: 'ECDSA', hash: 'SHA-256' }
export const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }

/** Whether the signature of a receipt holds. A key that is not on the curve is no key: false. */
export async function holds(
  checks: Checks,
  {
    header,
    signing_input,
    signature,
  }: Pick<Inspected, 'signing_input' | 'signature'> & { header: { jwk: PublicJwk } },
): Promise<boolean> {
  try {
    const { crv, kty, x, y } = header.jwk
    const key = await checks.importKey('jwk', { crv, kty, x, y }, algorithm, false, ['verify'])
    const input = new TextEncoder().encode(signing_input)
    return await checks.verify(es256, key, bytesOf(signature), input)
  } catch {
    return false
  }
}

const signerOf = (keys: Keys, row: KeyRow, key: Signer['key']): Signer => ({
  record_id: row.record_id,
  ...(row.supersedes && { supersedes: row.supersedes }),
  jwk: row.jwk,
  key,
  async sign(input) {
    const text = new TextEncoder().encode(input)
    const signature = await keys.sign(es256, row.pair.privateKey, text)
    if (!(await keys.verify(es256, row.pair.publicKey, signature, text)))
      throw new KelisimError('sign_failed', 'the signature made here does not verify')
    return base64url(signature)
  },
})

/**
 * The key in use: the one kept, else a new one of a new record, which supersedes the record of the last receipt if there is one.
 * Call it while nobody else does (Tabs.alone). Rejects when the browser cannot make keys, or
 * when what is kept cannot be read.
 */
export async function openSigner(host: {
  keys: Keys
  random: Random
  now: () => number
  storage: Storage
}): Promise<Signer> {
  const { keys, storage } = host
  // A place that does not answer now may have the key: another one would be written over it.
  const kept = await storage.get('keys', 'key', true)
  if (kept && 'pair' in kept) return signerOf(keys, kept, 'persistent')
  const pair = await keys.generateKey(algorithm, false, ['sign', 'verify'])
  const { crv, kty, x, y } = (await keys.exportKey('jwk', pair.publicKey)) as PublicJwk
  const last = newest(await storage.all('receipts'))
  const row: KeyRow = {
    id: 'key',
    record_id: uuid7(host.random, host.now()),
    ...(last && { supersedes: last.record_id }),
    pair,
    jwk: { crv, kty, x, y },
  }
  const lasting = await storage.write([{ table: 'keys', row }])
  return signerOf(keys, row, lasting ? 'persistent' : 'ephemeral')
}

/** The last receipt of all records. */
export const newest = (rows: ReceiptRow[]): ReceiptRow | undefined =>
  rows.reduce<ReceiptRow | undefined>(
    (last, row) =>
      !last || row.at_ms > last.at_ms || (row.at_ms === last.at_ms && row.seq > last.seq)
        ? row
        : last,
    undefined,
  )
