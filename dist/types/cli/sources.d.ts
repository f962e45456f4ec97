import type { Listed } from '../verify/list.ts';
export interface Found extends Listed {
    file: string;
}
export declare const isAddress: (source: string) => boolean;
/** Everything in the sources named. @param strict of receiptsOf */
export declare function readAll(sources: string[], strict: (json: string) => void): Promise<Found[]>;
/** A text by its hash, from the first place that has one; null where none has. */
export declare function findEdition(places: string[], sha256: string): Promise<unknown>;
/** The keys of a receiver: a file or an address of a jwks.json. */
export declare function readKeys(source: string): Promise<unknown[]>;
/** What a receiver offers beside its receipts. */
export declare const besides: (address: string) => {
    keys: string;
};
