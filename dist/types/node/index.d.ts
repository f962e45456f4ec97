import type { Engine } from '../engine/engine.ts';
import type { Act, Acted, DecideItem, Decision, Json, Layer, LoadedPolicy, PublicJwk, PublicState, ReceiptBody, ReceiptDraft, View } from '../engine/types.ts';
import type { Snapshot } from '../gate/link.ts';
export { KelisimError } from '../engine/error.ts';
export type { ErrorEntry } from '../engine/error.ts';
export type * from '../engine/types.ts';
export type { Snapshot } from '../gate/link.ts';
export type { Ack } from './acks.ts';
export { readAck, verifyAck } from './acks.ts';
export type { Edition } from './editions.ts';
export { editionsOf, isEdition } from './editions.ts';
export { createSigner, newId, verifySignature } from './signer.ts';
export type { NodeSigner } from './signer.ts';
export interface LoadOptions {
    /** The module, where it is not the one beside this file: its bytes, path or file: URL. */
    wasm?: Uint8Array | string | URL;
}
/** A JSON document as text or as a value. */
export type Document = string | object;
export interface ReceiptOptions {
    /** What Acted.receipt holds. */
    draft: ReceiptDraft;
    /** Public key of whoever signs. */
    jwk: PublicJwk;
    /** The chain the receipt belongs to. */
    record_id: string;
    /** Where the decision was made, as `location.origin`. */
    origin: string;
    /** The receipt before in this chain; none for the first. */
    previous?: string;
    receipt_id?: string;
    supersedes?: string;
    gpc?: boolean;
    key?: 'persistent' | 'ephemeral';
    /** evidence.widget; default "kelisim/<version>". */
    widget?: string;
}
export interface MadeReceipt {
    receipt_id: string;
    /** Compact JWS: what is stored, chained and sent. */
    jws: string;
    /** "sha256:…", the next receipt's prev. */
    sha256: string;
    /** The JSON face: the body's members and proof. */
    face: Json;
}
export type Verified = {
    ok: true;
    receipt_id: string;
    record_id: string;
    jws: string;
    body: ReceiptBody;
    sha256: string;
    /** RFC 7638 thumbprint of the key that signed. */
    kid: string;
} | {
    ok: false;
    code: string;
    path: string;
    message: string;
};
export interface VerifiedChain {
    ok: boolean;
    /** Sound receipts. */
    receipts: number;
    record_id: string;
    faults: {
        index: number;
        receipt_id: string;
        code: string;
        message: string;
    }[];
}
/**
 * One engine with at most one policy and one person's state in it. Calls throw KelisimError; times default to now.
 */
export declare class Kelisim {
    #private;
    readonly engine: Engine;
    constructor(engine: Engine);
    /** Reads and checks a policy, with the facts of the built-in catalogue where it names them. The whole list is in `errors`. */
    loadPolicy(policy: Document): LoadedPolicy;
    /** Reads the verbatim text and compares its hash with the policy's edition. */
    loadText(text: Document): {
        clauses: number;
        sha256: string;
    };
    /** Adds a language (`kelisim-locale-1`), or puts another in its place. */
    loadLocale(locale: Document): {
        lang: string;
        dir: 'ltr' | 'rtl';
    };
    /** Languages there are: those installed with this, and those added. */
    languages(): string[];
    /** Takes a stored state (`kelisim-state-1`), or null for a person who has not decided. */
    restore(state: Json, now_ms?: number): PublicState;
    state(now_ms?: number): PublicState;
    snapshot(options?: {
        now_ms?: number;
        unknown?: 'hold' | 'report';
    }): {
        snapshot: Snapshot;
        cookie: string;
    };
    /** Decides about addresses, cookies and storage keys of a page, by the gate's own rule. */
    decide(options: {
        page: string;
        items: DecideItem[];
        allow?: string[];
        unknown?: 'hold' | 'report';
        now_ms?: number;
    }): Decision[];
    /** A layer as a tree, with the hash a receipt of it carries. `lang`: one of `languages()`. */
    view(options: {
        layer: Layer;
        lang: string;
        service?: string;
        form?: string;
        receipts?: Json[];
        text?: boolean;
        query?: string;
        html?: boolean;
        now_ms?: number;
    }): View;
    /** A layer as escaped HTML text; by default the summary of the policy. With `text`, loadText comes first. */
    renderSummary(options: {
        lang: string;
        layer?: Layer;
        text?: boolean;
        query?: string;
    }): string;
    /**
     * One act. For a person's act the layer it was made on is rendered for its hash; `draft` of save_choices comes from
     * `engine.draft`.
     */
    act(act: Omit<Act, 'at_ms' | 'source' | 'layer'> & Partial<Act>): Acted;
    /**
     * Builds a receipt and has it signed.
     * @param sign  ES256 over the ASCII signing input: r||s, 64 bytes, base64url (createSigner().sign)
     */
    buildReceipt(options: ReceiptOptions, sign: (signingInput: string) => string | Promise<string>): Promise<MadeReceipt>;
    /** Checks a receipt, a compact JWS or its JSON face: form, meaning and signature. Never throws over a bad receipt. */
    verifyReceipt(receipt: string | object): Promise<Verified>;
    /** Checks receipts of one record, oldest first: each of them, and that none is missing, twice or out of its place. */
    verifyChain(receipts: (string | object)[]): Promise<VerifiedChain>;
    /** RFC 8785 text of any JSON text, and its SHA-256 (base64url). */
    canonical(json: Document): {
        text: string;
        sha256: string;
    };
    /** Gives the module's memory back. */
    delete(): void;
}
/** A new engine. Throws `engine_unavailable` when its files cannot be read. */
export declare function loadEngine(options?: LoadOptions): Promise<Kelisim>;
