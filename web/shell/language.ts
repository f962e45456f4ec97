// Which language the widget speaks, and its words. There is no list: a language is a file, and whoever names one gets it.
import type { Engine } from '../engine/engine.ts'
import { KelisimError } from '../engine/error.ts'
import type { Fetch } from './documents.ts'

/** Where none that is wished for is there. */
export const LAST = 'ru'

/** A locale as the shell needs it; the engine has the rest. */
export interface Words {
  dir: 'ltr' | 'rtl'
  /** By key. */
  strings: Record<string, string>
}

export interface Languages {
  /** The language of now: the install's, else the page's, else the browser's; the first whose file is not missing. */
  speak(wish?: string): string
  fetch(lang: string): Promise<string>
  /** Gives the engine what `speak` answers with from then on, whichever file turns out to be there, and answers with its words. */
  load(engine: Engine, wish?: string): Promise<Words>
}

/**
 * Names of files, which are primary subtags, the best first: of the install's language, the page's and the browser's. "kz", the country,
 * is what many pages say for Kazakh; no language has that code.
 */
export const wishes = (...named: string[]) =>
  [...named, document.documentElement.lang, navigator.language].map((wish) =>
    /^[a-z]{2,3}(?![a-z])/i.exec(wish)?.[0].toLowerCase().replace(/^kz$/, 'kk'),
  )

/**
 * @param base  folder of the locales' folder
 * @param named  data-lang, or ""
 * @param there  languages whose files are there; undefined where nobody knows: each is asked for
 */
export function makeLanguages(
  base: string,
  named: string,
  fetch: Fetch,
  pause: () => Promise<void>,
  there?: readonly string[],
): Languages {
  const files = new Map<string, Promise<string>>()
  const loaded = new Map<string, Words>()
  /** There is no such file: it is not asked for again. */
  const missing = new Set<string>()

  const read = async (lang: string): Promise<string> => {
    const url = `${base}locales/${lang}.json`
    let reason: unknown
    try {
      const response = await fetch(url)
      if (response.ok) return await response.text()
      reason = 'status ' + response.status
      if (response.status === 404 || response.status === 410) missing.add(lang)
    } catch (error) {
      reason = error
    }
    throw new KelisimError('locale_unavailable', `${url}: ${String(reason)}`)
  }
  const languages: Languages = {
    speak: (wish = '') =>
      wishes(wish, named).find(
        (name, at) =>
          name &&
          !missing.has(name) &&
          // Whoever installs names what is there.
          (!there || at === 1 || there.includes(name)),
      ) ?? LAST,
    fetch(lang) {
      let file = files.get(lang)
      if (!file) {
        file = read(lang)
        // Tried again when it is asked for again.
        file.catch(() => files.delete(lang))
        files.set(lang, file)
      }
      return file
    },
    async load(engine, wish) {
      const lang = languages.speak(wish)
      let words = loaded.get(lang)
      if (words) return words
      let text: string
      try {
        text = await languages.fetch(lang)
      } catch (error) {
        if (languages.speak(wish) !== lang) return languages.load(engine, wish)
        throw error
      }
      engine.loadLocale(text)
      words = JSON.parse(text) as Words
      loaded.set(lang, words)
      await pause()
      return words
    },
  }
  return languages
}
