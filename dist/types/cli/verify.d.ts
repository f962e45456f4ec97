import type { Arguments } from './arguments.ts';
export declare const verifyUsage = "kelisim verify RECEIPTS\u2026 [--json]";
interface Found {
    file: string;
    /** Line of the file, or place in its list, from 1. */
    place: number;
    receipt: string | object;
}
/** Receipts in a file: one compact JWS per line, or JSON. */
export declare function receiptsIn(file: string, text: string): Found[];
/** @returns the exit code */
export declare function verify({ files, options }: Arguments): Promise<number>;
export {};
