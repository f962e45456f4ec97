// An acknowledgement has one spelling, as receipts have, and is of the key it names.
import assert from 'node:assert/strict'
import { sign } from 'node:crypto'
import { test } from 'node:test'
import { signCompact } from '../../../examples/receiver/jose.mjs'
import { importSignKey, makeSignKey } from '../../../examples/receiver/sign-key.mjs'
import { fromDist } from '../../support/dist.mjs'

const { readAck, verifyAck } = await import(fromDist('node/index.js'))

const key = importSignKey(makeSignKey())
const receipt = `sha256:${'A'.repeat(43)}`
const said = { typ: 'kelisim-ack-1', receipt, received_at: '2026-11-20T10:00:05Z' }
const ack = signCompact(key, 'consent-ack+jws', said)
const [head, payload, signature] = ack.split('.')
const text = (part) => Buffer.from(part, 'base64url').toString()
/** Signs a header and a payload as they are written. */
const signed = (header, body = text(payload)) => {
  const input = [header, body].map((part) => Buffer.from(part).toString('base64url')).join('.')
  const raw = sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
  return `${input}.${raw.toString('base64url')}`
}
const header = (from, to) => signed(text(head).replace(from, to))
const body = (change) => signCompact(key, 'consent-ack+jws', { ...said, ...change })

test('a sound acknowledgement holds, by the key it names and no other', async () => {
  assert.equal(await verifyAck(ack, [key.jwk]), true)
  assert.equal(await verifyAck(signed(text(head)), [key.jwk]), true)
  assert.equal(await verifyAck(ack, [importSignKey(makeSignKey()).jwk]), false)
  assert.equal(await verifyAck(ack, []), false)
})

for (const [title, bad] of [
  ['padding', ack + '='],
  ['white space', ack + ' '],
  ['four parts', ack + '.'],
  ['a short signature', `${head}.${payload}.${signature.slice(4)}`],
  ['b64', header('{"alg":"ES256",', '{"alg":"ES256","b64":false,')],
  ['crit', header('{"alg":"ES256",', '{"alg":"ES256","crit":["x"],')],
  ['another alg', header('ES256', 'HS256')],
  ['another key in the header', header(/"x":"[^"]+"/, `"x":"${'A'.repeat(43)}"`)],
  ['a header in another order', header(/^{("alg":"ES256"),(.*)}$/, '{$2,$1}')],
  ['a payload with white space', signed(text(head), JSON.stringify(said, null, 1))],
  ['a payload in another order', signed(text(head), JSON.stringify(said))],
  ['a member twice', signed(text(head), text(payload).replace('{', '{"receipt":"sha256:other",'))],
  ['no time', body({ received_at: undefined })],
  ['no such time', body({ received_at: 'yesterday' })],
  ['another kind', body({ typ: 'kelisim-erasure-1' })],
])
  test(`${title}: it is an acknowledgement that does not hold`, async () => {
    assert.equal(await verifyAck(bad, [key.jwk]), false)
    if (title !== 'four parts') assert.ok(readAck(bad), 'told as one all the same')
  })

test('what is no acknowledgement is none', () => {
  for (const text of ['', 'a', 'a.b.c', 'bnVsbA.bnVsbA.bnVsbA', signCompact(key, 'JWT', said)])
    assert.equal(readAck(text), null)
})
