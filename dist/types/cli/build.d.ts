import type { Arguments } from './arguments.ts';
export declare const buildUsage = "kelisim build POLICY.json --out DIR [--base /kelisim/] [--endpoint URL] [--lang ru,kk,OTHER.json] [--necessary \"HOST \u2026\"] [--unknown hold|report] [--layout box|bar|sheet]";
export declare const initUsage = "kelisim init [POLICY.json] [--base /kelisim/] [--endpoint URL]";
export declare const buildValues: string[];
/** Prints what is wrong with a policy; the exit code says so. */
export declare function refused(file: string, text: string, error: unknown): number;
/** @returns the exit code */
export declare function build(given: Arguments): Promise<number>;
/** Prints the two lines. @returns the exit code */
export declare function init(given: Arguments): Promise<number>;
