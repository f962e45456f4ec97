import type { Snapshot, StorageItem } from '../gate/link.ts';
export type Layer = 'notice' | 'choices' | 'policy' | 'rights' | 'receipts' | 'hold' | 'form';
export type Json = null | boolean | number | string | Json[] | {
    [member: string]: Json;
};
/** src/view/view.schema.json, one node. */
export interface ViewNode {
    kind: 'section' | 'text' | 'line' | 'list' | 'item' | 'quote' | 'link' | 'button' | 'switch' | 'row' | 'actions' | 'clause' | 'finding' | 'close';
    id?: string;
    part?: string;
    title?: string;
    label?: string;
    text?: string | null;
    note?: string;
    marks?: string[];
    tone?: string;
    lang?: string;
    label_lang?: string;
    note_lang?: string;
    title_lang?: string;
    scope?: string;
    locked?: boolean;
    action?: string;
    target?: string;
    weight?: string;
    href?: string;
    rel?: string;
    level?: number;
    clauses?: {
        id: string;
        label: string;
        name?: string;
    }[];
    children?: ViewNode[];
}
/** src/view/view.schema.json, the tree of a layer. */
export interface ViewTree {
    format: 'kelisim-view-1';
    policy: string;
    edition: string;
    /** left: the shell's own, after a withdrawal. */
    layer: Layer | 'left';
    lang: string;
    dir: 'ltr' | 'rtl';
    title: string;
    title_lang?: string;
    modal: boolean;
    children: ViewNode[];
}
export interface ViewInput {
    layer: Layer;
    lang: string;
    now_ms: number;
    /** Layer hold. */
    service?: string;
    /** Layer form. */
    form?: string;
    /** Layer receipts: bodies, newest first. */
    receipts?: Json[];
    /** With them: what became of each, by receipt_id; that nothing is sent; the code of what is wrong with each, "" = it holds. */
    sent?: Record<string, Outcome>;
    local?: boolean;
    checked?: Record<string, string>;
    /** Layer policy: with the verbatim text, and of it only the clauses that contain `query`. */
    text?: boolean;
    query?: string;
    /** As HTML text too. */
    html?: boolean;
}
/** What became of a receipt: src/view/layer.hpp. */
export interface Outcome {
    state: 'sent' | 'pending' | 'failed';
    to?: string;
    at?: string;
    status?: number;
    signed?: boolean;
}
/** What was measured of an answer: src/view/weight.hpp. */
export interface Painted {
    width: number;
    height: number;
    font: number;
    weight: number;
    ink: number | undefined;
    ground: number | undefined;
}
/** A tree and the hash a receipt of it carries. */
export interface View {
    tree: ViewTree;
    sha256: string;
    html?: string;
}
export interface LoadedPolicy {
    policy: string;
    edition: string;
    label: string;
    text: {
        href: string;
        sha256: string;
    };
    /** Where the floating handle goes. */
    handle: 'start' | 'end' | 'none';
    /** Service ids whose facts the catalogue has to give. */
    catalogue: string[];
    not_stated: string[];
    findings: {
        code: string;
        severity: string;
        kind: string;
        clauses: string[];
    }[];
}
export type Status = 'undecided' | 'decided' | 'stale' | 'expired';
export interface PublicState {
    status: Status;
    policy: string;
    edition: string;
    categories: Record<string, 'granted' | 'refused' | 'mixed'>;
    purposes: Record<string, boolean>;
    services: Record<string, boolean>;
    channels: Record<string, boolean>;
    transfers: Record<string, boolean>;
    decided_at: string | null;
    expires_at: string | null;
    /** A layer has to be shown. */
    ask: boolean;
}
/** Positions of the switches while they are moved. */
export interface Draft {
    purposes: Record<string, boolean>;
    services: Record<string, boolean>;
    channels: Record<string, boolean>;
    transfers: Record<string, boolean>;
    /** What the person has moved. */
    moved?: string[];
}
export interface Drafting {
    draft: Draft;
    switches: Record<string, 'on' | 'off' | 'mixed'>;
}
export type Action = 'grant_all' | 'refuse_all' | 'save_choices' | 'withdraw_all' | 'withdraw_some' | 'grant_service' | 'form';
export interface Act {
    action: Action;
    at_ms: number;
    layer: string;
    lang: string;
    text_sha256?: string;
    unknown?: 'hold' | 'report';
    draft?: Draft;
    ids?: string[];
    service?: string;
    form?: {
        id: string;
        on: boolean;
    };
    source: 'person' | 'api';
}
export type Effect = {
    type: 'store_state';
} | {
    type: 'write_snapshot';
} | {
    type: 'write_cookie';
} | {
    type: 'close_layer';
} | {
    type: 'release';
    services: string[];
} | {
    type: 'delete_storage';
    items: StorageItem[];
} | {
    type: 'list_kept';
    items: StorageItem[];
} | {
    type: 'offer_reload';
    services: string[];
} | {
    type: 'emit';
    event: string;
    detail: unknown;
} | {
    type: 'make_receipt';
};
/** What a receipt will be made of; opaque here. */
export type ReceiptDraft = {
    action: string;
    at_ms: number;
} & {
    [member: string]: Json;
};
export interface Acted {
    state: Json;
    public: PublicState;
    snapshot: Snapshot;
    cookie: string;
    changed: Json;
    /** Global Privacy Control was on. */
    gpc: boolean;
    effects: Effect[];
    /** null when there was nothing to decide. */
    receipt: ReceiptDraft | null;
}
/** Public part of an ES256 key, RFC 7517. */
export interface PublicJwk {
    crv: string;
    kty: string;
    x: string;
    y: string;
}
export interface ReceiptInput {
    draft: ReceiptDraft;
    jwk: PublicJwk;
    record_id: string;
    receipt_id: string;
    supersedes?: string;
    seq: number;
    prev: string | null;
    origin: string;
    gpc: boolean;
    key: 'persistent' | 'ephemeral';
    widget: string;
}
/** The signed body, src/receipt/receipt.schema.json. */
export type ReceiptBody = {
    receipt_id: string;
    record_id: string;
    seq: number;
    prev: string | null;
} & {
    [member: string]: Json;
};
export interface BuiltReceipt {
    /** RFC 8785 text. */
    body: string;
    /** RFC 8785 text. */
    header: string;
    signing_input: string;
    receipt_id: string;
}
export interface SealedReceipt {
    jws: string;
    /** "sha256:…", the next receipt's prev. */
    sha256: string;
    /** The JSON face, RFC 8785 text. */
    json: string;
}
export interface Inspected {
    jws: string;
    header: {
        alg: string;
        jwk: PublicJwk;
        kid: string;
        typ: string;
    };
    body: ReceiptBody;
    signing_input: string;
    signature: string;
    sha256: string;
    /** The JSON face, RFC 8785 text. */
    json: string;
}
export interface Chain {
    receipts: number;
    record_id: string;
    /** Sound ones in `receipts`; `index` is the place in the list given, from 0. */
    faults: {
        receipt_id: string;
        index: number;
        code: string;
        message: string;
    }[];
}
/** One line of the outbox. */
export interface OutboxEntry {
    receipt_id: string;
    state: 'pending' | 'sent' | 'failed';
    attempts: number;
    next_at_ms: number;
    bytes: number;
    alone: boolean;
    status?: number;
}
export interface Plan {
    send: string[];
    wake_at_ms: number | null;
}
export interface Settled {
    entries: OutboxEntry[];
    wake_at_ms: number | null;
}
export type DecideItem = {
    kind: string;
    url: string;
} | {
    kind: 'cookie' | 'local' | 'session';
    name: string;
};
export interface Decision {
    verdict: 'allow' | 'hold';
    why: string;
    service?: string;
    placeholder?: boolean;
}
