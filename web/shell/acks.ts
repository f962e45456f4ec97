// What an endpoint signed about the receipts it has: kept when it verifies by the key the endpoint had from the first.
import type { Engine } from '../engine/engine.ts'
import type { PublicJwk } from '../engine/types.ts'
import { bytesOf } from '../host/base64url.ts'
import type { Checks } from '../host/crypto.ts'
import { holds } from '../host/crypto.ts'
import type { CopyRow, Storage } from '../host/storage.ts'

/** A part that is read and was written the one way there is; throws when it is not. */
function part(engine: Engine, text: string): Record<string, unknown> {
  const json = new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(text))
  if (engine.canonical(json).text !== json) throw new Error('not RFC 8785')
  return JSON.parse(json) as Record<string, unknown>
}

/**
 * The acknowledgements of an answer that hold, by the hash of the receipt each is about.
 * @param ours  hashes of the receipts kept here
 * @returns wrong: how many do not: another key than the first one seen, a forged signature, another's receipt, no acknowledgement at all
 */
export async function acksIn(
  answer: unknown,
  ours: Set<string>,
  host: { engine: Engine; storage: Storage; keys(): Promise<Checks>; url: string },
): Promise<{ good: Map<string, string>; wrong: number }> {
  const { engine, storage } = host
  const good = new Map<string, string>()
  const acks = (answer as { acks?: unknown } | null)?.acks
  let wrong = 0
  const pin = 'ack:' + host.url
  let pinned = ((await storage.get('keys', pin)) as CopyRow | undefined)?.value
  for (const jws of Array.isArray(acks) ? (acks as unknown[]) : [])
    try {
      const [head, payload, signature, ...more] = (jws as string).split('.')
      const { alg, jwk, kid, typ, ...rest } = part(engine, head!)
      const { typ: kind, receipt } = part(engine, payload!)
      const { crv, kty, x, y } = jwk as PublicJwk
      const key = { crv, kty, x, y }
      if (
        more.length ||
        alg !== 'ES256' ||
        typ !== 'consent-ack+jws' ||
        'crit' in rest ||
        'b64' in rest ||
        kind !== 'kelisim-ack-1' ||
        !ours.has(receipt as string) ||
        kid !== engine.canonical(JSON.stringify(key)).sha256 ||
        kid !== (pinned ?? kid)
      )
        throw new Error('not an acknowledgement of ours')
      const read = {
        header: { jwk: key },
        signing_input: `${head}.${payload}`,
        signature: signature!,
      }
      if (!(await holds(await host.keys(), read))) throw new Error('forged')
      if (!pinned) {
        pinned = kid
        await storage.write([{ table: 'keys', row: { id: pin, value: kid } }])
      }
      good.set(receipt as string, jws as string)
    } catch {
      wrong++
    }
  return { good, wrong }
}
