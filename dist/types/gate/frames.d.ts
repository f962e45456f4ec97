/**
 * Makes sure that a window of this origin is patched; others are left alone.
 * @param moved  It may have gone on to another origin since.
 * @returns the window
 */
export declare function guard(view: any, moved?: unknown): any;
/** Patches the frames that a call on `node` may have brought into its window. */
export declare function settle(node: Node): void;
/** Replaces the built-ins of a window. */
export declare function patch(view: any): void;
/** Watches for frames that go on to another document of this origin. */
export declare function watchFrames(document: Document): void;
