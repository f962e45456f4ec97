import type { Senses, TextNatives } from './link.ts';
/** What the engine's module passes text with (src/api/embind.js). */
export declare const text: TextNatives;
export declare const senses: Senses;
