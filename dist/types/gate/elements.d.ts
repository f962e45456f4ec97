import type { Decision } from './rules.ts';
type Use = 1 | 2 | 3;
export declare const table: Record<string, Record<string, Use>>;
export declare const prefix = "data-kelisim-";
/** How attribute `name` of an element `tag` is used; undefined: it asks for nothing. */
export declare const use: (tag: string, name: string) => Use | undefined;
/** Judges an attribute's text; of a list, the first candidate that is held answers. */
export declare function judgeText(kind: Use, text: string, node: Node): Decision;
/**
 * Looks at one element that is about to ask, or already in the page: what may not be asked is taken off it and held, what is
 * kept in it and may be asked is given back.
 * @param quiet   It stays where nothing loads, and only copies of it will be used: it is cleaned, not held.
 * @param parsed  The parser may have made it just now.
 */
export declare function inspect(el: Element, quiet?: boolean, parsed?: boolean): void;
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
 * Sets a URL attribute for page code.
 * @param store  Sets what may be set, by the built-in page code called.
 */
export declare function assign(el: Element, name: string, kind: Use, value: unknown, store: (value: unknown) => void): void;
export {};
