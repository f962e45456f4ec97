// Elements that ask for addresses: how an address is taken off an element, kept in it, and given back.
//
// A held address stands in the attribute data-kelisim-<name> of its own element. So it survives clones, moves and markup
// written out and read in again, and the element that the page knows, with its listeners, is the one that runs later.
// A script is taken before the parser prepares it: without src, and with a type that is not JavaScript, preparing ends
// early and leaves it unstarted. Given back, src starts it once, and only once, by the browser's own rules.
// Held addresses in CSS stay in its text (css.ts).
import { remake } from './blobs.ts'
import { closeCss, heldIn, keepsCss, openCss } from './css.ts'
import {
  createElement,
  doc,
  each,
  getAttribute,
  hasAttribute,
  hasAttributes,
  isAsync,
  isTrusted,
  localName,
  matches,
  nodeType,
  on,
  parentNode,
  removeAttribute,
  replaceWith,
  select,
  setAsync,
  setAttribute,
  setAttributeNS,
  setTextContent,
  shadowRoot,
  textContent,
  timeout,
  trustedHtml,
  trustedScript,
  trustedUrl,
} from './dom.ts'
import { describeHeld, ownHref, rules } from './gate.ts'
import { drop, hold, release, releasing, runsUntil, type Entry } from './hold.ts'
import { exec, later, lower, weakGet, weakSet } from './natives.ts'
import { observe } from './observe.ts'
import { flushWrites, isReplayed, replay } from './patch-html.ts'
import { rewriteDocument } from './rewrite.ts'
import { relative, type Decision } from './rules.ts'
import {
  absolute,
  allowed,
  any,
  anySelector,
  candidates,
  code,
  css,
  deep,
  isCategory,
  judgeText,
  kindOf,
  page,
  prefix,
  readImports,
  selector,
  table,
  use,
  type Use,
} from './table.ts'

const xlink = 'http://www.w3.org/1999/xlink'

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

/** The service an element is marked with; null: none. A page may use the attribute for something of its own. */
const serviceOf = (el: Element): string | null => {
  const service: string | null = getAttribute(el, 'data-service')
  return service !== null && rules.knows(service) ? service : null
}
const isMarked = (el: Element): boolean =>
  serviceOf(el) !== null || isCategory(getAttribute(el, 'data-category'))

/** The text of an attribute, or of the element itself. */
const read = (el: Element, name: string): string | null =>
  name === '#' ? textContent(el) : getAttribute(el, name)

/** Whether what an element has is asked for: a link says so in rel. */
const loads = (el: Element, rel = getAttribute(el, 'rel')): boolean =>
  localName(el) !== 'link' || !!exec(/sheet|pre|icon|manif|dns|dict/i, rel || '')

/** Whether nobody can look into a frame: its document is judged by its text. */
const isOpaque = (el: Element): boolean => {
  const sandbox = getAttribute(el, 'sandbox')
  return sandbox !== null && !exec(/allow-same-origin/i, sandbox)
}

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
  const loading = exec(/frame/, localName(el)) && hasAttribute(el, name) && parentNode(el)
  disarm(el)
  setAttribute(el, prefix + name, text)
  removeAttribute(el, name)
  // A frame that is on its way to a document goes there; one put in anew does not, where that process is not faster.
  if (loading) replaceWith(el, el)
}

/** Judges the text of an inline script. */
function judgeCode(el: Element, text: string): Decision {
  const type = lower(getAttribute(el, prefix + 'type') ?? getAttribute(el, 'type') ?? '')
  if (type === 'importmap') readImports(text)
  if (type === 'speculationrules') return judgeText(absolute, text, el)
  // Strings of plain code are its own; what it imports is asked.
  return type === 'module' || exec(/\bimport\s*\(/, text) ? judgeText(code, text, el) : allowed
}

/**
 * Decides about everything an element asks for or keeps; the first that is held answers.
 * @param grip  Takes off what is held.
 * @returns the decision, and whether something is kept
 */
function look(el: Element, grip?: boolean): [decision: Decision, keeps: boolean] {
  const service = serviceOf(el)
  const marked = isMarked(el)
  const mark = marked ? rules.named(service, getAttribute(el, 'data-category')) : allowed
  let worst = mark
  let keeps = marked
  /** The first that is held answers; of those that are not, one that names a service. */
  const weigh = (decision: Decision) => {
    if (worst.allow && !(decision.allow && worst.service)) worst = decision
  }
  const one = (name: string, kind: Use) => {
    const live = read(el, name)
    const text = live ?? kept(el, name)
    if (text === null) return
    if (live === null) keeps = true
    const sealed = kind === page && isOpaque(el)
    if (
      (kind === page && !sealed) ||
      (kind === deep && live !== null && exec(/^\s*blob:/i, live))
    ) {
      if (live !== null && grip) write(el, name, live)
      return
    }
    if (kind === css) {
      const decision = judgeText(css, text, el)
      weigh(decision)
      if (grip && !decision.allow && (live === null || closeCss(text, el) !== live)) {
        removeAttribute(el, prefix + name)
        write(el, name, closeCss(text, el))
      }
      if (keepsCss(text) || !decision.allow) keeps = true
      return
    }
    if (kind === code && (hasAttribute(el, 'src') || kept(el, 'src') !== null)) return
    // A tag marked with a service is that service, wherever it loads from.
    const decision =
      service !== null || !mark.allow
        ? mark
        : kind === code
          ? judgeCode(el, text)
          : loads(el)
            ? judgeText(sealed ? absolute : kind, text, el)
            : allowed
    weigh(decision)
    if (kind === code) {
      if (decision.allow || marked) return
      keeps = true
      if (grip) disarm(el)
      return
    }
    if (decision.allow || live === null || !grip) return
    take(el, name, live)
    keeps = true
  }
  const uses = table[localName(el)]
  for (const name in uses) one(name, uses[name]!)
  for (const name in any) one(name, any[name]!)
  if (grip && !mark.allow) disarm(el)
  return [worst, keeps || hasAttribute(el, prefix + 'type')]
}

/** Puts an element into the queue. */
function note(el: Element): void {
  const tag = localName(el)
  let text = ''
  const uses = table[tag]
  for (const name in uses) {
    const address: string | null = getAttribute(el, prefix + name)
    // The base may be another one when it is given back.
    if (address && uses[name]! < candidates && exec(relative, address))
      setAttribute(el, prefix + name, ownHref(address, el))
    text ||= kept(el, name) || (name === '#' ? heldIn(textContent(el)) : '')
  }
  for (const name in any) text ||= kept(el, name) || heldIn(getAttribute(el, name) || '')
  const ordered = isScript(el) && !isFree(el)
  const entry: Entry = weakGet(active, el) || {
    test: () => look(el)[0],
    run: () => giveBack(el, true, ordered),
    element: el,
    waits: ordered && !text,
  }
  entry.held = describeHeld(kindOf(tag), text, el)
  weakSet(active, el, entry)
  hold(entry)
}

/** Sets an attribute of an element in the way the page would have. */
function write(el: Element, name: string, text: string): void {
  if (name === '#') setTextContent(el, isScript(el) ? trustedScript(text) : text)
  else if (name === 'srcdoc') {
    const html = rewriteDocument(text)
    if (html !== getAttribute(el, name)) setAttribute(el, name, trustedHtml(html))
  } else if (name === 'xlink:href') setAttributeNS(el, xlink, name, trustedUrl(text))
  else if (use(localName(el), name) === deep) {
    const address = remakeDocument(text)
    if (address !== getAttribute(el, name)) setAttribute(el, name, trustedUrl(address))
  } else setAttribute(el, name, isScript(el) ? trustedUrl(text) : text)
}

const remakeDocument = (text: string): string =>
  remake(text, (html, type) => (exec(/html|xml/, type) ? rewriteDocument(html) : null))

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
  const one = (name: string, kind: Use) => {
    const live = read(el, name)
    if (kind === css && live !== null) {
      const text = openCss(live, el)
      if (text !== live) write(el, name, text)
      return
    }
    const text = kept(el, name)
    if (text === null || live !== null) return
    inline = false
    if (late && ordered && parentNode(el))
      runsUntil(
        new Promise((done) => {
          on(el, 'load', done)
          on(el, 'error', done)
        }),
      )
    removeAttribute(el, prefix + name)
    // These are read when they are put in.
    const place =
      late && parentNode(el) && matches(el, 'source,track,set,animate,meta,link[rel*=pre i]')
    const stand = place && createElement(doc, 'i')
    if (stand) replaceWith(el, stand)
    write(el, name, text)
    if (stand) replaceWith(stand, el)
  }
  const uses = table[localName(el)]
  for (const name in uses) one(name, uses[name]!)
  for (const name in any) one(name, any[name]!)
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
  if (parsed) {
    const root = shadowRoot(el)
    if (root) observe(root)
  }
  if (!table[localName(el)] && (!hasAttributes(el) || !matches(el, anySelector))) return
  if (isReplayed(el)) return
  const looked = look(el, true)
  if (!looked[1] || quiet) return
  if (!looked[0].allow) note(el)
  // The parser is still at it: Firefox would never ask for an address, and nothing runs before what stands in front of it.
  else if (
    parsed &&
    isScript(el) &&
    getAttribute(el, 'type') === 'text/plain' &&
    (releasing || (kept(el, 'src') ?? kept(el, 'href') ?? kept(el, 'xlink:href')) !== null)
  ) {
    note(el)
    release()
  }
  // Chromium does not load a frame whose src is set in the microtask after the parser made it.
  else if (parsed && exec(/frame/, localName(el))) timeout(() => look(el)[0].allow && giveBack(el))
  else giveBack(el)
}

/** Whether markup has made shadow roots, which no selector looks into. */
let shadows = false
export const expectShadows = (text: string): void => {
  shadows ||= !!exec(/shadowroot/i, text)
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
  if (shadows)
    each(select(root, '*'), (el) => {
      const inner = shadowRoot(el)
      if (inner) sweep(inner, quiet, parsed)
    })
}

/** What is handed on: a Trusted Types object as it is when nothing changed, else the string that was judged. */
export const handOn = (value: unknown, text: string, html = text): unknown =>
  !isTrusted(value) ? html : html === text ? value : trustedHtml(html)

/** Drops an element from the queue when nothing of it is held any more. */
const settled = (el: Element): void => {
  const entry = weakGet(active, el)
  if (entry && look(el)[0].allow) drop(entry)
}

/**
 * Sets an attribute, or for "#" the text, of an element for page code.
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
  if (kind === page && !isOpaque(el)) return store(handOn(value, text, rewriteDocument(text)))
  if (kind === css) {
    const closed = closeCss(text, el)
    store(closed === text ? handOn(value, text) : closed)
    return closed === text ? settled(el) : note(el)
  }
  if (kind === code) {
    const { allow } = judgeCode(el, text)
    if (!allow) disarm(el)
    store(handOn(value, text))
    if (!allow) note(el)
    return
  }
  if (loads(el) && !judgeText(kind === page ? absolute : kind, text, el).allow) {
    take(el, name, text)
    return note(el)
  }
  if (hasAttribute(el, prefix + name)) {
    removeAttribute(el, prefix + name)
    arm(el)
    settled(el)
  }
  store(handOn(value, text, kind === deep ? remakeDocument(text) : text))
}

/** Lets page code say what a link is for; `rel` undefined: it may say so in a moment. */
export function relate(el: Element, rel: string | undefined, store: () => void): void {
  const uses = table['link']!
  if (loads(el, rel ?? 'pre'))
    for (const name in uses) {
      const text: string | null = getAttribute(el, name)
      if (text && !judgeText(uses[name]!, text, el).allow) take(el, name, text)
    }
  store()
  if (rel === undefined) later(() => inspect(el))
  else inspect(el)
}
