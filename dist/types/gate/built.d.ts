import type { Snapshot } from './link.ts';
export interface Built {
    /** The snapshot of a person who has not decided. */
    closed: Snapshot;
    /** What differs in it once everything, or only the necessary, was answered. */
    all: Partial<Snapshot>;
    none: Partial<Snapshot>;
    /** How long an answer stands at least. */
    term_ms: number;
    /** Painted first layers by language: hash of the tree, key of the text. */
    layers: Record<string, [sha256: string, key: number]>;
}
/** Languages whose files are there, as members: those of every install, and the painted ones. */
export declare const languages: ({ layers }: Built) => object;
/** Of a gate that was built for one shop; nothing else may ask for it. */
export declare const built: () => Built;
/** The ready-made snapshot of an answer given now. */
export declare const answered: ({ closed, all, none, term_ms }: Built, grant: boolean) => Snapshot;
/**
 * The snapshot a built page starts with: the stored one, where the cookie has not become stricter meanwhile; without one the rules alone,
 * open as far as the cookie says.
 */
export declare function opening(built: Built, stored: Snapshot | null): Snapshot;
