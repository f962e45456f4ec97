import type { Snapshot } from './link.ts';
/**
 * Tells the page's tags what a snapshot that comes into force says: the default once, then each change of what they may do. Before
 * anything was decided, and of a choice that has ended, there is no update.
 */
export declare function signal({ signals, status }: Snapshot): void;
