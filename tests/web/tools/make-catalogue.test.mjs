// The catalogue generator: what the engine gets, and that nothing it needs is lost on the way.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import Ajv from 'ajv/dist/2020.js'
import { makeCatalogue } from '../../../tools/make-catalogue.mjs'

const read = (path) =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
const source = read('src/enforce/services.json')
const catalogue = makeCatalogue(source)

const shop = (service) => ({
  name: 'S',
  operator: 'O',
  operator_country: 'KZ',
  category: 'analytics',
  kind: 'counter',
  gate: 'block',
  hosts: [],
  paths: [],
  storage: [],
  ...service,
})
const made = (...services) => makeCatalogue({ version: 3, services: services.map(shop) }).services

test('the catalogue keeps to its schema', () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(
    read('src/enforce/catalogue.schema.json'),
  )
  assert.ok(validate(catalogue), JSON.stringify(validate.errors))
})

test('every service is in it, with its operator, category, gate and hosts', () => {
  assert.deepEqual(
    Object.keys(catalogue.services),
    source.services.map(({ id }) => id),
  )
  for (const { id, name, operator, operator_country, hosts, category, gate } of source.services) {
    const { n, o, c, g, a, h } = catalogue.services[id]
    assert.deepEqual([n, o, c, h ?? []], [name, operator, operator_country, hosts])
    assert.equal(g, category[0])
    assert.equal(a, { block: 'b', placeholder: 'p', allow: 'a', allow_on_action: 'o' }[gate])
  }
})

test('an entry in full', () => {
  const storage = [
    { type: 'cookie', name: '_a', match: 'exact', party: 'first', max_age_s: 60 },
    { type: 'local', name: '_b', match: 'prefix', party: 'third', max_age_s: null },
    { type: 'session', name: '_c', match: 'exact', party: 'first', max_age_s: 0 },
  ]
  const services = made({
    id: 'a',
    hosts: ['a.example'],
    paths: ['/a.js'],
    storage,
    unverified: { hosts: ['z.example'] },
  })
  assert.deepEqual(services.a, {
    n: 'S',
    o: 'O',
    c: 'KZ',
    g: 'a',
    k: 'counter',
    a: 'b',
    h: ['a.example'],
    p: ['/a.js'],
    s: [
      ['c', '_a', 0, 1, 60],
      ['l', '_b', 1, 0],
      ['s', '_c', 0, 1, 0],
    ],
  })
})

test('what is unverified, and sources, notes and globals, stay behind', () => {
  const hosts = new Set(Object.values(catalogue.services).flatMap(({ h = [] }) => h))
  const doubtful = source.services.flatMap(({ unverified }) => unverified?.hosts ?? [])
  assert.ok(doubtful.length > 0)
  for (const host of doubtful)
    if (!source.services.some((service) => service.hosts.includes(host)))
      assert.ok(!hosts.has(host), host)
  assert.doesNotMatch(JSON.stringify(catalogue), /sources|globals|note|tier/)
})

for (const [title, services, want] of [
  ['alone on its host: dropped', [{ id: 'a', hosts: ['a.example'], paths: ['a.example/x'] }], []],
  [
    'below its wildcard: dropped',
    [{ id: 'a', hosts: ['*.a.example'], paths: ['b.a.example/x'] }],
    [],
  ],
  ['on any host: kept', [{ id: 'a', hosts: ['a.example'], paths: ['/x'] }], ['/x']],
  ['on a host it does not have: kept', [{ id: 'a', paths: ['a.example/x'] }], ['a.example/x']],
  [
    "on its wildcard's own host, which the wildcard does not cover: kept",
    [{ id: 'a', hosts: ['*.a.example'], paths: ['a.example/x'] }],
    ['a.example/x'],
  ],
  [
    'on a host shared with another service: kept',
    [
      { id: 'a', hosts: ['a.example'], paths: ['a.example/x'] },
      { id: 'b', hosts: ['a.example'] },
    ],
    ['a.example/x'],
  ],
  [
    'on a host under the wildcard of another service: kept',
    [
      { id: 'a', hosts: ['a.b.example'], paths: ['a.b.example/x'] },
      { id: 'b', hosts: ['*.b.example'] },
    ],
    ['a.b.example/x'],
  ],
  [
    'on a host where another service has a path: kept',
    [
      { id: 'a', hosts: ['a.example'], paths: ['a.example/x'] },
      { id: 'b', paths: ['a.example/y'] },
    ],
    ['a.example/x'],
  ],
])
  test(`a path ${title}`, () => assert.deepEqual(made(...services).a.p ?? [], want))

test('a part of the catalogue has the same entries as the whole', () => {
  const part = makeCatalogue(source, ['meta-pixel', 'nowhere', 'google-ads'])
  assert.deepEqual(Object.keys(part.services).sort(), ['google-ads', 'meta-pixel'])
  for (const [id, entry] of Object.entries(part.services))
    assert.deepEqual(entry, catalogue.services[id])
})

test('a fact the format cannot say is an error', () => {
  assert.throws(() => made({ id: 'a', category: 'statistics' }), /service a: "statistics"/)
  assert.throws(() => made({ id: 'a', gate: 'toString' }), /service a/)
  assert.throws(() => made({ id: 'a', hosts: ['A.example'] }), /not a host/)
  assert.throws(() => made({ id: 'a', paths: ['https://a.example/x'] }), /not a host/)
})

// The paths of the source used to leave "www." out (facebook.com/tr), so that no address ever met them.
test('no path stands on a host of which only www. or a wildcard is a host of the service', () => {
  for (const { id, hosts, paths } of source.services)
    for (const path of paths) {
      const host = path.slice(0, path.indexOf('/'))
      if (!host || hosts.includes(host) || host.startsWith('www.')) continue
      const other = paths.includes(`www.${path}`)
      assert.ok(other || !hosts.includes(`www.${host}`), `${id}: ${path}`)
      assert.ok(!hosts.includes(`*.${host}`), `${id}: ${path}`)
    }
})

test('tests/vectors/catalogue-shops.json is the catalogue of the five shops', () => {
  const ids = ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile'].flatMap((name) =>
    read(`examples/policies/${name}.json`).services.map(({ id }) => id),
  )
  const known = [...new Set(ids)].filter((id) => Object.hasOwn(catalogue.services, id)).sort()
  assert.deepEqual(
    read('tests/vectors/catalogue-shops.json'),
    makeCatalogue(source, known),
    `out of date: node tools/make-catalogue.mjs --only ${known} > tests/vectors/catalogue-shops.json`,
  )
})

test('R-ALL-12: a name in another language than it is shown in is no name: what is not Latin is translated', () => {
  for (const { id, name } of source.services) {
    if (typeof name === 'string') assert.doesNotMatch(name, /[а-яё]/i, id)
    else {
      assert.deepEqual(Object.keys(name), ['kk', 'ru', 'en'], id)
      assert.doesNotMatch(name.en, /[а-яё]/i, id)
    }
  }
})
