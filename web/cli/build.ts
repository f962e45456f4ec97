// `kelisim build` and `kelisim init`: a shop's own files, its first layer as markup, and the lines to paste.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import type { Built } from '../gate/built.ts'
import type { Kelisim, Snapshot } from '../node/index.ts'
import { editionsOf, KelisimError, loadEngine } from '../node/index.ts'
import type { Arguments } from './arguments.ts'
import { line, oneOf, readText, say, UsageError, valueOf } from './arguments.ts'
import { located, wrong } from './check.ts'
import type { Install } from './lines.ts'
import { attributes, gateLine, necessaryHosts, secondLine } from './lines.ts'
import { paintedLayer, styles, textKey } from './painted.ts'

export const buildUsage =
  'kelisim build POLICY.json --out DIR [--base /kelisim/] [--endpoint URL] [--lang ru,kk,OTHER.json] [--necessary "HOST …"] [--unknown hold|report] [--layout box|bar|sheet]'
export const initUsage = 'kelisim init [POLICY.json] [--base /kelisim/] [--endpoint URL]'
export const buildValues = 'out= base= endpoint= lang= necessary= unknown= layout='.split(' ')

const released = (name: string) => fileURLToPath(new URL('../' + name, import.meta.url))
/** A locale, as far as it is looked at here. */
interface Locale {
  lang: string
  dir: string
  strings: Record<string, string>
}
/** February of a year that is not a leap year: terms counted from here are as short as they get. */
const SHORT = Date.UTC(2026, 1, 1)

const hash = (type: string, bytes: string | Uint8Array) =>
  `${type}-${createHash(type).update(bytes).digest('base64')}`

/** Members of `made` that differ from those of `closed`; the time it was made is the gate's. */
function difference(closed: Snapshot, made: Snapshot): Partial<Snapshot> {
  const differs = ([key, value]: [string, unknown]) =>
    !/_ms$/.test(key) && JSON.stringify(value) !== JSON.stringify(closed[key as keyof Snapshot])
  return Object.fromEntries(Object.entries(made).filter(differs)) as Partial<Snapshot>
}

/** What a gate needs of the engine, made ahead. */
function makeRules(
  kelisim: Kelisim,
  langs: string[],
  unknown: 'hold' | 'report',
): { rules: Built; html: Record<string, string> } {
  const { snapshot: closed } = kelisim.snapshot({ unknown, now_ms: SHORT })
  const answer = (action: 'grant_all' | 'refuse_all') => {
    const { snapshot } = kelisim.act({ action, lang: langs[0]!, at_ms: SHORT, unknown })
    kelisim.restore(null)
    return snapshot
  }
  const all = answer('grant_all')
  const layers: Built['layers'] = {}
  const html: Record<string, string> = {}
  for (const lang of langs) {
    const view = kelisim.view({ layer: 'notice', lang, html: true })
    layers[lang] = [view.sha256, textKey(view.html!)]
    html[lang] = view.html!
  }
  const rules = {
    closed,
    all: difference(closed, all),
    none: difference(closed, answer('refuse_all')),
    term_ms: all.expires_at_ms! - SHORT,
    layers,
  }
  return { rules, html }
}

/** A script that can stand inside a page. */
const inline = (code: string) => code.replace(/<(?=!--|\/?script)/gi, '\\x3c')

function fillGate(rules: Built): string {
  const json = JSON.stringify(rules).replace(/</g, '\\u003c')
  // A function: "$" in the rules means nothing.
  return readFileSync(released('node/gate.js'), 'utf8').replace('KELISIM_RULES', () => json)
}

function writeCatalogue(out: string, ids: string[], unknown: string) {
  const all = JSON.parse(readFileSync(released('catalogue.json'), 'utf8')) as {
    services: Record<string, unknown>
  }
  // Where strangers are only reported, the gate has to know all the services there are.
  if (unknown !== 'report')
    all.services = Object.fromEntries(
      Object.entries(all.services).filter(([id]) => ids.includes(id)),
    )
  writeFileSync(join(out, 'catalogue.json'), JSON.stringify(all))
}

function wanted(given: Arguments) {
  const value = (name: string) => valueOf(given, name)
  const base = value('base') ?? '/kelisim/'
  return {
    lang: value('lang'),
    unknown: oneOf(given, 'unknown', ['hold', 'report']),
    layout: oneOf(given, 'layout', ['box', 'bar', 'sheet']),
    base: base.endsWith('/') ? base : base + '/',
    endpoint: value('endpoint') ?? '',
    necessary: value('necessary') ?? '',
  }
}

/** Keys of a locale, whichever plural forms its language has. */
const keysOf = ({ strings }: Locale) =>
  new Set(Object.keys(strings).map((key) => key.split('#')[0]))

/**
 * The languages of a site: names of installed ones, and files of others, which are added. Without a list those that are installed.
 */
function readLocales(kelisim: Kelisim, list: string | undefined): Locale[] {
  const installed = kelisim.languages()
  const read = (lang: string) =>
    JSON.parse(readFileSync(released(`locales/${lang}.json`), 'utf8')) as Locale
  return (list?.split(',') ?? installed).map((name) => {
    if (installed.includes(name)) return read(name)
    if (!name.endsWith('.json')) throw new UsageError(`no language "${name}" (${installed})`)
    const text = readText(name)
    try {
      kelisim.loadLocale(text)
    } catch (error) {
      if (!(error instanceof KelisimError)) throw error
      throw new UsageError(`${name}: ${error.path} ${error.message}`)
    }
    const locale = JSON.parse(text) as Locale
    const keys = keysOf(locale)
    const missing = [...keysOf(read('en'))].filter((key) => !keys.has(key))
    if (missing.length) throw new UsageError(`${name} lacks ${missing.join(', ')}`)
    return locale
  })
}

/** Prints what is wrong with a policy; the exit code says so. */
export function refused(file: string, text: string, error: unknown): number {
  if (!(error instanceof KelisimError)) throw error
  for (const entry of error.errors) say(line`${file}: error ` + wrong(located(text, entry)))
  return 1
}

/** @returns the exit code */
export async function build(given: Arguments): Promise<number> {
  const [file] = given.files
  const out = valueOf(given, 'out')
  if (file === undefined || given.files.length > 1 || out === undefined)
    throw new UsageError(`one policy and --out are needed: ${buildUsage}`)
  const { lang, unknown, layout, base, endpoint, necessary } = wanted(given)
  const policy = readText(file)
  const kelisim = await loadEngine()
  try {
    const loaded = kelisim.loadPolicy(policy)
    const text = readText(resolve(dirname(file), loaded.text.href))
    kelisim.loadText(text)
    kelisim.restore(null)
    const locales = readLocales(kelisim, lang)
    const langs = locales.map((locale) => locale.lang)
    const { rules, html } = makeRules(kelisim, langs, unknown)

    mkdirSync(join(out, 'editions'), { recursive: true })
    for (const name of readdirSync(released('.')))
      if (/^(kelisim-(?!built).*|locales)$/.test(name) && name !== 'kelisim.inline.js')
        cpSync(released(name), join(out, name), { recursive: true })
    writeCatalogue(out, loaded.catalogue, unknown)
    const write = (name: string, content: string) => {
      const path = join(out, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
    }
    write('policy.json', JSON.stringify(JSON.parse(policy)))
    write(loaded.text.href, text)
    for (const edition of editionsOf(kelisim, policy, text))
      write(`editions/${edition.sha256}.json`, JSON.stringify(edition))

    const gate = fillGate(rules)
    write('kelisim.js', gate)
    const inside = inline(gate.trim())
    const install: Install = {
      base,
      edition: loaded.edition,
      endpoint,
      layout: layout === 'box' ? '' : layout,
      necessary: necessaryHosts(rules.closed, necessary),
    }
    const head = `<script data-cfasync="false"${attributes(install, ` data-base="${base}"`)}>${inside}</script>\n${secondLine(install)}\n`
    write('head.html', head)
    for (const locale of locales) {
      const { lang } = locale
      write(`locales/${lang}.json`, JSON.stringify(locale))
      const body = paintedLayer({
        html: html[lang]!,
        lang,
        dir: locale.dir,
        handle: loaded.handle,
        handleName: locale.strings['handle']!,
        early: locale.strings['error.early']!,
        tampered: locale.strings['error.tampered']!,
        layout: install.layout,
      })
      write(`body.${lang}.html`, body + '\n')
    }
    const integrity = Object.fromEntries(
      readdirSync(out)
        .filter((name) => /\.(js|wasm)$/.test(name))
        .map((name) => [name, hash('sha384', readFileSync(join(out, name)))]),
    )
    const csp = {
      'script-src': `'self' 'wasm-unsafe-eval' '${hash('sha256', inside)}'`,
      'style-src': `'${hash('sha256', styles)}'`,
      'connect-src': `'self'`,
    }
    write('install.json', JSON.stringify({ edition: loaded.edition, csp, integrity }, null, 2))
    report({ out, install, langs, head, csp, integrity, size: sizeOf(out, head, langs[0]!) })
    return 0
  } catch (error) {
    return refused(file, policy, error)
  } finally {
    kelisim.delete()
  }
}

/** Bytes of what paints, as they travel. */
const sizeOf = (out: string, head: string, lang: string) =>
  brotliCompressSync(head + readFileSync(join(out, `body.${lang}.html`), 'utf8')).length

function report(made: {
  out: string
  install: Install
  langs: string[]
  head: string
  csp: Record<string, string>
  integrity: Record<string, string>
  size: number
}) {
  const { out, install, langs, csp, integrity, size } = made
  const bodies = langs.map((lang) => `body.${lang}.html`).join(', ')
  say(`${out}: to be served as ${install.base}; the painted path weighs ${size} bytes (brotli)

Into every page, at build time or on the server:

  head.html as the first thing in <head>, only <meta charset> before it
  one of ${bodies} as the first thing in <body>, by the page's language

or, with the gate in a file of its own (one more request before the first paint), in place of head.html:

${gateLine(install, integrity['kelisim.js'])}
${secondLine(install)}

A Content-Security-Policy of yours has to allow (nonces do as well):
`)
  for (const [directive, value] of Object.entries(csp)) say(`  ${directive} ${value}`)
  say('\nIntegrity values of all files are in install.json.')
}

/** Prints the two lines. @returns the exit code */
export async function init(given: Arguments): Promise<number> {
  const [file] = given.files
  if (given.files.length > 1) throw new UsageError(`at most one policy: ${initUsage}`)
  const { base, endpoint, necessary } = wanted(given)
  const install: Install = { base, edition: '', endpoint, layout: '', necessary: [necessary] }
  if (file === undefined || !existsSync(file)) {
    if (file !== undefined) readText(file)
    install.necessary = necessary ? [necessary] : ['NECESSARY-HOSTS']
  } else {
    const policy = readText(file)
    const kelisim = await loadEngine()
    try {
      install.edition = kelisim.loadPolicy(policy).edition
      kelisim.restore(null)
      install.necessary = necessaryHosts(kelisim.snapshot().snapshot, necessary)
    } catch (error) {
      return refused(file, policy, error)
    } finally {
      kelisim.delete()
    }
  }
  say(gateLine(install))
  say(secondLine(install))
  return 0
}
