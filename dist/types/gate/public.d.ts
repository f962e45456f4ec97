import type { Attached } from './link.ts';
/** The engine is up; null: it will not come. */
export declare function attach(value: Attached | null, error?: unknown): void;
export declare const open: (argument?: any) => Promise<any>;
/** Defines window.kelisim. */
export declare function publish(): void;
