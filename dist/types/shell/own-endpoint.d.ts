import type { Endpoint } from './endpoint.ts';
/** Whom an address is of, as people are told. */
export declare const hostOf: (url: string) => string;
/** @param hash  SHA-256 of the RFC 8785 form of a JSON text */
export declare function ownEndpoint(url: string, hash: (json: string) => string): Endpoint;
