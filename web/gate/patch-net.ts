// Wraps the calls that send. What is held stays pending until it is released; nothing is refused in the browser's name, so code
// that waits goes on when the choice allows it. A page that is left drops it.
import { on, own, requestSignal, requestUrl } from './dom.ts'
import { describeHeld, judge, ownHref } from './gate.ts'
import { drop, hold, type Entry } from './hold.ts'
import { apply, bare, exec, then, weakGet, weakSet } from './natives.ts'
import type { Decision } from './rules.ts'
import { standIn } from './stand-in.ts'
import { codeIn } from './start-worker.ts'
import { code, judgeText } from './table.ts'
import { guardWorker } from './workers.ts'
import { constructors, methods } from './wrap.ts'

/** Beacons kept at most; for more, sendBeacon answers as when the browser's own queue is full. */
const maxBeacons = 64
let beacons = 0

interface Call {
  url: string
  wait: boolean
  entry?: Entry
}
const calls = new WeakMap<object, Call>()

/** Constructors of what connects by itself, by the kind that is told of them. */
const kinds = bare({
  WebSocket: 'websocket',
  WebSocketStream: 'websocket',
  EventSource: 'eventsource',
  WebTransport: 'webtransport',
  Worker: 'worker',
  SharedWorker: 'worker',
}) as Record<string, string>

export function patchNet(view: any): void {
  const { Request, Promise, DOMException, document } = view
  // Code in an address of its own is looked at for what it imports.
  const decide = (url: string, kind?: string): Decision => {
    const decision = judge(url, document)
    const code_ =
      decision.allow && exec(/^work/, kind || '') && exec(/^\s*(?:blob|data):/i, url)
        ? codeIn(url)
        : null
    return code_ === null ? decision : judgeText(code, code_, document)
  }
  const passes = (url: string, kind?: string): boolean => decide(url, kind).allow
  const keep = (kind: string, raw: string, run: () => void): Entry => {
    const url = ownHref(raw, document)
    const entry: Entry = {
      held: describeHeld(kind, url, document),
      test: () => decide(url, kind),
      run,
    }
    hold(entry)
    return entry
  }
  /** The address of a Request, or of what becomes one. */
  const addressOf = (value: unknown): string => {
    try {
      return requestUrl(value)
    } catch {
      return `${value}`
    }
  }
  /** Wraps a call that answers with a promise: it stays pending while it is held. */
  const pending = (owner: any, names: string, kind: string, urlsOf: (args: any[]) => string[]) =>
    methods(view, owner, names, (native, self, args) => {
      const urls = urlsOf(args)
      for (let i = 0; i < urls.length; i++)
        if (!passes(urls[i]!, kind))
          return new Promise((resolve: (value: unknown) => void) => {
            const at = urls[i]!
            keep(kind, at, () => resolve(apply(native, self, args)))
          })
      return apply(native, self, args)
    })

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
  methods(view, '', 'fetchLater', (native, self, args) => {
    const url = addressOf(args[0])
    if (passes(url)) return apply(native, self, args)
    const request = new Request(args[0], args[1])
    keep('fetch', url, () => apply(native, self, [request, args[1]]))
    return { activated: false }
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

  for (const name in kinds)
    constructors(view, name, (args, make, target) => {
      const url = (args[0] = `${args[0]}`)
      const go = () => (kinds[name] === 'worker' ? guardWorker(args, make) : make(args))
      if (passes(url, kinds[name])) return go()
      let settle: any
      const promised = (of: string) => {
        const answer = new Promise((resolve: any) => {
          const before = settle
          settle = (real: any) => {
            if (before) before(real)
            resolve(real[of])
          }
        })
        then(answer, null, () => {})
        return answer
      }
      const [self, become] = standIn(view, view[name], target, {
        url,
        opened: promised('opened'),
        ready: promised('ready'),
        closed: promised('closed'),
        readyState: 0,
        bufferedAmount: 0,
        withCredentials: false,
        binaryType: 'blob',
        extensions: '',
        protocol: '',
        // Closed while it waits: it is never made.
        close: () => drop(entry),
        terminate: () => drop(entry),
      })
      const entry = keep(kinds[name]!, url, () => {
        const real = go()
        become(real)
        settle(real)
      })
      return self
    })

  // A connection is made without the servers that are held, and told of them when they may be asked.
  constructors(view, 'RTCPeerConnection webkitRTCPeerConnection', (args, make) => {
    const [few, held] = withoutHeld(args[0])
    const self = make([few])
    if (held !== undefined) tellServers(self, args[0], held)
    return self
  })
  const withoutHeld = (config: any): [any, string?] => {
    let held: string | undefined
    const all = config && config.iceServers
    if (!all) return [config]
    const few = own.Array.from(all).filter((server: any) => {
      const urls: any[] = [].concat(server.urls || server.url || [])
      const bad = urls.find((url) => !passes(`${url}`))
      if (bad !== undefined) held = `${bad}`
      return bad === undefined
    })
    return held === undefined ? [config] : [{ ...config, iceServers: few }, held]
  }
  const servers = new WeakMap<object, [config: any, url: string]>()
  const tellServers = (self: any, config: any, url: string) => weakSet(servers, self, [config, url])
  // What asks the servers waits until it may.
  methods(view, 'RTCPeerConnection', 'setLocalDescription', (native, self, args) => {
    const asked = weakGet(servers, self)
    if (!asked) return apply(native, self, args)
    const go = () => {
      weakSet(servers, self, undefined)
      self.setConfiguration(asked[0])
      return apply(native, self, args)
    }
    return passes(asked[1])
      ? go()
      : new Promise((resolve: any) => keep('webrtc', asked[1], () => resolve(go())))
  })
  methods(view, 'RTCPeerConnection', 'setConfiguration', (native, self, args) => {
    const [few, held] = withoutHeld(args[0])
    if (held !== undefined) tellServers(self, args[0], held)
    return apply(native, self, [few])
  })

  const one = (args: any[]) => [addressOf(args[0])]
  pending('ServiceWorkerContainer', 'register', 'worker', one)
  pending('Worklet', 'addModule', 'worklet', one)
  pending('Cache', 'add', 'fetch', one)
  pending('Cache', 'addAll', 'fetch', ([list]) => own.Array.from(list, addressOf))
}
