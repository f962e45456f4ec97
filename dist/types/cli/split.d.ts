import type { Arguments } from './arguments.ts';
export declare const splitUsage = "kelisim split TEXT.md --out DIR [--id ID] [--language ru] [--renumber PRINTED=RIGHT,\u2026]";
export declare const splitValues: string[];
/** @returns the exit code */
export declare function split(given: Arguments): number;
