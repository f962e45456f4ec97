import type { Snapshot } from '../gate/link.ts';
import type { Act, Acted, BuiltReceipt, Chain, DecideItem, Decision, Draft, Drafting, Inspected, Json, LoadedPolicy, Painted, OutboxEntry, Plan, PublicState, ReceiptInput, SealedReceipt, Settled, View, ViewInput, ViewNode } from './types.ts';
/** The calls of src/api/engine.hpp, by the same names and with the same inputs; each throws KelisimError instead of an error. */
export interface Engine {
    /** Documents go in as their text. */
    loadPolicy(policy: string): LoadedPolicy;
    loadCatalogue(catalogue: string): {
        services: number;
    };
    loadLocale(locale: string): {
        lang: string;
        dir: 'ltr' | 'rtl';
    };
    loadText(text: string): {
        clauses: number;
        sha256: string;
    };
    restore(input: {
        state: Json;
        now_ms: number;
        gpc?: boolean;
        dnt?: boolean;
    }): PublicState;
    state(input: {
        now_ms: number;
    }): PublicState;
    snapshot(input: {
        now_ms: number;
        unknown?: 'hold' | 'report';
    }): {
        snapshot: Snapshot;
        cookie: string;
    };
    decide(input: {
        now_ms: number;
        page: string;
        allow?: string[];
        unknown?: 'hold' | 'report';
        items: DecideItem[];
    }): {
        decisions: Decision[];
    };
    view(input: ViewInput): View;
    clause(input: {
        id: string;
        lang: string;
    }): ViewNode;
    weigh(input: {
        answers: Painted[];
    }): {
        fault: string;
    };
    draft(input: {
        op: 'start';
        now_ms: number;
    } | {
        op: 'set';
        draft: Draft;
        scope: string;
        id: string;
        on: boolean;
        source?: 'api';
    }): Drafting;
    act(input: Act): Acted;
    receipt(input: ReceiptInput): BuiltReceipt;
    seal(input: {
        signing_input: string;
        signature: string;
    }): SealedReceipt;
    inspect(input: {
        jws: string;
    } | {
        json: Json;
    }): Inspected;
    chain(input: {
        receipts: string[];
    }): Chain;
    compare(input: {
        receipts: string[];
        now_ms: number;
    }): {
        faults: string[];
    };
    outbox(input: {
        op: 'plan';
        now_ms: number;
        hiding: boolean;
        entries: OutboxEntry[];
    }): Plan;
    outbox(input: {
        op: 'settle';
        now_ms: number;
        random: number;
        status: number;
        retry_after_s: number | null;
        accept?: number[];
        sent: string[];
        entries: OutboxEntry[];
    }): Settled;
    outbox(input: {
        op: 'retry';
        now_ms: number;
        entries: OutboxEntry[];
    }): {
        entries: OutboxEntry[];
    };
    /** @param json any JSON text */
    canonical(json: string): {
        text: string;
        sha256: string;
    };
    /** Lets the module and its memory go; no call after this. */
    delete(): void;
}
type Call = Exclude<keyof Engine, 'delete'>;
/** The module, which is one engine: a call's name and JSON text in, an envelope out. */
export interface EngineModule {
    call(name: Call, json: string): string;
}
/** What values go through on their way in and out; in a page the gate's copies, which page code cannot replace. */
export declare const codec: {
    parse: (text: string) => unknown;
    stringify: (value: unknown) => string;
    keysOf: (value: object) => string[];
    isArray: (value: unknown) => boolean;
};
/** String.prototype.toWellFormed: the string without lone surrogates, which UTF-8 has no way to write. */
export declare function wellFormed(text: string): string;
/** A value as JSON. No toJSON of anybody's is asked, and no iterator. */
export declare function stringify(value: unknown): string;
export declare function wrapEngine(module: EngineModule): Engine;
export {};
