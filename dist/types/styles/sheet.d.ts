/** The text of a style element that came with the page (kelisim build), where it is that. */
export declare const isPainted: (text: unknown) => boolean;
/** Gives a shadow root the styles, once. `nonce` is for browsers without constructable sheets. */
export declare function style(root: ShadowRoot, nonce: string): void;
