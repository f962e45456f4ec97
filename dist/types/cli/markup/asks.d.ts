import { type Use } from '../../gate/uses.ts';
import { type Tag } from './read.ts';
export interface Address {
    text: string;
    /** In CSS: its offset in the source; null where it cannot be changed in its place. */
    at?: number | null;
    /** Code names it: it may be asked, or be anything. */
    named?: true;
}
export interface Ask {
    /** The attribute, "#" for the tag's own text. */
    name: string;
    use: Use;
    addresses: Address[];
    /** It is held already: it stands in data-<name>, or in CSS behind an address that leads nowhere. */
    kept?: true;
}
/** The kind of a script's type: code that runs, or a block of data. */
export declare function runs(type: string | null): boolean;
/** A mark of the gate's on a tag: what the gate gives back by it. */
export declare const isMarked: (tag: Tag) => boolean;
/** The gate itself: whatever it names is its own. */
export declare const isGate: (tag: Tag) => boolean;
/** What a file of CSS or of code asks for. */
export declare const addressesOfFile: (file: string, text: string) => Address[];
/** What a tag asks for, and what it keeps. */
export declare function asksOf(tag: Tag): Ask[];
