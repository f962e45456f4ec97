export interface Random {
    getRandomValues(bytes: Uint8Array): Uint8Array;
}
/** A random UUID version 7 (RFC 9562): 48 bits of milliseconds, then randomness. */
export declare function uuid7(random: Random, nowMs: number): string;
