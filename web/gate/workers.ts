// Workers start behind a gate of their own, kelisim-worker.js: it gets the rules of the page and what changes in them.
import { makeBlob, remake } from './blobs.ts'
import { doc, own } from './dom.ts'
import { config, expecting, ownHref, rules } from './gate.ts'
import { decodeUri, exec, startsWith, stringify } from './natives.ts'

const { BroadcastChannel, encodeURIComponent: encode } = own
const name = 'kelisim-' + Math.random()
let channel: any

/** Tells workers of a new snapshot. */
export const tellWorkers = (): void =>
  channel && channel.postMessage({ snapshot: rules.snapshot, expecting })

/** Starts a worker behind its gate; where it cannot stand in front of it, as page code wanted. */
export function guardWorker(_: any, args: any[], make: (args: any[]) => any, kind: string): any {
  const address = ownHref(args[0], doc)
  const gate = config.base + 'kelisim-worker.js'
  if (!startsWith(gate, location.origin + '/')) return make(args)
  channel ||= new BroadcastChannel(name)
  const module = !!args[1] && args[1].type === 'module'
  const setup = stringify({
    snapshot: rules.snapshot,
    expecting,
    host: location.hostname,
    allow: config.allow,
    base: config.base,
    channel: name,
    module,
    kind,
    url: exec(/^(?:blob|data):/, address) ? '' : address,
  })
  const lead = () =>
    module
      ? `import ${stringify(makeBlob([`self.kelisimSetup=${setup}`], 'text/javascript'))};import ${stringify(gate)};`
      : `self.kelisimSetup=${setup};importScripts(${stringify(gate)});`
  const data = exec(/^data:([^,]*?)(;base64)?,([^]*)/, address)
  if (data)
    try {
      const text = decodeUri(data[3])
      args[0] = `data:text/javascript,${encode(lead() + (data[2] ? atob(text) : text))}`
    } catch {
      // The browser says what is wrong with it.
    }
  else if (startsWith(address, 'blob:')) args[0] = remake(address, (text) => lead() + text)
  else if (startsWith(address, location.origin + '/')) args[0] = gate + '#' + encode(setup)
  return make(args)
}
