import type { Arguments } from './arguments.ts';
export declare const markUsage = "kelisim mark PAGE.html|DIR\u2026 [--policy POLICY.json] [--site HOST] [--out DIR | --write] [--unknown leave|mark] [--json]";
export declare const markValues: string[];
/** @returns the exit code */
export declare function mark(given: Arguments): Promise<number>;
