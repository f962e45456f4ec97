import type { Snapshot } from './link.ts';
/** Tells the page's tags what a snapshot that comes into force says: the default once, then each decision once. */
export declare function signal({ signals, expires_at_ms }: Snapshot): void;
