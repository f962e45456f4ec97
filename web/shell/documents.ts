// The documents a page is served with: policy, its text, locales, catalogue. All from where the shop's own install says.
import { KelisimError } from '../engine/error.ts'
import type { Config } from '../gate/link.ts'

export type Fetch = (url: string) => Promise<Response>

/** A document's text. Throws `code` when it cannot be had. */
export async function fetchText(fetch: Fetch, url: string, code: string): Promise<string> {
  let reason: unknown
  try {
    const response = await fetch(url)
    if (response.ok) return await response.text()
    reason = 'status ' + response.status
  } catch (error) {
    reason = error
  }
  throw new KelisimError(code, `${url}: ${String(reason)}`)
}

const parsed = () =>
  new Promise<void>((resolve) => {
    if (document.readyState === 'loading')
      document.addEventListener('DOMContentLoaded', () => resolve(), { once: true })
    else resolve()
  })

export interface PolicyDocument {
  text: string
  /** What its own addresses are relative to. */
  base: string
}

/** The policy from its URL, or from the <script type="application/json"> with that id. */
export async function fetchPolicy({ policy }: Config, fetch: Fetch): Promise<PolicyDocument> {
  if (!policy) throw new KelisimError('policy_missing', 'the script names no policy (data-policy)')
  if (!policy.startsWith('#'))
    return { text: await fetchText(fetch, policy, 'policy_unavailable'), base: policy }
  const find = () => document.getElementById(policy.slice(1))
  if (!find()) await parsed()
  const text = find()?.textContent
  if (!text)
    throw new KelisimError('policy_unavailable', `no element ${policy} with a policy in it`)
  return { text, base: document.baseURI }
}

/**
 * Whether a policy will need the catalogue, so that it can be fetched while the engine still loads. A guess: the engine's answer counts.
 */
export function looksCatalogued(policy: string): boolean {
  try {
    const { services } = JSON.parse(policy) as { services?: { operator?: string }[] }
    return services?.some(({ operator }) => operator === undefined) ?? false
  } catch {
    return false
  }
}
