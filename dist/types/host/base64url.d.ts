/** Strict: whatever writing the bytes again does not give is refused. */
export declare function bytesOf(text: string): Uint8Array<ArrayBuffer>;
/** Base64url without padding. */
export declare const base64url: (bytes: ArrayBuffer | Uint8Array) => string;
