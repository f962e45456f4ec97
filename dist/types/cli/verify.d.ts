import type { Arguments } from './arguments.ts';
export declare const verifyUsage = "kelisim verify RECEIPTS\u2026 [--editions FROM] [--keys FILE] [--json]";
/** @returns the exit code */
export declare function verify({ files, options, values }: Arguments): Promise<number>;
