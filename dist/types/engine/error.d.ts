/** One entry of an envelope's `errors`. */
export interface ErrorEntry {
    /** Stable and documented. */
    code: string;
    /** JSON Pointer (RFC 6901) into the input; "" is the whole of it. */
    path: string;
    /** English, for logs; people see what web/locales/ says. */
    message: string;
}
export declare class KelisimError extends Error implements ErrorEntry {
    readonly code: string;
    readonly path: string;
    /** Every error of the input; the first is this one. */
    readonly errors: ErrorEntry[];
    constructor(code: string, message: string, path?: string, errors?: ErrorEntry[]);
}
/** Whatever was thrown, as a KelisimError; `code` names what failed where the error does not say. */
export declare function toKelisimError(error: unknown, code: string): KelisimError;
