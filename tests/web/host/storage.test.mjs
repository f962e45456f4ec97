import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeStorage, memoryPlace, openDatabase, textPlace } from '../../../web/host/storage.ts'
import { FakeDatabases } from '../../support/fake-database.mjs'

/** Does not keep the process. */
const timer = (ring, ms) => setTimeout(ring, ms).unref()

const row = (id, seq = 1) => ({
  id,
  record_id: 'r',
  seq,
  jws: 'a.b.c',
  sha256: 'sha256:x',
  action: 'refuse_all',
  at_ms: seq,
})
const put = (id, seq) => ({ table: 'receipts', row: row(id, seq) })
const ids = (rows) => rows.map(({ id }) => id).sort()

/** localStorage with room for `room` characters. */
function fakeText(room = Infinity) {
  const text = { value: null, room }
  return Object.assign(text, {
    get: () => text.value,
    set: (value) => (value.length <= text.room ? ((text.value = value), true) : false),
    remove: () => (text.value = null),
  })
}

const places = {
  IndexedDB: () => openDatabase(new FakeDatabases(), timer),
  localStorage: async () => textPlace(fakeText()),
  memory: async () => memoryPlace(),
}

for (const [name, make] of Object.entries(places)) {
  test(`${name}: what was written is read back`, async () => {
    const place = await make()
    await place.write([put('a'), put('b', 2)])
    await place.write([{ table: 'receipts', delete: 'a' }])
    assert.deepEqual(await place.all('receipts'), [row('b', 2)])
  })

  test(`${name}: swap hands the row over and writes what it is given`, async () => {
    const place = await make()
    assert.equal(
      await place.swap('x', (before) => ({ id: 'x', value: String(before?.value) })),
      true,
    )
    assert.equal(await place.swap('x', ({ value }) => ({ id: 'x', value: value + '!' })), true)
    assert.equal(await place.swap('x', () => undefined), false)
    assert.deepEqual(await place.all('keys'), [{ id: 'x', value: 'undefined!' }])
  })
}

test('IndexedDB: a write that fails in the middle leaves nothing behind', async () => {
  const databases = new FakeDatabases()
  const place = await openDatabase(databases, timer)
  databases.refuseClones = true
  await assert.rejects(place.write([put('a'), { table: 'keys', row: { id: 'key', pair: {} } }]))
  assert.deepEqual(await place.all('receipts'), [])
})

test('IndexedDB: a connection the browser closed is opened again', async () => {
  const databases = new FakeDatabases()
  const place = await openDatabase(databases, timer)
  await place.write([put('a')])
  databases.connections[0].closed = true
  assert.deepEqual(ids(await place.all('receipts')), ['a'])
  assert.equal(databases.connections.length, 2)
})

for (const [title, make] of [
  ['there is none', () => undefined],
  [
    'it is refused',
    () => Object.assign(new FakeDatabases(), { refuse: new Error('SecurityError') }),
  ],
])
  test(`openDatabase rejects when ${title}`, () => assert.rejects(openDatabase(make(), timer)))

test('openDatabase rejects when the browser never answers', async () => {
  const databases = Object.assign(new FakeDatabases(), { silent: true })
  await assert.rejects(
    openDatabase(databases, (ring) => setTimeout(ring, 1)),
    /does not answer/,
  )
})

test('localStorage: a key is refused, for it cannot be written as text', async () => {
  await assert.rejects(
    textPlace(fakeText()).write([{ table: 'keys', row: { id: 'key', pair: {} } }]),
  )
})

test('localStorage: text that is not ours is taken for nothing, not for an error', async () => {
  const text = fakeText()
  text.value = '{broken'
  assert.deepEqual(await textPlace(text).all('receipts'), [])
})

test('localStorage: nothing is left when the last row goes', async () => {
  const text = fakeText()
  const place = textPlace(text)
  await place.write([put('a')])
  await place.write([{ table: 'receipts', delete: 'a' }])
  assert.equal(text.value, null)
})

test('Storage: a full database loses nothing: the next place takes the row, and what is read is all of them', async () => {
  const databases = new FakeDatabases()
  const text = fakeText()
  const failures = []
  const storage = makeStorage(
    [await openDatabase(databases, timer), textPlace(text), memoryPlace()],
    (error) => failures.push(String(error)),
  )
  assert.equal(await storage.write([put('a')]), true)
  databases.full = true
  assert.equal(await storage.write([put('b')]), true)
  text.room = 0
  assert.equal(await storage.write([put('c')]), false, 'memory does not outlive the page')
  assert.deepEqual(ids(await storage.all('receipts')), ['a', 'b', 'c'])
  assert.match(failures.join(), /QuotaExceededError.*QuotaExceededError.*full/)
})

test('Storage: a row that could be written at last is not shadowed by its older copy', async () => {
  const databases = new FakeDatabases()
  const storage = makeStorage([await openDatabase(databases, timer), memoryPlace()], () => {})
  databases.full = true
  await storage.write([put('a', 1)])
  databases.full = false
  await storage.write([put('a', 2)])
  assert.equal((await storage.get('receipts', 'a')).seq, 2)
  databases.full = true
  await storage.write([put('a', 3)])
  assert.equal((await storage.get('receipts', 'a')).seq, 3, 'the newest, wherever it is')
})
