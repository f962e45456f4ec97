import type { Served, Stored, Visit } from './browser.ts';
import { type Known } from './known.ts';
/** catalogue: the policy does not declare it, the built-in catalogue knows it. undeclared: nobody knows it. */
export type State = 'necessary' | 'declared' | 'catalogue' | 'undeclared';
export interface Host {
    host: string;
    state: State;
    service?: string;
    /** Kinds of what asks: of requests as the browser calls them, of tags by their names; code = a script names it. */
    kinds: string[];
    requests: number;
    tags: number;
    /** Nothing but code names it. */
    named?: true;
    /** One address, without its query. */
    example: string;
}
export interface Name extends Stored {
    party: 'first' | 'third';
    state: State;
    service?: string;
}
export interface TagFound {
    file: string;
    /** Of a saved page; a page in a browser has no lines. */
    line?: number;
    column?: number;
    tag: string;
    name: string;
    host: string;
    state: State;
    service?: string;
    marked: boolean;
}
export interface Audit extends Served {
    state: State | 'own';
    service?: string;
}
export interface Found {
    hosts: Host[];
    stored: Name[];
    tags: TagFound[];
    audit: Audit[];
}
/** What a page in a browser asked for. */
export declare function foundInVisit(known: Known, { url, requests, stored, served, html }: Visit): Found;
/** What a file asks for: a page, a style sheet, or code. */
export declare function foundInFile(known: Known, file: string, bytes: string): Found;
/** Several pages' findings in one. */
export declare function merged(list: Found[]): Found;
