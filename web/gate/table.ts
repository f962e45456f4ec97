// Judges the texts of attributes that ask for something.
import { cssDecision } from './css.ts'
import { judge } from './gate.ts'
import { exec, keysOf, mapEach, mapSet, parse, slice, startsWith } from './natives.ts'
import type { Decision } from './rules.ts'
import {
  absolute,
  candidates,
  code,
  css,
  deep,
  inside,
  page,
  patterns,
  url,
  type Use,
} from './uses.ts'

export * from './uses.ts'

export const allowed: Decision = { allow: true, why: 'first_party' }

/** The entries of the page's import maps. */
const imports = new Map<string, string>()
export function readImports(text: string): void {
  try {
    const { imports: found } = parse(text)
    for (const name of keysOf(found)) mapSet(imports, name, found[name])
  } catch {
    // It is none.
  }
}
const imported = (name: string): string => {
  let to = name
  mapEach(imports, (address: string, key: string) => {
    if (key === name || (exec(/\/$/, key) && startsWith(name, key)))
      to = address + slice(name, key.length)
  })
  return to
}

/** Judges an attribute's text; of several addresses, the first that is held answers. */
export function judgeText(kind: Use, text: string, node: Node): Decision {
  if (kind === css) return cssDecision(text, node)
  if (kind === page) return allowed
  let decision = allowed
  if (kind < candidates) {
    decision = judge(text, node)
    if (kind === url || !decision.allow || !(text = inside(text))) return decision
  }
  const pattern = patterns[kind === deep ? absolute : kind]!
  pattern.lastIndex = 0
  for (let part; decision.allow && (part = exec(pattern, text));)
    decision = judge(kind === code ? imported(part[1]) : part[1], node)
  return decision
}
