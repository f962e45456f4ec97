// Receipts in one SQLite file. Another database takes its place by offering the same functions.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { checkPlace, keyChanged } from './chain.mjs'
import { receiptHash, Refusal, sha256 } from './jose.mjs'
import { packContent, unpackContent, unpackReceipt } from './packed.mjs'

const schema = `
  CREATE TABLE IF NOT EXISTS receipts (
    n INTEGER PRIMARY KEY,             -- order of arrival
    hash TEXT NOT NULL UNIQUE,         -- "sha256:…" of the bytes in jws
    receipt_id TEXT NOT NULL UNIQUE,
    record_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    prev TEXT,
    principal TEXT NOT NULL,           -- "jkt:…"; the first one of a record is pinned for it
    action TEXT NOT NULL,
    event_time TEXT NOT NULL,          -- the device's clock
    received_at TEXT NOT NULL,         -- ours
    origin TEXT NOT NULL,
    policy_id TEXT,
    policy_sha256 TEXT NOT NULL,
    language TEXT,
    jws TEXT NOT NULL,                 -- the evidence, byte for byte; '' = packed (packed.mjs): it is made of
    content INTEGER,                   --   the text that others share,
    key TEXT,                          --   the coordinates of its key,
    times TEXT,                        --   the times in it, a JSON list, and the columns above,
    signature TEXT,                    --   and this
    UNIQUE (record_id, seq)
  ) STRICT;

  CREATE TABLE IF NOT EXISTS contents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice
    sha256 TEXT NOT NULL UNIQUE,
    text TEXT NOT NULL                 -- {"order": which value stands in which gap, "pieces": the text around them}
  ) STRICT;

  -- What was erased on request: enough to know it again, nothing of what it said.
  CREATE TABLE IF NOT EXISTS erased (
    hash TEXT PRIMARY KEY,
    record TEXT NOT NULL,              -- hash of the record_id
    seq INTEGER NOT NULL,
    principal TEXT NOT NULL,           -- hash of the principal: the pin stays
    erased_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS erased_record ON erased (record, seq);

  CREATE TRIGGER IF NOT EXISTS receipts_stay BEFORE UPDATE ON receipts
    BEGIN SELECT RAISE(ABORT, 'receipts are append-only'); END;
  CREATE TRIGGER IF NOT EXISTS receipts_go_recorded BEFORE DELETE ON receipts
    WHEN NOT EXISTS (SELECT 1 FROM erased WHERE hash = OLD.hash)
    BEGIN SELECT RAISE(ABORT, 'an erasure is recorded first'); END;
  CREATE TRIGGER IF NOT EXISTS contents_stay BEFORE UPDATE ON contents
    BEGIN SELECT RAISE(ABORT, 'contents are append-only'); END;
  CREATE TRIGGER IF NOT EXISTS contents_go_last BEFORE DELETE ON contents
    WHEN EXISTS (SELECT 1 FROM receipts WHERE content = OLD.id)
    BEGIN SELECT RAISE(ABORT, 'a receipt is made of it'); END;
  CREATE TRIGGER IF NOT EXISTS erased_stay BEFORE UPDATE ON erased
    BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;
  CREATE TRIGGER IF NOT EXISTS erased_never_go BEFORE DELETE ON erased
    BEGIN SELECT RAISE(ABORT, 'erasures are append-only'); END;
`

/** Of the file, as `PRAGMA user_version`. 0: before receipts were packed, or before an id of contents was given only once. */
const fileVersion = 1

function checkVersion(db) {
  const { user_version: found } = db.prepare('PRAGMA user_version').get()
  if (found > fileVersion)
    throw new Error(
      `the database is of version ${found}, of a later receiver; this one knows ${fileVersion}`,
    )
  return found
}

/** What an earlier file lacks. It may have stopped anywhere: each was a step of its own once. */
function migrate(db) {
  const namesOf = (sql) =>
    db
      .prepare(sql)
      .all()
      .map(({ name }) => name)
  const has = namesOf("SELECT name FROM pragma_table_info('receipts')")
  if (has.length === 0) return
  for (const column of ['content INTEGER', 'key TEXT', 'times TEXT', 'signature TEXT'])
    if (!has.includes(column.split(' ')[0])) db.exec(`ALTER TABLE receipts ADD COLUMN ${column}`)
  db.exec('DROP INDEX IF EXISTS receipts_origin')
  if (namesOf("SELECT name FROM sqlite_schema WHERE name = 'contents'").length === 0) return
  db.exec(`DROP TRIGGER IF EXISTS contents_stay; DROP TRIGGER IF EXISTS contents_go_last;
    ALTER TABLE contents RENAME TO contents_0; ${schema};
    INSERT INTO contents SELECT * FROM contents_0 WHERE id IN (SELECT content FROM receipts); DROP TABLE contents_0`)
}

/** Two that do this to one file at the same time are told at once that it is locked, whatever the timeout: they try again. */
function becomeWal(db) {
  const sqliteBusy = 5
  for (const end = Date.now() + 5000; ;)
    try {
      // A receipt that is not packed is 10 KiB or so: it lies in one page of this size.
      return db.exec('PRAGMA page_size = 16384; PRAGMA journal_mode = WAL')
    } catch (error) {
      if ((error.errcode & 255) !== sqliteBusy || Date.now() > end) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
}

/** The file with all that it has to have, or as it was: another process may be doing the same, or this one be killed. */
function prepare(db) {
  // First of all, so that the rest waits for others.
  db.exec('PRAGMA busy_timeout = 5000')
  checkVersion(db)
  becomeWal(db)
  // FULL: an acknowledged receipt has reached the disk. Many requests share one transaction, so it costs little.
  db.exec(
    `PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 500; PRAGMA secure_delete = ON; BEGIN IMMEDIATE`,
  )
  const found = checkVersion(db)
  if (found < fileVersion) migrate(db)
  db.exec(schema)
  if (found < fileVersion) db.exec(`PRAGMA user_version = ${fileVersion}`)
  db.exec('COMMIT')
}

/** How long an answer may be. */
const most = (limit) => Math.min(limit ?? 100, 1000)
const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

/**
 * What a receiver needs of a store; each may be asynchronous.
 *
 * @typedef {object} Store
 * @property {(requests: object[][], nowMs: number) => (Told[] | null)[]} append  the receipts of several requests, all in one transaction,
 *   durable when it answers, in the same order; null for a request there is no room for, of which nothing is stored
 * @property {(idOrHash: string) => object | undefined} find  a row; its jws is null where what is stored no longer has its hash
 * @property {(filter?: Filter) => object[]} list  newest first, those `before` an n; or one record by seq, those `after` one
 * @property {(filter?: Filter) => object[]} counts  rows { origin, policy_id, policy_sha256, action, receipts, records }
 * @property {(record: string, nowMs: number) => { record: string, receipts: number, erased_at: string } | null} erase
 * @property {(limit?: number) => object[]} erasures  rows { record, receipts, erased_at }, newest first
 * @property {() => void} close
 *
 * @typedef {{ hash: string, receipt_id: string, status: 'accepted' | 'known' | 'erased' | 'refused', received_at?: string, error?: Refusal }} Told
 * @typedef {{ record?: string, origin?: string, edition?: string, action?: string, search?: string, before?: number, after?: number, limit?: number }} Filter
 */

/**
 * Opens (or makes) the file.
 * @param {string} path  of the database, or ":memory:"
 * @param {{ maxBytes?: number }} [options]  how large the file may become; beyond it no receipt is taken. Erasing goes on, and makes room.
 * @returns {Store}
 */
export function openStore(path, { maxBytes } = {}) {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path)
  try {
    prepare(db)
  } catch (error) {
    db.close()
    throw error
  }
  const { page_size: pageSize } = db.prepare('PRAGMA page_size').get()
  const maxPages = maxBytes === undefined ? Infinity : Math.floor(maxBytes / pageSize)
  const pages = db.prepare('PRAGMA page_count')

  const filtered = `n < coalesce(:before, 9007199254740991)
    AND (:origin IS NULL OR origin = :origin)
    AND (:edition IS NULL OR policy_sha256 = :edition)
    AND (:action IS NULL OR action = :action)
    AND (:search IS NULL OR receipt_id = :search OR record_id = :search OR hash = :search
      OR principal = :search OR substr(event_time, 1, length(:search)) = :search
      OR substr(received_at, 1, length(:search)) = :search)`
  const select = {
    near: db.prepare(
      `SELECT hash, receipt_id, seq, prev, principal, received_at FROM receipts
       WHERE record_id = ?1 AND seq BETWEEN ?2 - 1 AND ?2 + 1`,
    ),
    here: db.prepare('SELECT 1 FROM contents WHERE id = ?'),
    content: db.prepare('SELECT id FROM contents WHERE sha256 = ?'),
    text: db.prepare('SELECT text FROM contents WHERE id = ?'),
    principal: db.prepare('SELECT principal FROM receipts WHERE record_id = ? LIMIT 1'),
    gone: db.prepare('SELECT hash, seq, principal, erased_at FROM erased WHERE record = ?'),
    anyGone: db.prepare('SELECT 1 FROM erased LIMIT 1'),
    id: db.prepare('SELECT 1 FROM receipts WHERE receipt_id = ?'),
    find: db.prepare('SELECT * FROM receipts WHERE receipt_id = ?1 OR hash = ?1'),
    record: db.prepare(
      'SELECT * FROM receipts WHERE record_id = ? AND seq > ? ORDER BY seq LIMIT ?',
    ),
    list: db.prepare(`SELECT * FROM receipts WHERE ${filtered} ORDER BY n DESC LIMIT :limit`),
    counts: db.prepare(
      `SELECT origin, policy_id, policy_sha256, action, count(*) AS receipts,
         count(DISTINCT record_id) AS records
       FROM receipts WHERE ${filtered} GROUP BY origin, policy_id, policy_sha256, action
       ORDER BY origin, policy_sha256, receipts DESC LIMIT :limit`,
    ),
    whole: db.prepare('SELECT hash, seq, principal, content FROM receipts WHERE record_id = ?'),
    erasures: db.prepare(
      `SELECT record, count(*) AS receipts, erased_at FROM erased GROUP BY record, erased_at
       ORDER BY erased_at DESC LIMIT ?`,
    ),
  }
  const insert = db.prepare(
    `INSERT INTO receipts (hash, receipt_id, record_id, seq, prev, principal, action, event_time, received_at, origin,
       policy_id, policy_sha256, language, jws, content, key, times, signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const addContent = db.prepare('INSERT INTO contents (sha256, text) VALUES (?, ?) RETURNING id')
  const dropContent = db.prepare(
    'DELETE FROM contents WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM receipts WHERE content = ?1)',
  )
  const bury = db.prepare(
    'INSERT INTO erased (hash, record, seq, principal, erased_at) VALUES (?, ?, ?, ?, ?)',
  )
  const remove = db.prepare('DELETE FROM receipts WHERE record_id = ?')

  /** Ids of contents the file has, and contents by their ids. */
  let ids = new WeakMap()
  let contents = new Map()
  function forgetContents() {
    ids = new WeakMap()
    contents = new Map()
  }
  const dataVersion = db.prepare('PRAGMA data_version')
  let version
  /** What another process may have erased is not what it was. To be asked inside a transaction. */
  function forgetWhenChanged() {
    const { data_version } = dataVersion.get()
    if (data_version !== version) forgetContents()
    version = data_version
  }
  function idOf(content) {
    let id = ids.get(content)
    if (id === undefined) {
      const packed = packContent(content)
      id = (select.content.get(packed.sha256) ?? addContent.get(packed.sha256, packed.text)).id
      ids.set(content, id)
    }
    // A trigger could look as well, and made an insertion half as dear again.
    if (!select.here.get(id)) throw new Error('the content of a receipt is not in the file')
    return id
  }
  function contentOf(id) {
    if (!contents.has(id)) contents.set(id, unpackContent(select.text.get(id).text))
    return contents.get(id)
  }
  /** The compact JWS of a row, packed or not; null where it is not what came: a damaged row takes none of the others with it. */
  function jwsOf(row) {
    try {
      const jws = row.content === null ? row.jws : unpackReceipt(row, contentOf(row.content))
      return receiptHash(jws) === row.hash ? jws : null
    } catch {
      return null
    }
  }
  /** A row as it is told. */
  function whole(row) {
    const { content: _content, key: _key, times: _times, signature: _signature, ...told } = row
    return { ...told, jws: jwsOf(row) }
  }

  function transaction(work, begin = 'BEGIN IMMEDIATE') {
    db.exec(begin)
    try {
      forgetWhenChanged()
      const result = work()
      db.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk has ended the transaction already.
      if (db.isTransaction) db.exec('ROLLBACK')
      forgetContents()
      throw error
    }
  }

  /** Rows and their contents as they were at one time. */
  const reading = (work) => transaction(work, 'BEGIN')

  function appendOne({ hash, jws, body, parts }, nowMs, anyGone) {
    const { receipt_id, record_id, seq, prev, pii_principal_id: principal } = body
    const told = { hash, receipt_id }
    // A hash covers its record, so a receipt that is here already stands in its place.
    const near = select.near.all(record_id, seq)
    const at = (place) => near.find((one) => one.seq === place)
    const same = at(seq)
    if (same?.hash === hash) return { ...told, status: 'known', received_at: same.received_at }
    const gone = anyGone ? select.gone.all(sha256(record_id)) : []
    if (gone.some((one) => one.hash === hash)) return { ...told, status: 'erased' }
    const goneAt = (place) => gone.find((one) => one.seq === place)
    const pinned = near[0]?.principal ?? select.principal.get(record_id)?.principal
    try {
      if (gone.length > 0 && gone[0].principal !== sha256(principal)) throw keyChanged()
      checkPlace(
        { hash, body },
        {
          principal: pinned,
          before: (at(seq - 1) ?? goneAt(seq - 1))?.hash,
          same: (same ?? goneAt(seq))?.hash,
          after: at(seq + 1)?.prev,
        },
        nowMs,
      )
      // Looked for first: what is refused adds no content.
      if (select.id.get(receipt_id))
        throw new Refusal('receipt_id', '/body/receipt_id', 'another receipt has this id')
      const received_at = iso(nowMs)
      const { privacy_notice: notice, language } = body.pii_processing
      const packed = parts
        ? [
            idOf(parts.content),
            parts.point,
            JSON.stringify(parts.times),
            jws.slice(jws.lastIndexOf('.') + 1),
          ]
        : [null, null, null, null]
      insert.run(
        ...[hash, receipt_id, record_id, seq, prev, principal],
        ...[body.evidence.action, body.event[0].event_time, received_at, body.evidence.origin],
        ...[notice.policy_id ?? null, notice.sha256, language ?? null, parts ? '' : jws, ...packed],
      )
      return { ...told, status: 'accepted', received_at }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { ...told, status: 'refused', error }
    }
  }

  const named = ({ origin, edition, action, search, before, limit } = {}) => ({
    origin: origin ?? null,
    edition: edition ?? null,
    action: action ?? null,
    search: search ?? null,
    before: before ?? null,
    limit: most(limit),
  })

  /** One request's receipts; null and none of them when they would make the file too large. */
  function appendWithin(receipts, nowMs, anyGone) {
    db.exec('SAVEPOINT request')
    // A file never shrinks, but takes what fits into the room that erasures have made in it.
    const mayHave = Math.max(maxPages, pages.get().page_count)
    const told = receipts.map((receipt) => appendOne(receipt, nowMs, anyGone))
    const fits = pages.get().page_count <= mayHave
    db.exec(fits ? 'RELEASE request' : 'ROLLBACK TO request; RELEASE request')
    if (!fits) forgetContents()
    return fits ? told : null
  }

  return {
    append: (requests, nowMs) =>
      transaction(() => {
        const anyGone = select.anyGone.get() !== undefined
        return requests.map((receipts) =>
          maxPages === Infinity
            ? receipts.map((receipt) => appendOne(receipt, nowMs, anyGone))
            : appendWithin(receipts, nowMs, anyGone),
        )
      }),
    find: (idOrHash) =>
      reading(() => {
        const row = select.find.get(idOrHash)
        return row && whole(row)
      }),
    list: (filter = {}) =>
      reading(() => {
        const rows =
          filter.record === undefined
            ? select.list.all(named(filter))
            : select.record.all(filter.record, filter.after ?? 0, most(filter.limit))
        return rows.map(whole)
      }),
    counts: (filter) => select.counts.all(named({ limit: 1000, ...filter })),
    erase(record_id, nowMs) {
      const erased = transaction(() => {
        const rows = select.whole.all(record_id)
        if (rows.length === 0) return null
        const [record, erased_at] = [sha256(record_id), iso(nowMs)]
        for (const { hash, seq, principal } of rows)
          bury.run(hash, record, seq, sha256(principal), erased_at)
        remove.run(record_id)
        for (const content of new Set(rows.flatMap(({ content }) => content ?? [])))
          dropContent.run(content)
        forgetContents()
        return { record, receipts: rows.length, erased_at }
      })
      // Out of the log as well, not only out of the table.
      if (erased) db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
      return erased
    },
    erasures: (limit) => select.erasures.all(most(limit)),
    close: () => db.close(),
  }
}
