// The policies as the pages get them, and the stand-ins of the third parties: true to the documents, and counted.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { loadEngine } from '../../../dist/node/index.js'
import { catalogue, mapPolicy } from '../../../examples/shop/policies.mjs'
import { shops } from '../../../examples/shop/shops/index.mjs'
import { thirdPartyHosts } from '../../../examples/shop/third-parties.mjs'
import { shopsFor } from './visitor.mjs'

const onDisk = (name) =>
  JSON.parse(
    readFileSync(new URL(`../../../examples/policies/${name}.json`, import.meta.url), 'utf8'),
  )

for (const shop of shops) {
  test(`${shop.name}: the served policy differs from the one on disk in hosts and paths of services only`, async (t) => {
    const { visitor } = await shopsFor(t)
    const { text, headers } = await visitor(shop.host).get('/kelisim/policy.json')
    assert.equal(headers['content-type'], 'application/json')
    const served = JSON.parse(text)
    const without = ({ hosts, paths, ...rest }) => rest
    const true_ = onDisk(shop.policy)
    assert.deepEqual(
      { ...served, services: served.services.map(without) },
      { ...true_, services: true_.services.map(without) },
    )
    for (const { hosts = [], paths = [] } of served.services) {
      for (const host of hosts) assert.match(host, /\.localhost$/)
      for (const path of paths) assert.match(path, /^(\/|[^/]+\.localhost\/)/)
    }
    const body = await visitor(shop.host).get(`/kelisim/${served.edition.text.href}`)
    assert.equal(JSON.parse(body.text).policy, served.id)
  })

  test(`${shop.name}: the engine takes the served policy and knows every tag of the pages by its service`, async (t) => {
    const { visitor, port } = await shopsFor(t)
    const someone = visitor(shop.host)
    const kelisim = await loadEngine()
    t.after(() => kelisim.delete())
    kelisim.loadPolicy((await someone.get('/kelisim/policy.json')).text)
    kelisim.restore(null)
    await someone.post('/basket', { slug: shop.goods[0].slug })
    const pages = await Promise.all(
      ['/', '/contacts', '/register'].map(async (path) => (await someone.get(path)).text),
    )
    const urls = new Set(
      pages.flatMap((text) => text.match(/http:\/\/[\w.-]+\.localhost:\d+\/[^"'\\\s]*/g) ?? []),
    )
    const items = [...urls]
      .filter((url) => !shops.some(({ host }) => new URL(url).hostname === host))
      .map((url) => ({ kind: 'script', url }))
    const decisions = kelisim.decide({ page: `http://${shop.host}:${port}/`, items })
    const found = new Set()
    for (const [i, { verdict, why, service }] of decisions.entries()) {
      assert.equal(verdict, 'hold', items[i].url)
      if (items[i].url.includes('counter.yadro.ru')) assert.equal(why, 'undeclared')
      else assert.ok(service, `${items[i].url}: ${why}`)
      found.add(service)
    }
    for (const { id, hosts = [], paths = [] } of JSON.parse(
      (await someone.get('/kelisim/policy.json')).text,
    ).services)
      if (hosts.length + paths.length > 0 && !['halyk-epay', 'kaspi-pay-link'].includes(id))
        assert.ok(found.has(id), `a page carries ${id}`)
  })
}

test('members of the document override the catalogue before they are mapped, and paths on any host stay', () => {
  const policy = {
    services: [{ id: 'one', hosts: ['a.kz', '*.b.kz'] }, { id: 'two' }, { id: 'three' }],
  }
  const known = {
    one: { hosts: ['old.kz'], paths: ['old.kz/x'] },
    two: { hosts: ['c.kz'], paths: ['/any', 'c.kz/y/z', '*.d.kz/q'] },
  }
  assert.deepEqual(mapPolicy(policy, known).services, [
    { id: 'one', hosts: ['a.kz.localhost', '*.b.kz.localhost'], paths: ['old.kz.localhost/x'] },
    {
      id: 'two',
      hosts: ['c.kz.localhost'],
      paths: ['/any', 'c.kz.localhost/y/z', '*.d.kz.localhost/q'],
    },
    { id: 'three' },
  ])
})

test('every third party of the five policies has a stand-in that answers, and its requests are counted for the page they came from', async (t) => {
  const { visitor, log, port } = await shopsFor(t)
  const known = catalogue()
  const ids = new Set(shops.flatMap(({ policy }) => onDisk(policy).services.map(({ id }) => id)))
  for (const id of ids) {
    const { hosts = [], paths = [] } = known[id] ?? {}
    if (hosts.length + paths.length === 0) continue
    const own = thirdPartyHosts.filter((host) =>
      [...hosts, ...paths.map((path) => path.split('/')[0])].some(
        (pattern) =>
          pattern === host || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1))),
      ),
    )
    assert.ok(own.length > 0, `${id} has a stand-in`)
  }
  const counter = visitor('mc.yandex.ru.localhost')
  const referer = `http://alma.localhost:${port}/`
  const script = await counter.get('/metrika/tag.js', { referer })
  assert.match(script.headers['content-type'], /^text\/javascript/)
  await counter.send('POST', '/watch/94000001', {
    headers: { origin: `http://alma.localhost:${port}` },
  })
  await counter.get('/watch/1', { referer: `http://aster.localhost:${port}/` })
  await visitor('never.heard.of.localhost').get('/x', { referer })

  assert.deepEqual(
    log.of('alma.localhost').map(({ service, host, path, kind }) => [service, host, path, kind]),
    [
      ['yandex-metrica', 'mc.yandex.ru', '/metrika/tag.js', 'script'],
      ['yandex-metrica', 'mc.yandex.ru', '/watch/94000001', 'hit'],
      ['unknown', 'never.heard.of', '/x', 'unknown'],
    ],
  )
  assert.equal(log.of('aster.localhost').length, 1)

  const shop = visitor('alma.localhost')
  const truth = JSON.parse((await shop.get('/demo/truth.json')).text)
  assert.equal(truth.services.find(({ id }) => id === 'yandex-metrica').requests.length, 2)
  assert.equal(truth.services.find(({ id }) => id === 'jivo').requests.length, 0)
  assert.equal(truth.unknown, 1)

  const reset = await shop.post('/demo/reset', {})
  assert.equal(reset.headers['clear-site-data'], '"cookies", "storage"')
  assert.equal(log.of('alma.localhost').length, 0)
  assert.equal(log.of('aster.localhost').length, 1)
})

test('the panel is told what the receiver holds of this page’s origin, and no more of it than it shows', async (t) => {
  const asked = []
  const { visitor, port } = await shopsFor(t, {
    receipts: (origin) => {
      asked.push(origin)
      return [
        {
          receipt_id: 'r',
          record_id: 'c',
          action: 'refuse_all',
          seq: 1,
          received_at: 't',
          jws: 'x',
        },
      ]
    },
  })
  const { receipts } = JSON.parse((await visitor('allur.localhost').get('/demo/truth.json')).text)
  assert.deepEqual(asked, [`http://allur.localhost:${port}`])
  assert.deepEqual(receipts, [
    { receipt_id: 'r', record_id: 'c', action: 'refuse_all', seq: 1, received_at: 't' },
  ])
})

test('a bank’s page leads back to a shop of the demo only', async (t) => {
  const { visitor, port } = await shopsFor(t)
  const bank = visitor('pay.kaspi.kz.localhost')
  const to = async (back) =>
    /<a href="([^"]*)"/.exec(
      (await bank.get(`/pay/x?amount=5&invoiceId=1&backLink=${encodeURIComponent(back)}`)).text,
    )[1]
  assert.equal(
    await to(`http://alma.localhost:${port}/orders/1?paid=1`),
    `http://alma.localhost:${port}/orders/1?paid=1`,
  )
  assert.equal(await to('https://evil.example/'), '/')
  assert.equal(await to('javascript:alert(1)'), '/')
})
