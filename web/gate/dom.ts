// Private copies of the browser's built-ins, from the page's own window. They work on nodes of every same-origin frame as well.
import { free, grab } from './natives.ts'

export const own = window as any
export const doc = document

type Free = ReturnType<typeof free>
type Free7 = [Free, Free, Free, Free, Free, Free, Free]
/** As many as anybody takes out. */
type Many = [...Free7, ...Free7, ...Free7, ...Free7]
const of = (owner: string, names: string) => grab(own[owner].prototype, names) as Many

export const [
  nodeType,
  ownerDocument,
  parentNode,
  nextSibling,
  baseURI,
  textContent,
  setTextContent,
  defaultView,
  currentScript,
  readyState,
  createElement,
  createElementNS,
  adoptNode,
  createRange,
  readCookie,
  writeCookie,
  write,
  elementFromPoint,
  selectAll,
  on,
  off,
  dispatch,
  cloneNode,
] = grab(
  doc,
  'nodeType ownerDocument parentNode nextSibling baseURI textContent =textContent defaultView currentScript readyState createElement createElementNS adoptNode createRange cookie =cookie write elementFromPoint querySelectorAll addEventListener removeEventListener dispatchEvent cloneNode',
) as Many
export const [
  localName,
  getAttribute,
  setAttribute,
  setAttributeNS,
  removeAttribute,
  hasAttribute,
  closest,
  setInnerHtml,
  insertAfter,
  replaceWith,
  selectIn,
  isAsync,
  setAsync,
  matches,
  hasAttributes,
  shadowRoot,
] = of(
  'HTMLScriptElement',
  'localName getAttribute setAttribute setAttributeNS removeAttribute hasAttribute closest =innerHTML after replaceWith querySelectorAll async =async matches hasAttributes shadowRoot',
)
export const [data, setData] = of('Comment', 'data =data')
export const [ownerElement, attrName, attrValue, setAttrValue] = of(
  'Attr',
  'ownerElement name value =value',
)
export const [frameView] = of('HTMLIFrameElement', 'contentWindow')
export const [objectView] = of('HTMLObjectElement', 'contentWindow')
const [selectFrom] = of('DocumentFragment', 'querySelectorAll')
export const [toFragment] = of('Range', 'createContextualFragment')
export const [listLength, listItem] = of('NodeList', 'length item')
export const [addedNodes, changedNode] = of('MutationRecord', 'addedNodes target')
export const [observeNode, unobserve, takeRecords] = of(
  'MutationObserver',
  'observe disconnect takeRecords',
)
export const [eventTarget, preventDefault, stopEvent, path] = of(
  'Event',
  'target preventDefault stopImmediatePropagation composedPath',
)
export const [requestUrl, requestSignal] = of('Request', 'url signal')
export const Observer = MutationObserver
export const Signal = CustomEvent

export const [windowLength, setTimer, nextFrame] = grab(
  own,
  'length setTimeout requestAnimationFrame',
) as Many
export const timeout = (work: () => void, ms = 0): number => setTimer(own, work, ms)

/** All elements below an element, document or fragment that fit a selector. */
export const select = (root: Node, selector: string): NodeListOf<Element> => {
  const type = nodeType(root)
  return (type < 2 ? selectIn : type < 10 ? selectAll : selectFrom)(root, selector)
}

/** Does something with each node of a list. */
export const each = (list: NodeList, work: (node: any) => void): void => {
  for (let i = 0; i < listLength(list); i++) work(listItem(list, i))
}

/** The window of a node's document; null where nothing can load: it is no page. */
export const viewOf = (node: Node): any => defaultView(ownerDocument(node) || node)

// Storage that never throws: null where it is blocked or full.
const guarded =
  (work: Free) =>
  (...args: any[]): any => {
    try {
      return work(args[0], args[1], args[2])
    } catch {
      return null
    }
  }
/** A member of the window that a page without an origin of its own may not even look at. */
export const area = guarded((name) => own[name]) as (name: string) => any
export const local: Storage | null = area('localStorage')
export const session: Storage | null = area('sessionStorage')
const [getItem, setItem, removeItem] = of('Storage', 'getItem setItem removeItem')
export const readItem: (area: Storage | null, key: string) => string | null = guarded(getItem)
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
  policy = types.createPolicy('kelisim', {
    createHTML: same,
    createScriptURL: same,
    createScript: same,
  })
} catch {
  // Not there, or not allowed.
}
const pass = (name: string) => {
  const make = policy && free(policy[name])
  return (value: string): any => (make ? make(policy, value) : value)
}
export const trustedHtml = pass('createHTML')
export const trustedUrl = pass('createScriptURL')
export const trustedScript = pass('createScript')
const [isHtml, isUrl, isCode] = types ? (grab(types, 'isHTML isScriptURL isScript') as Many) : []
/** Whether a value is a Trusted Types object: its string cannot change, and it is handed on as it is. */
export const isTrusted = (value: unknown): boolean =>
  types &&
  typeof value === 'object' &&
  (isHtml!(types, value) || isUrl!(types, value) || isCode!(types, value))

const scratch = createElement(doc.implementation.createHTMLDocument(''), 'p')
/** The value of an attribute as the parser reads it, from its source text. */
export const decode = (source: string): string => {
  setInnerHtml(scratch, trustedHtml('<p a=' + source + '>'))
  return getAttribute(listItem(selectIn(scratch, 'p'), 0), 'a') || ''
}
