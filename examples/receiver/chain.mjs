// May a verified receipt join what is stored? One record is one chain by one key; every place in it is held by one receipt.
import { Refusal } from './jose.mjs'

/** How far a device's clock may run ahead of ours. Behind it may be as far as it likes: receipts wait offline. */
export const maxAheadMs = 24 * 60 * 60 * 1000

/**
 * @typedef {object} Neighbours  What the store holds that a receipt has to fit; undefined = nothing.
 * @property {string} [principal]  The key pinned for this record by the first receipt of it that came.
 * @property {string} [before]     Hash of the receipt at seq − 1.
 * @property {string} [same]       Hash of the receipt at seq.
 * @property {string} [after]      `prev` of the receipt at seq + 1.
 */

export const keyChanged = () =>
  new Refusal('key_changed', '/body/pii_principal_id', 'the record is pinned to another key')

/**
 * Refuses what contradicts the stored chain. A receipt whose predecessor is not here is taken: it may be on its way, or lost on
 * the device, and it is evidence all the same; when the missing one comes it has to fit from both sides.
 * @param {{ hash: string, body: object }} receipt  as verifyReceipt returned it
 * @param {Neighbours} stored
 * @param {number} nowMs
 * @throws {Refusal}
 */
export function checkPlace({ hash, body }, stored, nowMs) {
  if (stored.principal !== undefined && stored.principal !== body.pii_principal_id)
    throw keyChanged()
  if (stored.same !== undefined)
    throw new Refusal('fork', '/body/seq', 'another receipt holds this place in the record')
  if (stored.before !== undefined && stored.before !== body.prev)
    throw new Refusal('chain', '/body/prev', 'does not follow the receipt stored before it')
  if (stored.after !== undefined && stored.after !== hash)
    throw new Refusal('chain', '/body/seq', 'the receipt stored after it follows another one')
  body.event.forEach(({ event_time }, i) => {
    const at = Date.parse(event_time)
    const refuse = (why) => {
      throw new Refusal('clock', `/body/event/${i}/event_time`, why)
    }
    if (at - nowMs > maxAheadMs) refuse('more than 24 hours ahead of the receiver')
    // The 31st of February is read as the 3rd of March.
    if (!new Date(at).toISOString().startsWith(event_time.slice(0, 19)))
      refuse('there is no such time')
  })
}
