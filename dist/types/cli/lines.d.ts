import type { Snapshot } from '../gate/link.ts';
export interface Install {
    /** Where the files are on the shop's origin, with slashes around. */
    base: string;
    edition: string;
    endpoint: string;
    layout: string;
    /** Hosts the page cannot do without. */
    necessary: string[];
}
/** Hosts of the services that run without anybody's consent, and more that the shop names. */
export declare function necessaryHosts(snapshot: Snapshot, more?: string): string[];
/** data-* of the first line. */
export declare function attributes({ base, edition, endpoint, layout }: Install, more?: string): string;
/** The first line, with the gate in a file of its own. */
export declare const gateLine: (install: Install, integrity?: string) => string;
/** The second line: never in force, but the browsers' look-ahead obeys it. */
export declare const secondLine: ({ necessary }: Install) => string;
