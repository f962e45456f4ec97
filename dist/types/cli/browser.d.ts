import type { Browser } from 'playwright-core';
export interface Stored {
    kind: 'cookie' | 'local' | 'session' | 'database' | 'cache' | 'file';
    name: string;
    host: string;
    http_only?: true;
    /** Seconds it lives, in whole minutes; 0: until the browser closes. */
    max_age_s?: number;
}
/** What no page code can stop, for it is the server's own doing. */
export interface Served {
    code: 'server_cookie' | 'http_only_cookie' | 'own_redirect' | 'link_header' | 'report_address';
    /** Where it comes from. */
    from: string;
    /** Name of the cookie. */
    name?: string;
    /** Where it leads. */
    url?: string;
}
export interface Visit {
    /** The page's address after redirects. */
    url: string;
    requests: {
        url: string;
        kind: string;
    }[];
    stored: Stored[];
    served: Served[];
    /** The page's markup after all, read as bytes. */
    html: string;
}
/**
 * @param addresses  what will be opened
 * @param program    the browser's; default $CHROMIUM, else one that is installed
 */
export declare function openBrowser(addresses: string[], program?: string): Promise<Browser>;
/**
 * Opens a page as a new visitor.
 * @param wait  seconds that late requests get
 */
export declare function visit(browser: Browser, address: string, wait: number): Promise<Visit>;
