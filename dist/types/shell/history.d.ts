import type { Engine } from '../engine/engine.ts';
import type { Json, Outcome } from '../engine/types.ts';
import type { Checks } from '../host/crypto.ts';
import type { ReceiptRow, Storage } from '../host/storage.ts';
export interface Past {
    /** Bodies, newest first, with the times of the person's own clock. */
    receipts: Json[];
    /** By receipt_id. */
    sent: Record<string, Outcome>;
    /** Nothing is sent from here. */
    local: boolean;
}
export interface History {
    read(): Promise<Past>;
    /** Signatures and chains: by receipt_id the code of what is wrong, "" = it holds. */
    check(): Promise<Record<string, string>>;
}
export declare function makeHistory(host: {
    engine: Engine;
    storage: Storage;
    /** All rows, newest first. */
    rows(): Promise<ReceiptRow[]>;
    /** Host of the endpoint; null = there is none. */
    to: string | null;
    keys(): Promise<Checks>;
}): History;
