import type { Found } from './found.ts';
import type { Known } from './known.ts';
interface Item {
    type: string;
    name: string;
    match: 'exact';
    party: 'first' | 'third';
    max_age_s: number | null;
}
export interface Service {
    id: string;
    name?: string;
    gate?: string;
    hosts?: string[];
    storage?: Item[];
}
export interface Draft {
    services: object[];
    /** What a person has to do, a sentence each. */
    open: string[];
}
/** @param declared  `services` of the policy, as they stand */
export declare function draftOf({ hosts, stored }: Found, declared: {
    id: string;
}[], known: Known): Draft;
export {};
