// Fresh windows of the page's own origin hold untouched built-ins: each is patched before page code can reach it.
import { defaultView, eventTarget, frameView, on, ownerDocument, windowLength } from './dom.ts'
import { apply, describe, weakGet, weakSet, words } from './natives.ts'
import { observe } from './observe.ts'
import { patchDom } from './patch-dom.ts'
import { patchHtml } from './patch-html.ts'
import { patchNet } from './patch-net.ts'
import { patchStorage } from './patch-storage.ts'
import { accessor, hideSources, isWrapped, methods } from './wrap.ts'

/** Windows seen to be of another origin. */
const foreign = new WeakMap<object, true>()

/** The window in an iframe or frame; null for everything else. */
const viewOf = (target: any) => {
  try {
    return frameView(target)
  } catch {
    return null
  }
}

/**
 * Makes sure that a window of this origin is patched; others are left alone.
 * @param moved  It may have gone on to another origin since.
 * @returns the window
 */
export function guard(view: any, moved?: unknown): any {
  if (view && (moved === true || !weakGet(foreign, view)))
    try {
      if (!isWrapped(describe(view.Node.prototype, 'appendChild')!.value)) patch(view)
      observe(view.document)
    } catch {
      weakSet(foreign, view, true)
    }
  return view
}

/** Patches the frames that a call on `node` may have brought into its window. */
export function settle(node: Node): void {
  const view = defaultView(ownerDocument(node) || node)
  if (view) for (let i = 0; i < windowLength(view); i++) guard(view[i])
}

const guardDocument = (document: Document | null) => {
  if (document) guard(defaultView(document))
  return document
}

/** Replaces the built-ins of a window. */
export function patch(view: any): void {
  hideSources(view)
  patchDom(view)
  patchHtml(view)
  patchNet(view)
  patchStorage(view)
  words('HTMLIFrameElement HTMLFrameElement HTMLObjectElement HTMLEmbedElement', (owner) => {
    accessor(view, owner, 'contentWindow', null, (frame) => guard(frame))
    accessor(view, owner, 'contentDocument', null, guardDocument)
    methods(view, owner, 'getSVGDocument', (native, self, args) =>
      guardDocument(apply(native, self, args)),
    )
  })
  methods(view, '', 'open', (native, self, args) => guard(apply(native, self, args)))
}

/** Watches for frames that go on to another document of this origin. */
export const watchFrames = (document: Document): void =>
  on(document, 'load', (event: Event) => guard(viewOf(eventTarget(event)), true), true)
