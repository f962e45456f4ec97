// What the operator reads, takes along and erases, and who may.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { compactVerify, importJWK } from 'jose'
import { startReceiver } from '../../../examples/receiver/server.mjs'
import { words } from '../../../examples/receiver/words.mjs'
import { verifyReceipt } from '../../../examples/receiver/verify.mjs'
import { Device, hashOf, origin, receiverFor } from './receipts.mjs'

const token = 'a-long-secret-of-the-operator'
const basic = (password) => ({
  authorization: `Basic ${Buffer.from(`anyone:${password}`).toString('base64')}`,
})

test('beyond loopback the receiver refuses to start without a token, and with a short one', async () => {
  const options = { port: 0, data: ':memory:', origins: [origin] }
  for (const host of ['0.0.0.0', '::', '192.0.2.1'])
    await assert.rejects(startReceiver({ ...options, host }), /needs a token/)
  await assert.rejects(startReceiver({ ...options, host: '0.0.0.0', token: 'short' }), /too short/)
  for (const host of ['127.0.0.1', 'localhost'])
    await (await startReceiver({ ...options, host })).close()
})

test('the command says so and ends: exit code 1', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      fileURLToPath(new URL('../../../examples/receiver/server.mjs', import.meta.url)),
      ...['--host', '0.0.0.0', '--port', '0', '--data', ':memory:', '--origin', origin],
    ],
    { encoding: 'utf8', env: { ...process.env, KELISIM_RECEIVER_TOKEN: '' } },
  )
  assert.equal(status, 1)
  assert.match(stderr, /needs a token|too short/)
})

test('with a token, posting is for everybody and reading is not', async (t) => {
  const receiver = await receiverFor(t, { token })
  const device = await Device.make()
  assert.equal((await receiver.post(await device.next())).status, 200)
  const closed = ['/', '/receipts', '/receipts.csv', '/receipts.jws', '/counts', '/erasures']
  for (const path of [...closed, `/receipts/${device.prev}`]) {
    for (const headers of [{}, basic('wrong'), { authorization: 'Bearer wrong' }]) {
      const { status, headers: told } = await receiver.get(path, headers)
      assert.equal(status, 401, path)
      assert.match(told.get('www-authenticate'), /^Basic/)
    }
    for (const headers of [basic(token), { authorization: `Bearer ${token}` }])
      assert.equal((await receiver.get(path, headers)).status, 200, path)
  }
  for (const path of ['/health', '/.well-known/jwks.json'])
    assert.equal((await receiver.get(path)).status, 200, path)
})

/** Two shops, two records; the first has three receipts. */
async function filled(t, options) {
  const other = 'http://other.test'
  const receiver = await receiverFor(t, { origins: [origin, other], ...options })
  const device = await Device.make()
  const chain = [
    await device.next(),
    await device.next({ granted: true }),
    await device.next({ time: '2026-11-21T10:00:00Z' }),
  ]
  await receiver.post(...chain)
  const stranger = await Device.make()
  const { evidence } = stranger.body()
  await receiver.post(await stranger.next({ evidence: { ...evidence, origin: other } }))
  return { receiver, device, chain, other, stranger }
}

test('search finds by number, record, key, hash and date; counts by edition and choice', async (t) => {
  const { receiver, device, chain, other } = await filled(t)
  const found = async (search) =>
    (await receiver.get(`/receipts?search=${encodeURIComponent(search)}`)).body.receipts.length
  const [{ receipt_id }] = (await receiver.get('/receipts?record=' + device.record)).body.receipts
  assert.equal(await found(receipt_id), 1)
  assert.equal(await found(device.record), 3)
  assert.equal(await found(`jkt:${device.kid}`), 3)
  assert.equal(await found(hashOf(chain[1])), 1)
  assert.equal(await found('2026-11-21'), 1)
  assert.equal(await found("%' OR 1=1 --"), 0)
  assert.equal(await found('%'), 0, 'no wildcards')
  const { counts } = (await receiver.get(`/counts?origin=${encodeURIComponent(origin)}`)).body
  assert.deepEqual(
    counts.map(({ action, receipts, records }) => [action, receipts, records]),
    [
      ['refuse_all', 2, 1],
      ['grant_all', 1, 1],
    ],
  )
  const { body } = await receiver.get('/?lang=en')
  for (const words of [other, 'refuse_all', 'test-shop']) assert.ok(body.includes(words), words)
})

test('CSV has a line for each receipt, quotes, and no formulas; JWS is what kelisim verify reads', async (t) => {
  const { receiver, chain } = await filled(t)
  const device = await Device.make()
  const { pii_processing } = device.body()
  const privacy_notice = { ...pii_processing.privacy_notice, policy_id: '=cmd|"x",1' }
  await receiver.post(await device.next({ pii_processing: { ...pii_processing, privacy_notice } }))
  const { body, headers } = await receiver.get('/receipts.csv')
  assert.match(headers.get('content-disposition'), /receipts\.csv/)
  const lines = body.trimEnd().split('\r\n')
  assert.equal(lines.length, 1 + 5)
  assert.match(lines[0], /^n,receipt_id,record_id,seq,/)
  assert.ok(lines[1].includes(`"'=cmd|""x"",1"`), lines[1])
  const jws = (await receiver.get('/receipts.jws?origin=' + encodeURIComponent(origin))).body
  assert.deepEqual(jws.trimEnd().split('\n').slice(1).reverse(), chain)
})

test('a subject’s record is exported and erased; the erasure is recorded, signed, and nothing of it is left in the file', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const data = join(folder, 'receipts.sqlite')
  const { receiver, device, chain } = await filled(t, { data, token })
  const headers = { authorization: `Bearer ${token}` }
  const exported = await receiver.get(`/receipts.jws?record=${device.record}`, headers)
  assert.deepEqual(exported.body.trimEnd().split('\n'), chain)

  const erase = (more) =>
    fetch(`${receiver.url}/records/${device.record}`, { method: 'DELETE', headers: more })
  assert.equal((await erase({})).status, 401)
  const cross = { ...headers, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  assert.equal((await erase(cross)).status, 403, 'another page cannot, whatever the browser knows')
  const answer = await (await erase(headers)).json()
  assert.equal(answer.receipts, 3)
  const { body } = await receiver.get('/.well-known/jwks.json')
  const { payload } = await compactVerify(answer.statement, await importJWK(body.keys[0], 'ES256'))
  assert.deepEqual(JSON.parse(new TextDecoder().decode(payload)), {
    erased_at: answer.erased_at,
    receipts: '3',
    record: answer.record,
    typ: 'kelisim-erasure-1',
  })
  const { erasures } = (await receiver.get('/erasures', headers)).body
  assert.deepEqual(
    erasures.map(({ receipts }) => receipts),
    [3],
  )
  assert.equal((await erase(headers)).status, 404)
  assert.equal((await receiver.get('/receipts', headers)).body.receipts.length, 1)

  const again = await receiver.post(...chain)
  assert.equal(again.status, 200, 'an outbox that did not hear of it is at peace')
  assert.deepEqual(
    again.body.results.map(({ status }) => status),
    ['erased', 'erased', 'erased'],
  )
  assert.deepEqual(again.body.acks, [])
  const next = await receiver.post(await device.next())
  assert.deepEqual(next.body.results[0].status, 'accepted', 'a new decision is new evidence')
  await receiver.close()
  const bytes = readFileSync(data, 'latin1')
  for (const jws of chain) assert.ok(!bytes.includes(jws.split('.')[2]), 'gone from the file')
})

test('after an erasure the record still has its key and its places', async (t) => {
  const { receiver, device, chain } = await filled(t)
  await fetch(`${receiver.url}/records/${device.record}`, { method: 'DELETE' })
  const thief = await Device.make()
  Object.assign(thief, { record: device.record, seq: 3, prev: hashOf(chain[2]) })
  assert.equal((await receiver.post(await thief.next())).body.code, 'key_changed')
  Object.assign(device, { seq: 1, prev: hashOf(chain[0]) })
  assert.equal((await receiver.post(await device.receipt())).body.code, 'fork')
  Object.assign(device, { seq: 3, prev: hashOf(chain[1]) })
  assert.equal((await receiver.post(await device.receipt())).body.code, 'chain')
})

test('the page erases by a form of its own, in every language', async (t) => {
  const { receiver, device } = await filled(t)
  for (const lang of ['kk', 'ru', 'en']) {
    const { body } = await receiver.get(`/?lang=${lang}&record=${device.record}`)
    assert.ok(body.includes(words[lang].eraseNow))
  }
  const post = (headers) =>
    fetch(`${receiver.url}/erase`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: `record=${device.record}&lang=ru`,
    })
  assert.equal((await post({ origin: 'https://evil.example' })).status, 403)
  assert.equal((await post({ origin: receiver.url })).status, 303)
  const { body } = await receiver.get('/?lang=ru')
  assert.ok(body.includes(words.ru.erasures))
})

test('texts behind the hashes are served to everybody who has a receipt, and nothing beside them', async (t) => {
  const editions = mkdtempSync(join(tmpdir(), 'kelisim-'))
  t.after(() => rmSync(editions, { recursive: true }))
  const name = 'A'.repeat(43)
  writeFileSync(join(editions, `${name}.json`), '{}')
  mkdirSync(join(editions, 'x'))
  const receiver = await receiverFor(t, { editions, token })
  assert.equal((await receiver.get(`/editions/${name}.json`)).status, 200)
  for (const path of ['B'.repeat(43) + '.json', '..%2f..%2fetc%2fpasswd', 'x'])
    assert.notEqual((await receiver.get(`/editions/${path}`)).status, 200, path)
})

/** GET with headers that fetch does not let one set. */
const getAs = (url, headers) =>
  new Promise((resolve, reject) =>
    request(url, { headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end(),
  )

// A page whose name was made to mean 127.0.0.1, and a proxy in front, read everything.
test('without a token only this machine reads: not a page of another name, nobody through a proxy', async (t) => {
  const { url } = await receiverFor(t)
  const { port } = new URL(url)
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, 'localhost', `[::1]:${port}`])
    assert.equal(await getAs(`${url}/receipts`, { host }), 200, host)
  for (const headers of [
    { host: `evil.example:${port}` },
    { host: '127.0.0.1.evil.example' },
    { host: 'localhost', 'x-forwarded-for': '192.0.2.1' },
    { host: 'localhost', forwarded: 'for=192.0.2.1' },
    { host: 'localhost', via: '1.1 proxy' },
  ])
    for (const path of ['/', '/receipts', '/receipts.csv', '/erasures'])
      assert.equal(await getAs(url + path, headers), 403, JSON.stringify(headers))
  const guarded = await receiverFor(t, { token })
  const headers = { host: 'shop.example', via: '1.1 proxy', authorization: `Bearer ${token}` }
  assert.equal(await getAs(`${guarded.url}/receipts`, headers), 200)
})

test('behind a proxy the command wants a token', () => {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      fileURLToPath(new URL('../../../examples/receiver/server.mjs', import.meta.url)),
      ...['--behind-proxy', '--port', '0', '--data', ':memory:', '--origin', origin],
    ],
    { encoding: 'utf8', env: { ...process.env, KELISIM_RECEIVER_TOKEN: undefined } },
  )
  assert.equal(status, 1)
  assert.match(stderr, /a token is needed/)
})

test('one record is exported whole however long it is, and read in pages by its seq', async (t) => {
  const receiver = await receiverFor(t)
  const device = await Device.make()
  const chain = []
  for (let i = 0; i < 1003; i += 1) chain.push(await device.next())
  const receipts = []
  for (const jws of chain) receipts.push(await verifyReceipt(jws))
  receiver.store.append([receipts], Date.parse('2100-01-01T00:00:00Z'))
  const of = `record=${device.record}`
  assert.deepEqual((await receiver.get(`/receipts.jws?${of}`)).body.trimEnd().split('\n'), chain)
  assert.equal(
    (await receiver.get(`/receipts.csv?${of}`)).body.trimEnd().split('\r\n').length,
    1004,
  )
  const page = async (query) =>
    (await receiver.get(`/receipts?${of}&${query}`)).body.receipts.map(({ seq }) => seq)
  assert.deepEqual(await page('limit=2'), [1, 2])
  assert.deepEqual(await page('after=1001'), [1002, 1003])
  assert.equal((await receiver.get(`/receipts?${of}&after=x`)).body.code, 'after')
})
