// The answer given on a painted layer before the engine was up (web/gate/pending.schema.json).
import type { Engine } from '../engine/engine.ts'
import { KelisimError } from '../engine/error.ts'
import type { LoadedPolicy } from '../engine/types.ts'
import type { Store } from '../gate/link.ts'
import type { Languages } from './language.ts'
import type { Session } from './session.ts'

interface Pending {
  format: 'kelisim-pending-1'
  action: 'grant_all' | 'refuse_all'
  at_ms: number
  layer_sha256: string
  lang: string
  policy: string
  edition: string
}

/**
 * Makes the waiting answer an act, if it was given to this edition and to the very layer the engine would draw. Throws
 * `pending_edition` or `pending_text` if not: then nothing is granted and the person is asked again.
 */
export async function takePending(host: {
  engine: Engine
  store: Store
  /** The answer where localStorage had no room for it. */
  unstored: string | null
  session: Session
  languages: Languages
  loaded: LoadedPolicy
  now: () => number
}): Promise<void> {
  const { engine, store, session, languages, loaded, now, unstored } = host
  const stored = store.get('pending') ?? unstored
  if (stored === null) return
  const { action, at_ms, lang, layer_sha256, policy, edition } = JSON.parse(stored) as Pending
  if (policy !== loaded.policy || edition !== loaded.edition) {
    store.remove('pending')
    throw new KelisimError('pending_edition', 'the answer was given to another edition')
  }
  await languages.load(lang, engine)
  const { sha256 } = engine.view({ layer: 'notice', lang, now_ms: now() })
  store.remove('pending')
  if (sha256 !== layer_sha256)
    throw new KelisimError('pending_text', 'what was answered is not what the engine draws')
  session.act({
    action,
    at_ms: Math.min(at_ms, now()),
    layer: 'notice',
    lang,
    text_sha256: sha256,
    source: 'person',
  })
}
