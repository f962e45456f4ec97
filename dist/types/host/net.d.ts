export interface Answer {
    /** HTTP status; 0 = no network, refused, or no answer in time. */
    status: number;
    retry_after_s: number | null;
    /** The answer's body as JSON; null when there is none. */
    body: unknown;
}
export interface Request {
    url: string;
    method: string;
    headers: Record<string, string>;
    body: string;
    /** Whether where a redirect leads may answer. A browser follows most of them without the body: a login page's 200 took nothing. */
    follow?: boolean;
}
export interface Net {
    send(request: Request): Promise<Answer>;
    /** Sends when the page is being left, without looking at the answer. False when nothing could be handed to the browser. */
    leave(request: Request): boolean;
}
/** What a page may still send after it is gone, in bytes (browsers: 64 KiB for all requests together). */
export declare const MAX_LEAVING_BYTES: number;
export declare const ANSWER_MS = 30000;
/** Retry-After: seconds or a date (RFC 9110, 10.2.3). */
export declare function retryAfter(value: string | null, nowMs: number): number | null;
export declare function browserNet(host: {
    fetch: typeof fetch;
    sendBeacon: (url: string, body: Blob | string) => boolean;
    setTimeout: (callback: () => void, ms: number) => unknown;
    now: () => number;
}): Net;
