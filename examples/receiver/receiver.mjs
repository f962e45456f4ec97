// The endpoint: takes consent receipts, answers with signed acks, shows what it holds. Wire format: README.md.
import { createServer } from 'node:http'
import { Refusal, signCompact } from './jose.mjs'
import { page } from './page.mjs'
import { verifyReceipt } from './verify.mjs'

/** A request is no larger. */
export const maxBodyBytes = 512 * 1024
export const maxReceipts = 200

/** A failure of the whole request. */
class HttpError extends Error {
  constructor(status, code, path, message, headers = {}) {
    super(message)
    Object.assign(this, { status, code, path, headers })
  }
}

/**
 * @param {object} parts
 * @param {object} parts.store  openStore() of store-sqlite.mjs, or anything with its functions (they may be asynchronous)
 * @param {string[] | '*'} parts.origins  page origins that may post, and that receipts may come from
 * @param {object} parts.signKey  loadSignKey() of sign-key.mjs
 * @param {() => number} [parts.now]  Unix epoch in milliseconds
 * @param {(jws: unknown) => Promise<object>} [parts.verify]  checks one receipt by itself, as verify.mjs does
 * @param {(error: Error) => void} [parts.report]  hears of failures that are ours
 * @returns {import('node:http').Server}  not listening yet
 */
export function createReceiver({
  store,
  origins,
  signKey,
  now = Date.now,
  verify = verifyReceipt,
  report = console.error,
}) {
  const allowed = (origin) => origins === '*' || origins.includes(origin)
  const append = grouped((receipts) => store.append(receipts, now()))

  /** Answers POST /receipts. */
  async function take(request) {
    const { origin } = request.headers
    if (origin !== undefined && !allowed(origin))
      throw new HttpError(403, 'origin', '', 'this origin may not post here')
    const receipts = readBatch(await readBody(request))

    const checked = await Promise.all(
      receipts.map(async (jws, i) => {
        try {
          const receipt = await verify(jws)
          if (!allowed(receipt.body.evidence.origin))
            throw new Refusal('origin', '/body/evidence/origin', 'not one of this receiver’s shops')
          return { receipt }
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          return { refused: { status: 'refused', error }, i }
        }
      }),
    )
    const good = checked.flatMap(({ receipt }) => receipt ?? [])
    const stored = (await append(good)).values()
    const results = checked.map(({ refused }) => refused ?? stored.next().value)

    const acks = await Promise.all(
      results
        .filter(({ status }) => status !== 'refused')
        .map(({ hash, received_at }) =>
          signCompact(signKey, 'consent-ack+jws', {
            typ: 'kelisim-ack-1',
            receipt: hash,
            received_at,
          }),
        ),
    )
    const told = results.map(({ status, hash, error }, i) => ({
      status,
      ...(hash && { receipt: hash }),
      ...(error && { ...error.toJSON(), path: `/receipts/${i}${error.path}` }),
    }))
    const bad = told.find(({ status }) => status === 'refused')
    if (!bad) return { status: 200, body: { acks, results: told } }
    // A batch with a bad one among others: the good ones are kept, and 409 makes the sender try one by one.
    const { code, path, message } = bad
    return {
      status: told.length > 1 ? 409 : 422,
      body: { code, path, message, acks, results: told },
    }
  }

  function preflight(request) {
    if (!allowed(request.headers.origin ?? '')) return { status: 403 }
    return {
      status: 204,
      headers: {
        'access-control-allow-methods': 'POST, OPTIONS',
        'access-control-allow-headers': 'content-type, idempotency-key',
        'access-control-max-age': '86400',
      },
    }
  }

  async function route(request, url) {
    const { method } = request
    const reading = method === 'GET' || method === 'HEAD'
    if (url.pathname === '/receipts' && method === 'POST') return take(request)
    if (url.pathname === '/receipts' && method === 'OPTIONS') return preflight(request)
    if (url.pathname === '/receipts' && reading) {
      const receipts = await store.list(filterOf(url))
      return { status: 200, body: { receipts } }
    }
    const one = /^\/receipts\/([\w:-]{1,80})$/.exec(url.pathname)
    if (one && reading) {
      const row = await store.find(one[1])
      if (!row) throw new HttpError(404, 'not_found', '', 'no receipt with this id or hash')
      return { status: 200, body: row }
    }
    if (url.pathname === '/.well-known/jwks.json' && reading)
      return {
        status: 200,
        body: { keys: [signKey.jwk] },
        headers: { 'access-control-allow-origin': '*' },
      }
    if (url.pathname === '/health' && reading) return { status: 200, body: { ok: true } }
    if (url.pathname === '/' && reading) return page({ store, url, request, now: now() })
    if (['/', '/receipts', '/health'].includes(url.pathname))
      throw new HttpError(405, 'method', '', `${method} is not served here`)
    throw new HttpError(404, 'not_found', '', 'nothing is served at this address')
  }

  return createServer(async (request, response) => {
    let answer
    try {
      const url = URL.parse(request.url, 'http://receiver.invalid')
      if (!url) throw new HttpError(400, 'address', '', 'not an address')
      answer = await route(request, url)
    } catch (error) {
      if (request.destroyed && !request.complete) return
      if (!(error instanceof HttpError)) {
        report(error)
        // Ours, and it may pass: the sender keeps its receipts and comes again.
        error = new HttpError(503, 'unavailable', '', 'not stored, try later', {
          'retry-after': '30',
        })
      }
      const { status, code, path, message, headers } = error
      answer = { status, body: { code, path, message }, headers }
    }
    const { origin } = request.headers
    const headers = {
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(origin !== undefined && allowed(origin) && request.method !== 'GET'
        ? { 'access-control-allow-origin': origin, vary: 'Origin' }
        : {}),
      ...(answer.body !== undefined && { 'content-type': 'application/json' }),
      ...answer.headers,
    }
    // What was not read of a refused body must not be taken for the next request.
    if (!request.complete) headers.connection = 'close'
    response.writeHead(answer.status, headers)
    response.end(answer.html ?? (answer.body === undefined ? '' : JSON.stringify(answer.body)))
  })
}

/** Receipts of requests that come within a few milliseconds go into one transaction: one flush to the disk serves many senders. */
const gatherMs = 4
function grouped(append) {
  let waiting = []
  async function flush() {
    const now = waiting
    waiting = []
    try {
      const results = await append(now.flatMap(({ receipts }) => receipts))
      for (const { receipts, resolve } of now) resolve(results.splice(0, receipts.length))
    } catch (error) {
      for (const { reject } of now) reject(error)
    }
  }
  return (receipts) =>
    receipts.length === 0
      ? Promise.resolve([])
      : new Promise((resolve, reject) => {
          if (waiting.push({ receipts, resolve, reject }) === 1) setTimeout(flush, gatherMs)
        })
}

async function readBody(request) {
  const type = (request.headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
  if (type !== 'application/json')
    throw new HttpError(415, 'content_type', '', 'application/json is asked for')
  const tooLarge = new HttpError(413, 'body_size', '', `over ${maxBodyBytes} bytes`)
  if (Number(request.headers['content-length']) > maxBodyBytes) throw tooLarge
  const chunks = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > maxBodyBytes) throw tooLarge
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function readBatch(bytes) {
  let body
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new HttpError(400, 'json', '', 'the body is not JSON in UTF-8')
  }
  if (body?.kelisim !== 1)
    throw new HttpError(400, 'version', '/kelisim', 'only version 1 is known')
  if (!Array.isArray(body.receipts) || body.receipts.length === 0)
    throw new HttpError(400, 'receipts', '/receipts', 'not a list of at least one receipt')
  if (body.receipts.length > maxReceipts)
    throw new HttpError(413, 'receipts', '/receipts', `over ${maxReceipts} receipts`)
  return body.receipts
}

function filterOf(url) {
  const number = (name) => {
    const text = url.searchParams.get(name)
    if (text === null) return undefined
    if (!/^[1-9]\d{0,9}$/.test(text))
      throw new HttpError(400, name, `/${name}`, 'not a number from 1')
    return Number(text)
  }
  return {
    record: url.searchParams.get('record') ?? undefined,
    origin: url.searchParams.get('origin') ?? undefined,
    before: number('before'),
    limit: Math.min(number('limit') ?? 100, 1000),
  }
}
