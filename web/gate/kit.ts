// The browser's own calls that the shell decides with: taken with the gate's, before anyone else ran.
import {
  changedNode,
  doc,
  elementFromPoint,
  listItem,
  listLength,
  Observer,
  observeNode,
  on,
  own,
  select,
  takeRecords,
  unobserve,
} from './dom.ts'
import type { Free, Senses, TextNatives } from './link.ts'
import { apply, bare, describe, exec, free, grab, hasOwn, holder } from './natives.ts'

/** Members along an object's prototypes as free functions by name; what the browser does not have is left out. */
const kit = (from: any, names: string): any => {
  const made: Record<string, Free> = bare({})
  for (const name of names.split(' ')) {
    const owner = holder(from, name)
    if (!owner) continue
    const { value, get } = describe(owner, name)!
    made[name] = free(value || get)
  }
  return made
}

const { getComputedStyle, performance } = own
const { getPropertyValue, getPropertyPriority, setProperty } = kit(
  own.CSSStyleDeclaration.prototype,
  'getPropertyValue getPropertyPriority setProperty',
)
const { x, y, width, height } = kit(own.DOMRect.prototype, 'x y width height')
const { elementFromPoint: inShadow, ...shadow } = kit(
  own.ShadowRoot.prototype,
  'elementFromPoint host activeElement adoptedStyleSheets styleSheets',
)
const dom = kit(
  own.HTMLDialogElement.prototype,
  'nodeType nodeValue localName firstChild nextSibling cloneNode parentElement assignedSlot shadowRoot getRootNode isConnected contains closest matches getAttribute setAttribute removeAttribute getAttributeNames getBoundingClientRect checkVisibility append before replaceChildren focus showModal close showPopover hidePopover style',
)

const Sheet = own.CSSStyleSheet
const css = {
  ...kit(Sheet && Sheet.prototype, 'cssRules replaceSync'),
  ...kit(own.CSSRule.prototype, 'cssText'),
  make(text: string) {
    const sheet = new Sheet()
    css.replaceSync(sheet, text)
    return sheet
  },
}
const forced = own.matchMedia('(forced-colors: active)')
const { matches: isMet } = kit(own.MediaQueryList.prototype, 'matches')
const View = own.IntersectionObserver
const view = kit(View.prototype, 'observe disconnect takeRecords')
const { isVisible } = kit(own.IntersectionObserverEntry.prototype, 'isVisible')
const [isChecked, setChecked] = grab(own.HTMLInputElement.prototype, 'checked =checked') as [
  Free,
  Free,
]

const Bytes = Uint8Array
const [lengthOf] = grab(Bytes.prototype, 'length') as [Free]
const [decode] = grab(TextDecoder.prototype, 'decode') as [Free]
const [encode] = grab(TextEncoder.prototype, 'encode') as [Free]
const decoder = new TextDecoder()
const encoder = new TextEncoder()
const [bufferOf] = own.WebAssembly
  ? (grab(own.WebAssembly.Memory.prototype, 'buffer') as [Free])
  : []

/** What the engine's module passes text with (src/api/embind.js). */
export const text: TextNatives = {
  decode: (bytes) => decode(decoder, bytes),
  encode: (string) => encode(encoder, string),
  length: lengthOf as TextNatives['length'],
  // The plain build's memory is an object of its own.
  view: (memory, at, length) =>
    new Bytes(hasOwn(memory, 'buffer') ? memory.buffer : bufferOf!(memory), at, length),
}

export const senses: Senses = {
  dom,
  shadow,
  event: {
    ...kit(new Event(''), 'isTrusted target timeStamp'),
    ...kit(own.MouseEvent.prototype, 'clientX clientY detail'),
    ...kit(own.KeyboardEvent.prototype, 'key'),
  },
  addEventListener: on,
  clock: performance.now.bind(performance),
  frame: own.requestAnimationFrame.bind(own),
  elementFromPoint: (root, x, y) =>
    root === doc ? elementFromPoint(doc, x, y) : inShadow(root, x, y),
  style: (element, name, pseudo) =>
    getPropertyValue(apply(getComputedStyle, own, [element, pseudo]), name),
  box(element) {
    const box = dom.getBoundingClientRect(element)
    return { x: x(box), y: y(box), width: width(box), height: height(box) }
  },
  all(root, selector) {
    const list = select(root, selector)
    const found: Element[] = bare([])
    for (let i = 0; i < listLength(list); i++) found[i] = listItem(list, i)
    return found
  },
  lift(element) {
    const style = dom.style(element)
    const was = getPropertyValue(style, 'pointer-events')
    const how = getPropertyPriority(style, 'pointer-events')
    setProperty(style, 'pointer-events', 'auto', 'important')
    return () => setProperty(style, 'pointer-events', was, how)
  },
  css,
  follow(root) {
    let at = -Infinity
    const read = (records: MutationRecord[]) => {
      for (let i = 0; i < records.length; i++) {
        const node = changedNode(records[i])
        if (dom.nodeType(node) !== 1 || !dom.matches(node, '.live')) at = senses.clock()
      }
    }
    const observer = new Observer(read)
    const take = () => takeRecords(observer)
    const all = { childList: true, attributes: true, characterData: true, subtree: true }
    observeNode(observer, root, all)
    return {
      last() {
        read(take())
        return at
      },
      own(work) {
        read(take())
        work()
        take()
      },
      forget() {
        take()
        at = -Infinity
      },
      end: () => unobserve(observer),
    }
  },
  checked: { get: isChecked, set: setChecked },
  exec,
  hasForcedColours: () => isMet(forced),
  eye:
    isVisible &&
    ((element) => {
      let seen: boolean | null = null
      const read = (entries: any) => {
        const { length } = entries
        if (length) seen = isVisible(entries[length - 1])
      }
      const observer = new View(read, { trackVisibility: true, delay: 100 })
      view.observe(observer, element)
      return {
        seen() {
          read(view.takeRecords(observer))
          return seen
        },
        close: () => view.disconnect(observer),
      }
    }),
}
