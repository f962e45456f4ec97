// The endpoint: takes consent receipts, answers with signed acks, shows what it holds. Wire format: README.md.
import { createServer } from 'node:http'
import { HttpError, readBytes, typeOf } from './http.mjs'
import { Refusal, signCompact } from './jose.mjs'
import { makeLimit, networkOf, usualLimits } from './limits.mjs'
import { readingRoutes } from './reading.mjs'
import { verifyReceipt } from './verify.mjs'

/** A request is no larger. */
export const maxBodyBytes = 512 * 1024
export const maxReceipts = 200

/**
 * @param {object} parts
 * @param {object} parts.store  openStore() of store-sqlite.mjs, or anything with its functions (they may be asynchronous)
 * @param {string[] | '*'} parts.origins  page origins that may post, and that receipts may come from
 * @param {object} parts.signKey  loadSignKey() of sign-key.mjs
 * @param {string} [parts.token]  what reading, exporting and erasing ask for; without one everybody who reaches the receiver may
 * @param {{ address: object, key: object } | null} [parts.limits]  limits.mjs; null = none
 * @param {(request: object) => string} [parts.addressOf]  who sends; behind a proxy of your own, what that says
 * @param {string} [parts.editions]  folder of `kelisim editions`, served for whoever checks a receipt's hashes
 * @param {() => number} [parts.now]  Unix epoch in milliseconds
 * @param {(jws: unknown) => Promise<object>} [parts.verify]  checks one receipt by itself, as verify.mjs does
 * @param {(error: Error) => void} [parts.report]  hears of failures that are ours
 * @returns {import('node:http').Server}  not listening yet
 */
export function createReceiver({
  store,
  origins,
  signKey,
  token,
  limits = usualLimits,
  addressOf = ({ socket }) => socket.remoteAddress ?? '',
  editions,
  now = Date.now,
  verify = verifyReceipt,
  report = console.error,
}) {
  const allowed = (origin) => origins === '*' || origins.includes(origin)
  const append = grouped((requests) => store.append(requests, now()))
  const reading = readingRoutes({ store, signKey, token, editions, now })

  const perAddress = limits && makeLimit(limits.address)
  const perKey = limits && makeLimit(limits.key)
  /** Throws 429 when somebody sends too much; all come again later, and nothing of the request is stored. */
  function limit(buckets, name, count) {
    const seconds = buckets ? buckets.take(name, count, now()) : 0
    if (seconds > 0)
      throw new HttpError(429, 'too_many', '', 'too many receipts, come again later', {
        'retry-after': String(seconds),
      })
  }

  /** Answers POST /receipts. */
  async function take(request) {
    const { origin } = request.headers
    if (origin !== undefined && !allowed(origin))
      throw new HttpError(403, 'origin', '', 'this origin may not post here')
    const receipts = readBatch(await readBody(request))
    limit(perAddress, networkOf(addressOf(request)), receipts.length)

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
    const keys = Map.groupBy(good, ({ body }) => body.pii_principal_id)
    for (const [key, of] of keys) limit(perKey, key, of.length)
    const appended = await append(good)
    // The next request may find room: an erasure makes some, and so does a larger disk.
    if (appended === null)
      throw new HttpError(507, 'full', '', 'the store is as large as it may be, try later', {
        'retry-after': '600',
      })
    const stored = appended.values()
    const results = checked.map(({ refused }) => refused ?? stored.next().value)

    const acks = results
      .filter(({ received_at }) => received_at !== undefined)
      .map(({ hash, received_at }) =>
        signCompact(signKey, 'consent-ack+jws', {
          ...{ typ: 'kelisim-ack-1', receipt: hash, received_at },
        }),
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
    const read = method === 'GET' || method === 'HEAD'
    if (url.pathname === '/receipts' && method === 'POST') return take(request)
    if (url.pathname === '/receipts' && method === 'OPTIONS') return preflight(request)
    if (url.pathname === '/.well-known/jwks.json' && read)
      return {
        status: 200,
        body: { keys: [signKey.jwk] },
        headers: { 'access-control-allow-origin': '*' },
      }
    if (url.pathname === '/health' && read) return { status: 200, body: { ok: true } }
    const answer = await reading(request, url)
    if (answer) return answer
    if (['/', '/receipts', '/health'].includes(url.pathname))
      throw new HttpError(405, 'method', '', `${method} is not served here`)
    throw new HttpError(404, 'not_found', '', 'nothing is served at this address')
  }

  return createServer(async (request, response) => {
    let answer
    try {
      const url =
        request.url === '/receipts'
          ? receiptsUrl
          : URL.parse(request.url, 'http://receiver.invalid')
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
        ? {
            'access-control-allow-origin': origin,
            // Else a page of another origin does not see how long it is to wait.
            'access-control-expose-headers': 'retry-after',
            vary: 'Origin',
          }
        : {}),
      ...(answer.body !== undefined && { 'content-type': 'application/json' }),
      ...answer.headers,
    }
    // What was not read of a refused body must not be taken for the next request.
    if (!request.complete) headers.connection = 'close'
    const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
    if (answer.status !== 204) headers['content-length'] = Buffer.byteLength(text)
    response.writeHead(answer.status, headers)
    response.end(text)
  })
}

const receiptsUrl = new URL('http://receiver.invalid/receipts')

/** Receipts of requests that come within a few milliseconds go into one transaction: one flush to the disk serves many senders. */
const gatherMs = 4
function grouped(append) {
  let waiting = []
  async function flush() {
    const now = waiting
    waiting = []
    try {
      const results = await append(now.map(({ receipts }) => receipts))
      for (const [i, { resolve }] of now.entries()) resolve(results[i])
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
  if (typeOf(request) !== 'application/json')
    throw new HttpError(415, 'content_type', '', 'application/json is asked for')
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding.trim().toLowerCase() !== 'identity')
    throw new HttpError(415, 'content_encoding', '', 'the body is asked for as it is, not packed', {
      'accept-encoding': 'identity',
    })
  return readBytes(request, maxBodyBytes)
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
function readBatch(bytes) {
  let body
  try {
    body = JSON.parse(utf8.decode(bytes))
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
