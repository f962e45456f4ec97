import type { Engine } from '../engine/engine.ts';
import type { Checks } from '../host/crypto.ts';
import type { Storage } from '../host/storage.ts';
/**
 * The acknowledgements of an answer that hold, by the hash of the receipt each is about.
 * @param ours  hashes of the receipts kept here
 * @returns wrong: how many do not: another key than the first one seen, a forged signature, another's receipt, no acknowledgement at all
 */
export declare function acksIn(answer: unknown, ours: Set<string>, host: {
    engine: Engine;
    storage: Storage;
    keys(): Promise<Checks>;
    url: string;
}): Promise<{
    good: Map<string, string>;
    wrong: number;
}>;
