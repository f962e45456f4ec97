import type { Senses } from './link.ts';
export declare const senses: Senses;
