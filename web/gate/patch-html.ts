// Wraps what turns text into elements.
import {
  createRange,
  currentScript,
  doc,
  each,
  insertAfter,
  viewOf,
  isTrusted,
  localName,
  nodeType,
  on,
  parentNode,
  select,
  toFragment,
  trustedHtml,
} from './dom.ts'
import { handOn, sweep } from './elements.ts'
import { settle } from './frames.ts'
import { apply, bare, exec, later, slice, weakGet, weakSet } from './natives.ts'
import { rewrite, whole, withoutLead } from './rewrite.ts'
import { accessor, methods, type Native } from './wrap.ts'

/** Released script → what it has written; document → the end of what was written to it that is no whole tag yet. */
const texts = new WeakMap<object, string>()
const textOf = (key: object): string => weakGet(texts, key) || ''

/** Scripts released after they were held: what they write goes to their place in the page. */
const replayed = new WeakMap<Element, true>()
export const isReplayed = (script: Element): boolean => weakGet(replayed, script)

/** Catches what a script is going to write. */
export function replay(script: Element): void {
  weakSet(replayed, script, true)
  on(script, 'load', () => flushWrites(script))
}

/** Puts what a released script wrote into the page, after the script: the parser it wrote for has gone. */
export function flushWrites(script: Element): void {
  const text = textOf(script)
  if (!text) return
  weakSet(texts, script, '')
  const fragment = toFragment(createRange(doc), trustedHtml(rewrite(text, script, true)))
  sweep(fragment)
  const scripts = select(fragment, 'script')
  each(scripts, replay)
  insertAfter(script, fragment)
  each(scripts, flushWrites)
}

/**
 * Rewrites markup on its way into `node`.
 * @param root  What will hold the new elements.
 */
function sink(
  node: Node,
  value: unknown,
  root: Node | null,
  store: (value: unknown) => unknown,
): unknown {
  const text = `${value}`
  const html = rewrite(text, node)
  // What a template holds is looked at when it is put into the page.
  const view = viewOf(node)
  const changed = html !== text && view && (nodeType(node) !== 1 || localName(node) !== 'template')
  const result = store(handOn(value, text, changed ? html : text))
  if (changed && root) sweep(root)
  settle(view)
  return result
}

const sinks = bare({ Element: 1, ShadowRoot: 1 })

/** Hands text to a document's parser; what is no whole tag yet waits for more, at most until the running script ends. */
function feed(
  native: Native,
  self: Document,
  text: string,
  trusted?: boolean,
  last?: boolean,
): void {
  const given = textOf(self) + text
  const html = rewrite(given, self, true)
  const start = exec(/(<[a-z]{0,6})?$/i, html).index
  const end = last ? html.length : start < whole ? start : whole
  const ready = slice(html, 0, end)
  const rest = slice(html, end)
  weakSet(texts, self, '')
  apply(native, self, [trusted ? trustedHtml(ready) : ready])
  if (rest) {
    // A script in what was just written may have left a beginning as well: that stands before this one.
    weakSet(texts, self, textOf(self) + rest)
    later(() => flush(native, self, trusted))
  }
  if (html !== given) sweep(self)
  settle(viewOf(self))
}

const flush = (native: Native, self: Document, trusted?: boolean): void => {
  if (textOf(self)) feed(native, self, '', trusted, true)
}

export function patchHtml(view: any): void {
  for (const owner in sinks) {
    accessor(
      view,
      owner,
      'innerHTML',
      (store, self, value) => sink(self, value ?? '', self, store),
      withoutLead,
    )
    methods(view, owner, 'setHTMLUnsafe setHTML', (native, self, args) =>
      sink(self, args[0], self, (html) => apply(native, self, [html, args[1]])),
    )
  }
  accessor(
    view,
    'Element',
    'outerHTML',
    (store, self, value) => sink(self, value ?? '', parentNode(self), store),
    withoutLead,
  )
  methods(view, 'Element', 'insertAdjacentHTML', (native, self, args) =>
    sink(self, args[1], parentNode(self) || self, (html) => apply(native, self, [args[0], html])),
  )
  methods(view, 'Document', 'execCommand', (native, self, args) => {
    if (!exec(/^inserthtml$/i, `${args[0]}`)) return apply(native, self, args)
    args[2] = rewrite(`${args[2]}`, self)
    const done = apply(native, self, args)
    sweep(self)
    return done
  })
  methods(view, 'Range', 'createContextualFragment', (native, self, args) => {
    const text = `${args[0]}`
    const fragment = apply(native, self, [handOn(args[0], text, rewrite(text, doc, true))])
    if (viewOf(fragment)) sweep(fragment)
    return fragment
  })

  const { write, writeln } = view.Document.prototype
  methods(view, 'Document', 'write writeln', (native, self, args) => {
    let text = ''
    let trusted = false
    for (let i = 0; i < args.length; i++) {
      trusted ||= isTrusted(args[i])
      text += `${args[i]}`
    }
    if (native === writeln) text += '\n'
    const script = currentScript(self)
    if (script && isReplayed(script)) weakSet(texts, script, textOf(script) + text)
    else feed(write, self, text, trusted)
  })
  methods(view, 'Document', 'close', (native, self, args) => {
    flush(write, self)
    return apply(native, self, args)
  })
}
