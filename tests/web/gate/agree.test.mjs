// Gate and engine are two readings of one rule (src/enforce/decide.hpp): the shared vectors, and random addresses against the
// engine of dist/ in the five shops.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { makeRules } from '../../../web/gate/rules.ts'
import { wasmEngine } from '../../support/engines.mjs'

const read = (name) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8')
const vectors = JSON.parse(read('tests/vectors/decide.json'))
const types = ['cookie', 'local', 'session']

/** What both sides say in the same words; whether a box stands in is the shell's to know. */
const shown = ({ allow, why, service }) => ({
  verdict: allow ? 'allow' : 'hold',
  why,
  ...(service && { service }),
})
const wanted = ({ verdict, why, service }) => ({ verdict, why, ...(service && { service }) })

function rulesFor(snapshot, { page, allow = [], now_ms }) {
  return makeRules(snapshot, {
    host: /^https?:/.test(page) ? new URL(page).hostname.replace(/\.$/, '') : '',
    allow,
    now: () => now_ms,
    acted: () => false,
    undeclared: () => {},
  })
}

/** What is stored has a name; of a kind nobody can declare it goes by its name alone. */
const answer = (rules, kind, name, url) =>
  name === undefined ? rules.decide(url) : rules.stores(types.includes(kind) ? kind : '', name)

for (const item of vectors.cases)
  test(`vectors: ${item.title}`, () => {
    const base = item.snapshot === null ? null : (item.snapshot ?? vectors.snapshot)
    const snapshot = base && { ...base, ...(item.unknown && { unknown: item.unknown }) }
    const rules = rulesFor(snapshot, item)
    for (const { kind, url, name, want } of item.items)
      assert.deepEqual(shown(answer(rules, kind, name, url)), wanted(want), url ?? name)
  })

/** The same pseudo-random numbers every time. */
function random(seed) {
  return (n) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    return Math.floor((seed / 2 ** 32) * n)
  }
}

/** Addresses near and far from the rules of a snapshot. */
function* addresses(snapshot, count, next) {
  const pick = (list) => list[next(list.length)]
  const hosts = [
    ...Object.keys(snapshot.hosts),
    ...snapshot.paths.map(([host]) => host),
    ...snapshot.sites,
    'shop.example',
    'nobody.example',
    'cdn.example',
  ]
    .filter(Boolean)
    .map((host) => host.replace('*.', () => pick(['', 'a.', 'b.c.'])))
  const prefixes = [
    ...snapshot.paths.map(([, prefix]) => prefix),
    '/',
    '',
    '/x/y.js',
    '/?q=1',
    '?a=b',
    '#/x',
    '\\x',
    '/a b',
    '/%2e%2e/x',
  ]
  for (let i = 0; i < count; i++) {
    let host = pick(hosts)
    host = pick([
      host,
      host,
      host,
      host + '.',
      host.toUpperCase(),
      'x.' + host,
      'x' + host,
      host + '.evil.example',
      host.slice(1),
      '.' + host,
      host + '..',
      host.replace('.', '..'),
      'u:p@' + host,
      host + ':8443',
      host + ':',
      host + ':x',
      '[::1]',
      '[::g]',
      '127.0.0.1',
      'a_b-c.example',
      'ä.example',
      'a b',
      '',
    ])
    const scheme = pick([
      'https://',
      'https://',
      'http://',
      'wss://',
      'HTTPS://',
      'https:',
      'https:/',
      'https:///',
      'https:\\\\',
      'stun:',
      'turns:',
      'data:',
      'blob:https://',
      'ftp://',
      'app://',
      '//',
      '',
      '1https://',
      'ht tps://',
    ])
    yield scheme + host + pick(prefixes) + pick(['', '', '/more.js', '?x=https://a.example/', '#f'])
  }
}

for (const shop of ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile'])
  test(`engine and gate agree in ${shop}`, async () => {
    const engine = await wasmEngine()
    const call = async (name, input) => {
      const envelope = JSON.parse(
        await engine.call(name, typeof input === 'string' ? input : JSON.stringify(input)),
      )
      assert.ok(envelope.ok, JSON.stringify(envelope))
      return envelope.value
    }
    const now_ms = 1_795_168_800_000
    const page = 'https://shop.example/cart'
    const allow = ['cdn.example', '*.evil.example']
    await call('loadPolicy', read(`examples/policies/${shop}.json`))
    await call('loadCatalogue', read('dist/catalogue.json'))
    await call('loadLocale', read('dist/locales/ru.json'))
    await call('restore', { state: null, now_ms })
    const shownLayer = await call('view', { layer: 'notice', lang: 'ru', now_ms })
    const next = random(shop.length * 7919)
    let held = 0
    let allowed = 0
    for (const [action, later] of [
      [null, 0],
      ['grant_all', 0],
      ['grant_all', 400 * 86_400_000],
      ['withdraw_all', 0],
    ])
      for (const unknown of ['hold', 'report']) {
        if (action && unknown === 'hold')
          await call('act', {
            action,
            at_ms: now_ms,
            layer: 'notice',
            lang: 'ru',
            source: 'person',
            text_sha256: shownLayer.sha256,
          })
        const { snapshot } = await call('snapshot', { now_ms, unknown })
        const rules = rulesFor(snapshot, { page, allow, now_ms: now_ms + later })
        const items = [...addresses(snapshot, 1500, next)].map((url) => ({ kind: 'script', url }))
        for (const [type, name] of snapshot.storage)
          for (const tried of [name, name + 'x', name.slice(1), 'mine'])
            for (const kind of [type, 'database', 'cache', 'file'])
              items.push({ kind, name: tried })
        const { decisions } = await call('decide', {
          now_ms: now_ms + later,
          page,
          allow,
          unknown,
          items,
        })
        decisions.forEach((decision, i) => {
          const { kind, url, name } = items[i]
          const got = shown(answer(rules, kind, name, url))
          assert.deepEqual(
            got,
            wanted(decision),
            `${action} ${unknown} ${url ?? kind + ' ' + name}`,
          )
          if (got.verdict === 'hold') held++
          else allowed++
          // However it is written, it is decided as the address the browser makes of it.
          if (url === undefined || !URL.canParse(url, page)) return
          assert.deepEqual(
            shown(rules.judge(url, () => page)),
            shown(rules.decide(new URL(url, page).href)),
            `judge ${url}`,
          )
        })
      }
    assert.ok(held > 1000 && allowed > 1000, `${held} held, ${allowed} allowed`)
    engine.close()
  })
