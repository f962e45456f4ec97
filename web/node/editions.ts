// The texts behind the hashes of receipts: editions/<sha256>.json, made from a policy, and checked against their names.
import { KelisimError } from '../engine/error.ts'
import type { Json, Layer } from '../engine/types.ts'
import type { Kelisim } from './index.ts'

export interface Edition {
  format: 'kelisim-edition-1'
  /**
   * text: {policy, text}, the document and its verbatim text; its hash is that of the source text the two make.
   * config: the document; view: the tree of a layer. The hash of both is that of their RFC 8785 bytes.
   */
  kind: 'text' | 'config' | 'view'
  sha256: string
  value: Json
}

/** Every text that a receipt about the loaded policy can name, in every language there is. @param text the verbatim text, where it is at hand */
export function editionsOf(kelisim: Kelisim, policy: string, text?: string): Edition[] {
  const document = JSON.parse(policy) as {
    services?: { id: string }[]
    forms?: { id: string }[]
  } & { [member: string]: Json }
  const found = new Map<string, Edition>()
  const add = (kind: Edition['kind'], sha256: string, value: Json) =>
    found.set(sha256, { format: 'kelisim-edition-1', kind, sha256, value })
  if (text !== undefined)
    add('text', kelisim.loadText(text).sha256, { policy: document, text: JSON.parse(text) as Json })
  add('config', kelisim.canonical(policy).sha256, document)

  const layers: { layer: Layer; service?: string; form?: string }[] = [
    ...(['notice', 'choices', 'policy', 'rights', 'receipts'] as const).map((layer) => ({ layer })),
    ...(document.services ?? []).map(({ id }) => ({ layer: 'hold' as const, service: id })),
    ...(document.forms ?? []).map(({ id }) => ({ layer: 'form' as const, form: id })),
  ]
  for (const lang of kelisim.languages())
    for (const layer of layers)
      try {
        const { tree, sha256 } = kelisim.view({ ...layer, lang })
        add('view', sha256, tree as unknown as Json)
      } catch (error) {
        // A service that never has a placeholder has no such layer.
        if (!(error instanceof KelisimError)) throw error
      }
  return [...found.values()]
}

/** Whether an edition is the text its name says. Loads a policy into `kelisim`. */
export function isEdition(kelisim: Kelisim, edition: unknown, sha256: string): boolean {
  const { format, kind, value } = (edition ?? {}) as Partial<Edition>
  if (format !== 'kelisim-edition-1') return false
  try {
    if (kind === 'config' || kind === 'view')
      return kelisim.canonical(JSON.stringify(value)).sha256 === sha256
    if (kind !== 'text') return false
    const { policy, text } = value as { policy: object; text: object }
    return (
      kelisim.loadPolicy(policy).text.sha256 === sha256 && kelisim.loadText(text).sha256 === sha256
    )
  } catch {
    // The engine refuses it, or it is not even of the form that could be asked about.
    return false
  }
}
