import type { Snapshot } from './link.ts';
export type Why = 'first_party' | 'allowed_host' | 'necessary' | 'granted' | 'on_action' | 'not_granted' | 'transfer' | 'undeclared' | 'local' | 'invalid_url';
export interface Decision {
    allow: boolean;
    why: Why;
    service?: string;
}
export interface Page {
    /** Host of the page; "" = none. */
    host: string;
    /** data-allow: "x" or "*.x", lower case. */
    allow: string[];
    /** Unix epoch, milliseconds. */
    now(): number;
    /** Whether a trusted action has reached an allow_on_action service. */
    acted(service: string): boolean;
    /** Told once per host and snapshot of a host nobody declared. */
    undeclared(host: string): void;
}
/** Addresses on the page's own origin, beyond doubt. */
export declare const relative: RegExp;
export type Rules = ReturnType<typeof makeRules>;
/**
 * The rules of one snapshot.
 * @param snapshot  null: the closed state, first party and data-allow only.
 */
export declare function makeRules(snapshot: Snapshot | null, page: Page): {
    snapshot: Snapshot | null;
    decide: (href: string) => Decision;
    judge: (raw: string, base: () => string) => Decision;
    stores: (type: string, name: string) => Decision;
    named: (service: string | null, category?: string | null, ever?: boolean) => Decision;
    knows: (service: string) => boolean;
    full: () => boolean;
    forget: () => any;
    expired: () => boolean;
};
