import type { Attached } from './link.ts';
/** Tells the person that a layer does not open; there is nobody to do it before the shell is. */
export declare let excuse: (() => void) | undefined;
/** The engine is up; null: it will not come. */
export declare function attach(value: Attached | null, error?: unknown, sorry?: () => void): void;
export declare const open: (argument?: any) => Promise<any>;
/** Defines window.kelisim. */
export declare function publish(): void;
