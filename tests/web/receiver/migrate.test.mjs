// Files of earlier versions, and of later ones.
import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { openStore } from '../../../examples/receiver/store-sqlite.mjs'
import { verifyReceipt } from '../../../examples/receiver/verify.mjs'
import { Device } from './receipts.mjs'

const now = Date.parse('2100-01-01T00:00:00Z')
const storeFile = fileURLToPath(
  new URL('../../../examples/receiver/store-sqlite.mjs', import.meta.url),
)
const packing = ['content INTEGER', 'key TEXT', 'times TEXT', 'signature TEXT']

function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A file of before receipts were packed, with one receipt. */
async function oldFile(data) {
  const db = new DatabaseSync(data)
  db.exec(`PRAGMA journal_mode = WAL; CREATE TABLE receipts (
    n INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, receipt_id TEXT NOT NULL UNIQUE, record_id TEXT NOT NULL, seq INTEGER NOT NULL,
    prev TEXT, principal TEXT NOT NULL, action TEXT NOT NULL, event_time TEXT NOT NULL, received_at TEXT NOT NULL, origin TEXT NOT NULL,
    policy_id TEXT, policy_sha256 TEXT NOT NULL, language TEXT, jws TEXT NOT NULL, UNIQUE (record_id, seq)) STRICT;
    CREATE INDEX receipts_origin ON receipts (origin, n)`)
  const jws = await (await Device.make()).next()
  const { hash, body } = await verifyReceipt(jws)
  db.prepare(
    `INSERT INTO receipts (hash, receipt_id, record_id, seq, prev, principal, action, event_time, received_at, origin, policy_sha256, jws)
       VALUES (?, ?, ?, 1, NULL, ?, 'refuse_all', '', '', 'x', 'x', ?)`,
  ).run(hash, body.receipt_id, body.record_id, body.pii_principal_id, jws)
  db.close()
  return { hash, jws }
}

for (let done = 0; done <= packing.length; done += 1)
  test(`a file whose earlier migration stopped after ${done} columns is opened, and has what a new one has`, async (t) => {
    const folder = folderFor(t)
    const [data, fresh] = [join(folder, 'old.sqlite'), join(folder, 'new.sqlite')]
    const { hash, jws } = await oldFile(data)
    const half = new DatabaseSync(data)
    for (const column of packing.slice(0, done))
      half.exec(`ALTER TABLE receipts ADD COLUMN ${column}`)
    half.close()
    const parts = (path) => {
      openStore(path).close()
      const db = new DatabaseSync(path)
      const names = db
        .prepare("SELECT type || ' ' || name AS part FROM sqlite_schema ORDER BY part")
        .all()
      const columns = db.prepare("SELECT name FROM pragma_table_info('receipts') ORDER BY name")
      const all = [names, columns.all(), db.prepare('PRAGMA user_version').get()]
      db.close()
      return JSON.stringify(all)
    }
    assert.equal(parts(data), parts(fresh))
    const store = openStore(data)
    t.after(() => store.close())
    assert.equal(store.find(hash).jws, jws)
  })

test('contents of a file of before their ids were given once are kept, but for those nobody has', async (t) => {
  const data = join(folderFor(t), 'receipts.sqlite')
  const device = await Device.make()
  await verifyReceipt(await device.receipt())
  const receipt = await verifyReceipt(await device.next())
  let store = openStore(data)
  assert.equal(store.append([[receipt]], now)[0][0].status, 'accepted')
  store.close()
  const db = new DatabaseSync(data)
  db.exec(`DROP TRIGGER contents_stay; DROP TRIGGER contents_go_last;
    CREATE TABLE c (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;
    INSERT INTO c SELECT * FROM contents; INSERT INTO c VALUES (9, 'nobody', 'orphan');
    DROP TABLE contents; ALTER TABLE c RENAME TO contents; PRAGMA user_version = 0;
    CREATE TRIGGER contents_stay BEFORE UPDATE ON contents BEGIN SELECT RAISE(ABORT, 'no'); END;
    CREATE TRIGGER contents_go_last BEFORE DELETE ON contents WHEN EXISTS (SELECT 1 FROM receipts WHERE content = OLD.id)
    BEGIN SELECT RAISE(ABORT, 'no'); END`)
  db.close()
  store = openStore(data)
  t.after(() => store.close())
  assert.equal(store.find(receipt.hash).jws, receipt.jws)
  const after = new DatabaseSync(data)
  t.after(() => after.close())
  assert.equal(after.prepare('SELECT count(*) AS n FROM contents').get().n, 1)
  assert.match(
    after.prepare("SELECT sql FROM sqlite_schema WHERE name = 'contents'").get().sql,
    /AUTOINCREMENT/,
  )
  assert.throws(() => after.exec('DELETE FROM contents'), /a receipt is made of it/)
})

test('a file of a later version is refused, and left as it is', (t) => {
  const data = join(folderFor(t), 'receipts.sqlite')
  const db = new DatabaseSync(data)
  db.exec('PRAGMA user_version = 99')
  assert.throws(() => openStore(data), /version 99.*later/)
  assert.equal(db.prepare('PRAGMA journal_mode').get().journal_mode, 'delete')
  assert.equal(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get().n, 0)
  db.close()
})

test('processes that start on one file at the same time all start, on an old file and on a new one', async (t) => {
  const folder = folderFor(t)
  const old = join(folder, 'old.sqlite')
  await oldFile(old)
  const code = `const { parentPort, workerData } = require('node:worker_threads')
    import(workerData.storeFile).then(({ openStore }) => {
      parentPort.postMessage('ready')
      parentPort.once('message', (path) => {
        try { openStore(path).close(); parentPort.postMessage('open') }
        catch (error) { parentPort.postMessage(error.message) }
      })
    })`
  for (let round = 0; round < 8; round += 1) {
    const data = join(folder, `${round}.sqlite`)
    if (round % 2) copyFileSync(old, data)
    const workers = [0, 1, 2].map(() => new Worker(code, { eval: true, workerData: { storeFile } }))
    const heard = (worker) => new Promise((resolve) => worker.once('message', resolve))
    await Promise.all(workers.map(heard))
    const answers = workers.map(heard)
    for (const worker of workers) worker.postMessage(data)
    assert.deepEqual(await Promise.all(answers), ['open', 'open', 'open'])
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
})
