// May an inline script wait as a whole? It may where it does nothing but load its service, and no other code misses what it defines.
import type { Tag } from './read.ts'

/** What an inline script has to do to load something. */
const loads =
  /createElement|new\s+Image|\bfetch\b|sendBeacon|XMLHttpRequest|document\.write|\bimport\b|\.src\s*=|getScript|importScripts|WebSocket|EventSource/

/** Names that code defines for others, or hands to a loader as text ("ym"). */
const defined =
  /(?:(?:window|self|globalThis|w)(?:\.|\[\s*["']))([A-Za-z_$][\w$]*)|(?:^|[;{}\s])(?:var|let|const|function|class)\s+([A-Za-z_$][\w$]*)|["']([A-Za-z_$][\w$]{1,30})["']/g
/** Names of every page, which no script defines. */
const common =
  /^(?:script|document|window|location|dataLayer|text|javascript|async|src|head|body|img|iframe|undefined|function|load|error|onload|push|UTF|utf|navigator|console|true|false|type|id|name|init|event|config|track|js)$/

/** Whether code outside of an inline script uses what that script defines: without it the page would break. */
function usedBy(script: string, others: string[]): boolean {
  const names = new Set<string>()
  for (const [, a, b, c] of script.matchAll(defined)) {
    const name = a ?? b ?? c!
    if (name.length > 1 && !common.test(name)) names.add(name)
  }
  return [...names].some((name) => {
    const use = new RegExp(
      `(?<![\\w$.]|["'])${name.replace(/\$/g, '\\$')}\\s*[(.[]|(?:window|self)\\.${name.replace(/\$/g, '\\$')}(?![\\w$])`,
    )
    return others.some((text) => use.test(text))
  })
}

/** Whether code gives names to others. A function that is called at once, and sets members of elements only, gives none. */
const givesNames = (script: string): boolean =>
  /(?:window|self|globalThis|\b[\w$])(?:\.[\w$]+|\[[^\]]+\])\s*=(?!=)/.test(
    script.replace(
      /\.(?:src|async|defer|type|id|onload|onerror|href|rel|charset|crossOrigin)\s*=/g,
      '',
    ),
  ) || !/^\s*(?:[(!;]\s*)+(?:async\s+)?(?:function\b|\()/.test(script)

/** A text of code, and the tag it belongs to; null: it is not at hand. */
interface Code {
  tag: Tag
  text: string | null
}

/** The code that stands in a tag itself: a script's text, handlers. */
export const codeIn = (tag: Tag): Code[] => [
  ...(tag.name === 'script' && tag.text ? [{ tag, text: tag.text }] : []),
  ...tag.attributes
    .filter(({ name }) => name.startsWith('on'))
    .map(({ value: text }) => ({ tag, text })),
]

/** Says what other code than that of one tag there is in a page. */
export const codeBeside = (all: Code[]) => (tag: Tag) =>
  all.filter((one) => one.tag !== tag).map(({ text }) => text)

/** Why an inline script stays as it is; undefined: it may wait. @param beside  the page's other code */
export function whyStays(
  script: string,
  beside: (string | null)[],
): 'names_only' | 'used' | 'may_be_used' | undefined {
  if (!loads.test(script)) return 'names_only'
  const known = beside.filter((text) => text !== null)
  if (usedBy(script, known)) return 'used'
  return known.length < beside.length && givesNames(script) ? 'may_be_used' : undefined
}
