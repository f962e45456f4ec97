import type { Arguments } from './arguments.ts';
export declare const scanUsage = "kelisim scan URL|DIR|FILE.html\u2026 [--policy POLICY.json] [--site HOST] [--draft] [--wait SECONDS] [--browser PATH] [--json]";
export declare const scanValues: string[];
/** @returns the exit code */
export declare function scan(given: Arguments): Promise<number>;
