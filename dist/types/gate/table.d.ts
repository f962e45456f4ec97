import type { Decision } from './rules.ts';
import { type Use } from './uses.ts';
export * from './uses.ts';
export declare const allowed: Decision;
export declare function readImports(text: string): void;
/** Judges an attribute's text; of several addresses, the first that is held answers. */
export declare function judgeText(kind: Use, text: string, node: Node): Decision;
