import type { Tag } from './read.ts';
/** A text of code, and the tag it belongs to; null: it is not at hand. */
interface Code {
    tag: Tag;
    text: string | null;
}
/** The code that stands in a tag itself: a script's text, handlers. */
export declare const codeIn: (tag: Tag) => Code[];
/** Says what other code than that of one tag there is in a page. */
export declare const codeBeside: (all: Code[]) => (tag: Tag) => (string | null)[];
/** Why an inline script stays as it is; undefined: it may wait. @param beside  the page's other code */
export declare function whyStays(script: string, beside: (string | null)[]): 'names_only' | 'used' | 'may_be_used' | undefined;
export {};
