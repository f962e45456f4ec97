import type { Engine } from '../engine/engine.ts';
import type { Fetch } from './documents.ts';
/** Where none that is wished for is there. */
export declare const LAST = "ru";
/** A locale as the shell needs it; the engine has the rest. */
export interface Words {
    dir: 'ltr' | 'rtl';
    /** By key. */
    strings: Record<string, string>;
}
export interface Languages {
    /** The language of now: the install's, else the page's, else the browser's; the first whose file is not missing. */
    speak(wish?: string): string;
    fetch(lang: string): Promise<string>;
    /** Gives the engine what `speak` answers with from then on, whichever file turns out to be there, and answers with its words. */
    load(engine: Engine, wish?: string): Promise<Words>;
}
/**
 * Names of files, which are primary subtags, the best first: of the install's language, the page's and the browser's. "kz", the country,
 * is what many pages say for Kazakh; no language has that code.
 */
export declare const wishes: (...named: string[]) => (string | undefined)[];
/**
 * @param base  folder of the locales' folder
 * @param named  data-lang, or ""
 * @param there  languages whose files are there; undefined where nobody knows: each is asked for
 */
export declare function makeLanguages(base: string, named: string, fetch: Fetch, pause: () => Promise<void>, there?: readonly string[]): Languages;
