/** Makes an address of its own for parts of a blob. */
export declare function makeBlob(parts: BlobPart[], type: string): string;
/**
 * The address of the same blob, changed.
 * @param change  Gets text and type; null: it stays as it is.
 */
export declare function remake(address: string, change: (text: string, type: string) => string | null): string;
