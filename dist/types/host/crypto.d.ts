import type { PublicJwk } from '../engine/types.ts';
import type { Random } from './uuid.ts';
import type { ReceiptRow, Storage } from './storage.ts';
/** Base64url without padding. */
export declare const base64url: (bytes: ArrayBuffer) => string;
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
/**
 * The key in use: the one kept, else a new one of a new record, which supersedes the record of the last receipt if there is one.
 * Call it while nobody else does (Tabs.alone). Rejects when the browser cannot make keys.
 */
export declare function openSigner(host: {
    subtle: SubtleCrypto;
    random: Random;
    now: () => number;
    storage: Storage;
}): Promise<Signer>;
/** The last receipt of all records. */
export declare const newest: (rows: ReceiptRow[]) => ReceiptRow | undefined;
