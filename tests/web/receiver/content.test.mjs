// A content that passed once is read quickly the next time; the quick reading and the engine never differ.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import fc from 'fast-check'
import { contentOf, readAs } from '../../../examples/receiver/content.mjs'
import { verifyReceipt } from '../../../examples/receiver/verify.mjs'
import { loadEngine, manyReceipts, shops } from '../../support/shop-receipts.mjs'
import { Device } from './receipts.mjs'

let kelisim
before(async () => {
  kelisim = await loadEngine()
})

const payloadOf = (jws) => Buffer.from(jws.split('.')[1], 'base64url').toString('latin1')
const judge = (verify) => verify.then(({ body }) => JSON.stringify(body)).catch(({ code }) => code)
const byEngine = async (jws) => {
  const { ok, body, code } = await kelisim.verifyReceipt(jws)
  return ok ? JSON.stringify(body) : code
}

for (const shop of shops)
  test(`${shop}: the same content is read to the same body, of another visitor too`, async () => {
    const chains = await manyReceipts({ visitors: 2, length: 3, shop })
    for (const jws of chains.flat()) {
      // The second time it is known.
      for (let i = 0; i < 2; i += 1)
        assert.equal(await judge(verifyReceipt(jws)), await byEngine(jws))
    }
    const [of, other] = chains.map(([first]) => payloadOf(first))
    const content = contentOf(JSON.parse(Buffer.from(of, 'latin1').toString()), of)
    const kid = JSON.parse(Buffer.from(chains[1][0].split('.')[0], 'base64url')).kid
    assert.ok(readAs(content, other, kid), 'known by its content')
    assert.equal(readAs(content, other, 'x'), null, 'not of another key')
  })

test('a receipt whose content is known and that was changed anywhere is judged as the engine judges it', async () => {
  const device = await Device.make()
  const first = await device.next()
  await verifyReceipt(first)
  const text = Buffer.from(payloadOf(first), 'latin1').toString()
  await fc.assert(
    fc.asyncProperty(
      fc.nat(text.length - 1),
      fc.constantFrom(
        '',
        '0',
        '9',
        '"',
        '\\',
        ' ',
        'a',
        'Z',
        '{',
        '}',
        ',',
        '\u0001',
        'é',
        '-',
        'null',
      ),
      fc.boolean(),
      async (at, put, instead) => {
        const payload = text.slice(0, at) + put + text.slice(at + (instead ? 1 : 0))
        const jws = await device.sign(payload)
        assert.equal(
          await judge(verifyReceipt(jws)),
          await byEngine(jws),
          payload.slice(at - 20, at + 20),
        )
      },
    ),
    { numRuns: 600 },
  )
})

test('a known content with another key, signature, header or base64url is refused as the engine refuses it', async () => {
  const device = await Device.make()
  const jws = await device.next()
  await verifyReceipt(jws)
  const [head, payload, signature] = jws.split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString())
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const loose = (text) => text.slice(0, -1) + last[last.indexOf(text.at(-1)) | 1]
  const thief = await Device.make()
  for (const forged of [
    `${head}.${payload}.${loose(signature)}`,
    `${head}.${payload}.${signature}=`,
    `${head}.${payload}.${signature}.`,
    `${head}.${payload}.${'A'.repeat(86)}`,
    `${head}.${payload} .${signature}`,
    `${encode({ ...header, jwk: { ...header.jwk, x: loose(header.jwk.x) } })}.${payload}.${signature}`,
    `${encode({ ...header, jwk: thief.jwk })}.${payload}.${signature}`,
    `${encode({ ...header, jwk: thief.jwk, kid: thief.kid })}.${payload}.${signature}`,
    `${encode({ ...header, alg: 'none' })}.${payload}.`,
    `${encode({ ...header, jwk: { ...header.jwk, x: 'A'.repeat(43) } })}.${payload}.${signature}`,
    await thief.sign(JSON.stringify(JSON.parse(Buffer.from(payload, 'base64url')))),
  ])
    assert.match(
      await judge(verifyReceipt(forged)),
      /^(receipt|key|json)_?\w*$/,
      forged.slice(0, 60),
    )
})

// The 31st of February of a known content was stored, and no verifier took it afterwards.
test('times of a known content are of the calendar, in every gap', async () => {
  const device = await Device.make()
  const body = (changed_at, time) => ({ channels: { sms: { state: 'refused', changed_at } }, time })
  const sound = '2026-01-15T10:00:00Z'
  assert.match(await judge(verifyReceipt(await device.next(body(sound, sound)))), /^{/)
  for (const day of [
    '01-31',
    '02-28',
    '02-29',
    '02-30',
    '02-31',
    '04-30',
    '04-31',
    '11-31',
    '12-31',
  ])
    for (const year of ['2026', '2024', '1900', '0000']) {
      const time = `${year}-${day}T10:00:00Z`
      for (const of of [body(time, sound), body(sound, time)]) {
        const jws = await device.next(of)
        assert.equal(await judge(verifyReceipt(jws)), await byEngine(jws), time)
      }
    }
})
