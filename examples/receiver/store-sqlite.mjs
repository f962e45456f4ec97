// Receipts in one SQLite file. Another database takes its place by offering the same four functions.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { checkPlace } from './chain.mjs'
import { Refusal } from './jose.mjs'

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
    jws TEXT NOT NULL,                 -- the evidence, byte for byte
    UNIQUE (record_id, seq)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS receipts_origin ON receipts (origin, n);
`

/**
 * Opens (or makes) the file.
 * @param {string} path  of the database, or ":memory:"
 * @returns {{
 *   append(receipts: object[], nowMs: number): { hash: string, receipt_id: string, status: 'accepted' | 'known' | 'refused',
 *     received_at?: string, error?: Refusal }[],
 *   find(idOrHash: string): object | undefined,
 *   list(filter?: { record?: string, origin?: string, before?: number, limit?: number }): object[],
 *   close(): void }}
 *   append: all of them in one transaction, answers in the same order. list: newest first, or one record by seq.
 */
export function openStore(path) {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const db = new DatabaseSync(path)
  // FULL: an acknowledged receipt has reached the disk. Many requests share one transaction, so it costs little.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000')
  db.exec(schema)

  const select = {
    known: db.prepare('SELECT received_at FROM receipts WHERE hash = ?'),
    principal: db.prepare('SELECT principal FROM receipts WHERE record_id = ? ORDER BY n LIMIT 1'),
    place: db.prepare('SELECT hash, prev FROM receipts WHERE record_id = ? AND seq = ?'),
    id: db.prepare('SELECT hash FROM receipts WHERE receipt_id = ?'),
    find: db.prepare('SELECT * FROM receipts WHERE receipt_id = ?1 OR hash = ?1'),
    record: db.prepare('SELECT * FROM receipts WHERE record_id = ? ORDER BY seq LIMIT ?'),
    list: db.prepare(
      `SELECT * FROM receipts WHERE n < ?1 AND (?2 IS NULL OR origin = ?2) ORDER BY n DESC LIMIT ?3`,
    ),
  }
  const insert = db.prepare(
    `INSERT INTO receipts (hash, receipt_id, record_id, seq, prev, principal, action, event_time, received_at, origin,
       policy_id, policy_sha256, language, jws) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )

  function appendOne(receipt, nowMs) {
    const { hash, jws, body } = receipt
    const told = { hash, receipt_id: body.receipt_id }
    const known = select.known.get(hash)
    if (known) return { ...told, status: 'known', received_at: known.received_at }
    const at = (seq) => select.place.get(body.record_id, seq)
    try {
      checkPlace(
        receipt,
        {
          principal: select.principal.get(body.record_id)?.principal,
          before: at(body.seq - 1)?.hash,
          same: at(body.seq)?.hash,
          after: at(body.seq + 1)?.prev,
          sameId: select.id.get(body.receipt_id)?.hash,
        },
        nowMs,
      )
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { ...told, status: 'refused', error }
    }
    const received_at = new Date(nowMs).toISOString().replace(/\.\d+Z$/, 'Z')
    const { privacy_notice: notice, language } = body.pii_processing
    insert.run(
      ...[hash, body.receipt_id, body.record_id, body.seq, body.prev, body.pii_principal_id],
      ...[body.evidence.action, body.event[0].event_time, received_at, body.evidence.origin],
      ...[notice.policy_id ?? null, notice.sha256, language ?? null, jws],
    )
    return { ...told, status: 'accepted', received_at }
  }

  return {
    append(receipts, nowMs) {
      db.exec('BEGIN IMMEDIATE')
      try {
        const results = receipts.map((receipt) => appendOne(receipt, nowMs))
        db.exec('COMMIT')
        return results
      } catch (error) {
        db.exec('ROLLBACK')
        throw error
      }
    },
    find: (idOrHash) => select.find.get(idOrHash),
    list({ record, origin, before, limit = 100 } = {}) {
      if (record !== undefined) return select.record.all(record, limit)
      return select.list.all(before ?? Number.MAX_SAFE_INTEGER, origin ?? null, limit)
    },
    close: () => db.close(),
  }
}
