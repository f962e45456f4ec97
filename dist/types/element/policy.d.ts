import type { View } from '../engine/types.ts';
import type { SurfaceHost } from './surface.ts';
import { Base } from './base.ts';
export interface PolicyHost extends SurfaceHost {
    /** The policy layer in the language that fits `lang` best; "" = the page's. */
    policy(lang: string, text: boolean): Promise<View>;
}
/** Before the element is defined. Page code reaches the class, so nothing of the shell is on it. */
export declare const servePolicies: (given: PolicyHost) => PolicyHost;
/**
 * What is inside the element in the page's markup is shown until the summary is there, and stays when it cannot come.
 *
 * @element kelisim-policy
 * @attr {string} lang - Language of the summary; without it the page's.
 * @csspart policy - The summary.
 */
export declare class KelisimPolicyElement extends Base {
    #private;
    static observedAttributes: string[];
    connectedCallback(): void;
    attributeChangedCallback(): void;
    /** Draws the summary anew, with the full text once that was asked for. */
    draw(text?: boolean): Promise<void>;
}
