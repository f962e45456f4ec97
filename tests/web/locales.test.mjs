// The languages of the interface: complete, alike, well-formed, and every key is used by somebody.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv/dist/2020.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path) => readFileSync(join(root, path), 'utf8')
const languages = readdirSync(join(root, 'web/locales'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
const locales = Object.fromEntries(
  languages.map((lang) => [lang, JSON.parse(read(`web/locales/${lang}.json`))]),
)

/** The rules of Russian take every whole number. */
const formsOf = ({ lang, plural }) =>
  [...Object.keys(plural), ...(lang === 'ru' ? [] : ['other'])].sort()
const base = (key) => key.split('#')[0]
const bases = ({ strings }) => [...new Set(Object.keys(strings).map(base))].sort()
const placeholders = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
/** The sentences behind a key: one, or the variants of a plural. */
const variants = ({ strings }, key) => Object.keys(strings).filter((name) => base(name) === key)

function sources(folder, extension) {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(join(root, path)).isDirectory()) return sources(path, extension)
    return extension.test(name) ? [read(path)] : []
  })
}

test('kk, ru and en are there', () => {
  assert.deepEqual(languages.sort(), ['en', 'kk', 'ru'])
})

for (const [lang, locale] of Object.entries(locales)) {
  test(`${lang}: is a kelisim-locale-1 of its own name`, () => {
    const validate = new Ajv({ strict: false }).compile(
      JSON.parse(read('src/view/locale.schema.json')),
    )
    assert.ok(validate(locale), JSON.stringify(validate.errors))
    assert.equal(locale.lang, lang)
  })

  test(`${lang}: has the same keys as the other languages`, () => {
    assert.deepEqual(bases(locale), bases(locales.en))
  })

  test(`${lang}: keys stand in the order of their bytes, which the engine searches by`, () => {
    const keys = Object.keys(locale.strings)
    assert.deepEqual(
      keys,
      keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    )
  })

  test(`${lang}: a plural has every form of the language, and no other`, () => {
    for (const key of bases(locale)) {
      const found = variants(locale, key).map((name) => name.split('#')[1])
      if (found[0] === undefined) assert.deepEqual(found, [undefined], key)
      else assert.deepEqual(found.sort(), formsOf(locale), key)
    }
  })

  test(`${lang}: the same key takes the same values in every language`, () => {
    for (const key of bases(locale)) {
      const wanted = [
        ...new Set(
          variants(locales.en, key).flatMap((name) => placeholders(locales.en.strings[name])),
        ),
      ].sort()
      for (const name of variants(locale, key))
        assert.deepEqual([...new Set(placeholders(locale.strings[name]))].sort(), wanted, name)
    }
  })

  test(`${lang}: sentences are trimmed, without markup, straight quotes or stray braces`, () => {
    for (const [key, text] of Object.entries(locale.strings)) {
      assert.equal(text, text.trim(), key)
      assert.doesNotMatch(text, /[<>&"]|\s\s|\{(?!\w+\})|(?<!\{\w*)\}/, key)
    }
  })

  test(`${lang}: twelve months`, () => {
    assert.equal(locale.strings.months.split('|').length, 12)
  })
}

test('the locale in docs/widget.md is one, and the Arabic one of the tests has every key', () => {
  const validate = new Ajv({ strict: false }).compile(
    JSON.parse(read('src/view/locale.schema.json')),
  )
  const shown = JSON.parse(/```json\n(.*?)```/s.exec(read('docs/widget.md'))[1])
  assert.ok(validate(shown), JSON.stringify(validate.errors))
  const arabic = JSON.parse(read('tests/support/locales/ar.json'))
  assert.ok(validate(arabic), JSON.stringify(validate.errors))
  assert.deepEqual(bases(arabic), bases(locales.en))
})

test('sentences differ between languages, but for names', () => {
  const same = bases(locales.en).filter(
    (key) =>
      locales.en.strings[key] !== undefined && locales.en.strings[key] === locales.ru.strings[key],
  )
  assert.deepEqual(same, ['comma'])
})

test('Kazakh is written in Kazakh letters: no Russian sentence was left in it', () => {
  const russian = Object.entries(locales.kk.strings).filter(
    ([key, text]) => text === locales.ru.strings[key] && !/^(country\.|comma$)/.test(key),
  )
  // The same word in both languages.
  assert.deepEqual(
    russian.map(([key]) => key),
    [
      'basis.statistics',
      'category.analytics',
      'contact.phone',
      'line.edition',
      'role.operator',
      'who.phone',
      'who.sites',
    ],
  )
})

test('every key the code asks for is there, and none is left over', () => {
  const code = [...sources('src/view', /\.cpp$/), ...sources('web', /\.ts$/)].join('\n')
  const literals = new Set(
    [...code.matchAll(/["'`]([a-z_]+(?:\.[A-Za-z_]*)*)["'`]/g)].map(([, text]) => text),
  )
  const prefixes = [...literals].filter((text) => text.endsWith('.'))
  const known = bases(locales.en)
  const unused = known.filter(
    (key) => !literals.has(key) && !prefixes.some((prefix) => key.startsWith(prefix)),
  )
  assert.deepEqual(unused, [])
  const dotted = [...literals].filter((text) =>
    /^(mark|notice|choices|term|rights|edition|transfer|who|whom|cookies|disputes|hold|receipts|withdraw|messages|open|span|browser|stops|forms|form|service|service_messages|findings|text|clause|line)\.[a-z_]+$/i.test(
      text,
    ),
  )
  assert.deepEqual(
    dotted.filter((key) => !known.includes(key)),
    [],
  )
})
