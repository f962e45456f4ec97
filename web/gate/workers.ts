// Workers start behind a gate of their own, kelisim-worker.js: it gets the rules of the page and what changes in them.
import { doc, own } from './dom.ts'
import { config, expecting, ownHref, rules } from './gate.ts'
import { startsWith } from './natives.ts'
import { workerAddress } from './start-worker.ts'

const { BroadcastChannel } = own
const name = 'kelisim-' + Math.random()
let channel: any

/** Tells workers of a new snapshot. */
export const tellWorkers = (): void =>
  channel && channel.postMessage({ snapshot: rules.snapshot, expecting })

/** Starts a worker behind its gate; where it cannot stand in front of it, as page code wanted. */
export function guardWorker(args: any[], make: (args: any[]) => any): any {
  if (startsWith(config.base, location.origin + '/')) {
    channel ||= new BroadcastChannel(name)
    args[0] = workerAddress(ownHref(args[0], doc), {
      snapshot: rules.snapshot,
      expecting,
      host: location.hostname,
      allow: config.allow,
      base: config.base,
      channel: name,
      module: !!args[1] && args[1].type === 'module',
      url: ownHref(args[0], doc),
    })
  }
  return make(args)
}
