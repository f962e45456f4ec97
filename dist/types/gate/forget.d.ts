import type { StorageItem } from './link.ts';
/** Lets a cookie expire on every domain and path it can be on here, in every jar. */
export declare function forgetCookie(name: string): void;
/**
 * Deletes declared items.
 * @returns the items of which something is still there
 */
export declare function deleteStorage(items: StorageItem[]): StorageItem[];
/** Deletes the databases, caches and files whose names may not be stored under the rules in force. */
export declare function purge(): void;
