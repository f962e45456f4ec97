import type { Arguments } from './arguments.ts';
export declare const editionsUsage = "kelisim editions POLICY.json --out DIR [--json]";
/** @returns the exit code */
export declare function editionsCommand({ files, options, values }: Arguments): Promise<number>;
