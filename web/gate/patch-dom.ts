// Wraps what sets an address on an element, and what brings elements into a page.
import {
  attrName,
  attrValue,
  defaultView,
  viewOf,
  localName,
  nodeType,
  ownerDocument,
  ownerElement,
  setAttrValue,
} from './dom.ts'
import { assign, sweep, table, use } from './elements.ts'
import { settle } from './frames.ts'
import { apply, bare, exec, lower, weakGet, weakSet } from './natives.ts'
import { accessor, methods, type Native } from './wrap.ts'

const interfaces = bare({
  script: 'Script',
  img: 'Image',
  source: 'Source',
  iframe: 'IFrame',
  frame: 'Frame',
}) as Record<string, string>

/** Attribute maps → their element. */
const owners = new WeakMap<object, Element>()

/** Judges an attribute where it asks for an address, and stores it where it may be. */
function set(el: Element, name: string, value: unknown, store: (value: unknown) => unknown): any {
  const kind = use(localName(el), name)
  return kind ? assign(el, name, kind, value, store) : store(value)
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

/** Wraps a setter of an Attr's text. */
const setAttr = (store: (value: unknown) => void, self: any, value: unknown) => {
  const el = nodeType(self) === 2 && ownerElement(self)
  if (el) set(el, lower(attrName(self)), value, store)
  else store(value)
}

/** Looks at a node that may come out of a document where nothing loads, on its way into the page `own`. */
const clean = (node: any, own: Document | null, quiet?: boolean): void => {
  try {
    if (ownerDocument(node) !== own && !viewOf(node)) sweep(node, quiet)
  } catch {
    // Not a node: the built-in says so.
  }
}

const insert = (native: Native, self: any, args: any[], _: string, place = self) => {
  const own = ownerDocument(place) || place
  const view = defaultView(own)
  for (let i = 0; view && i < args.length; i++) clean(args[i], own)
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
  accessor(view, 'Element', 'attributes', null, (map, self) => {
    weakSet(owners, map, self)
    return map
  })
  accessor(view, 'Attr', 'value', setAttr)
  accessor(view, 'Node', 'nodeValue', setAttr)
  accessor(view, 'Node', 'textContent', setAttr)
  for (const tag in interfaces)
    for (const key in table[tag])
      accessor(view, `HTML${interfaces[tag]}Element`, key, (store, self, value) =>
        set(self, key, value, store),
      )

  const parent = 'append prepend replaceChildren moveBefore '
  const child = 'before after replaceWith'
  methods(view, 'Node', 'appendChild insertBefore replaceChild', insert)
  methods(view, 'Element', parent + child + ' insertAdjacentElement', insert)
  methods(view, 'Document', parent + 'adoptNode', insert)
  methods(view, 'DocumentFragment', parent, insert)
  methods(view, 'CharacterData', child, insert)
  methods(view, 'DocumentType', child, insert)
  methods(view, 'Range', 'insertNode surroundContents', (native, self, args, name) =>
    insert(native, self, args, name, args[0]),
  )
  methods(view, 'Document', 'importNode', copy)
  methods(view, 'Node', 'cloneNode', copy)
}
