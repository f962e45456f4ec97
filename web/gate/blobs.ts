// Documents in blob: addresses: read at once, and made anew with the gate's line in front.
import { apply, exec, grab, mapGet, mapSet } from './natives.ts'

const { Blob, XMLHttpRequest: Xhr } = globalThis
const { createObjectURL } = URL
const [open, send, responseText, header] = grab(
  Xhr.prototype,
  'open send responseText getResponseHeader',
) as any
/** Addresses of the gate's own making. */
const ours = new Map<string, true>()

/** Makes an address of its own for parts of a blob. */
export function makeBlob(parts: BlobPart[], type: string): string {
  const address = apply(createObjectURL, URL, [new Blob(parts, { type })])
  mapSet(ours, address, true)
  return address
}

/**
 * The address of the same blob, changed.
 * @param change  Gets text and type; null: it stays as it is.
 */
export function remake(
  address: string,
  change: (text: string, type: string) => string | null,
): string {
  if (!exec(/^\s*blob:/i, address) || mapGet(ours, address)) return address
  try {
    const request = new Xhr()
    open(request, 'GET', address, false)
    send(request)
    const type = header(request, 'Content-Type') || ''
    const text = change(responseText(request), type)
    return text === null ? address : makeBlob([text], type)
  } catch {
    return address
  }
}
