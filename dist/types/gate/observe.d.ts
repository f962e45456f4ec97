/** Watches a document from now on, and looks at what is in it already. */
export declare function observe(document: Document): void;
