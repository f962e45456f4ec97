import type { Engine } from '../engine/engine.ts';
import type { Fetch } from './documents.ts';
/** One file of locales/ each. */
export declare const LANGUAGES: string[];
/** The first wish that is spoken here, by its primary subtag; else Russian. */
export declare const pickLanguage: (wishes: (string | undefined)[]) => string;
/** The language of now: the install's, else the page's, else the browser's. */
export declare const speaker: (config: {
    lang: string;
}) => () => string;
/** Strings of a locale by key. */
export type Words = Record<string, string>;
/** Locales as they are needed, each fetched once. */
export interface Languages {
    fetch(lang: string): Promise<string>;
    /** Gives the engine the language and answers with its words. */
    load(lang: string, engine: Engine): Promise<Words>;
}
/** @param base folder of the locales' folder */
export declare function makeLanguages(base: string, fetch: Fetch, pause: () => Promise<void>): Languages;
