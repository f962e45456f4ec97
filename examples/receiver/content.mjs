// Receipts of one shop say the same but for ids, hashes and times. A content the engine has passed once is remembered as the text around
// those, and the next receipt that is this text, byte for byte, with values of the right form in the gaps, needs no second reading. Nor has
// the text to be stored again: content and gaps give the very bytes.

const hash = '[\\w-]{42}[AEIMQUYcgkosw048]'
const uuid = '[\\da-f]{8}-[\\da-f]{4}-[1-8][\\da-f]{3}-[89ab][\\da-f]{3}-[\\da-f]{12}'
/** Of the calendar; the 29th of February is left to the engine. */
const date =
  '\\d{4}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)'
const time = `${date}T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ`

/** What may stand in a gap, as canonical JSON. */
const forms = {
  uuid: new RegExp(`"${uuid}"`, 'y'),
  principal: new RegExp(`"jkt:${hash}"`, 'y'),
  seq: /[1-9]\d{0,8}/y,
  prev: new RegExp(`null|"sha256:${hash}"`, 'y'),
  time: new RegExp(`"${time}"`, 'y'),
}

/** The gaps of a body: where each is, and its form. */
function gapsOf(body) {
  const gaps = [
    [body, 'receipt_id', 'uuid'],
    [body, 'record_id', 'uuid'],
    [body, 'pii_principal_id', 'principal'],
    [body, 'seq', 'seq'],
    [body, 'prev', 'prev'],
    ...body.event.map((one) => [one, 'event_time', 'time']),
    ...Object.values(body.channels).map((one) => [one, 'changed_at', 'time']),
  ]
  return 'supersedes' in body ? [...gaps, [body, 'supersedes', 'uuid']] : gaps
}

/** Texts are compared as bytes: latin1 is one character for each. */
export const latin1 = (text) => Buffer.from(text, 'utf8').toString('latin1')

/**
 * The content of a body the engine has passed. Null when the text cannot be taken apart and put together again; then nothing is
 * remembered.
 * @param {object} body
 * @param {string} text  the payload, latin1
 */
export function contentOf(body, text) {
  const shape = structuredClone(body)
  const gaps = gapsOf(shape)
  const values = gapValues(shape)
  const mark = (i) => `\u0001${i}\u0001`
  for (const [i, [where, name]] of gaps.entries()) where[name] = mark(i)
  // Marks are written as \u00011\u0001, which no other string of a receipt may hold.
  const parts = latin1(JSON.stringify(shape)).split(/"\\u0001(\d+)\\u0001"/)
  const order = parts.filter((_, i) => i % 2).map(Number)
  const pieces = parts.filter((_, i) => i % 2 === 0)
  if (order.length !== gaps.length || textOf({ pieces, order }, values) !== text) return null
  return { pieces, forms: order.map((i) => forms[gaps[i][2]]), order, shape }
}

/**
 * The body of a receipt of this content, and what stands in the gaps, five that every receipt has and then times; null when it is another
 * text.
 * @param {string} text  the payload, latin1
 * @param {string} kid  thumbprint of its key
 */
export function readAs(content, text, kid) {
  const { pieces, order, shape } = content
  const values = []
  let at = 0
  for (let i = 0; i < pieces.length; i += 1) {
    if (!text.startsWith(pieces[i], at)) return null
    at += pieces[i].length
    const form = content.forms[i]
    if (form === undefined) break
    form.lastIndex = at
    if (!form.test(text)) return null
    values[order[i]] = JSON.parse(text.slice(at, form.lastIndex))
    at = form.lastIndex
  }
  const [receipt_id, record_id, pii_principal_id, seq, prev] = values
  const fits =
    at === text.length && pii_principal_id === `jkt:${kid}` && (seq === 1) === (prev === null)
  if (!fits) return null
  const body = {
    ...{ ...shape, receipt_id, record_id, pii_principal_id, seq, prev },
    event: shape.event.map((one) => ({ ...one })),
    channels: Object.fromEntries(
      Object.entries(shape.channels).map(([id, one]) => [id, { ...one }]),
    ),
  }
  for (const [i, [where, name]] of gapsOf(body).entries()) where[name] = values[i]
  return { body, values }
}

/** What stands in the gaps of a body, in their order: five that every receipt has, then times. */
export const gapValues = (body) => gapsOf(body).map(([where, name]) => where[name])

/** The payload of a content and what stands in its gaps: latin1, as it was read. */
export const textOf = ({ pieces, order }, values) =>
  pieces
    .map((piece, i) => (i < order.length ? piece + JSON.stringify(values[order[i]]) : piece))
    .join('')

/** Contents that passed, most recently used first; at most `max`, the others are forgotten. */
export function makeContents(max = 500) {
  const known = []
  return {
    /** The body of a receipt whose content is known, what stands in its gaps, and the content; null for others. */
    read(text, kid) {
      for (let i = 0; i < known.length; i += 1) {
        const read = readAs(known[i], text, kid)
        if (read === null) continue
        if (i > 0) known.unshift(...known.splice(i, 1))
        return { ...read, content: known[0] }
      }
      return null
    },
    remember(body, text) {
      const content = contentOf(body, text)
      if (content === null) return
      if (known.unshift(content) > max) known.pop()
    },
  }
}
