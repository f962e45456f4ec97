// What the operator reads: receipts, counts, exports, and the erasure of a subject's record. Behind the token.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isLocal, isOwnPage, mayRead } from './guard.mjs'
import { HttpError, readBytes, typeOf } from './http.mjs'
import { signCompact } from './jose.mjs'
import { page } from './page.mjs'

const columns = [
  ...['n', 'receipt_id', 'record_id', 'seq', 'principal', 'action', 'event_time', 'received_at'],
  ...['origin', 'policy_id', 'policy_sha256', 'language', 'hash', 'prev', 'jws'],
]

/** One field of RFC 4180. A leading =, +, - or @ is text, not a formula of whoever opens the file. */
function field(value) {
  const text = String(value ?? '').replace(/^(?=[=+\-@\t\r])/, "'")
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text
}
const csv = (rows) =>
  [columns, ...rows.map((row) => columns.map((name) => row[name]))]
    .map((line) => line.map(field).join(',') + '\r\n')
    .join('')

/** What is asked for in an address. */
export function filterOf(url) {
  const number = (name) => {
    const text = url.searchParams.get(name)
    if (text === null) return undefined
    if (!/^[1-9]\d{0,9}$/.test(text))
      throw new HttpError(400, name, `/${name}`, 'not a number from 1')
    return Number(text)
  }
  const text = (name) => url.searchParams.get(name)?.trim() || undefined
  return {
    ...{ record: text('record'), origin: text('origin'), edition: text('edition') },
    ...{ action: text('action'), search: text('search') },
    ...{ before: number('before'), after: number('after') },
    limit: Math.min(number('limit') ?? 100, 1000),
  }
}

/** Every row of a filter, page by page, so that an export of many is no single answer of the store. */
async function allRows(store, filter) {
  const rows = []
  for (let { before, after } = filter; ; { n: before, seq: after } = rows.at(-1)) {
    const some = await store.list({ ...filter, before, after, limit: 1000 })
    rows.push(...some)
    if (some.length < 1000) return rows
  }
}

/** An export; a header says how many of its rows are no longer what came. */
const asFile = (name, type, rows, text) => ({
  status: 200,
  text,
  headers: {
    'content-type': type,
    'content-disposition': `attachment; filename="${name}"`,
    'kelisim-damaged': String(rows.filter(({ jws }) => jws === null).length),
  },
})
const lines = (rows) => rows.map(({ jws }) => (jws === null ? '' : jws + '\n')).join('')

/** @returns answers the operator's addresses; undefined for others. Throws HttpError 401 without the token. */
export function readingRoutes({ store, signKey, token, editions, now }) {
  /** Everything of one record is forgotten, and what was done is said in a signed statement. */
  async function erase(record_id) {
    const erased = await store.erase(record_id, now())
    if (!erased) throw new HttpError(404, 'not_found', '', 'no receipt of this record')
    const { record, receipts, erased_at } = erased
    const statement = signCompact(signKey, 'consent-erasure+jws', {
      ...{ typ: 'kelisim-erasure-1', record, receipts: String(receipts), erased_at },
    })
    return { ...erased, statement }
  }

  async function eraseByForm(request) {
    const form = new URLSearchParams((await readBytes(request, 4096)).toString())
    await erase(form.get('record') ?? '')
    return { status: 303, headers: { location: `/?lang=${form.get('lang') ?? ''}` } }
  }

  async function edition(name) {
    try {
      return {
        status: 200,
        text: await readFile(join(editions, name)),
        headers: { 'content-type': 'application/json', 'access-control-allow-origin': '*' },
      }
    } catch {
      throw new HttpError(404, 'not_found', '', 'this text is not kept here')
    }
  }

  return async (request, url) => {
    const { method } = request
    const { pathname } = url
    const kept = /^\/editions\/([\w-]{43}\.json)$/.exec(pathname)
    if (kept && method === 'GET' && editions !== undefined) return edition(kept[1])

    const one = /^\/receipts\/([\w:-]{1,80})$/.exec(pathname)
    const record = /^\/records\/([\w-]{36})$/.exec(pathname)
    const read = method === 'GET' || method === 'HEAD'
    const routes = [
      [pathname === '/' && read, () => page({ store, url, request, filter: filterOf(url) })],
      [
        pathname === '/receipts' && read,
        async () => ({ status: 200, body: { receipts: await store.list(filterOf(url)) } }),
      ],
      [
        pathname === '/receipts.csv' && read,
        async () => {
          const rows = await allRows(store, filterOf(url))
          return asFile('receipts.csv', 'text/csv; charset=utf-8', rows, csv(rows))
        },
      ],
      [
        pathname === '/receipts.jws' && read,
        async () => {
          const rows = await allRows(store, filterOf(url))
          return asFile('receipts.jws', 'application/jose', rows, lines(rows))
        },
      ],
      [
        pathname === '/counts' && read,
        async () => ({ status: 200, body: { counts: await store.counts(filterOf(url)) } }),
      ],
      [
        pathname === '/erasures' && read,
        async () => ({ status: 200, body: { erasures: await store.erasures() } }),
      ],
      [
        one && read,
        async () => {
          const row = await store.find(one[1])
          if (!row) throw new HttpError(404, 'not_found', '', 'no receipt with this id or hash')
          if (row.jws === null)
            throw new HttpError(500, 'damaged', '', 'what is stored no longer has its hash')
          return { status: 200, body: row }
        },
      ],
      [record && method === 'DELETE', async () => ({ status: 200, body: await erase(record[1]) })],
      [
        pathname === '/erase' && method === 'POST',
        () => {
          if (typeOf(request) !== 'application/x-www-form-urlencoded')
            throw new HttpError(415, 'content_type', '', 'a form is asked for')
          return eraseByForm(request)
        },
      ],
    ]
    const route = routes.find(([here]) => here)
    if (!route) return undefined
    if (!mayRead(token, request.headers))
      throw new HttpError(401, 'token', '', 'the operator’s token is asked for', {
        'www-authenticate': 'Basic realm="receipts", charset="UTF-8"',
      })
    if (token === undefined && !isLocal(request.headers))
      throw new HttpError(403, 'token', '', 'from elsewhere only with a token')
    if (!read && !isOwnPage(request.headers))
      throw new HttpError(403, 'origin', '', 'only from the receiver’s own page')
    return route[1]()
  }
}
