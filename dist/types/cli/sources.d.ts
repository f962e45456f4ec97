export interface Found {
    file: string;
    /** Line of the file, or place in its list, from 1. */
    place: number;
    receipt: string | object;
}
export declare const isAddress: (source: string) => boolean;
/** Everything in the sources named. */
export declare function readAll(sources: string[]): Promise<Found[]>;
/** A text by its hash, from the first place that has one; null where none has. */
export declare function findEdition(places: string[], sha256: string): Promise<unknown>;
/** The keys of a receiver: a file or an address of a jwks.json. */
export declare function readKeys(source: string): Promise<unknown[]>;
/** What a receiver offers beside its receipts. */
export declare const besides: (address: string) => {
    keys: string;
};
