import type { Engine } from '../engine/engine.ts';
import type { Clock } from '../host/clock.ts';
import type { Keys } from '../host/crypto.ts';
import type { OutboxRow, ReceiptRow, Storage } from '../host/storage.ts';
import type { Alone } from '../host/locks.ts';
import type { Random } from '../host/uuid.ts';
import type { Drafts } from './drafts.ts';
import type { Report } from './report.ts';
export interface ReceiptsHost {
    engine: Engine;
    clock: Clock;
    random: Random;
    storage: Storage;
    /** Runs work while no other tab runs work of that name. */
    alone: Alone;
    drafts: Drafts;
    report: Report;
    /** What signs: the browser's own, else the library. Rejects when neither can be had. */
    keys(): Promise<Keys>;
    origin: string;
    /** The loaded policy document; reload(null) puts it back after another one was loaded. */
    policy: {
        edition: string;
        text: string;
        reload(text: string | null): void;
    };
    stored(row: ReceiptRow, entry: OutboxRow): void;
    /** What outlives the page; rejects when it cannot be read. */
    lasting(): Promise<ReceiptRow[]>;
    /** Takes the state as it is stored now. */
    refresh(): void;
}
export interface Receipts {
    /** Newest first. */
    all(): Promise<ReceiptRow[]>;
    /** Resolves once the receipt is stored; where nothing can sign, once its draft is. Rejects when none can be made. */
    stored(receipt_id: string): Promise<{
        receipt_id: string;
    }>;
    /** Makes the receipts of all drafts. */
    make(): Promise<void>;
    /**
     * What the state grants and no receipt bears out. Null when that cannot be said now: a choice still waits for its receipt, or the
     * receipts cannot be read.
     */
    compare(): Promise<string[] | null>;
    /** The endpoint has it. */
    acknowledged(receipt_id: string): void;
    /** Keeps the loaded document for drafts that outlive it, and drops those no draft needs. */
    keepPolicy(): Promise<void>;
}
export declare function makeReceipts(host: ReceiptsHost): Receipts;
