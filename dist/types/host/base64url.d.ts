/** Base64url without padding. */
export declare const base64url: (bytes: ArrayBuffer | Uint8Array) => string;
