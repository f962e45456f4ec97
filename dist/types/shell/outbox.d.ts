import type { Engine } from '../engine/engine.ts';
import type { Clock } from '../host/clock.ts';
import type { Net } from '../host/net.ts';
import type { OutboxRow, ReceiptRow, Storage } from '../host/storage.ts';
import type { Alone } from '../host/locks.ts';
import type { Random } from '../host/uuid.ts';
import type { Keys } from '../host/crypto.ts';
import type { Endpoint } from './endpoint.ts';
export interface Sync {
    /** Receipts kept here that the endpoint has. */
    sent: number;
    /** That wait. */
    pending: number;
    /** That the endpoint refused. */
    failed: number;
}
export interface OutboxHost {
    engine: Engine;
    clock: Clock;
    random: Random;
    storage: Storage;
    /** Runs work while no other tab runs work of that name. */
    alone: Alone;
    net: Net;
    /** null = nothing is sent. */
    endpoint: Endpoint | null;
    /** What verifies what the endpoint signed. */
    keys(): Promise<Keys>;
    /** That many acknowledgements do not verify: they are not kept. */
    forged(count: number): void;
    /** The endpoint has taken a receipt. */
    taken(receipt_id: string): void;
    /** The endpoint will not have `count` receipts: they are kept and sent no more. */
    refused(status: number, count: number): void;
    /** After something was sent or tried. */
    told(sync: Sync): void;
    /** Nothing could be looked at now. */
    failed(error: unknown): void;
    /** How many wait, at every look. */
    waiting(count: number): void;
}
export interface Outbox {
    /** A receipt was stored. */
    add(row: ReceiptRow, entry: OutboxRow): void;
    /**
     * Sends what may be sent now.
     * @param again also what failed before, and without waiting for a network that was away
     */
    run(again?: boolean): Promise<Sync>;
    /** The page is being left: hands one last batch to the browser. It stays in the outbox until an answer was seen. */
    leave(): void;
}
export declare function makeOutbox(host: OutboxHost): Outbox;
