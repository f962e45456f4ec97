/** Watches a document or shadow root from now on, and looks at what is in it already. */
export declare function observe(root: Node): void;
/**
 * Watches the page, or no longer. Once it is parsed, all that comes into it comes by wrapped calls; watching is a second pair of
 * eyes, which costs every change of the page more than the calls do. Where everything is granted it is left out.
 */
export declare let review: () => void;
