import type { Config } from '../gate/link.ts';
export type Fetch = (url: string) => Promise<Response>;
/** A document's text. Throws `code` when it cannot be had. */
export declare function fetchText(fetch: Fetch, url: string, code: string): Promise<string>;
export interface PolicyDocument {
    text: string;
    /** What its own addresses are relative to. */
    base: string;
}
/** The policy from its URL, or from the <script type="application/json"> with that id. */
export declare function fetchPolicy({ policy }: Config, fetch: Fetch): Promise<PolicyDocument>;
/**
 * Whether a policy will need the catalogue, so that it can be fetched while the engine still loads. A guess: the engine's answer counts.
 */
export declare function looksCatalogued(policy: string): boolean;
