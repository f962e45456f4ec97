/**
 * Makes sure that a window of this origin is patched; others are left alone.
 * @param moved  It may have come from another origin since.
 * @returns the window
 */
export declare function guard(view: any, moved?: unknown): any;
/** Patches the frames that a call may have brought into a window; of an inert document (null) there is none. */
export declare function settle(view: any): void;
/** Replaces the built-ins of a window. */
export declare function patch(view: any): void;
/** Watches for frames that go on to another document of this origin. */
export declare const watchFrames: (document: Document) => void;
