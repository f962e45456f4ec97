import type { Held } from './link.ts';
import type { Decision } from './rules.ts';
export interface Entry {
    held: Held;
    /** The element held in the page. */
    element?: Element;
    /** May it run now? */
    test(): Decision;
    /** Lets it go. */
    run(): void;
    /** Its turn comes only when the scripts released before it have run. */
    waits?: boolean;
    /** It has been told of. */
    told?: boolean;
}
/** What the shell is told: the element as well. */
export declare const shown: ({ held, element }: Entry) => Held;
export declare const onHeld: (listener: (held: Held) => void) => void;
/** Whether an entry may run; notes why. */
export declare const passes: ({ held, test }: Entry) => boolean;
/** Puts an entry at the end of the queue, unless it is in it. */
export declare function hold(entry: Entry): void;
export declare const drop: (entry: Entry | undefined) => boolean;
/** All entries in order, as a list that stays as it is while entries come and go. */
export declare function entries(): Entry[];
/** Makes entries that wait come after `done` as well. */
export declare const runsUntil: (done: Promise<unknown>) => void;
/** Something waits for its turn. */
export declare let releasing: boolean;
/** Releases what may run now. Safe to call at any time; a call during a release makes it look once more. */
export declare function release(): Promise<void>;
