// How a worker is made to start behind its gate, from a page or from another worker.
import { makeBlob, remake } from './blobs.ts'
import { decodeUri, exec, startsWith, stringify } from './natives.ts'

const { encodeURIComponent: encode, atob: decode } = globalThis

/** What the gate inside a worker is told. */
export interface WorkerSetup {
  snapshot: unknown
  expecting: boolean
  host: string
  allow: string[]
  base: string
  channel: string
  module: boolean
  /** Its own file, or a copy of its blob: the gate inside loads it. */
  url: string
}

/** The code in a data: address; null when it is none. */
export function codeIn(address: string): string | null {
  const data = exec(/^\s*data:([^,]*?)(;base64)?,([^]*)/i, address)
  let text = null
  try {
    if (data) text = data[2] ? decode(decodeUri(data[3])) : decodeUri(data[3])
    else remake(address, (found) => ((text = found), null))
  } catch {
    // The browser says what is wrong with it.
  }
  return text
}

/** The address to start a worker from; its own where the gate cannot stand in front of it. */
export function workerAddress(address: string, setup: WorkerSetup): string {
  const gate = setup.base + 'kelisim-worker.js'
  const { origin } = new URL(gate)
  if (startsWith(address, origin + '/')) return gate + '#' + encode(stringify(setup))
  const text = codeIn(address)
  if (text === null) return address
  const script = 'text/javascript'
  // A copy: page code may give its own address back at once.
  const given = 'self.kelisimSetup=' + stringify({ ...setup, url: makeBlob([text], script) })
  return makeBlob(
    setup.module
      ? [`import ${stringify(makeBlob([given], script))};import ${stringify(gate)}`]
      : [`${given};importScripts(${stringify(gate)})`],
    script,
  )
}
