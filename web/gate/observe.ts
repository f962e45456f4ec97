// Sees what the parser puts into the page, before the scripts among it run.
//
// What the browser asks for at once is a race. Chromium asks for an image in a microtask that is queued before the observer's
// own when the image is the first thing the parser makes after a script ("</script><img …>", not even a space between), or
// after a pause; for a frame it may be faster as well. Such tags are to be marked (docs/install.md).
import {
  addedNodes,
  doc,
  each,
  nodeType,
  Observer,
  observeNode,
  readyState,
  takeRecords,
  unobserve,
} from './dom.ts'
import { inspect, sweep } from './elements.ts'
import { rules, whenParsed } from './gate.ts'
import { weakGet, weakSet } from './natives.ts'
import { checkComment } from './second-line.ts'

const observed = new WeakMap<object, true>()

/** Watches a document or shadow root from now on, and looks at what is in it already. */
export function observe(root: Node): void {
  if (weakGet(observed, root)) return
  weakSet(observed, root, true)
  let total = 0
  const seen = (records: MutationRecord[]) => {
    checkComment()
    const { length } = records
    total += length
    // Every record and node that is looked at has to be wrapped first. Where many have come at once, one look at the whole is
    // cheaper: it wraps only what asks for something.
    if (length > 30 && length * 30 > total) sweep(root, false, true)
    else
      for (let i = 0; i < length; i++)
        each(addedNodes(records[i]), (node) => {
          if (nodeType(node) === 1) inspect(node, false, true)
        })
  }
  const observer = new Observer(seen)
  const watch = () => observeNode(observer, root, { childList: true, subtree: true })
  watch()
  sweep(root)
  if (root !== doc) return
  review = () => {
    if (readyState(doc) === 'loading' || !rules.full()) return watch()
    // What the parser made last has not been told yet.
    seen(takeRecords(observer))
    unobserve(observer)
  }
  whenParsed(review)
}

/**
 * Watches the page, or no longer. Once it is parsed, all that comes into it comes by wrapped calls; watching is a second pair of
 * eyes, which costs every change of the page more than the calls do. Where everything is granted it is left out.
 */
export let review: () => void
