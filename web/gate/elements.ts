// Elements that ask for addresses: which of their attributes do, how an address is taken off an element, kept in it, and
// given back.
//
// A held address stands in the attribute data-kelisim-<name> of its own element. So it survives clones, moves and markup
// written out and read in again, and the element that the page knows, with its listeners, is the one that runs later.
// A script is taken before the parser prepares it: without src, and with a type that is not JavaScript, preparing ends
// early and leaves it unstarted. Given back, src starts it once, and only once, by the browser's own rules.
import {
  each,
  getAttribute,
  hasAttribute,
  isAsync,
  isTrusted,
  localName,
  nodeType,
  on,
  parentNode,
  removeAttribute,
  replaceWith,
  select,
  setAsync,
  setAttribute,
  setAttributeNS,
  timeout,
  trustedHtml,
  trustedUrl,
} from './dom.ts'
import { describeHeld, judge, rules } from './gate.ts'
import { drop, hold, runsUntil, type Entry } from './hold.ts'
import { bare, exec, weakGet, weakSet } from './natives.ts'
import { flushWrites, isReplayed, replay } from './patch-html.ts'
import { rewriteDocument } from './rewrite.ts'
import type { Decision } from './rules.ts'

/** How an attribute is read: one address, the candidates of a srcset, a document. */
const url = 1
const list = 2
const page = 3
type Use = 1 | 2 | 3

export const table = bare({
  script: bare({ src: url, href: url, 'xlink:href': url }),
  img: bare({ src: url, srcset: list }),
  source: bare({ srcset: list }),
  iframe: bare({ src: url, srcdoc: page }),
  frame: bare({ src: url }),
}) as Record<string, Record<string, Use>>
const selector = Object.keys(table).join()

export const prefix = 'data-kelisim-'
const xlink = 'http://www.w3.org/1999/xlink'
const allowed: Decision = { allow: true, why: 'first_party' }

/** How attribute `name` of an element `tag` is used; undefined: it asks for nothing. */
export const use = (tag: string, name: string): Use | undefined => table[tag] && table[tag][name]

/** Judges an attribute's text; of a list, the first candidate that is held answers. */
export function judgeText(kind: Use, text: string, node: Node): Decision {
  if (kind === url) return judge(text, node)
  // HTML, "parse a srcset attribute": the address, then its descriptors up to a comma outside of parentheses.
  const candidates =
    /([^ \t\n\f\r,](?:[^ \t\n\f\r]*[^ \t\n\f\r,])?)(?:,|[ \t\n\f\r](?:[^,(]|\([^)]*)*)?/g
  let decision = allowed
  for (let part; kind === list && decision.allow && (part = exec(candidates, text));)
    decision = judge(part[1], node)
  return decision
}

const active = new WeakMap<Element, Entry>()
const isScript = (el: Element) => localName(el) === 'script'

/** Whether a script runs when it likes; an svg script always does. */
const isFree = (el: Element): boolean => {
  try {
    return isAsync(el)
  } catch {
    return true
  }
}

/** The text kept in place of attribute `name`; null: none. A tag marked by hand keeps it in data-<name>. */
const kept = (el: Element, name: string): string | null =>
  getAttribute(el, prefix + name) ?? (isMarked(el) ? getAttribute(el, 'data-' + name) : null)

const isMarked = (el: Element): boolean =>
  hasAttribute(el, 'data-service') || hasAttribute(el, 'data-category')

/** Keeps a script from being prepared. */
function disarm(el: Element): void {
  const type = getAttribute(el, 'type')
  if (!isScript(el) || type === 'text/plain') return
  setAttribute(el, prefix + 'type', type || '')
  setAttribute(el, 'type', 'text/plain')
}

/** Makes a script that was disarmed, or marked by hand, a script again. @returns whether it was none */
function arm(el: Element): boolean {
  const type = kept(el, 'type')
  removeAttribute(el, prefix + 'type')
  if (!isScript(el) || getAttribute(el, 'type') !== 'text/plain') return false
  if (type) setAttribute(el, 'type', type)
  else if (type === '' || isMarked(el)) removeAttribute(el, 'type')
  return true
}

/** Moves an address off an element and into what is kept. */
function take(el: Element, name: string, text: string): void {
  disarm(el)
  removeAttribute(el, name)
  setAttribute(el, prefix + name, text)
}

/**
 * Decides about everything an element asks for or keeps; the first that is held answers.
 * @param grip  Takes off what is held.
 * @returns the decision, and whether something is kept
 */
function look(el: Element, grip?: boolean): [decision: Decision, keeps: boolean] {
  const service: string | null = getAttribute(el, 'data-service')
  const marked = isMarked(el)
  const mark = marked ? rules.named(service, getAttribute(el, 'data-category')) : allowed
  const uses = table[localName(el)]!
  let worst = mark
  let keeps = marked
  for (const name in uses) {
    const live: string | null = getAttribute(el, name)
    const text = live ?? kept(el, name)
    if (text === null) continue
    if (live === null) keeps = true
    if (uses[name] === page) {
      if (live !== null && grip) write(el, name, live)
      continue
    }
    // A tag marked with a service is that service, wherever it loads from.
    const decision = service !== null || !mark.allow ? mark : judgeText(uses[name]!, text, el)
    if (worst.allow) worst = decision
    if (decision.allow || live === null || !grip) continue
    take(el, name, live)
    keeps = true
  }
  if (grip && !mark.allow) disarm(el)
  return [worst, keeps]
}

/** Puts an element into the queue. */
function note(el: Element): void {
  const tag = localName(el)
  let text = ''
  for (const name in table[tag]) text ||= kept(el, name) || ''
  const kind = tag === 'script' ? tag : exec(/frame/, tag) ? 'frame' : 'image'
  const ordered = isScript(el) && !isFree(el)
  const entry: Entry = weakGet(active, el) || {
    test: () => look(el)[0],
    run: () => giveBack(el, true, ordered),
    element: el,
    waits: ordered && !text,
  }
  entry.held = describeHeld(kind, text, el)
  weakSet(active, el, entry)
  hold(entry)
}

/** Sets an attribute of an element in the way the page would have. */
function write(el: Element, name: string, text: string): void {
  if (name === 'srcdoc') {
    const html = rewriteDocument(text)
    if (html !== getAttribute(el, name)) setAttribute(el, name, trustedHtml(html))
  } else if (name === 'xlink:href') setAttributeNS(el, xlink, name, trustedUrl(text))
  else setAttribute(el, name, isScript(el) ? trustedUrl(text) : text)
}

/**
 * Gives an element back what was taken from it.
 * @param late  It was held; else the parser, or whoever puts it in, goes on with it.
 */
function giveBack(el: Element, late?: boolean, ordered?: boolean): void {
  let inline = arm(el)
  if (late && isScript(el)) {
    replay(el)
    if (ordered) setAsync(el, false)
  }
  for (const name in table[localName(el)]) {
    const text = kept(el, name)
    if (text === null || hasAttribute(el, name)) continue
    inline = false
    if (late && ordered && parentNode(el))
      runsUntil(
        new Promise((done) => {
          on(el, 'load', done)
          on(el, 'error', done)
        }),
      )
    removeAttribute(el, prefix + name)
    write(el, name, text)
  }
  // An inline script starts when it is put in once more; one the parser is still at is started by the parser.
  if (inline && (late || isFree(el))) {
    replaceWith(el, el)
    flushWrites(el)
  }
}

/**
 * Looks at one element that is about to ask, or already in the page: what may not be asked is taken off it and held, what is
 * kept in it and may be asked is given back.
 * @param quiet   It stays where nothing loads, and only copies of it will be used: it is cleaned, not held.
 * @param parsed  The parser may have made it just now.
 */
export function inspect(el: Element, quiet?: boolean, parsed?: boolean): void {
  if (!table[localName(el)] || isReplayed(el)) return
  const looked = look(el, true)
  if (!looked[1] || quiet) return
  if (!looked[0].allow) note(el)
  // Chromium does not load a frame whose src is set in the microtask after the parser made it.
  else if (parsed && exec(/frame/, localName(el))) timeout(() => look(el)[0].allow && giveBack(el))
  else giveBack(el)
}

/** Elements of big batches that have been looked at under the snapshot in force. */
let seen = new WeakMap<Element, true>()
export const forgetSeen = (): void => {
  seen = new WeakMap()
}

/**
 * Looks at an element, and everything below it, that no wrapped call has judged.
 * @param quiet   As for inspect().
 * @param parsed  As for inspect(); what was seen before is passed over.
 */
export function sweep(root: Node, quiet?: boolean, parsed?: boolean): void {
  const type = nodeType(root)
  if (type === 1) inspect(root as Element, quiet)
  else if (type < 9) return
  each(select(root, selector), (el) => {
    if (parsed && weakGet(seen, el)) return
    if (parsed) weakSet(seen, el, true)
    inspect(el, quiet, parsed)
  })
}

/** What is handed on: a Trusted Types object as it is when nothing changed, else the string that was judged. */
export const handOn = (value: unknown, text: string, html = text): unknown =>
  !isTrusted(value) ? html : html === text ? value : trustedHtml(html)

/**
 * Sets a URL attribute for page code.
 * @param store  Sets what may be set, by the built-in page code called.
 */
export function assign(
  el: Element,
  name: string,
  kind: Use,
  value: unknown,
  store: (value: unknown) => void,
): void {
  // Once: an object could turn into another string the second time.
  const text = `${value}`
  if (kind === page) return store(handOn(value, text, rewriteDocument(text)))
  if (!judgeText(kind, text, el).allow) {
    take(el, name, text)
    return note(el)
  }
  if (hasAttribute(el, prefix + name)) {
    removeAttribute(el, prefix + name)
    arm(el)
    if (look(el)[0].allow) drop(weakGet(active, el))
  }
  store(handOn(value, text))
}
