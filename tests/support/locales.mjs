// Languages that are not installed: Arabic, and one made of English that tells its own words from all others.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { repo } from './shop.mjs'

export const arabicFile = join(repo, 'tests/support/locales/ar.json')
export const arabic = JSON.parse(readFileSync(arabicFile, 'utf8'))

const marked = (text) => (/^\p{P}$/u.test(text) ? text : `⟦${text}⟧`)

/** Every sentence in brackets, from right to left: what stands in a page without brackets was not read from a locale. */
export function pseudo(lang = 'qps') {
  const english = JSON.parse(readFileSync(join(repo, 'web/locales/en.json'), 'utf8'))
  const strings = Object.fromEntries(
    Object.entries(english.strings).map(([key, text]) => [
      key,
      key === 'months' ? text.split('|').map(marked).join('|') : marked(text),
    ]),
  )
  return { ...english, lang, dir: 'rtl', strings }
}

/** Puts a locale beside those of a shop: the one file a language is. */
export function addLocale(shop, locale) {
  shop.pages[`/kelisim/locales/${locale.lang}.json`] = {
    body: JSON.stringify(locale),
    type: 'application/json; charset=utf-8',
  }
}
