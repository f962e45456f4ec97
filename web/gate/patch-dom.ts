// Wraps what sets an address on an element, and what brings elements into a page.
import {
  adoptNode,
  attrName,
  attrValue,
  createElement,
  createElementNS,
  data,
  defaultView,
  localName,
  nodeType,
  ownerDocument,
  ownerElement,
  parentNode,
  setAttrValue,
  setAttribute,
  setData,
  viewOf,
} from './dom.ts'
import { assign, inspect, relate, sweep } from './elements.ts'
import { settle } from './frames.ts'
import {
  apply,
  bare,
  defineProperty,
  describe,
  exec,
  getPrototypeOf,
  lower,
  weakGet,
  weakSet,
  words,
} from './natives.ts'
import { code, css, properties, table, url, use, type Use } from './table.ts'
import { withoutLead } from './rewrite.ts'
import { accessor, constructors, methods, type Native } from './wrap.ts'

/** Attribute maps and animated addresses → their element. */
const owners = new WeakMap<object, Element>()
const owned = (thing: any, self: any) => {
  weakSet(owners, thing, self)
  return thing
}

/** Judges an attribute where it asks for an address, and stores it where it may be. */
function set(el: Element, name: string, value: unknown, store: (value: unknown) => unknown): any {
  let tag: string
  try {
    tag = localName(el)
  } catch {
    // Not an element: the built-in says so.
    return store(value)
  }
  const kind = use(tag, name)
  if (kind) return assign(el, name, kind, value, store)
  if (name !== 'rel' || tag !== 'link') return store(value)
  const text = `${value}`
  relate(el, text, () => store(text))
}

/** The use of an element's own text; undefined: it has none. */
const ownUse = (el: any): Use | undefined => {
  const tag = nodeType(el) === 1 && localName(el)
  return tag === 'style' ? css : tag === 'script' ? code : undefined
}

/** Wraps a call that puts an Attr on an element. */
const putAttr = (native: Native, self: any, args: any[]) => {
  const attr = args[0]
  let before: unknown = null
  const put = (text: unknown) => {
    if (text !== value) setAttrValue(attr, text)
    before = apply(native, self, args)
  }
  let value: unknown
  let name
  try {
    value = attrValue(attr)
    name = lower(attrName(attr))
  } catch {
    // Not an attribute: the built-in says so.
    return apply(native, self, args)
  }
  set(weakGet(owners, self) || self, name, value, put)
  return before
}

/** Wraps a setter of a node's text. */
const setText = (store: (value: unknown) => void, self: any, value: any) => {
  let type = 0
  try {
    type = nodeType(self)
  } catch {
    // Not a node: the built-in says so.
  }
  if (type === 2) {
    const el = ownerElement(self)
    return el ? set(el, lower(attrName(self)), value, store) : store(value)
  }
  const el = type === 3 ? parentNode(self) : self
  const kind = type && el && ownUse(el)
  if (kind) assign(el, '#', kind, value ?? '', store)
  else store(value)
}

/** Looks at a node that may come out of a document where nothing loads, on its way into the page `own`. */
const clean = (node: any, own: Document | null, quiet?: boolean, place?: any): void => {
  try {
    const type = nodeType(node)
    if (ownerDocument(node) !== own && !viewOf(node)) sweep(node, quiet)
    else if (type === 1 && localName(node) === 'script') inspect(node)
    // Text on its way into a style sheet or a script.
    const kind = type === 3 && place && ownUse(place)
    if (kind)
      assign(place, '#', kind, data(node), (text) => kind === css && setData(node, text as string))
  } catch {
    // Not a node: the built-in says so.
  }
}

const insert = (native: Native, self: any, args: any[], _: string, place = self) => {
  const own = ownerDocument(place) || place
  const view = defaultView(own)
  for (let i = 0; view && i < args.length; i++) {
    if (typeof args[i] === 'string' && nodeType(place) === 1) {
      const kind = ownUse(place)
      if (kind) assign(place, '#', kind, args[i], (text) => (args[i] = text))
    } else clean(args[i], own, false, place)
  }
  const result = apply(native, self, args)
  settle(view)
  return result
}

/** Wraps a call that copies nodes. */
const copy = (native: Native, self: any, args: any[], name: string) => {
  if (name === 'importNode') clean(args[0], null, true)
  const result = apply(native, self, args)
  if (viewOf(result)) sweep(result)
  return result
}

/** Wraps the properties by which page code sets what an element asks for. */
function patchProperties(view: any): void {
  const { document } = view
  for (const tag in table) {
    const wrap = (el: Element, names: string[]) => {
      for (let i = 0; i < names.length; i++)
        accessor(view, getPrototypeOf(el), names[i]!, (store, self, value) =>
          set(self, lower(names[i]), value, store),
        )
    }
    wrap(createElement(document, tag), properties[tag]!)
  }
  wrapSvg(view, document)
  const frame = view.HTMLIFrameElement.prototype
  accessor(view, frame, 'srcdoc', null, withoutLead)
  // Of its own, so that other elements do not pay for it.
  defineProperty(frame, 'getAttribute', bare(describe(view.Element.prototype, 'getAttribute')!))
  methods(view, frame, 'getAttribute', (native, self, args) =>
    withoutLead(apply(native, self, args)),
  )
  accessor(view, 'HTMLBodyElement', 'background', (store, self, value) =>
    set(self, 'background', value, store),
  )
  words('ping rel', (name) =>
    words('Anchor Area Link', (owner) =>
      accessor(view, `HTML${owner}Element`, name, (store, self, value) =>
        set(self, name, value, store),
      ),
    ),
  )
  accessor(view, 'HTMLLinkElement', 'relList', null, (list, self) => {
    relate(self, undefined, () => {})
    return list
  })
  words('text innerText', (name) =>
    words('HTMLScriptElement HTMLElement', (owner) => accessor(view, owner, name, setText)),
  )
}

function wrapSvg(view: any, document: Document): void {
  words('image use feImage script', (tag) => {
    const el = createElementNS(document, 'http://www.w3.org/2000/svg', tag)
    accessor(view, getPrototypeOf(el), 'href', null, owned)
  })
  accessor(view, 'SVGAnimatedString', 'baseVal', (store, self, value) => {
    const el = weakGet(owners, self)
    if (el) set(el, 'href', value, store)
    else store(value)
  })
}

export function patchDom(view: any): void {
  methods(view, 'Element', 'setAttribute', (native, self, args) => {
    const name = (args[0] = `${args[0]}`)
    return set(self, lower(name), args[1], (value) => apply(native, self, [name, value]))
  })
  methods(view, 'Element', 'setAttributeNS', (native, self, args) => {
    const space = args[0] && `${args[0]}`
    const name = `${args[1]}`
    const key = exec(/[^:]*$/, name)[0]
    return set(self, space && key === 'href' ? 'xlink:href' : key, args[2], (value) =>
      apply(native, self, [space, name, value]),
    )
  })
  methods(view, 'Element', 'setAttributeNode setAttributeNodeNS', putAttr)
  methods(view, 'NamedNodeMap', 'setNamedItem setNamedItemNS', putAttr)
  accessor(view, 'Element', 'attributes', null, owned)
  accessor(view, 'Attr', 'value', setText, withoutLead)
  accessor(view, 'Node', 'nodeValue', setText)
  accessor(view, 'Node', 'textContent', setText)
  accessor(view, 'CharacterData', 'data', setText)
  methods(
    view,
    'CharacterData',
    'appendData insertData replaceData',
    (native, self, args, name) => {
      const at = name === 'appendData' ? 0 : args.length - 1
      setText((text) => ((args[at] = text), apply(native, self, args)), self, args[at])
    },
  )
  patchProperties(view)
  constructors(view, 'Audio', (args, make) => {
    const audio = make([])
    if (args[0] !== undefined)
      assign(audio, 'src', url, args[0], (text) => setAttribute(audio, 'src', text))
    return audio
  })

  const parent = 'append prepend replaceChildren moveBefore '
  const child = 'before after replaceWith'
  methods(view, 'Node', 'appendChild insertBefore replaceChild', insert)
  methods(view, 'Element', parent + 'insertAdjacentElement insertAdjacentText', insert)
  methods(view, 'Element', child, (native, self, args, name) =>
    insert(native, self, args, name, parentNode(self) || self),
  )
  methods(view, 'Document', parent + 'adoptNode', insert)
  methods(view, 'DocumentFragment', parent, insert)
  methods(view, 'CharacterData', child, (native, self, args, name) =>
    insert(native, self, args, name, parentNode(self) || self),
  )
  methods(view, 'DocumentType', child, insert)
  methods(view, 'Range', 'insertNode surroundContents', (native, self, args, name) =>
    insert(native, self, args, name, args[0]),
  )
  methods(view, 'Document', 'importNode', copy)
  methods(view, 'Node', 'cloneNode', copy)
  methods(view, 'XSLTProcessor', 'transformToFragment', (native, self, args) => {
    const inert = createElement(document, 'template').content.ownerDocument
    const result = apply(native, self, [args[0], inert])
    if (result && viewOf(args[1])) sweep(result)
    return result && adoptNode(args[1], result)
  })
}
