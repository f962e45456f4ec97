import type { Inspected, Json } from '../engine/types.ts';
import type { Request } from '../host/net.ts';
/** docs/sync.md. Strings of `headers` and `body` may hold {placeholders}. */
export interface EndpointSpec {
    url: string;
    method?: string;
    headers?: Record<string, string>;
    /** Without one: Kelisim's own body, for as many receipts as wait. */
    body?: {
        json: Json;
    } | {
        form: Record<string, string>;
    };
    /** Statuses that mean "taken" besides 2xx. With one of 3xx redirects are followed, and where they lead answers. */
    accept?: number[];
    /** Name of a function of the page that answers with a text, or a promise of one; it stands for {token}. */
    token?: string;
}
export interface Endpoint {
    /** Host of the address. */
    to: string;
    url: string;
    accept: number[];
    /** Each receipt goes in a request of its own. */
    single: boolean;
    /** @throws when the page's function for the token does */
    request(receipts: Inspected[]): Promise<Request>;
    /** The same at once, with the last token; null while there is none. */
    requestNow(receipts: Inspected[]): Request | null;
}
/** Throws `endpoint_format` for what is no description of an endpoint. */
export declare function readSpec(text: string): EndpointSpec;
/**
 * @param host.hash  SHA-256 of the RFC 8785 form of a JSON text
 * @param host.call  a function of the page, by its name
 */
export declare function makeEndpoint(spec: EndpointSpec, host: {
    hash(json: string): string;
    call(name: string): unknown;
}): Endpoint;
