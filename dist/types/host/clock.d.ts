import type { Natives } from '../gate/link.ts';
export interface Clock {
    /** Unix epoch, UTC, milliseconds. */
    now(): number;
    setTimeout(callback: () => void, ms: number): unknown;
    /** After the next paint; in a hidden page, which paints nothing, soon. */
    afterPaint(callback: () => void): void;
    /** Ends the running task, so that the page gets its turn between two pieces of work. */
    pause(): Promise<void>;
    /** When nothing else is to be done. */
    idle(callback: () => void): void;
}
/** The longest a timer can be set for. */
export declare const MAX_TIMER_MS: number;
export declare const browserClock: ({ now, setTimeout, frame, }: Pick<Natives, 'now' | 'setTimeout' | 'frame'>) => Clock;
/** One timer that is set anew each time. */
export declare function alarm(clock: Clock, ring: () => void): (atMs: number | null) => void;
