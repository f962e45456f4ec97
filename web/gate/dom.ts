// Private copies of the browser's built-ins, from the page's own window. They work on nodes of every same-origin frame as well.
import { describe, free, grab, holder } from './natives.ts'

export const own = window as any
export const doc = document

const of = (owner: string, names: string) =>
  grab(own[owner].prototype, names) as [any, any, any, any, any, any, any, any, any, any, any, any]

export const [
  nodeType,
  ownerDocument,
  parentNode,
  nextSibling,
  isConnected,
  baseURI,
  contains,
  insertBefore,
] = of(
  'Node',
  'nodeType ownerDocument parentNode nextSibling isConnected baseURI contains insertBefore',
)
export const [
  localName,
  getAttribute,
  setAttribute,
  setAttributeNS,
  removeAttribute,
  hasAttribute,
  closest,
  setInnerHtml,
  firstElementChild,
  selectIn,
] = of(
  'Element',
  'localName getAttribute setAttribute setAttributeNS removeAttribute hasAttribute closest =innerHTML firstElementChild querySelectorAll',
)
export const [data] = of('CharacterData', 'data')
export const [ownerElement, attrName, attrValue] = of('Attr', 'ownerElement name value')
export const [isAsync, setAsync] = of('HTMLScriptElement', 'async =async')
export const [frameView] = of('HTMLIFrameElement', 'contentWindow')
export const [
  defaultView,
  currentScript,
  readyState,
  createElement,
  createRange,
  readCookie,
  writeCookie,
  write,
  elementFromPoint,
  selectAll,
] = of(
  'Document',
  'defaultView currentScript readyState createElement createRange cookie =cookie write elementFromPoint querySelectorAll',
)
const [selectFrom] = of('DocumentFragment', 'querySelectorAll')
export const [toFragment] = of('Range', 'createContextualFragment')
export const [listLength, listItem] = of('NodeList', 'length item')
export const [addedNodes] = of('MutationRecord', 'addedNodes')
export const [observeNode] = of('MutationObserver', 'observe')
export const [on, off, dispatch] = of(
  'EventTarget',
  'addEventListener removeEventListener dispatchEvent',
)
export const [eventTarget, preventDefault] = of('Event', 'target preventDefault')
export const [requestUrl, requestSignal] = of('Request', 'url signal')
export const Observer = MutationObserver
export const Signal = CustomEvent

export const windowLength = free(describe(holder(own, 'length'), 'length')!.get)
const native = { timeout: free(own.setTimeout), frame: free(own.requestAnimationFrame) }
export const timeout = (work: () => void, ms = 0): number => native.timeout(own, work, ms)
export const frame = (work: () => void): number => native.frame(own, work)

/** All elements below an element, document or fragment that fit a selector. */
export const select = (root: Node, selector: string): NodeListOf<Element> => {
  const type = nodeType(root)
  return (type === 1 ? selectIn : type === 9 ? selectAll : selectFrom)(root, selector)
}

/** Whether nothing can load in a node's document: it is no page. */
export const isInert = (node: Node): boolean => !defaultView(ownerDocument(node))

// Storage that never throws: null and false where it is blocked or full.
const area = (name: string): Storage | null => {
  try {
    return own[name]
  } catch {
    return null
  }
}
export const local = area('localStorage')
export const session = area('sessionStorage')
const [getItem, setItem, removeItem] = of('Storage', 'getItem setItem removeItem')
const guarded =
  <T>(work: (area: Storage | null, key: string, value?: string) => T) =>
  (area: Storage | null, key: string, value?: string): T | null => {
    try {
      return work(area, key, value)
    } catch {
      return null
    }
  }
export const readItem = guarded<string | null>(getItem)
export const removeKey = guarded(removeItem)
export const writeItem = guarded((area, key, value) => {
  setItem(area, key, value)
  return true
})

// Trusted Types: what the gate writes itself goes through one policy. Where the page's Content-Security-Policy does not name it
// and enforces them, the browser refuses the gate's strings, and what is held stays held.
const types = own.trustedTypes
const same = (value: string) => value
let policy: any
try {
  policy = types.createPolicy('kelisim', { createHTML: same, createScriptURL: same })
} catch {
  // Not there, or not allowed.
}
const pass = (name: string) => {
  const make = policy && free(policy[name])
  return (value: string): any => (make ? make(policy, value) : value)
}
export const trustedHtml = pass('createHTML')
export const trustedUrl = pass('createScriptURL')
const isHtml = types && free(types.isHTML)
const isUrl = types && free(types.isScriptURL)
/** Whether a value is a Trusted Types object: its string cannot change, and it is handed on as it is. */
export const isTrusted = (value: unknown): boolean =>
  types && typeof value === 'object' && (isHtml(types, value) || isUrl(types, value))

const scratch = createElement(doc.implementation.createHTMLDocument(''), 'p')
/** The value of an attribute as the parser reads it, from its source text. */
export const decode = (source: string): string => {
  setInnerHtml(scratch, trustedHtml('<p a=' + source + '>'))
  return getAttribute(firstElementChild(scratch), 'a') || ''
}
