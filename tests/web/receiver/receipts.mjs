// Makes signed receipts for tests with WebCrypto, as a browser would, and starts receivers on a free port.
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReceiver } from '../../../examples/receiver/receiver.mjs'
import { importSignKey, makeSignKey } from '../../../examples/receiver/sign-key.mjs'
import { openStore } from '../../../examples/receiver/store-sqlite.mjs'

const { subtle } = globalThis.crypto
const base64url = (value) => Buffer.from(value).toString('base64url')
const sha256 = (text) => createHash('sha256').update(text).digest('base64url')

export const origin = 'http://shop.test'

/** Members in the order of RFC 8785; independent of the code under test. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  )
}

/** A person's device: one key, one record, a growing chain. */
export class Device {
  static async make() {
    const device = new Device()
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    device.keys = await subtle.generateKey(algorithm, false, ['sign', 'verify'])
    const { kty, crv, x, y } = await subtle.exportKey('jwk', device.keys.publicKey)
    device.jwk = { crv, kty, x, y }
    device.kid = sha256(JSON.stringify(device.jwk))
    device.record = randomUUID()
    device.seq = 0
    device.prev = null
    return device
  }

  /** The body of the next receipt of the chain. */
  body({ granted = false, time = '2026-11-20T10:00:00Z', ...changed } = {}) {
    return {
      schema_version: 'kelisim-receipt-1',
      receipt_id: randomUUID(),
      record_id: this.record,
      pii_principal_id: `jkt:${this.kid}`,
      seq: this.seq + 1,
      prev: this.prev,
      pii_processing: {
        privacy_notice: {
          ...{ policy_id: 'test-shop', url: { not_stated: true }, version: '2019-10-15' },
          sha256: sha256('the policy'),
        },
        language: 'ru',
        purposes: [
          {
            ...{ purpose_id: 'statistics', purpose: 'Статистика <и> исследования' },
            ...{
              category: 'analytics',
              purpose_type: [],
              lawful_basis: 'https://w3id.org/dpv#ExpressedConsent',
            },
            ...{ pii_information: [], pii_controllers: ['operator'], storage_locations: ['KZ'] },
            ...{ retention_period: 'P12M', jurisdiction: 'KZ', recipient_third_parties: [] },
            ...{ withdrawal_method: origin, privacy_rights: [], clauses: ['3.2.6'] },
          },
        ],
      },
      party_identification: [
        {
          ...{ party_id: 'operator', party_name: 'ТОО «Проба»', party_role: 'controller' },
          ...{ party_address: { not_stated: true }, party_contact: 'info@shop.test' },
          party_type: 'company',
        },
      ],
      event: [
        {
          ...{ event_time: time, event_type: 'explicit', entity_id: 'subject' },
          ...{ validity_duration: 'P12M', purpose_ids: ['statistics'] },
          event_state: granted ? 'given' : 'refused',
        },
      ],
      categories: { analytics: granted ? 'granted' : 'refused' },
      channels: {},
      transfers: {},
      evidence: {
        ...{ widget: 'test', config_sha256: sha256('config'), text_sha256: sha256('text') },
        ...{ action: granted ? 'grant_all' : 'refuse_all', layer: 'notice', origin },
        ...{ gpc: false, key: 'persistent' },
      },
      kz: {
        ...{ operator_name: 'ТОО «Проба»', operator_bin: { not_stated: true }, subject_name: null },
        ...{ consent_term: 'P12M', third_party_transfer: false, cross_border_transfer: false },
        ...{ cross_border_countries: [], public_sources: false, pii_list: { not_stated: true } },
        form: 'other_confirmable',
      },
      ...changed,
    }
  }

  /** Signs any header and payload text with the device's key. */
  async sign(payload, header = {}) {
    const full = sorted({
      ...{ alg: 'ES256', jwk: this.jwk, kid: this.kid, typ: 'consent-receipt+jws' },
      ...header,
    })
    const input = `${base64url(JSON.stringify(full))}.${base64url(payload)}`
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    const signature = await subtle.sign(algorithm, this.keys.privateKey, Buffer.from(input))
    return `${input}.${base64url(signature)}`
  }

  /** A signed receipt that does not move the chain on. */
  receipt(changed, header) {
    return this.sign(JSON.stringify(sorted(this.body(changed))), header)
  }

  /** The next receipt of the chain. */
  async next(changed) {
    const jws = await this.receipt(changed)
    this.seq += 1
    this.prev = hashOf(jws)
    return jws
  }
}

export const hashOf = (jws) => `sha256:${sha256(jws)}`

/** A receiver on a free port, closed with the test. */
export async function receiverFor(t, { data = ':memory:', ...options } = {}) {
  const store = options.store ?? openStore(data)
  const signKey = await importSignKey(await makeSignKey())
  const server = createReceiver({ store, origins: [origin], signKey, ...options })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}`
  let open = true
  const close = async () => {
    if (!open) return
    open = false
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
    store.close()
  }
  t.after(close)

  const get = async (path, headers) => {
    const response = await fetch(url + path, { headers })
    const type = response.headers.get('content-type') ?? ''
    const body = type.includes('json') ? await response.json() : await response.text()
    return { status: response.status, headers: response.headers, body }
  }
  const postRaw = async (body, headers) => {
    const response = await fetch(`${url}/receipts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...headers },
      body,
    })
    return { status: response.status, headers: response.headers, body: await response.json() }
  }
  const post = (...receipts) => postRaw(JSON.stringify({ kelisim: 1, receipts }))
  return { url, store, get, post, postRaw, close }
}
