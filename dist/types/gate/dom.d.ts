export declare const own: any;
export declare const doc: Document;
export declare const nodeType: any, ownerDocument: any, parentNode: any, nextSibling: any, isConnected: any, baseURI: any, contains: any, insertBefore: any;
export declare const localName: any, getAttribute: any, setAttribute: any, setAttributeNS: any, removeAttribute: any, hasAttribute: any, closest: any, setInnerHtml: any, firstElementChild: any, selectIn: any;
export declare const data: any;
export declare const ownerElement: any, attrName: any, attrValue: any;
export declare const isAsync: any, setAsync: any;
export declare const frameView: any;
export declare const defaultView: any, currentScript: any, readyState: any, createElement: any, createRange: any, readCookie: any, writeCookie: any, write: any, elementFromPoint: any, selectAll: any;
export declare const toFragment: any;
export declare const listLength: any, listItem: any;
export declare const addedNodes: any;
export declare const observeNode: any;
export declare const on: any, off: any, dispatch: any;
export declare const eventTarget: any, preventDefault: any;
export declare const requestUrl: any, requestSignal: any;
export declare const Observer: {
    new (callback: MutationCallback): MutationObserver;
    prototype: MutationObserver;
};
export declare const Signal: {
    new <T>(type: string, eventInitDict?: CustomEventInit<T>): CustomEvent<T>;
    prototype: CustomEvent;
};
export declare const windowLength: (self: any, ...args: any[]) => any;
export declare const timeout: (work: () => void, ms?: number) => number;
export declare const frame: (work: () => void) => number;
/** All elements below an element, document or fragment that fit a selector. */
export declare const select: (root: Node, selector: string) => NodeListOf<Element>;
/** Whether nothing can load in a node's document: it is no page. */
export declare const isInert: (node: Node) => boolean;
export declare const local: Storage | null;
export declare const session: Storage | null;
export declare const readItem: (area: Storage | null, key: string, value?: string) => string | null;
export declare const removeKey: (area: Storage | null, key: string, value?: string) => unknown;
export declare const writeItem: (area: Storage | null, key: string, value?: string) => boolean | null;
export declare const trustedHtml: (value: string) => any;
export declare const trustedUrl: (value: string) => any;
/** Whether a value is a Trusted Types object: its string cannot change, and it is handed on as it is. */
export declare const isTrusted: (value: unknown) => boolean;
/** The value of an attribute as the parser reads it, from its source text. */
export declare const decode: (source: string) => string;
