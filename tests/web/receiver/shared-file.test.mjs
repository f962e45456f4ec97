// Several receivers on one file, and rows of it that are no longer what came.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { openStore } from '../../../examples/receiver/store-sqlite.mjs'
import { verifyReceipt } from '../../../examples/receiver/verify.mjs'
import { Device, hashOf, receiverFor } from './receipts.mjs'

const now = Date.parse('2100-01-01T00:00:00Z')

function fileFor(t) {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'receipts.sqlite')
}

function storeOf(t, data) {
  const store = openStore(data)
  t.after(() => store.close())
  return store
}

/** A receipt of a device of its own whose content is known, so that it is stored packed. */
async function packed(note) {
  const device = await Device.make()
  await verifyReceipt(await device.receipt({ note }))
  const receipt = await verifyReceipt(await device.next({ note }))
  assert.ok(receipt.parts)
  return receipt
}

const statusOf = (store, receipt) => store.append([[receipt]], now)[0][0].status

test('what one process knows of a content is forgotten when another has erased its last receipt', async (t) => {
  const data = fileFor(t)
  const [a, b] = [storeOf(t, data), storeOf(t, data)]
  const [first, second] = [await packed('one'), await packed('one')]
  assert.equal(statusOf(a, first), 'accepted')
  assert.equal(a.find(first.hash).jws, first.jws)
  b.erase(first.body.record_id, now)
  assert.equal(statusOf(a, second), 'accepted')
  assert.equal(statusOf(b, await packed('two')), 'accepted')
  for (const store of [a, b]) {
    assert.equal(store.find(second.hash).jws, second.jws)
    assert.equal(store.list().length, 2)
  }
})

test('a content’s id is never given twice, and no receipt is stored without its content', async (t) => {
  const data = fileFor(t)
  const store = storeOf(t, data)
  const receipt = await packed('one')
  statusOf(store, receipt)
  const file = new DatabaseSync(data)
  t.after(() => file.close())
  const { id } = file.prepare('SELECT id FROM contents').get()
  store.erase(receipt.body.record_id, now)
  statusOf(store, await packed('two'))
  assert.ok(file.prepare('SELECT id FROM contents').get().id > id)
  file.exec('CREATE TRIGGER eat AFTER INSERT ON contents BEGIN DELETE FROM contents; END')
  store.erase(store.list()[0].record_id, now)
  const lost = await packed('three')
  assert.throws(() => store.append([[lost]], now), /content .* is not in the file/)
  assert.equal(store.find(lost.hash), undefined)
})

test('a row that is no longer what came is given out as such, and takes no other with it', async (t) => {
  const data = fileFor(t)
  const receiver = await receiverFor(t, { data })
  const [whole, changed, torn] = [await packed('one'), await packed('one'), await packed('one')]
  assert.equal((await receiver.post(whole.jws, changed.jws, torn.jws)).status, 200)
  const writer = new DatabaseSync(data)
  writer.exec('DROP TRIGGER receipts_stay')
  const set = (what, hash) => writer.prepare(`UPDATE receipts SET ${what} WHERE hash = ?`).run(hash)
  set(`signature = 'AAAA' || substr(signature, 5)`, changed.hash)
  set('content = 99', torn.hash)
  writer.close()
  const list = (await receiver.get('/receipts')).body.receipts
  const told = new Map(list.map(({ hash, jws }) => [hash, jws]))
  assert.equal(told.get(whole.hash), whole.jws)
  for (const { hash } of [changed, torn]) {
    assert.equal(told.get(hash), null)
    const one = await receiver.get(`/receipts/${hash}`)
    assert.deepEqual([one.status, one.body.code], [500, 'damaged'])
  }
  const lines = await receiver.get('/receipts.jws')
  assert.equal(lines.body, whole.jws + '\n')
  assert.equal(lines.headers.get('kelisim-damaged'), '2')
  const table = await receiver.get('/receipts.csv')
  assert.equal(table.headers.get('kelisim-damaged'), '2')
  assert.equal(table.body.trimEnd().split('\r\n').length, 4)
  assert.equal((await receiver.get('/')).status, 200)
  assert.equal((await receiver.get(`/receipts/${hashOf(whole.jws)}`)).status, 200)
})
