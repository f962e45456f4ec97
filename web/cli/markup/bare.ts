// A page as it is without Kelisim: no gate, no second line, and what was marked in force again. Only takes away.
import { nowhere } from '../../gate/css-text.ts'
import { css, prefix } from '../../gate/uses.ts'
import { asksOf, isGate, isMarked, runs } from './asks.ts'
import { attributeOf, readMarkup, valueIn, type Tag } from './read.ts'

type Cut = [from: number, to: number]

const isSecondLine = (tag: Tag | undefined) =>
  tag?.name === 'meta' && /^content-security-policy$/i.test(valueIn(tag, 'http-equiv') ?? '')

/** Cuts the prefix of an attribute's name, wherever it stands. */
function giveBack(tag: Tag, name: string): Cut[] {
  if (attributeOf(tag, name)) return []
  const form = attributeOf(tag, prefix + name) ? prefix : 'data-'
  return tag.attributes
    .filter((one) => one.name === form + name)
    .map(({ at }) => [at, at + form.length])
}

/** @param source  read as bytes */
export function barePage(source: string): string {
  const { tags } = readMarkup(source)
  const cuts: Cut[] = []
  for (const [i, tag] of tags.entries()) {
    if (isGate(tag)) {
      cuts.push([tag.at, tag.until])
      if (isSecondLine(tags[i + 1])) cuts.push([tags[i + 1]!.at, tags[i + 1]!.until])
      continue
    }
    for (const { name, use, addresses, kept } of asksOf(tag)) {
      if (kept && use === css)
        for (const { at } of addresses) if (at != null) cuts.push([at, at + nowhere.length])
      if (kept && use !== css && name !== '#') cuts.push(...giveBack(tag, name))
    }
    const waits = isMarked(tag) || attributeOf(tag, prefix + 'type')
    const type = attributeOf(tag, 'type')
    if (tag.name !== 'script' || !waits || !type || runs(type.value)) continue
    // "type=" and what is behind it, with its quotes.
    const end = type.valueAt + type.raw.length
    cuts.push([type.at, /["']/.test(source[end] ?? '') ? end + 1 : end])
    for (const form of [prefix, 'data-']) {
      const kept = attributeOf(tag, form + 'type')
      if (kept) cuts.push([kept.at, kept.at + form.length])
    }
  }
  let out = ''
  let from = 0
  for (const [start, end] of cuts.sort((a, b) => a[0] - b[0])) {
    if (start < from) continue
    out += source.slice(from, start)
    from = end
  }
  return out + source.slice(from)
}
