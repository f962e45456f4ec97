export declare const own: any;
export declare const doc: Document;
export declare const nodeType: (self: any, ...args: any[]) => any, ownerDocument: (self: any, ...args: any[]) => any, parentNode: (self: any, ...args: any[]) => any, nextSibling: (self: any, ...args: any[]) => any, baseURI: (self: any, ...args: any[]) => any, textContent: (self: any, ...args: any[]) => any, setTextContent: (self: any, ...args: any[]) => any, defaultView: (self: any, ...args: any[]) => any, currentScript: (self: any, ...args: any[]) => any, readyState: (self: any, ...args: any[]) => any, createElement: (self: any, ...args: any[]) => any, createElementNS: (self: any, ...args: any[]) => any, adoptNode: (self: any, ...args: any[]) => any, createRange: (self: any, ...args: any[]) => any, readCookie: (self: any, ...args: any[]) => any, writeCookie: (self: any, ...args: any[]) => any, write: (self: any, ...args: any[]) => any, elementFromPoint: (self: any, ...args: any[]) => any, selectAll: (self: any, ...args: any[]) => any, on: (self: any, ...args: any[]) => any, off: (self: any, ...args: any[]) => any, dispatch: (self: any, ...args: any[]) => any, cloneNode: (self: any, ...args: any[]) => any;
export declare const localName: (self: any, ...args: any[]) => any, getAttribute: (self: any, ...args: any[]) => any, setAttribute: (self: any, ...args: any[]) => any, setAttributeNS: (self: any, ...args: any[]) => any, removeAttribute: (self: any, ...args: any[]) => any, hasAttribute: (self: any, ...args: any[]) => any, closest: (self: any, ...args: any[]) => any, setInnerHtml: (self: any, ...args: any[]) => any, insertAfter: (self: any, ...args: any[]) => any, replaceWith: (self: any, ...args: any[]) => any, selectIn: (self: any, ...args: any[]) => any, isAsync: (self: any, ...args: any[]) => any, setAsync: (self: any, ...args: any[]) => any, matches: (self: any, ...args: any[]) => any, hasAttributes: (self: any, ...args: any[]) => any, shadowRoot: (self: any, ...args: any[]) => any;
export declare const data: (self: any, ...args: any[]) => any, setData: (self: any, ...args: any[]) => any;
export declare const ownerElement: (self: any, ...args: any[]) => any, attrName: (self: any, ...args: any[]) => any, attrValue: (self: any, ...args: any[]) => any, setAttrValue: (self: any, ...args: any[]) => any;
export declare const frameView: (self: any, ...args: any[]) => any;
export declare const objectView: (self: any, ...args: any[]) => any;
export declare const toFragment: (self: any, ...args: any[]) => any;
export declare const listLength: (self: any, ...args: any[]) => any, listItem: (self: any, ...args: any[]) => any;
export declare const addedNodes: (self: any, ...args: any[]) => any, changedNode: (self: any, ...args: any[]) => any;
export declare const observeNode: (self: any, ...args: any[]) => any, unobserve: (self: any, ...args: any[]) => any, takeRecords: (self: any, ...args: any[]) => any;
export declare const eventTarget: (self: any, ...args: any[]) => any, preventDefault: (self: any, ...args: any[]) => any, stopEvent: (self: any, ...args: any[]) => any, path: (self: any, ...args: any[]) => any;
export declare const requestUrl: (self: any, ...args: any[]) => any, requestSignal: (self: any, ...args: any[]) => any;
export declare const Observer: {
    new (callback: MutationCallback): MutationObserver;
    prototype: MutationObserver;
};
export declare const Signal: {
    new <T>(type: string, eventInitDict?: CustomEventInit<T>): CustomEvent<T>;
    prototype: CustomEvent;
};
export declare const windowLength: (self: any, ...args: any[]) => any, setTimer: (self: any, ...args: any[]) => any, nextFrame: (self: any, ...args: any[]) => any;
export declare const timeout: (work: () => void, ms?: number) => number;
/** All elements below an element, document or fragment that fit a selector. */
export declare const select: (root: Node, selector: string) => NodeListOf<Element>;
/** Does something with each node of a list. */
export declare const each: (list: NodeList, work: (node: any) => void) => void;
/** The window of a node's document; null where nothing can load: it is no page. */
export declare const viewOf: (node: Node) => any;
/** A member of the window that a page without an origin of its own may not even look at. */
export declare const area: (name: string) => any;
export declare const local: Storage | null;
export declare const session: Storage | null;
export declare const readItem: (area: Storage | null, key: string) => string | null;
export declare const removeKey: (...args: any[]) => any;
export declare const writeItem: (...args: any[]) => any;
export declare const trustedHtml: (value: string) => any;
export declare const trustedUrl: (value: string) => any;
export declare const trustedScript: (value: string) => any;
/** Whether a value is a Trusted Types object: its string cannot change, and it is handed on as it is. */
export declare const isTrusted: (value: unknown) => boolean;
/** The value of an attribute as the parser reads it, from its source text. */
export declare const decode: (source: string) => string;
