import type { PublicJwk } from '../engine/types.ts';
export interface Ack {
    /** "sha256:…" of the receipt. */
    receipt: string;
    received_at: string;
    /** Of the receiver's key; "" where the header has none. */
    kid: string;
}
/** Whether a text looks like an acknowledgement; what it says, unchecked. */
export declare function readAck(jws: string): Ack | null;
/** Whether an acknowledgement was signed by one of the receiver's keys (its jwks.json). */
export declare function verifyAck(jws: string, keys: (PublicJwk & {
    kid?: string;
})[]): Promise<boolean>;
