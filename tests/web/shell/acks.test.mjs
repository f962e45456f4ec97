// Acknowledgements in a page: kept when they verify by the key the endpoint had from the first, else told and not kept.
import assert from 'node:assert/strict'
import { webcrypto } from 'node:crypto'
import { test } from 'node:test'
import { signCompact } from '../../../examples/receiver/jose.mjs'
import { importSignKey, makeSignKey } from '../../../examples/receiver/sign-key.mjs'
import { makeKeys } from '../../../web/signer.ts'
import { FakeOrigin, openTab } from '../../support/fake-tab.mjs'

const receiver = importSignKey(makeSignKey())
const other = importSignKey(makeSignKey())
const received_at = '2026-11-21T10:00:00Z'
const ackOf = (receipt, { key = receiver, typ = 'consent-ack+jws', more = {} } = {}) =>
  signCompact(key, typ, { typ: 'kelisim-ack-1', receipt, received_at, ...more })
const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A tab with one receipt, sent to an endpoint that answers with what `make` makes of its hash. */
async function send(origin, make, options) {
  const tab = await openTab(origin, options)
  origin.now += 1000
  tab.session.act({ action: 'refuse_all', source: 'api', layer: 'none', lang: 'ru' })
  await tab.receipts.make()
  const newest = async () => (await tab.receipts.all())[0]
  const acks = make((await newest()).sha256)
  origin.post = async () => ({ status: 200, retry_after_s: null, body: { acks } })
  const sync = await tab.outbox.run()
  assert.deepEqual([sync.pending, sync.failed], [0, 0], 'taken by the status, whatever was signed')
  return { tab, acks, kept: (await newest()).ack }
}

for (const [title, options] of [
  ['the browser’s own', {}],
  ['the library’s, where there is no crypto.subtle', { subtle: makeKeys(webcrypto) }],
])
  test(`an acknowledgement that verifies is kept with its receipt: ${title}`, async () => {
    const { tab, acks, kept } = await send(new FakeOrigin(), (hash) => [ackOf(hash)], options)
    assert.equal(kept, acks[0])
    assert.deepEqual(tab.errors, [])
  })

const tampered = (jws, at, change) =>
  jws
    .split('.')
    .map((text, i) => (i === at ? change(text) : text))
    .join('.')
for (const [title, make] of [
  ['of another receipt', () => ackOf('sha256:' + 'A'.repeat(43))],
  ['with a forged signature', (hash) => tampered(ackOf(hash), 2, () => 'A'.repeat(86))],
  [
    'whose text was changed',
    (hash) =>
      tampered(ackOf('sha256:' + 'A'.repeat(43)), 1, () =>
        part({ receipt: hash, received_at, typ: 'kelisim-ack-1' }),
      ),
  ],
  ['of another kind', (hash) => ackOf(hash, { typ: 'consent-receipt+jws' })],
  ['of another format', (hash) => ackOf(hash, { more: { typ: 'kelisim-ack-2' } })],
  [
    'without a key',
    (hash) =>
      tampered(ackOf(hash), 0, () =>
        part({ alg: 'ES256', kid: receiver.kid, typ: 'consent-ack+jws' }),
      ),
  ],
  ['whose kid is another key’s', (hash) => ackOf(hash, { key: { ...receiver, kid: other.kid } })],
  [
    'of another algorithm',
    (hash) =>
      tampered(ackOf(hash), 0, (head) =>
        part({ ...JSON.parse(Buffer.from(head, 'base64url')), alg: 'none' }),
      ),
  ],
  [
    'with a critical extension',
    (hash) =>
      tampered(ackOf(hash), 0, (head) => {
        const { alg, ...rest } = JSON.parse(Buffer.from(head, 'base64url'))
        return part({ alg, crit: ['exp'], ...rest })
      }),
  ],
  ['in loose base64', (hash) => ackOf(hash) + '='],
  ['in four parts', (hash) => ackOf(hash) + '.a'],
  ['that is no text', () => 7],
])
  test(`an acknowledgement ${title} is not kept, and that is told`, async () => {
    const { tab, kept } = await send(new FakeOrigin(), (hash) => [make(hash)])
    assert.equal(kept, undefined)
    assert.deepEqual(tab.errors, ['ack_refused 1'])
  })

test('the key first seen of an endpoint is its key from then on, in every tab', async () => {
  const origin = new FakeOrigin()
  await send(origin, (hash) => [ackOf(hash)])
  const { tab, kept } = await send(origin, (hash) => [ackOf(hash, { key: other })])
  assert.equal(kept, undefined)
  assert.deepEqual(tab.errors, ['ack_refused 1'])
  assert.ok((await send(origin, (hash) => [ackOf(hash)])).kept)
  const elsewhere = { endpoint: { url: '/elsewhere' } }
  assert.ok((await send(origin, (hash) => [ackOf(hash, { key: other })], elsewhere)).kept)
})

test('a forged acknowledgement pins no key', async () => {
  const origin = new FakeOrigin()
  await send(origin, (hash) => [tampered(ackOf(hash, { key: other }), 2, () => 'A'.repeat(86))])
  assert.ok((await send(origin, (hash) => [ackOf(hash)])).kept)
})

for (const [title, acks] of [
  ['in an empty answer', undefined],
  ['where acks is no list', 'x'],
])
  test(`no acknowledgement ${title}, and nothing to tell`, async () => {
    const { tab, kept } = await send(new FakeOrigin(), () => acks)
    assert.equal(kept, undefined)
    assert.deepEqual(tab.errors, [])
  })
