// A number that stands for a text: the gate compares a painted layer with what was built, at once, where a hash would make it wait.
import { grab } from './natives.ts'

const [codeAt] = grab(String.prototype, 'charCodeAt') as [(text: string, at: number) => number]

/** FNV-1a over UTF-16 units. It finds what changed, nobody's malice is its match: the engine hashes the layer again. */
export function keyOf(text: string): number {
  let key = 0x811c9dc5
  for (let i = 0; i < text.length; i++) key = Math.imul(key ^ codeAt(text, i), 0x01000193)
  return key >>> 0
}
