// Checks one receipt by itself: its shape, its key, its signature. What needs other receipts is in chain.mjs.
import {
  Refusal,
  canonical,
  fromBase64url,
  publicKey,
  receiptHash,
  thumbprint,
  verifies,
} from './jose.mjs'

/** No receipt is larger (DESIGN, formats). */
export const maxReceiptBytes = 32 * 1024

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const hash = /^sha256:[A-Za-z0-9_-]{43}$/
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/
const actions =
  'grant_all refuse_all save_choices withdraw_all withdraw_some grant_service form host'.split(' ')
const states = ['given', 'renewed', 'refused', 'withdrawn']

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value)
const isList = (value) => Array.isArray(value) && value.length > 0

function parseObject(bytes, path) {
  let value
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
  } catch {
    throw new Refusal('json', path, 'not JSON in UTF-8')
  }
  if (!isObject(value)) throw new Refusal('json', path, 'not a JSON object')
  return value
}

/** Integers within ±(2^53 − 1), depth of at most 8: what keeps RFC 8785 bytes the same in every language. */
function checkProfile(value, path, depth) {
  if (depth > 8) throw new Refusal('depth', path, 'deeper than 8')
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new Refusal('number', path, 'not an integer within ±(2^53 − 1)')
  if (value !== null && typeof value === 'object')
    for (const [name, member] of Object.entries(value))
      checkProfile(member, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1)
}

/** The members a receiver relies on; the full schema is src/receipt/receipt.schema.json. */
function checkBody(body) {
  const demand = (fits, path, message) => {
    if (!fits) throw new Refusal('body', path, message)
  }
  demand(body.schema_version === 'kelisim-receipt-1', '/body/schema_version', 'unknown version')
  for (const name of ['receipt_id', 'record_id'])
    demand(uuid.test(body[name]), `/body/${name}`, 'not a UUID in lower case')
  demand(Number.isSafeInteger(body.seq) && body.seq >= 1, '/body/seq', 'not an integer from 1')
  demand(body.prev === null || hash.test(body.prev), '/body/prev', 'neither null nor a hash')
  demand((body.seq === 1) === (body.prev === null), '/body/prev', 'null exactly for the first')

  const notice = body.pii_processing?.privacy_notice
  demand(isObject(notice), '/body/pii_processing/privacy_notice', 'missing')
  demand(
    /^[A-Za-z0-9_-]{43}$/.test(notice.sha256),
    '/body/pii_processing/privacy_notice/sha256',
    'not a hash',
  )
  const purposes = body.pii_processing.purposes
  demand(isList(purposes), '/body/pii_processing/purposes', 'empty')
  const known = new Set(purposes.map((purpose) => purpose?.purpose_id))
  demand(isList(body.party_identification), '/body/party_identification', 'empty')

  demand(isList(body.event), '/body/event', 'empty')
  body.event.forEach((event, i) => {
    demand(isObject(event), `/body/event/${i}`, 'not an object')
    demand(
      instant.test(event.event_time) && !Number.isNaN(Date.parse(event.event_time)),
      `/body/event/${i}/event_time`,
      'not YYYY-MM-DDThh:mm:ssZ',
    )
    demand(states.includes(event.event_state), `/body/event/${i}/event_state`, 'unknown state')
    demand(
      isList(event.purpose_ids) && event.purpose_ids.every((id) => known.has(id)),
      `/body/event/${i}/purpose_ids`,
      'names a purpose the receipt does not describe',
    )
  })

  for (const name of ['categories', 'channels', 'transfers'])
    demand(isObject(body[name]), `/body/${name}`, 'not an object')
  demand(isObject(body.evidence), '/body/evidence', 'missing')
  demand(actions.includes(body.evidence.action), '/body/evidence/action', 'unknown action')
  demand(typeof body.evidence.origin === 'string', '/body/evidence/origin', 'missing')
}

/**
 * Checks a compact JWS as a consent receipt.
 * @param {unknown} jws
 * @returns {Promise<{ jws: string, hash: string, header: object, body: object }>}
 * @throws {Refusal} code, path ("/header/…" or "/body/…" of the decoded receipt) and message
 */
export async function verifyReceipt(jws) {
  if (typeof jws !== 'string') throw new Refusal('receipt', '', 'not a string')
  if (Buffer.byteLength(jws) > maxReceiptBytes)
    throw new Refusal('receipt_size', '', `over ${maxReceiptBytes} bytes`)
  const parts = jws.split('.')
  if (parts.length !== 3) throw new Refusal('receipt', '', 'not a compact JWS of three parts')

  const header = parseObject(fromBase64url(parts[0], '/header'), '/header')
  if (header.typ !== 'consent-receipt+jws')
    throw new Refusal('typ', '/header/typ', 'not consent-receipt+jws')
  for (const name of ['crit', 'b64'])
    if (name in header) throw new Refusal('crit', `/header/${name}`, 'no extension is understood')
  const key = publicKey(header.jwk, header.alg, '/header')
  const kid = thumbprint(key)
  if (header.kid !== kid)
    throw new Refusal('kid', '/header/kid', 'not the RFC 7638 thumbprint of the key')

  const signature = fromBase64url(parts[2], '/signature')
  if (signature.length !== 64) throw new Refusal('signature', '/signature', 'not 64 bytes (r||s)')
  if (!(await verifies(key, header.alg, signature, `${parts[0]}.${parts[1]}`)))
    throw new Refusal('signature', '/signature', 'does not verify with the embedded key')

  const payload = fromBase64url(parts[1], '/body')
  const body = parseObject(payload, '/body')
  checkProfile(body, '/body', 1)
  if (canonical(body) !== payload.toString('utf8'))
    throw new Refusal('canonical', '/body', 'the payload is not the RFC 8785 form of its content')
  checkBody(body)
  if (body.pii_principal_id !== `jkt:${kid}`)
    throw new Refusal('principal', '/body/pii_principal_id', 'not "jkt:" and the key’s thumbprint')
  return { jws, hash: receiptHash(jws), header, body }
}
