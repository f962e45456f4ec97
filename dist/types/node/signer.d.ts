import { webcrypto } from 'node:crypto';
import type { PublicJwk } from '../engine/types.ts';
export interface NodeSigner {
    /** Name of the chain this key signs. */
    record_id: string;
    jwk: PublicJwk;
    key: 'persistent' | 'ephemeral';
    /** @param signingInput ASCII @returns r||s, base64url */
    sign(signingInput: string): Promise<string>;
}
/** A random UUID version 7, as receipts and records have. */
export declare const newId: () => string;
/** A new key of a new record; it ends with the process unless a pair from elsewhere is given. */
export declare function createSigner(given?: {
    pair: webcrypto.CryptoKeyPair;
    record_id: string;
}): Promise<NodeSigner>;
/** Whether an ES256 signature holds. A key that is not on the curve is no key: false. */
export declare const verifySignature: (jwk: PublicJwk, signing_input: string, signature: string) => Promise<boolean>;
