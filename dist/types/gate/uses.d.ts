/** One address. */
export declare const url = 1;
/** One address of a document or code: what stands in it itself is looked at as well. */
export declare const deep = 2;
/** Addresses with what HTML puts around them: srcset, ping and animations, a refresh. */
export declare const candidates = 3;
export declare const tokens = 4;
export declare const refresh = 5;
/** Text that is looked through: CSS, an inline script. */
export declare const css = 6;
export declare const code = 7;
/** A whole document. */
export declare const page = 8;
/** Text in which every absolute address is asked. */
export declare const absolute = 9;
export type Use = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
/** Attributes by tag, by their lower case names. */
export declare const table: Record<string, Record<string, Use>>;
/** Names as properties are written, by tag. */
export declare const properties: Record<string, string[]>;
/** Attributes of every element. */
export declare const any: Record<string, Use>;
export declare const prefix = "data-kelisim-";
/** Finds elements with an attribute of `any`, or one that is kept. */
export declare const anySelector: string;
/** Finds what asks for something, or keeps something. */
export declare const selector: string;
/** How attribute `name` of an element `tag` is used; undefined: it asks for nothing. */
export declare const use: (tag: string, name: string) => Use | undefined;
/** The kind of what an element holds, as it is told. */
export declare const kindOf: (tag: string) => string;
export declare const patterns: Record<number, RegExp>;
/** The text of a document or code in an address; "" when there is none. */
export declare function inside(text: string): string;
/** Whether the value of data-category is a category, and not something of the page's own. */
export declare const isCategory: (value: string | null) => boolean;
