// One receipt has one spelling: every way to write the same signature, key or payload differently is refused by the Node entry and by
// the receiver alike, with the same code.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { verifyReceipt } from '../../../examples/receiver/verify.mjs'
import { loadEngine } from '../../support/shop-receipts.mjs'
import { Device } from '../receiver/receipts.mjs'

const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
/** The last character with its lowest unused bit set. */
const loose = (text) => text.slice(0, -1) + alphabet[alphabet.indexOf(text.at(-1)) | 1]
const bytes = (text) => Buffer.from(text, 'base64url')
const encode = (value) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const number = (buffer) => BigInt(`0x${buffer.toString('hex')}`)
const point = (value) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex')
const rs = (r, s) => Buffer.concat([r, s]).toString('base64url')

let kelisim
let device
let jws
let parts
before(async () => {
  kelisim = await loadEngine()
  device = await Device.make()
  jws = await device.next()
  parts = jws.split('.')
})

const header = (change) => {
  const [, payload, signature] = parts
  return `${encode({ ...JSON.parse(bytes(parts[0])), ...change })}.${payload}.${signature}`
}
const signature = (make) => {
  const raw = bytes(parts[2])
  return `${parts[0]}.${parts[1]}.${make(raw.subarray(0, 32), raw.subarray(32), raw)}`
}
const payload = () => bytes(parts[1]).toString()
const resigned = (text) => device.sign(text)
const der = (r, s) => {
  const integer = (value) => {
    const padded = value[0] > 127 ? Buffer.concat([Buffer.from([0]), value]) : value
    return Buffer.concat([Buffer.from([2, padded.length]), padded])
  }
  const both = Buffer.concat([integer(r), integer(s)])
  return Buffer.concat([Buffer.from([0x30, both.length]), both]).toString('base64url')
}

const table = [
  ['padding', () => jws + '==', 'receipt_base64'],
  ['white space at the end', () => jws + '\n', 'receipt_base64'],
  ['white space inside', () => jws.replace('.', '. '), 'receipt_base64'],
  ['the other alphabet', () => jws.slice(0, 400) + '+' + jws.slice(401), 'receipt_base64'],
  [
    'loose bits in the signature',
    () => signature((r, s, raw) => loose(raw.toString('base64url'))),
    'receipt_base64',
  ],
  ['an impossible length', () => jws + 'AAA', 'receipt_base64'],
  ['a detached payload', () => `${parts[0]}..${parts[2]}`, 'json_'],
  ['four parts', () => jws + '.', 'receipt_parts'],
  ['a signature as DER', () => signature((r, s) => der(r, s)), 'receipt_signature'],
  [
    '63 bytes',
    () => signature((r, s, raw) => raw.subarray(1).toString('base64url')),
    'receipt_signature',
  ],
  ['r = 0', () => signature((r, s) => rs(Buffer.alloc(32), s)), 'receipt_forged'],
  ['s = 0', () => signature((r) => rs(r, Buffer.alloc(32))), 'receipt_forged'],
  ['s = n', () => signature((r) => rs(r, point(N))), 'receipt_forged'],
  ['r = n', () => signature((r, s) => rs(point(N), s)), 'receipt_forged'],
  ['all zeros', () => signature(() => 'A'.repeat(86)), 'receipt_forged'],
  ['r and s changed places', () => signature((r, s) => rs(s, r)), 'receipt_forged'],
  ['alg none', () => header({ alg: 'none' }), 'receipt_alg'],
  ['alg HS256', () => header({ alg: 'HS256' }), 'receipt_alg'],
  ['alg EdDSA over an EC key', () => header({ alg: 'EdDSA' }), 'receipt_alg'],
  ['alg ES384', () => header({ alg: 'ES384' }), 'receipt_alg'],
  ['crit', () => header({ crit: ['x'] }), 'receipt_crit'],
  ['b64', () => header({ b64: false }), 'receipt_b64'],
  [
    'a member nobody asked for',
    () => header({ jku: 'https://evil.example' }),
    'receipt_header_member',
  ],
  ['another typ', () => header({ typ: 'consent-ack+jws' }), 'receipt_typ'],
  ['another kid', () => header({ kid: 'A'.repeat(43) }), 'receipt_kid'],
  [
    'a key with a private part',
    () => header({ jwk: { ...device.jwk, d: 'A'.repeat(43) } }),
    'key_private',
  ],
  ['a key with another member', () => header({ jwk: { ...device.jwk, use: 'sig' } }), 'key_member'],
  ['a key of another kind', () => header({ jwk: { ...device.jwk, kty: 'OKP' } }), 'key_type'],
  [
    'loose bits in the key',
    () => header({ jwk: { ...device.jwk, x: loose(device.jwk.x) } }),
    'key_point',
  ],
  ['a point that is too short', () => header({ jwk: { ...device.jwk, y: 'AA' } }), 'key_point'],
  ['white space in the payload', () => resigned(payload().replace(',', ', ')), 'receipt_canonical'],
  [
    'members in another order',
    () =>
      resigned(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(payload())).reverse()))),
    'receipt_canonical',
  ],
  [
    'an escape too many',
    () => resigned(payload().replace('kelisim', '\\u006belisim')),
    'receipt_canonical',
  ],
  ['a member twice', () => resigned(payload().replace('{', '{"categories":{},')), 'json_duplicate'],
  ['a number with a fraction', () => resigned(payload().replace('"seq":1', '"seq":1.0')), 'json_'],
  ['an exponent', () => resigned(payload().replace('"seq":1', '"seq":1e0')), 'json_'],
  [
    'a name of another key',
    () => resigned(payload().replace(/jkt:.{43}/, `jkt:${'A'.repeat(43)}`)),
    'receipt_principal',
  ],
]
for (const [title, spoil, code] of table)
  test(`${title}: ${code}${code.endsWith('_') ? '…' : ''}, here and at the receiver`, async () => {
    const bad = await spoil()
    assert.notEqual(bad, jws, 'something was changed')
    const here = await kelisim.verifyReceipt(bad)
    assert.equal(here.ok, false)
    assert.ok(here.code.startsWith(code), here.code)
    await assert.rejects(verifyReceipt(bad), (error) => /^[a-z]+(_|$)/.test(error.code))
    assert.equal((await kelisim.verifyReceipt(jws)).ok, true)
  })

test('(r, n − s) verifies too: it is another receipt of the same choice, which the chain refuses as a fork', async () => {
  const twin = signature((r, s) => rs(r, point(N - number(s))))
  assert.notEqual(twin, jws)
  assert.equal((await kelisim.verifyReceipt(twin)).ok, true)
  const { faults } = await kelisim.verifyChain([jws, twin])
  assert.ok(
    faults.some(({ code }) => code === 'chain_fork'),
    JSON.stringify(faults),
  )
})
