import { type Use } from './table.ts';
/**
 * Looks at one element that is about to ask, or already in the page: what may not be asked is taken off it and held, what is
 * kept in it and may be asked is given back.
 * @param quiet   It stays where nothing loads, and only copies of it will be used: it is cleaned, not held.
 * @param parsed  The parser may have made it just now.
 */
export declare function inspect(el: Element, quiet?: boolean, parsed?: boolean): void;
export declare const expectShadows: (text: string) => void;
export declare const forgetSeen: () => void;
/**
 * Looks at an element, and everything below it, that no wrapped call has judged.
 * @param quiet   As for inspect().
 * @param parsed  As for inspect(); what was seen before is passed over.
 */
export declare function sweep(root: Node, quiet?: boolean, parsed?: boolean): void;
/** What is handed on: a Trusted Types object as it is when nothing changed, else the string that was judged. */
export declare const handOn: (value: unknown, text: string, html?: string) => unknown;
/**
 * Sets an attribute, or for "#" the text, of an element for page code.
 * @param store  Sets what may be set, by the built-in page code called.
 */
export declare function assign(el: Element, name: string, kind: Use, value: unknown, store: (value: unknown) => void): void;
/** Lets page code say what a link is for; `rel` undefined: it may say so in a moment. */
export declare function relate(el: Element, rel: string | undefined, store: () => void): void;
