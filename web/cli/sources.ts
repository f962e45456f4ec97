// Where receipts, acknowledgements and texts come from: files, folders, a receiver's address.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Listed } from '../verify/list.ts'
import { receiptsOf } from '../verify/list.ts'
import { readText, UsageError } from './arguments.ts'

export interface Found extends Listed {
  file: string
}

export const isAddress = (source: string) => /^https?:\/\//.test(source)
const below = (address: string, path: string) =>
  new URL(path, address.endsWith('/') ? address : address + '/').href

/** @param token for the receiver's own address and no other: texts and keys are everybody's, and may lie anywhere */
async function get(url: string, token?: string): Promise<string> {
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
function receiptsIn(file: string, text: string, strict: (json: string) => void): Found[] {
  const list = receiptsOf(text, strict)
  if (!list) throw new UsageError(`${file}: neither JSON nor one receipt per line`)
  return list.map((one) => ({ file, ...one }))
}

/** Files with receipts below a folder; texts that hashes name stand beside them and are none. */
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(jws|json)$/.test(name) && !/(^|[\\/])editions[\\/]/.test(name))
    .sort()
    .map((name) => join(folder, name))

/** Everything in the sources named. @param strict of receiptsOf */
export async function readAll(sources: string[], strict: (json: string) => void): Promise<Found[]> {
  const found: Found[] = []
  const take = (source: string, text: string) => found.push(...receiptsIn(source, text, strict))
  for (const source of sources)
    if (isAddress(source))
      take(
        source,
        await get(below(source, './receipts.jws'), process.env['KELISIM_RECEIVER_TOKEN']),
      )
    else if (source !== '-' && existsSync(source) && statSync(source).isDirectory())
      for (const file of filesIn(source)) take(file, readText(file))
    else take(source, readText(source))
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
    if (Array.isArray(keys)) return keys.filter((key) => typeof key === 'object' && key !== null)
  } catch {
    // told below
  }
  throw new UsageError(`${source}: no {"keys":[…]}`)
}

/** What a receiver offers beside its receipts. */
export const besides = (address: string) => ({
  keys: below(address, '.well-known/jwks.json'),
})
