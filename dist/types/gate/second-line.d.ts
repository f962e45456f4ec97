/** Opens the comment where that can be undone. @param script  the gate's own, null when unknown */
export declare function openComment(script: HTMLScriptElement | null): void;
/** Looks whether the comment that has come holds the second line. */
export declare function checkComment(comment: Node): void;
