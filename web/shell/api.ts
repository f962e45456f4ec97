// The members of window.kelisim that need the engine. There is none that grants.
import type { Engine } from '../engine/engine.ts'
import { KelisimError } from '../engine/error.ts'
import type { Attached } from '../gate/link.ts'
import type { Keep } from '../keep.ts'
import type { Layers } from './layers.ts'
import type { Sync } from './outbox.ts'
import type { Report } from './report.ts'
import type { Session, ShownState } from './session.ts'
import { shown } from './session.ts'

export interface Kelisim extends Attached {
  state(): ShownState
  sync(): Promise<Sync>
}

/** window.kelisim (design, section 5). */
export interface PublicKelisim extends Kelisim {
  /** Whether a category, service, purpose, channel, transfer or address is allowed now; what nobody knows is not. */
  allows(x: string): boolean
  /** Resolves to the same object once the engine runs. */
  ready: Promise<PublicKelisim>
  /** Listens to an event without its prefix: "change", "receipt", …; answers with what ends it. */
  on(type: string, listener: (event: CustomEvent) => void): () => void
}

export function publicApi(host: {
  engine: Engine
  session: Session
  layers: Layers
  keep: () => Promise<Keep>
  report: Report
}): Kelisim {
  const { engine, session, layers, keep, report } = host

  const act = async (all: 'refuse_all' | 'withdraw_all', ids?: string[]) => {
    const receipt_id = session.act({
      ...(ids ? { action: 'withdraw_some', ids } : { action: all }),
      source: 'api',
      layer: 'none',
      lang: layers.lang(),
    })
    return receipt_id ? (await keep()).receipts.stored(receipt_id) : { receipt_id }
  }
  /** Newest first. */
  const rows = async () => (await keep()).receipts.all()
  const faces = async () =>
    (await rows()).map(({ jws }) => JSON.parse(engine.inspect({ jws }).json) as unknown)

  return {
    state: () => shown(session.state()),
    refuse: (ids) => act('refuse_all', ids),
    withdraw: (ids) => act('withdraw_all', ids),
    async open(layer = 'choices') {
      try {
        await layers.open(layer)
      } catch (error) {
        report(error, 'layer_failed')
        throw error
      }
    },
    close: layers.close,
    receipts: faces,
    async export(format) {
      if (format === 'jws')
        return (await rows())
          .reverse()
          .map(({ jws }) => jws + '\n')
          .join('')
      if (format === 'json') {
        const acks = (await rows()).flatMap(({ ack }) => ack ?? []).reverse()
        const receipts = (await faces()).reverse()
        return JSON.stringify({ kelisim: 1, receipts, ...(acks.length && { acks }) }, null, 2)
      }
      throw new KelisimError('export_format', `no format "${format}" (jws, json)`)
    },
    sync: async () => (await keep()).outbox.run(true),
  }
}
