import type { ErrorEntry } from '../node/index.ts';
import type { Arguments } from './arguments.ts';
export declare const checkUsage = "kelisim check POLICY.json [--strict] [--json]";
/** An error's place for people: JSON that cannot be read has no members to point at, so a line and a column stand for the byte. */
export declare function located(text: string, { path, code, message }: ErrorEntry): ErrorEntry;
/** One error as a line. */
export declare const wrong: ({ path, code, message }: ErrorEntry) => string;
/** @returns the exit code */
export declare function check({ files, options }: Arguments): Promise<number>;
