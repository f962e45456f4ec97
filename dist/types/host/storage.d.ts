import type { OutboxEntry, PublicJwk } from '../engine/types.ts';
export interface KeyRow {
    /** "key" for the key in use. */
    id: string;
    record_id: string;
    pair: CryptoKeyPair;
    jwk: PublicJwk;
    supersedes?: string;
}
export interface ReceiptRow {
    /** receipt_id */
    id: string;
    record_id: string;
    seq: number;
    jws: string;
    /** "sha256:…" */
    sha256: string;
    action: string;
    at_ms: number;
    /** What the receiver said about it: a compact JWS, kept as it came. */
    ack?: string;
    /** When the endpoint took it, and its host. */
    sent?: {
        at_ms: number;
        to: string;
    };
}
/** An outbox entry; `id` is its receipt_id, `order` its place in the chain, `tried_at_ms` when it was last sent in vain. */
export type OutboxRow = OutboxEntry & {
    id: string;
    order: number;
    tried_at_ms?: number;
};
/** Copies: "state" of what localStorage had no room for, "policy:<edition>" of a document drafts may still need, "lease:…" of locks. */
export interface CopyRow {
    id: string;
    value: string;
    until_ms?: number;
}
export interface Tables {
    keys: KeyRow | CopyRow;
    receipts: ReceiptRow;
    outbox: OutboxRow;
}
export type Table = keyof Tables;
export type Write = {
    [T in Table]: {
        table: T;
        row: Tables[T];
    } | {
        table: T;
        delete: string;
    };
}[Table];
/** One place rows can be in. Every method rejects when the place fails. */
export interface Place {
    all<T extends Table>(table: T): Promise<Tables[T][]>;
    /** All or nothing. */
    write(writes: Write[]): Promise<void>;
    /** Reads a row and writes what `change` makes of it in one step that nobody else gets between; undefined leaves it. */
    swap(id: string, change: (row: CopyRow | undefined) => CopyRow | undefined): Promise<boolean>;
}
/** The database `kelisim`. Rejects where there is none, it is blocked, or it does not answer. */
export declare function openDatabase(factory: Pick<IDBFactory, 'open'> | undefined, setTimeout: (callback: () => void, ms: number) => unknown): Promise<Place>;
/** Rows that live as long as the page. */
export declare const memoryPlace: () => Place;
/** Rows as one JSON text. A key cannot be written as text, so keys are refused (the page then has an ephemeral one). */
export declare function textPlace(text: {
    get(): string | null;
    set(value: string): boolean;
    remove(): void;
}): Place;
/** Several places as one: a write goes to the first that takes it, a read sees all of them. */
export interface Storage {
    /**
     * Rows of all places.
     * @param sure rejects when a place does not answer, which may hold the very row; else such a place has none
     */
    all<T extends Table>(table: T, sure?: boolean): Promise<Tables[T][]>;
    get<T extends Table>(table: T, id: string, sure?: boolean): Promise<Tables[T] | undefined>;
    /** @returns true if what was written outlives the page */
    write(writes: Write[]): Promise<boolean>;
    /** Place.swap in the first place that can. */
    swap(id: string, change: (row: CopyRow | undefined) => CopyRow | undefined): Promise<boolean>;
}
/**
 * @param places the last one is memory
 * @param failed told when a place did not take a write; the next one is tried
 */
export declare function makeStorage(places: Place[], failed: (error: unknown) => void): Storage;
