// Where receipts, acknowledgements and texts come from: files, folders, a receiver's address.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { receiptsOf } from '../verify/list.ts'
import { readText, UsageError } from './arguments.ts'

export interface Found {
  file: string
  /** Line of the file, or place in its list, from 1. */
  place: number
  receipt: string | object
}

export const isAddress = (source: string) => /^https?:\/\//.test(source)
const below = (address: string, path: string) =>
  new URL(path, address.endsWith('/') ? address : address + '/').href

async function get(url: string): Promise<string> {
  const token = process.env['KELISIM_RECEIVER_TOKEN']
  let response: Response
  try {
    response = await fetch(url, {
      headers: token ? { authorization: `Bearer ${token}` } : {},
      redirect: 'error',
      signal: AbortSignal.timeout(60_000),
    })
  } catch (error) {
    throw new UsageError(`${url}: ${(error as Error).message}`)
  }
  if (!response.ok)
    throw new UsageError(
      `${url}: status ${response.status}${response.status === 401 ? ' (KELISIM_RECEIVER_TOKEN is the token)' : ''}`,
    )
  return response.text()
}

/** Receipts and acknowledgements in a text. */
function receiptsIn(file: string, text: string): Found[] {
  const list = receiptsOf(text)
  if (!list) throw new UsageError(`${file}: neither JSON nor one receipt per line`)
  return list.map((one) => ({ file, ...one }))
}

/** Files with receipts below a folder; texts that hashes name stand beside them and are none. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(jws|json)$/.test(name) && !/(^|[\\/])editions[\\/]/.test(name))
    .sort()
    .map((name) => join(folder, name))

/** Everything in the sources named. */
export async function readAll(sources: string[]): Promise<Found[]> {
  const found: Found[] = []
  for (const source of sources)
    if (isAddress(source))
      found.push(...receiptsIn(source, await get(below(source, './receipts.jws'))))
    else if (source !== '-' && existsSync(source) && statSync(source).isDirectory())
      for (const file of filesIn(source)) found.push(...receiptsIn(file, readText(file)))
    else found.push(...receiptsIn(source, readText(source)))
  return found
}

/** A text by its hash, from the first place that has one; null where none has. */
export async function findEdition(places: string[], sha256: string): Promise<unknown> {
  for (const place of places)
    try {
      const text = isAddress(place)
        ? await get(below(place, sha256 + '.json'))
        : readFileSync(join(place, sha256 + '.json'), 'utf8')
      return JSON.parse(text)
    } catch {
      // Not there, or not JSON: the next place may have it.
    }
  return null
}

/** The keys of a receiver: a file or an address of a jwks.json. */
export async function readKeys(source: string): Promise<unknown[]> {
  const text = isAddress(source) ? await get(source) : readText(source)
  try {
    const { keys } = JSON.parse(text) as { keys?: unknown }
    if (Array.isArray(keys)) return keys as unknown[]
  } catch {
    // told below
  }
  throw new UsageError(`${source}: no {"keys":[…]}`)
}

/** What a receiver offers beside its receipts. */
export const besides = (address: string) => ({
  keys: below(address, '.well-known/jwks.json'),
})
