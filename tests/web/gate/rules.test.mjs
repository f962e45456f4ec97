// The interpreter of the snapshot, by the rule in src/enforce/decide.hpp.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeRules } from '../../../web/gate/rules.ts'
import { snapshot } from '../../support/snapshots.mjs'

const page = (more = {}) => ({
  host: 'shop.kz',
  allow: [],
  now: () => 1000,
  acted: () => false,
  undeclared: () => {},
  ...more,
})
const base = () => 'https://shop.kz/dir/page?x=1'

/** Rules of hand-made services, hosts and paths. */
function rulesOf(more, pageMore) {
  return makeRules(snapshot([], { services: [], hosts: {}, storage: [], ...more }), page(pageMore))
}
const service = (id, more = {}) => ({
  id,
  category: 'marketing',
  gate: 'block',
  run: false,
  ...more,
})
const why = (decision) => `${decision.allow ? 'allow' : 'hold'}/${decision.why}`

test('rules: without a snapshot only the first party and data-allow are asked', () => {
  const rules = makeRules(null, page({ allow: ['cdn.example', '*.img.example'] }))
  for (const [url, want] of [
    ['https://shop.kz/a.js', 'allow/first_party'],
    ['https://static.shop.kz/a.js', 'allow/first_party'],
    ['https://notshop.kz/', 'hold/undeclared'],
    ['https://shop.kz.evil.example/', 'hold/undeclared'],
    ['https://cdn.example/x', 'allow/allowed_host'],
    ['https://a.cdn.example/x', 'hold/undeclared'],
    ['https://a.img.example/x', 'allow/allowed_host'],
    ['https://img.example/x', 'hold/undeclared'],
    ['data:text/plain,x', 'allow/local'],
    ['blob:https://evil.example/1', 'allow/local'],
    ['javascript:void(0)', 'allow/local'],
    ['about:blank', 'allow/local'],
  ])
    assert.equal(why(rules.decide(url)), want, url)
})

test('rules: a page without a host has no first party', () => {
  const rules = makeRules(null, page({ host: '' }))
  assert.equal(why(rules.decide('https://shop.kz/')), 'hold/undeclared')
})

test('rules: every network scheme is judged, every other is local', () => {
  const rules = rulesOf({})
  for (const scheme of ['http', 'https', 'ws', 'wss', 'ftp'])
    assert.equal(why(rules.decide(`${scheme}://ads.example/x`)), 'hold/undeclared', scheme)
  for (const scheme of ['stun', 'stuns', 'turn', 'turns'])
    assert.equal(
      why(rules.decide(`${scheme}:ads.example:3478?transport=udp`)),
      'hold/undeclared',
      scheme,
    )
  for (const url of ['file:///etc/passwd', 'app://ads.example/x', 'mailto:a@ads.example'])
    assert.equal(why(rules.decide(url)), 'allow/local', url)
  for (const url of [
    '',
    'ads.example',
    '//ads.example/x',
    'http://',
    'https://a b/',
    'https://a..b/',
    'http://[::1',
  ])
    assert.equal(why(rules.decide(url)), 'hold/invalid_url', url)
})

test('rules: paths go before hosts, exact hosts before wildcards, longer wildcards before shorter', () => {
  const rules = rulesOf({
    services: [
      service('ads'),
      service('pay', { category: 'necessary', run: true }),
      service('cdn', { run: true }),
    ],
    hosts: { 'x.example': [0], '*.x.example': [1], '*.a.x.example': [2], 'counter.shop.kz': [0] },
    paths: [
      ['x.example', '/pay/v2', [0]],
      ['x.example', '/pay', [1]],
      ['', '/collect?', [0]],
      ['*.x.example', '/t', [0]],
    ],
  })
  for (const [url, want] of [
    ['https://x.example/', 'hold/not_granted'],
    ['https://x.example/pay', 'allow/necessary'],
    ['https://x.example/pay/v2', 'hold/not_granted'],
    ['https://x.example/Pay', 'hold/not_granted'],
    ['https://x.example/?/pay', 'hold/not_granted'],
    ['https://x.example/#/pay', 'hold/not_granted'],
    ['https://b.x.example/', 'allow/necessary'],
    ['https://b.x.example/t.js', 'hold/not_granted'],
    ['https://a.x.example/', 'allow/necessary'],
    ['https://b.a.x.example/', 'allow/granted'],
    ['https://shop.kz/collect?id=1', 'hold/not_granted'],
    ['https://shop.kz/collect', 'allow/first_party'],
    ['https://counter.shop.kz/', 'hold/not_granted'],
    ['https://X.EXAMPLE./pay', 'allow/necessary'],
    ['https://user:pay@x.example:8443/pay', 'allow/necessary'],
  ])
    assert.equal(why(rules.decide(url)), want, url)
})

test('rules: of several services the best one answers', () => {
  const list = [
    service('refused'),
    service('boxed', { gate: 'placeholder' }),
    service('abroad', { lacks: 'transfer' }),
    service('waiting', { run: true, gate: 'allow_on_action' }),
    service('granted', { run: true }),
    service('needed', { run: true, category: 'necessary' }),
  ]
  for (const [indexes, want, id] of [
    [[0, 1], 'hold/not_granted', 'boxed'],
    [[1, 0], 'hold/not_granted', 'boxed'],
    [[0, 1, 2], 'hold/transfer', 'abroad'],
    [[0, 2, 3], 'hold/on_action', 'waiting'],
    [[0, 3, 4], 'allow/granted', 'granted'],
    [[0, 4, 5], 'allow/necessary', 'needed'],
    [[9], 'hold/undeclared', undefined],
    [[], 'hold/undeclared', undefined],
  ]) {
    const decision = rulesOf({ services: list, hosts: { 'x.example': indexes } }).decide(
      'https://x.example/',
    )
    assert.equal(why(decision), want, String(indexes))
    assert.equal(decision.service, id)
  }
})

test('rules: R-ALL-01 a choice holds up to, not at, its expiry, also for hosts asked before', () => {
  let time = 999
  const rules = makeRules(snapshot(['all'], { expires_at_ms: 1000 }), page({ now: () => time }))
  const ads = 'https://ads.localhost/x'
  const pay = 'https://pay.localhost/x'
  assert.equal(why(rules.decide(ads)), 'allow/granted')
  assert.equal(why(rules.stores('cookie', '_ads')), 'allow/granted')
  time = 1000
  assert.equal(why(rules.decide(ads)), 'hold/not_granted')
  assert.equal(why(rules.judge(ads, base)), 'hold/not_granted')
  assert.equal(why(rules.stores('cookie', '_ads')), 'hold/not_granted')
  assert.equal(why(rules.named(null, 'marketing')), 'hold/not_granted')
  assert.equal(why(rules.decide(pay)), 'allow/necessary')
})

test('rules: allow_on_action waits until a trusted action has reached the service', () => {
  const acted = new Set()
  const rules = makeRules(snapshot([]), page({ acted: (id) => acted.has(id) }))
  assert.equal(why(rules.decide('https://captcha.localhost/x')), 'hold/on_action')
  acted.add('captcha')
  rules.forget()
  assert.equal(why(rules.decide('https://captcha.localhost/x')), 'allow/necessary')
})

test('rules: a host nobody declared is held, or with unknown=report allowed, and reported once', () => {
  for (const [unknown, want] of [
    ['hold', 'hold/undeclared'],
    ['report', 'allow/undeclared'],
  ]) {
    const told = []
    const rules = makeRules(
      snapshot(['all'], { unknown }),
      page({ undeclared: (host) => told.push(host) }),
    )
    for (const path of ['a', 'b'])
      assert.equal(why(rules.decide(`https://who.example/${path}`)), want)
    assert.deepEqual(told, ['who.example'])
  }
})

test('rules: names of Object.prototype are hosts and services like any other', () => {
  const rules = makeRules(snapshot(['all']), page())
  for (const name of ['constructor', '__proto__', 'tostring', 'hasownproperty'])
    assert.equal(why(rules.decide(`https://${name}/`)), 'hold/undeclared', name)
  assert.equal(rules.named('constructor').allow, false)
  assert.equal(rules.named(null, 'constructor').allow, false)
})

test('rules: storage goes by the exact name, else the longest prefix; nobody declared it: allowed, for the watcher', () => {
  const rules = rulesOf({
    services: [
      service('a'),
      service('b', { run: true }),
      service('wait', { run: true, gate: 'allow_on_action' }),
    ],
    storage: [
      ['cookie', '_g', 'prefix', [0]],
      ['cookie', '_ga', 'prefix', [1]],
      ['cookie', '_gat', 'exact', [0]],
      ['cookie', 'w', 'exact', [2]],
      ['local', '_ga', 'prefix', [0]],
    ],
  })
  for (const [type, name, want] of [
    ['cookie', '_gid', 'hold/not_granted'],
    ['cookie', '_ga', 'allow/granted'],
    ['cookie', '_ga_X1', 'allow/granted'],
    ['cookie', '_gat', 'hold/not_granted'],
    ['cookie', '_gat2', 'allow/granted'],
    ['cookie', 'session', 'allow/undeclared'],
    ['cookie', 'w', 'allow/granted'],
    ['local', '_ga', 'hold/not_granted'],
    ['session', '_ga', 'allow/undeclared'],
  ])
    assert.equal(why(rules.stores(type, name)), want, `${type} ${name}`)
})

test('rules: marks by hand: a service by its id, a category when all of it is granted; what nobody knows does not run', () => {
  const rules = makeRules(
    snapshot(['analytics'], {
      categories: {
        necessary: 'granted',
        functional: 'mixed',
        analytics: 'granted',
        marketing: 'refused',
      },
    }),
    page(),
  )
  for (const [given, want] of [
    [['stats', null], 'allow/granted'],
    [['ads', null], 'hold/not_granted'],
    [['ads', 'analytics'], 'hold/not_granted'],
    [['nobody', null], 'hold/undeclared'],
    [[null, 'necessary'], 'allow/necessary'],
    [[null, 'analytics'], 'allow/granted'],
    [[null, 'functional'], 'hold/not_granted'],
    [[null, 'marketing'], 'hold/not_granted'],
    [[null, 'other'], 'hold/not_granted'],
  ])
    assert.equal(why(rules.named(...given)), want, String(given))
  const closed = makeRules(null, page())
  assert.equal(closed.named(null, 'necessary').allow, true)
  assert.equal(closed.named(null, 'analytics').allow, false)
  assert.equal(closed.named('stats').allow, false)
})

test('judge: however an address is written, it is the one the browser would ask', () => {
  const rules = makeRules(snapshot([]), page())
  for (const [raw, want] of [
    ['', 'allow/first_party'],
    ['a.png', 'allow/first_party'],
    ['./a', 'allow/first_party'],
    ['../a?u=https://ads.localhost/', 'allow/first_party'],
    ['/a:b', 'allow/first_party'],
    ['a:b', 'allow/local'],
    ['?a', 'allow/first_party'],
    ['#a', 'allow/first_party'],
    ['//ads.localhost/x', 'hold/not_granted'],
    ['/\\ads.localhost/x', 'hold/not_granted'],
    ['\\\\ads.localhost/x', 'hold/not_granted'],
    ['/\t/ads.localhost/x', 'hold/not_granted'],
    ['\n//ads.localhost/x', 'hold/not_granted'],
    [' https://ads.localhost/x', 'hold/not_granted'],
    ['\u0001https://ads.localhost/x', 'hold/not_granted'],
    ['ht\ntps://ads.localhost/x', 'hold/not_granted'],
    ['https:ads.localhost/x', 'allow/first_party'],
    ['http:ads.localhost/x', 'hold/not_granted'],
    ['https:\\\\ads.localhost\\x', 'hold/not_granted'],
    ['https:///ads.localhost/x', 'hold/not_granted'],
    ['HTTPS://ADS.LOCALHOST/x', 'hold/not_granted'],
    ['https://ads%2Elocalhost/x', 'hold/not_granted'],
    ['https://ads\t.localhost/x', 'hold/not_granted'],
    ['https://ａds.localhost/x', 'hold/not_granted'],
    ['https://shop.kz@ads.localhost/x', 'hold/not_granted'],
    ['https://shop.kz\\@ads.localhost/x', 'allow/first_party'],
    ['https://shop.kz#@ads.localhost/x', 'allow/first_party'],
    ['https://shop.kz\t.evil.example/x', 'hold/undeclared'],
    ['https://ads.localhost:444/x', 'hold/not_granted'],
    ['https://2130706433/x', 'hold/undeclared'],
    ['https://pay.localhost/x', 'allow/necessary'],
    ['https://', 'allow/local'],
    ['http://[::1', 'allow/local'],
  ]) {
    assert.equal(why(rules.judge(raw, base)), want, JSON.stringify(raw))
    assert.equal(why(rules.judge(raw, base)), want, JSON.stringify(raw) + ' asked again')
  }
})

test('judge: relative addresses go where the base element points', () => {
  const rules = makeRules(snapshot([]), page())
  for (const raw of ['a.js', '/a.js', '?a', ''])
    assert.equal(why(rules.judge(raw, () => 'https://ads.localhost/dir/')), 'hold/not_granted', raw)
  assert.equal(why(rules.judge('a.js', () => 'about:blank')), 'allow/local')
})

test('judge: path rules see the path as the browser would write it', () => {
  const rules = rulesOf({
    services: [service('ads'), service('lib', { run: true })],
    hosts: { 'x.example': [1] },
    paths: [['x.example', '/ads/', [0]]],
  })
  for (const [raw, want] of [
    ['https://x.example/lib.js', 'allow/granted'],
    ['https://x.example/ads/a.js', 'hold/not_granted'],
    ['https://x.example/lib/../ads/a.js', 'hold/not_granted'],
    ['https://x.example/lib/%2e%2E/ads/a.js', 'hold/not_granted'],
    ['https://x.example\\ads\\a.js', 'hold/not_granted'],
    ['https://x.example/a\nds/a.js', 'hold/not_granted'],
    ['https://x.example?/ads/', 'allow/granted'],
  ])
    assert.equal(why(rules.judge(raw, base)), want, raw)
})

test('rules: a host that only path rules name is reported where none of them fits, not before', () => {
  const told = []
  const rules = rulesOf(
    { services: [service('ads')], paths: [['x.example', '/ads/', [0]]] },
    { undeclared: (host) => told.push(host) },
  )
  assert.equal(why(rules.decide('https://x.example/ads/a.js')), 'hold/not_granted')
  assert.deepEqual(told, [])
  assert.equal(why(rules.decide('https://x.example/other')), 'hold/undeclared')
  assert.deepEqual(told, ['x.example'])
})

test('rules: what cannot be declared by kind (databases, caches, files) goes by its name in any kind', () => {
  const rules = rulesOf({
    services: [service('ads')],
    storage: [['local', 'adc_', 'prefix', [0]]],
  })
  assert.equal(why(rules.stores('', 'adc_base')), 'hold/not_granted')
  assert.equal(why(rules.stores('cookie', 'adc_base')), 'allow/undeclared')
  assert.equal(why(rules.stores('', 'cart')), 'allow/undeclared')
})
