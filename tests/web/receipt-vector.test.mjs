// The receipt of tests/vectors/receipt.json with none of our code: any JOSE library verifies it, its body fits the schema.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import Ajv from 'ajv/dist/2020.js'
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose'

const read = (path) => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'))
const vector = read('tests/vectors/receipt.json')
const schema = read('src/receipt/receipt.schema.json')
const validate = new Ajv({ allErrors: true, strict: false }).compile(schema)

/** RFC 8785 for what a receipt may hold: integers, and names that sort the same in UTF-16 and here. */
const canonical = (value) =>
  Array.isArray(value)
    ? `[${value.map(canonical).join()}]`
    : value !== null && typeof value === 'object'
      ? `{${Object.keys(value)
          .sort()
          .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
          .join()}}`
      : JSON.stringify(value)

test('the compact JWS verifies with the key in its header', async () => {
  const [head] = vector.jws.split('.')
  const header = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'))
  const { payload, protectedHeader } = await compactVerify(
    vector.jws,
    await importJWK(header.jwk, 'ES256'),
    { algorithms: ['ES256'] },
  )
  assert.equal(protectedHeader.typ, 'consent-receipt+jws')
  assert.equal(header.kid, await calculateJwkThumbprint(header.jwk))
  assert.equal(vector.body.pii_principal_id, `jkt:${header.kid}`)
  assert.equal(new TextDecoder().decode(payload), canonical(vector.body))
})

test('one byte of the payload changed, and it no longer verifies', async () => {
  const [head, , signature] = vector.jws.split('.')
  const body = canonical({ ...vector.body, evidence: { ...vector.body.evidence, gpc: false } })
  const forged = `${head}.${Buffer.from(body).toString('base64url')}.${signature}`
  await assert.rejects(compactVerify(forged, await importJWK(vector.host.jwk, 'ES256')))
})

test('header, body and signature joined by dots are the JWS, and its hash names it', () => {
  const input = [vector.header, canonical(vector.body)]
    .map((part) => Buffer.from(part, 'utf8').toString('base64url'))
    .join('.')
  assert.equal(input, vector.signing_input)
  assert.equal(`${input}.${vector.signature}`, vector.jws)
  const digest = createHash('sha256').update(vector.jws, 'ascii').digest('base64url')
  assert.equal(`sha256:${digest}`, vector.sha256)
})

test('the body fits kelisim-receipt-1', () => {
  assert.ok(validate(vector.body), JSON.stringify(validate.errors))
})

test('the JSON face fits it too, and gives the JWS back', () => {
  const face = {
    ...vector.body,
    proof: {
      protected: Buffer.from(vector.header, 'utf8').toString('base64url'),
      signature: vector.signature,
    },
  }
  assert.ok(validate(face))
  const { proof, ...body } = JSON.parse(JSON.stringify(face, null, 2))
  const payload = Buffer.from(canonical(body), 'utf8').toString('base64url')
  assert.equal(`${proof.protected}.${payload}.${proof.signature}`, vector.jws)
})

test('a body that lacks a member or names another version does not fit', () => {
  for (const member of schema.required) {
    const { [member]: _, ...rest } = vector.body
    assert.ok(!validate(rest), member)
  }
  assert.ok(!validate({ ...vector.body, schema_version: 'kelisim-receipt-2' }))
})
