export declare const nowhere = "about:invalid#";
export declare const quick: RegExp;
export declare const places: RegExp;
/** Text without CSS escapes. */
export declare function plain(text: string): string;
/** Replaces addresses. @param to  undefined: it stays. */
export declare function replace(text: string, to: (address: string) => string | undefined): string;
/** The same, seen through escapes of the function's own name. */
export declare function through(text: string, to: (address: string) => string | undefined): string;
/** The address that a text keeps behind the scheme that leads nowhere; false: it keeps none. */
export declare const held: (address: string) => any;
