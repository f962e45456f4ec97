// The answer given on a painted layer before the engine was up (web/gate/pending.schema.json).
import type { Engine } from '../engine/engine.ts'
import { codec } from '../engine/engine.ts'
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

/** A page that ended before the engine was up leaves its answer to the next one, not for longer. */
const MAX_AGE_MS = 24 * 3_600_000

/**
 * Makes the waiting answer an act, if it was given to this edition and to the very layer the engine would draw. Throws
 * `pending_refused`, `pending_edition` or `pending_text` if not: then nothing is granted and the person is asked again.
 */
export async function takePending(host: {
  engine: Engine
  store: Store
  /** The answer where localStorage had no room for it. */
  unstored: string | null
  /** Only a page built with the layer can have been answered before the engine was up. */
  isBuilt: boolean
  session: Session
  languages: Languages
  loaded: LoadedPolicy
  now: () => number
}): Promise<void> {
  const { engine, store, session, languages, loaded, now, unstored } = host
  const stored = store.get('pending') ?? unstored
  if (stored === null) return
  const { action, at_ms, lang, layer_sha256, policy, edition } = codec.parse(stored) as Pending
  const age = now() - at_ms
  if (!host.isBuilt || !(age >= 0 && age <= MAX_AGE_MS)) {
    store.remove('pending')
    throw new KelisimError(
      'pending_refused',
      'no painted layer of this page can have been answered then',
    )
  }
  if (policy !== loaded.policy || edition !== loaded.edition) {
    store.remove('pending')
    throw new KelisimError('pending_edition', 'the answer was given to another edition')
  }
  await languages.load(engine, lang)
  const { sha256 } = engine.view({ layer: 'notice', lang, now_ms: now() })
  store.remove('pending')
  if (sha256 !== layer_sha256)
    throw new KelisimError('pending_text', 'what was answered is not what the engine draws')
  session.act({
    action,
    at_ms,
    layer: 'notice',
    lang,
    text_sha256: sha256,
    source: 'person',
  })
}
