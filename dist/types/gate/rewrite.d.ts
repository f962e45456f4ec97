/** Where the text of the last rewrite() stops being whole tags; its length when it does not. */
export declare let whole: number;
/**
 * Renames what may not be asked.
 * @param node     Where it goes: its base address counts.
 * @param scripts  Whether scripts in it would run.
 * @returns the text itself when nothing had to be renamed
 */
export declare function rewrite(text: string, node: Node, scripts?: boolean): string;
/** A document for srcdoc: rewritten, and led by a script that shows its window to the gate before any other script of it runs. */
export declare function rewriteDocument(text: string): string;
/** What page code reads back: the document as it gave it. */
export declare function withoutLead(text: any): any;
