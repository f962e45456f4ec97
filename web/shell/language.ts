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

/** Strings of a locale by key. */
export type Words = Record<string, string>

/** Locales as they are needed, each fetched once. */
export class Languages {
  readonly #base: string
  readonly #fetch: Fetch
  readonly #files = new Map<string, Promise<string>>()
  readonly #words = new Map<string, Words>()

  /** @param base folder of the locales' folder */
  constructor(base: string, fetch: Fetch) {
    this.#base = base
    this.#fetch = fetch
  }

  fetch(lang: string): Promise<string> {
    let file = this.#files.get(lang)
    if (!file) {
      file = fetchText(this.#fetch, `${this.#base}locales/${lang}.json`, 'locale_unavailable')
      // Tried again when it is asked for again.
      file.catch(() => this.#files.delete(lang))
      this.#files.set(lang, file)
    }
    return file
  }

  /** Gives the engine the language and answers with its words. */
  async load(lang: string, engine: Engine): Promise<Words> {
    let words = this.#words.get(lang)
    if (!words) {
      const text = await this.fetch(lang)
      engine.loadLocale(text)
      words = (JSON.parse(text) as { strings: Words }).strings
      this.#words.set(lang, words)
    }
    return words
  }
}
