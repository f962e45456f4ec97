// Checks receipts, one per line of standard input, with the npm package jose and nothing of Kelisim.
import { readFileSync } from 'node:fs'
import { calculateJwkThumbprint, compactVerify, EmbeddedJWK } from 'jose'

for (const jws of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const { payload, protectedHeader } = await compactVerify(jws, EmbeddedJWK, {
    algorithms: ['ES256'],
  })
  const body = JSON.parse(new TextDecoder().decode(payload))
  const kid = await calculateJwkThumbprint(protectedHeader.jwk)
  if (protectedHeader.kid !== kid || body.pii_principal_id !== `jkt:${kid}`)
    throw new Error('not signed by its own key')
  console.log(body.receipt_id, body.event[0].event_time, body.evidence.action)
}
