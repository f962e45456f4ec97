/** What the script's data-* attributes say. */
export interface Config {
    /** Absolute URL of the folder the script came from, with a closing slash. */
    base: string;
    /** data-policy: absolute URL, or "#id" of an inline <script type="application/json">; "" when missing. */
    policy: string;
    /** data-edition: text hash, or "". */
    edition: string;
    /** data-endpoint: absolute URL, or "". */
    endpoint: string;
    /** data-lang, or "" (then the page's language is followed). */
    lang: string;
    /** data-allow: hosts (exact or "*.x") that are necessary. */
    allow: string[];
    mode: 'live' | 'sealed';
    unknown: 'hold' | 'report';
    open: 'auto' | 'never';
    /** Shape of the first layer: box, bar or sheet. */
    layout: string;
    /** The nonce of the script itself, or "". */
    nonce: string;
    /** Global Privacy Control, Do Not Track. */
    gpc: boolean;
    dnt: boolean;
}
/** src/enforce/snapshot.schema.json */
export interface Snapshot {
    format: 'kelisim-snapshot-1';
    policy: string;
    edition: string;
    status: 'undecided' | 'decided' | 'stale' | 'expired';
    made_at_ms: number;
    expires_at_ms: number | null;
    unknown: 'hold' | 'report';
    sites: string[];
    services: {
        id: string;
        category: string;
        gate: string;
        run: boolean;
        lacks?: 'transfer';
        declared?: false;
    }[];
    hosts: Record<string, number[]>;
    paths: [host: string, prefix: string, services: number[]][];
    storage: [
        type: 'cookie' | 'local' | 'session',
        name: string,
        match: 'exact' | 'prefix',
        services: number[]
    ][];
    purposes: Record<string, boolean>;
    categories: Record<string, 'granted' | 'refused' | 'mixed'>;
    channels: Record<string, boolean>;
    transfers: Record<string, boolean>;
    /** Decided while Global Privacy Control was on. */
    gpc?: true;
    /** What vendors' own switches are told: [path, argument…] each (src/signals/signals.hpp). */
    signals?: {
        default: unknown[][];
        update: unknown[][];
    };
}
/** One thing the gate holds. No full address leaves the gate: host and path only. */
export interface Held {
    /** script, frame, image, style, media, object, fetch, xhr, beacon, cookie, … */
    kind: string;
    host: string;
    path: string;
    why: string;
    service?: string;
    /** The element held in the page, for placeholders. */
    element?: Element;
}
/** A built-in that takes what it is called on as its first argument. */
export type Free = (self: any, ...args: any[]) => any;
/** Copies of what looks at a page and hears of it. Lists have no prototype: go through them by index. */
export interface Senses {
    /** Members of nodes and elements by name; a member the browser does not have is missing. */
    dom: Record<'nodeType' | 'nodeValue' | 'localName' | 'firstChild' | 'nextSibling' | 'cloneNode' | 'parentElement' | 'assignedSlot' | 'shadowRoot' | 'getRootNode' | 'isConnected' | 'contains' | 'closest' | 'matches' | 'getAttribute' | 'setAttribute' | 'removeAttribute' | 'getAttributeNames' | 'append' | 'before' | 'replaceChildren' | 'focus' | 'showModal' | 'close' | 'style', Free> & Partial<Record<'checkVisibility' | 'showPopover' | 'hidePopover', Free>>;
    shadow: Record<'host' | 'activeElement' | 'adoptedStyleSheets' | 'styleSheets', Free>;
    /** Of a sheet and a rule; and a new sheet, where there are such. */
    css: Record<'cssRules' | 'cssText', Free> & {
        make: (text: string) => CSSStyleSheet;
    };
    event: Record<'isTrusted' | 'target' | 'timeStamp' | 'clientX' | 'clientY' | 'detail' | 'key', Free>;
    addEventListener: (target: EventTarget, type: string, listener: EventListener, options?: AddEventListenerOptions | boolean) => void;
    /** performance.now */
    clock: () => number;
    frame: (callback: () => void) => void;
    elementFromPoint: (root: Document | ShadowRoot, x: number, y: number) => Element | null;
    /** A property of the computed style. */
    style: (element: Element, property: string, pseudo?: string) => string;
    box: (element: Element) => {
        x: number;
        y: number;
        width: number;
        height: number;
    };
    all: (root: Document | ShadowRoot | Element, selector: string) => ArrayLike<Element>;
    /**
     * Where the browser itself sees that something lies on an element or makes it fainter (Intersection Observer 2), an eye on that: null while
     * it has not looked yet. Undefined where it does not.
     */
    eye?: ((element: Element) => {
        seen(): boolean | null;
        close(): void;
    }) | undefined;
    /** Follows what anybody changes in a tree, but for `own` work and what is spoken: the time of the last change. */
    follow: (root: Node) => {
        last(): number;
        own(work: () => void): void;
        forget(): void;
        end(): void;
    };
    checked: {
        get: (input: Element) => boolean;
        set: (input: Element, on: boolean) => void;
    };
    /** Lets the pointer meet an element; what it returns undoes that. */
    lift: (element: Element) => () => void;
    exec: (pattern: RegExp, text: string) => RegExpExecArray | null;
    /** Whether the person's own colours are in the place of the page's (forced-colors). */
    hasForcedColours: () => boolean;
}
/** Copies of built-ins the gate took before anyone else ran; nothing here can be replaced by the page. */
/** How the engine's module hands text over (src/api/embind.js). */
export interface TextNatives {
    decode(bytes: Uint8Array): string;
    encode(text: string): Uint8Array;
    length(bytes: Uint8Array): number;
    /** @param at, length  in bytes */
    view(memory: {
        buffer: ArrayBuffer;
    }, at: number, length: number): Uint8Array;
}
export interface Natives extends Senses {
    fetch: typeof fetch;
    sendBeacon: (url: string, body: Blob | string) => boolean;
    indexedDB: Pick<IDBFactory, 'open'> | undefined;
    subtle: Pick<SubtleCrypto, 'sign' | 'verify' | 'generateKey' | 'exportKey' | 'importKey'> | undefined;
    wasm: Pick<typeof WebAssembly, 'instantiate' | 'instantiateStreaming'> | undefined;
    text: TextNatives;
    getRandomValues: (bytes: Uint8Array) => Uint8Array;
    createElement: (name: string) => HTMLElement;
    /** Defines a custom element; false when the name is another's. */
    define: (name: string, type: CustomElementConstructor) => boolean;
    setTimeout: (callback: () => void, ms: number) => number;
    now: () => number;
    parse: (text: string) => unknown;
    stringify: (value: unknown) => string;
    keysOf: (value: object) => string[];
    isArray: (value: unknown) => boolean;
}
/** Kelisim's own keys in localStorage; the gate refuses others' writes to them. */
export interface Store {
    /** The page may not use localStorage at all. */
    readonly blocked?: boolean;
    /** The value, or null (also when storage is blocked). */
    get(key: StoreKey): string | null;
    /** False when it could not be written (quota, blocked). */
    set(key: StoreKey, value: string): boolean;
    remove(key: StoreKey): void;
}
/** receipts: rows of the shell where there is no IndexedDB. compared: the state that was compared with them, for this session. */
export type StoreKey = 'snapshot' | 'state' | 'pending' | 'drafts' | 'receipts' | 'compared';
/** The public object's members that need the engine. */
export interface Attached {
    state(): unknown;
    refuse(ids?: string[]): Promise<{
        receipt_id: string;
    }>;
    withdraw(ids?: string[]): Promise<{
        receipt_id: string;
    }>;
    open(layer?: string): Promise<void>;
    close(): void;
    receipts(): Promise<unknown[]>;
    export(format: string): Promise<string>;
    sync(): Promise<{
        sent: number;
        pending: number;
        failed: number;
    }>;
}
export interface StorageItem {
    type: 'cookie' | 'local' | 'session';
    name: string;
    match: 'exact' | 'prefix';
    service: string;
}
/** The first layer as it came with the page (kelisim build). */
export interface Painted {
    /** The widget in the page; null before the parser has made it, or where it was left out. */
    element(): HTMLElement | null;
    /** performance.now() when its layer was first painted, or null. */
    shownAt(): number | null;
    /** The answer given on it (pending.schema.json) that nothing could store, once; or null. */
    takePending(): string | null;
    /** The shell has taken it over. */
    end(): void;
}
export interface GateLink {
    /** Answers the gate has asked for ahead, by address: what the first layer needs, while the shell still comes. Each is for one reader. */
    readonly ahead: Record<string, Promise<Response> | undefined>;
    painted?: Painted;
    /** Of a built page: the languages whose files are there. */
    langs?: string[];
    readonly natives: Natives;
    readonly config: Config;
    readonly store: Store;
    /** The snapshot in force, or null while closed without one. */
    snapshot(): Snapshot | null;
    /** A new snapshot from the engine: what may run now is released (one service per task, in document order), the rest stays held. */
    apply(snapshot: Snapshot): void;
    /** Everything held now. */
    held(): Held[];
    /** Called for each thing held from now on. */
    onHeld(listener: (held: Held) => void): void;
    /** Writes the cookie `__Host-kelisim` (value "" deletes it); past the gate's own cookie patch. */
    writeCookie(value: string, expiresAtMs: number): void;
    /** Deletes first-party items on every parent domain and path they can be on; returns what is still there. */
    deleteStorage(items: StorageItem[]): StorageItem[];
    /** Dispatches `kelisim:<type>` on document (bubbles: false); change is pushed to dataLayer too. */
    emit(type: string, detail: unknown): void;
    /**
     * The engine is up: window.kelisim delegates to these and `ready` resolves. Null: it will not come; `ready` rejects with the error.
     * @param excuse  tells the person that a layer does not open
     */
    attach(api: Attached | null, error?: {
        code: string;
        path: string;
        message: string;
    }, excuse?: () => void): void;
}
