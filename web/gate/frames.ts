// Fresh windows of the page's own origin hold untouched built-ins: each is patched before page code can reach it.
import {
  defaultView,
  eventTarget,
  frameView,
  matches,
  objectView,
  on,
  stopEvent,
  windowLength,
} from './dom.ts'
import { apply, describe, weakGet, weakSet, words } from './natives.ts'
import { observe } from './observe.ts'
import { patchCss } from './patch-css.ts'
import { patchDom } from './patch-dom.ts'
import { patchHtml } from './patch-html.ts'
import { patchNet } from './patch-net.ts'
import { patchStorage } from './patch-storage.ts'
import { patchWays, stopsOpening } from './patch-ways.ts'
import { prefix } from './table.ts'
import { accessor, hideSources, isWrapped, methods } from './wrap.ts'

/** Windows looked at → their document then; true: they are of another origin. */
const looked = new WeakMap<object, Document | true>()

/** The window in an iframe or frame; null for everything else. */
const viewIn = (target: any) => {
  for (let i = 0; i < 2; i++)
    try {
      return (i ? objectView : frameView)(target)
    } catch {
      // Not one.
    }
}

/**
 * Makes sure that a window of this origin is patched; others are left alone.
 * @param moved  It may have come from another origin since.
 * @returns the window
 */
export function guard(view: any, moved?: unknown): any {
  const before = view && weakGet(looked, view)
  if (view && (before !== true || moved === true))
    try {
      const { document } = view
      if (document !== before) {
        weakSet(looked, view, document)
        if (!isWrapped(describe(view.Node.prototype, 'appendChild')!.value)) patch(view)
        observe(document)
      }
    } catch {
      weakSet(looked, view, true)
    }
  return view
}

/** Patches the frames that a call may have brought into a window; of an inert document (null) there is none. */
export function settle(view: any): void {
  if (view) for (let i = windowLength(view); i--;) guard(view[i])
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
  patchCss(view)
  patchWays(view)
  words('HTMLIFrameElement HTMLFrameElement HTMLObjectElement HTMLEmbedElement', (owner) => {
    accessor(view, owner, 'contentWindow', null, (frame) => guard(frame))
    accessor(view, owner, 'contentDocument', null, guardDocument)
    methods(view, owner, 'getSVGDocument', (native, self, args) =>
      guardDocument(apply(native, self, args)),
    )
  })
  methods(view, '', 'open', (native, self, args) =>
    stopsOpening(view, args, () => apply(native, self, args))
      ? null
      : guard(apply(native, self, args)),
  )
}

/** Watches for frames that go on to another document of this origin. */
export const watchFrames = (document: Document): void =>
  on(
    document,
    'load',
    (event: Event) => {
      const frame = eventTarget(event)
      const view = viewIn(frame)
      guard(view, true)
      // That a held frame is empty now is nobody's news.
      if (view && matches(frame, `[${prefix}src],[${prefix}srcdoc]`)) stopEvent(event)
    },
    true,
  )
