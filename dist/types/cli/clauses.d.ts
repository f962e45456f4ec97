export type ClauseKind = 'title' | 'section' | 'clause' | 'paragraph' | 'bullet' | 'number';
export interface Clause {
    id: string;
    kind: ClauseKind;
    printed: string | null;
    parent?: string;
}
/** Something in the text that cannot be told; `line` counts from 1. */
export interface Doubt {
    line: number;
    message: string;
}
export interface Split {
    clauses: Clause[];
    /** Clause id → verbatim text, layout marks left out. */
    texts: Record<string, string>;
    doubts: Doubt[];
}
/** Puts the clause texts together: the text whose hash is the edition. */
export declare function joinClauses({ clauses, texts }: Pick<Split, 'clauses' | 'texts'>): string;
/**
 * Splits a text into clauses. Headings with "#" are titles, with "##" and more sections; in a text without any, "2. Words" is the heading
 * of section 2 where section 1 came before. Every other paragraph, item and numbered clause is one line.
 *
 * @param renumber  printed number → canonical number; the key may be limited to a section as "SECTION/PRINTED". Any id may be a key.
 */
export declare function splitClauses(source: string, renumber?: Record<string, string>): Split;
