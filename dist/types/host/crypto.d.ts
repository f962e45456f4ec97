import type { Inspected, PublicJwk } from '../engine/types.ts';
import type { Random } from './uuid.ts';
import type { ReceiptRow, Storage } from './storage.ts';
/** What is needed of SubtleCrypto; `kelisim-signer.js` offers the same where there is none. */
export interface Keys {
    generateKey(algorithm: EcKeyGenParams, extractable: false, usages: KeyUsage[]): Promise<CryptoKeyPair>;
    exportKey(format: 'jwk', key: CryptoKey): Promise<JsonWebKey>;
    sign(algorithm: EcdsaParams, key: CryptoKey, data: BufferSource): Promise<ArrayBuffer>;
    importKey(format: 'jwk', key: JsonWebKey, algorithm: EcKeyImportParams, extractable: false, usages: KeyUsage[]): Promise<CryptoKey>;
    verify(algorithm: EcdsaParams, key: CryptoKey, signature: BufferSource, data: BufferSource): Promise<boolean>;
}
/** What checking a signature needs. */
export type Checks = Pick<Keys, 'importKey' | 'verify'>;
/** The key of one record. */
export interface Signer {
    record_id: string;
    /** The record whose key was lost. */
    supersedes?: string;
    jwk: PublicJwk;
    /** ephemeral: nothing could keep it, it ends with the page. */
    key: 'persistent' | 'ephemeral';
    /** @param input ASCII @returns r||s, base64url */
    sign(input: string): Promise<string>;
}
export declare const es256: {
    name: string;
    hash: string;
};
export declare const algorithm: {
    name: string;
    namedCurve: string;
};
/** Whether the signature of a receipt holds. A key that is not on the curve is no key: false. */
export declare function holds(checks: Checks, { header, signing_input, signature, }: Pick<Inspected, 'signing_input' | 'signature'> & {
    header: {
        jwk: PublicJwk;
    };
}): Promise<boolean>;
/**
 * The key in use: the one kept, else a new one of a new record, which supersedes the record of the last receipt if there is one.
 * Call it while nobody else does (Tabs.alone). Rejects when the browser cannot make keys, or
 * when what is kept cannot be read.
 */
export declare function openSigner(host: {
    keys: Keys;
    random: Random;
    now: () => number;
    storage: Storage;
}): Promise<Signer>;
/** The last receipt of all records. */
export declare const newest: (rows: ReceiptRow[]) => ReceiptRow | undefined;
