/** Gives a shadow root the styles, once. `nonce` is for browsers without constructable sheets. */
export declare function style(root: ShadowRoot, nonce: string): void;
