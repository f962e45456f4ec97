/** Opens the comment where that can be undone. @param script  the gate's own, null when unknown */
export declare function openComment(script: HTMLScriptElement | null): void;
/** Looks whether the comment has come, and holds the second line. */
export declare function checkComment(): void;
