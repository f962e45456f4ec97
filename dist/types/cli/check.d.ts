import type { Arguments } from './arguments.ts';
export declare const checkUsage = "kelisim check POLICY.json [--strict] [--json]";
/** @returns the exit code */
export declare function check({ files, options }: Arguments): Promise<number>;
