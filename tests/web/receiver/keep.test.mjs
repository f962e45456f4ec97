// What stays: data and key over a restart; and the page that says it in plain words.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { startReceiver } from '../../../examples/receiver/server.mjs'
import { openStore } from '../../../examples/receiver/store-sqlite.mjs'
import { words } from '../../../examples/receiver/words.mjs'
import { Device, origin, receiverFor } from './receipts.mjs'

const folderFor = (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-receiver-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('a restart keeps receipts, chains and the receiver’s key', async (t) => {
  const data = join(folderFor(t), 'deep', 'receipts.sqlite')
  const start = () => startReceiver({ port: 0, data, origins: [origin] })
  const post = async ({ url }, ...receipts) =>
    fetch(`${url}/receipts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kelisim: 1, receipts }),
    })
  const device = await Device.make()
  const first = await device.next()

  const before = await start()
  assert.equal((await post(before, first)).status, 200)
  const keyBefore = await (await fetch(`${before.url}/.well-known/jwks.json`)).text()
  await before.close()

  const after = await start()
  t.after(() => after.close())
  assert.equal(await (await fetch(`${after.url}/.well-known/jwks.json`)).text(), keyBefore)
  const known = await (await post(after, first)).json()
  assert.equal(known.results[0].status, 'known')
  assert.equal((await post(after, await device.next({ granted: true }))).status, 200)
  const fork = await device.receipt({ seq: 2, granted: true })
  assert.equal((await post(after, fork)).status, 422, 'the chain was remembered')
  const mode = statSync(join(data, '..', 'receiver-key.json')).mode & 0o777
  assert.equal(mode, 0o600)
})

test('the database is one file in WAL mode, and a crash after the answer loses nothing', async (t) => {
  const data = join(folderFor(t), 'receipts.sqlite')
  const receiver = await receiverFor(t, { data })
  const jws = await (await Device.make()).next()
  await receiver.post(jws)
  // Another process opens the file while the receiver still holds it: what was answered is committed.
  const reader = new DatabaseSync(data, { readOnly: true })
  assert.equal(reader.prepare('PRAGMA journal_mode').get().journal_mode, 'wal')
  reader.close()
  const other = openStore(data)
  assert.equal(other.list()[0].jws, jws)
  other.close()
})

test('the page tells in plain words what was granted and refused, marks and chain, in three languages', async (t) => {
  const receiver = await receiverFor(t)
  const device = await Device.make()
  await receiver.post(await device.next(), await device.next({ granted: true }))
  for (const lang of ['kk', 'ru', 'en']) {
    const say = words[lang]
    const { body, headers } = await receiver.get(`/?lang=${lang}`)
    assert.match(headers.get('content-security-policy'), /default-src 'none'/)
    for (const sentence of [
      ...[say.title, say.actions.grant_all, say.actions.refuse_all, say.granted, say.refused],
      ...[say.valid, say.first(2), say.follows(2, 2), say.wholeRecord(2), 'ТОО «Проба»'],
    ])
      assert.ok(body.includes(sentence), `${lang}: ${sentence}`)
    assert.ok(body.includes('Статистика &lt;и&gt; исследования'), 'names are escaped')
  }
  assert.match(
    (await receiver.get('/', { 'accept-language': 'kk-KZ,ru' })).body,
    /<html lang="kk">/,
  )
})

test('the page marks a receipt whose predecessor is missing and one that was changed in the file', async (t) => {
  const data = join(folderFor(t), 'receipts.sqlite')
  const receiver = await receiverFor(t, { data })
  const device = await Device.make()
  await device.next()
  await receiver.post(await device.next())
  assert.ok((await receiver.get('/?lang=en')).body.includes(words.en.gap(2, 2)))

  const writer = new DatabaseSync(data)
  assert.throws(() => writer.exec("UPDATE receipts SET action = 'x'"), /append-only/)
  assert.throws(() => writer.exec('DELETE FROM receipts'), /recorded first/)
  // Whoever has the file can take the triggers away; the signatures stay.
  writer.exec('DROP TRIGGER receipts_stay')
  writer.exec(`UPDATE receipts SET jws = replace(jws, '.', 'A.'), signature = 'A' || signature`)
  writer.close()
  const { status, body } = await receiver.get('/?lang=en')
  assert.equal(status, 200)
  assert.ok(body.includes(words.en.invalid('receipt').split(':')[0]))
  assert.ok(!body.includes(words.en.valid))
})

test('every language of the page says everything', () => {
  const names = (value) =>
    typeof value === 'object'
      ? Object.entries(value).flatMap(([name, inner]) => [name, ...names(inner)])
      : []
  for (const lang of ['kk', 'ru']) assert.deepEqual(names(words[lang]), names(words.en))
})

test('the README’s statuses and codes are the receiver’s', () => {
  const folder = new URL('../../../examples/receiver/', import.meta.url)
  const readme = readFileSync(new URL('README.md', folder), 'utf8')
  const source = ['receiver', 'reading', 'http', 'verify', 'chain', 'store-sqlite']
    .map((name) => `${name}.mjs`)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const thrown = [
    ...source.matchAll(/new Refusal\(\s*'(\w+)'/g),
    ...source.matchAll(/new HttpError\(\s*\d+,\s*'(\w+)'/g),
  ].map(([, code]) => code)
  assert.ok(thrown.length > 15)
  for (const code of thrown) assert.ok(readme.includes(`\`${code}\``), `README names ${code}`)
})

test('the README’s way to verify with a JOSE library accepts a receipt and refuses a foreign principal', async () => {
  const readme = readFileSync(
    new URL('../../../examples/receiver/README.md', import.meta.url),
    'utf8',
  )
  const [, code] = /```js\nimport (?:.*)\n\n([\s\S]*?)```/.exec(readme)
  const jose = await import('jose')
  const AsyncFunction = (async () => {}).constructor
  const run = (jws) =>
    new AsyncFunction('jws', ...Object.keys(jose), code)(jws, ...Object.values(jose))
  const device = await Device.make()
  await run(await device.next())
  await assert.rejects(run(await device.receipt({ pii_principal_id: 'jkt:x' })), /its own key/)
})
