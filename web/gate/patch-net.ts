// Wraps the calls that send: fetch, XMLHttpRequest, sendBeacon. What is held stays pending until it is released; nothing is
// refused in the browser's name, so code that waits goes on when the choice allows it. A page that is left drops it.
import { on, requestSignal, requestUrl } from './dom.ts'
import { describeHeld, judge } from './gate.ts'
import { drop, hold, type Entry } from './hold.ts'
import { apply, weakGet, weakSet } from './natives.ts'
import { methods } from './wrap.ts'

/** Beacons kept at most; for more, sendBeacon answers as when the browser's own queue is full. */
const maxBeacons = 64
let beacons = 0

interface Call {
  url: string
  wait: boolean
  entry?: Entry
}
const calls = new WeakMap<object, Call>()

export function patchNet(view: any): void {
  const { Request, Promise, DOMException } = view
  const passes = (url: string): boolean => judge(url, view.document).allow
  const keep = (kind: string, url: string, run: () => void): Entry => {
    const entry: Entry = {
      held: describeHeld(kind, url, view.document),
      test: () => judge(url, view.document),
      run,
    }
    hold(entry)
    return entry
  }

  methods(view, '', 'fetch', (native, self, args) => {
    let url: string
    try {
      url = requestUrl(args[0])
    } catch {
      try {
        url = args[0] = `${args[0]}`
      } catch (error) {
        return new Promise(() => {
          throw error
        })
      }
    }
    if (passes(url)) return apply(native, self, args)
    return new Promise((resolve: (value: unknown) => void) => {
      // The request is made now: what page code changes afterwards is not in it.
      const request = new Request(args[0], args[1])
      const go = () => resolve(apply(native, self, [request]))
      const entry = keep('fetch', url, go)
      // Aborted while it waits: the built-in says so, and asks nothing.
      on(requestSignal(request), 'abort', () => drop(entry) && go())
    })
  })

  methods(view, 'XMLHttpRequest', 'open send abort', (native, self, args, name) => {
    const call: Call | undefined = weakGet(calls, self)
    if (call) drop(call.entry)
    if (name === 'open') {
      const url = (args[1] = `${args[1]}`)
      weakSet(calls, self, { url, wait: args.length > 2 && !args[2] })
    } else if (name === 'send' && call && !passes(call.url)) {
      if (call.wait) throw new DOMException('The address is held.', 'NetworkError')
      call.entry = keep('xhr', call.url, () => apply(native, self, args))
      return
    }
    return apply(native, self, args)
  })

  methods(view, 'Navigator', 'sendBeacon', (native, self, args) => {
    const url = (args[0] = `${args[0]}`)
    if (passes(url)) return apply(native, self, args)
    if (beacons >= maxBeacons) return false
    beacons++
    keep('beacon', url, () => {
      beacons--
      apply(native, self, args)
    })
    return true
  })
}
