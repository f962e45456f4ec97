// Sees what the parser puts into the page, before the scripts among it run.
import { addedNodes, each, nodeType, Observer, observeNode } from './dom.ts'
import { inspect, sweep } from './elements.ts'
import { weakGet, weakSet } from './natives.ts'
import { checkComment } from './second-line.ts'

const observed = new WeakMap<object, true>()

const observer = new Observer((records) => {
  for (let i = 0; i < records.length; i++)
    each(addedNodes(records[i]), (node) => {
      const type = nodeType(node)
      if (type === 1) inspect(node)
      else if (type === 8) checkComment(node)
    })
})

/** Watches a document from now on, and looks at what is in it already. */
export function observe(document: Document): void {
  if (weakGet(observed, document)) return
  weakSet(observed, document, true)
  observeNode(observer, document, { childList: true, subtree: true })
  sweep(document)
}
