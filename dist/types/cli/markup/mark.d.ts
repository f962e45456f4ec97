import type { Whose } from '../known.ts';
/** Why a third party's tag stays as it was. */
export type Left = 
/** Nobody declared it. */
'undeclared'
/** A shadow root that nobody can look into: what is marked in it would never come back. */
 | 'closed_shadow'
/** A document or an inline script that names several services, or own things as well. */
 | 'several'
/** An inline script that names a service and does nothing that loads it. */
 | 'names_only'
/** Other code of the page uses what this inline script defines. */
 | 'used'
/** The page has scripts of its own that cannot be read here, and they may use what it defines. */
 | 'may_be_used'
/** data-<name> is taken, or the address in CSS is written with escapes. */
 | 'form';
export interface Mark {
    line: number;
    column: number;
    tag: string;
    /** Attributes; "#" is the tag's own text. */
    names: string[];
    hosts: string[];
    services: string[];
    /** Services of the catalogue that the policy does not declare. */
    catalogue: string[];
    state: 'marked' | 'left';
    why?: Left;
}
export interface Marked {
    text: string;
    marks: Mark[];
    /** Third parties' tags that carry a mark already. */
    already: number;
}
export interface Options {
    /** How an address of the page reads in full; null: nobody can ask with it. */
    full: (address: string, base: string | null) => string | null;
    whose: (addresses: string[]) => Map<string, Whose>;
    /** Without a policy a service of the catalogue counts as declared: it is for the policy to come. */
    declared: (whose: Whose) => boolean;
    /** leave: what nobody declared stays as it is. mark: it is kept by its address, so that the gate decides in the page. */
    unknown: 'leave' | 'mark';
    /** The text of a script of the page's own, by its address; null: it is not at hand. */
    own: (address: string) => string | null;
}
/** Marks a page, read as bytes. */
export declare function markPage(source: string, options: Options): Marked;
