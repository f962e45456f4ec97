// Which language the widget speaks, and its words.
import type { Engine } from '../engine/engine.ts'
import type { Fetch } from './documents.ts'
import { fetchText } from './documents.ts'

/** One file of locales/ each. */
export const LANGUAGES = ['kk', 'ru', 'en']

/** The first wish that is spoken here, by its primary subtag; else Russian. */
export const pickLanguage = (wishes: (string | undefined)[]): string =>
  wishes
    .map((wish) => wish?.toLowerCase().split(/[-_]/)[0] ?? '')
    .find((wish) => LANGUAGES.includes(wish)) ?? 'ru'

/** The language of now: the install's, else the page's, else the browser's. */
export const speaker = (config: { lang: string }) => (): string =>
  pickLanguage([config.lang, document.documentElement.lang, navigator.language])

/** Strings of a locale by key. */
export type Words = Record<string, string>

/** Locales as they are needed, each fetched once. */
export interface Languages {
  fetch(lang: string): Promise<string>
  /** Gives the engine the language and answers with its words. */
  load(lang: string, engine: Engine): Promise<Words>
}

/** @param base folder of the locales' folder */
export function makeLanguages(base: string, fetch: Fetch, pause: () => Promise<void>): Languages {
  const files = new Map<string, Promise<string>>()
  const loaded = new Map<string, Words>()
  const languages: Languages = {
    fetch(lang) {
      let file = files.get(lang)
      if (!file) {
        file = fetchText(fetch, `${base}locales/${lang}.json`, 'locale_unavailable')
        // Tried again when it is asked for again.
        file.catch(() => files.delete(lang))
        files.set(lang, file)
      }
      return file
    },
    async load(lang, engine) {
      let words = loaded.get(lang)
      if (!words) {
        const text = await languages.fetch(lang)
        engine.loadLocale(text)
        words = (JSON.parse(text) as { strings: Words }).strings
        loaded.set(lang, words)
        await pause()
      }
      return words
    },
  }
  return languages
}
