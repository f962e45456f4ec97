// Sees what the parser puts into the page, before the scripts among it run.
//
// What the browser asks for at once is a race. Chromium asks for an image in a microtask that is queued before the observer's
// own when the image is the first thing the parser makes after a script ("</script><img …>", not even a space between), or
// after a pause; for a frame it may be faster as well. Such tags are to be marked (docs/install.md).
import {
  addedNodes,
  each,
  nodeType,
  Observer,
  observeNode,
  ownerDocument,
  recordTarget,
} from './dom.ts'
import { inspect, sweep } from './elements.ts'
import { weakGet, weakSet } from './natives.ts'
import { checkComment } from './second-line.ts'

const observed = new WeakMap<object, true>()
let total = 0

const observer = new Observer((records) => {
  checkComment()
  const { length } = records
  total += length
  // Every record and node that is looked at has to be wrapped first. Where many have come at once, one look at the document is
  // cheaper: it wraps only what asks for something.
  const many = length > 30 && length * 30 > total
  let last
  for (let i = 0; i < length; i++) {
    const record = records[i]
    if (!many)
      each(addedNodes(record), (node) => {
        if (nodeType(node) === 1) inspect(node, false, true)
      })
    else {
      const target = recordTarget(record)
      const document = ownerDocument(target) || target
      if (document !== last) sweep((last = document), false, true)
    }
  }
})

/** Watches a document from now on, and looks at what is in it already. */
export function observe(document: Document): void {
  if (weakGet(observed, document)) return
  weakSet(observed, document, true)
  observeNode(observer, document, { childList: true, subtree: true })
  sweep(document)
}
