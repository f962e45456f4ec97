/**
 * own: first party. necessary: declared, and runs without consent. declared: the policy names its service. known: only the catalogue
 * does. unknown: nobody does. none: nothing is asked with it.
 */
export interface Whose {
    state: 'own' | 'necessary' | 'declared' | 'known' | 'unknown' | 'none';
    service?: string;
}
export interface Fact {
    name: string;
    operator: string;
    /** functional, analytics, marketing or necessary */
    category: string;
}
export interface Known {
    /** The page's address, as far as it is known: its host. */
    page: string;
    /** Whether there is a policy. */
    policy: boolean;
    /** Each address with its answer. */
    addresses(list: Iterable<string>): Map<string, Whose>;
    /**
     * Names in the page's storage, in their order. @param seen  services that are on the page: of several that may have written a name,
     * these are meant
     */
    stored(items: {
        kind: string;
        name: string;
    }[], seen?: string[]): Whose[];
    /** What the catalogue says of a service. */
    fact(id: string): Fact | undefined;
    delete(): void;
}
/**
 * @param policy  text of the policy document; undefined: none. KelisimError where it is refused.
 * @param site    host of the page; default the policy's first
 */
export declare function loadKnown(policy?: string, site?: string): Promise<Known>;
/** An address in full, as the page asks it; null: nobody can ask with it. @param base  href of the page's <base> */
export declare const fullAddress: (text: string, page: string, base: string | null) => string | null;
