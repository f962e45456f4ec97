// The gate inside a worker, its own file: stands in front of what the worker sends, loads and stores, by the rules of the page.
import {
  apply,
  bare,
  defineProperty,
  now,
  parse,
  urlHref,
  Url,
  weakGet,
  weakSet,
} from './natives.ts'
import { makeRules, type Page } from './rules.ts'
import { standIn } from './stand-in.ts'
import { workerAddress } from './start-worker.ts'
import { constructors, hideSources, methods } from './wrap.ts'

const scope = self as any
const setup = scope.kelisimSetup || parse(decodeURIComponent(location.hash.slice(1)))
delete scope.kelisimSetup
const { importScripts, Promise, Request, DOMException } = scope
const base = (): string => setup.url

const page: Page = {
  host: setup.host,
  allow: setup.allow,
  now,
  acted: () => false,
  undeclared: () => {},
}
let { expecting } = setup
let rules = makeRules(setup.snapshot, page)
let queue: [test: () => boolean, run: () => void][] = []
new BroadcastChannel(setup.channel).onmessage = ({ data }) => {
  rules = makeRules(data.snapshot, page)
  expecting = data.expecting
  const list = queue
  queue = []
  for (const item of list)
    if (item[0]()) item[1]()
    else queue.push(item)
}

const full = (value: unknown): string => {
  try {
    return urlHref(new Url(`${value}`, base()))
  } catch {
    return `${value}`
  }
}
const passes = (address: string) => rules.judge(address, base).allow
const stores = (name: unknown) =>
  name === 'kelisim' || (rules.stores('', `${name}`).allow && (!!rules.snapshot || !expecting))
/** Runs something when it may. */
const when = (test: () => boolean, run: () => void) => {
  if (test()) run()
  else queue.push([test, run])
}
const pending = (test: () => boolean, run: () => unknown) =>
  test() ? run() : new Promise((resolve: any) => when(test, () => resolve(run())))

hideSources(scope)
const here = new Url(setup.url)
defineProperty(scope, 'location', bare({ value: here, configurable: true, enumerable: true }))
constructors(scope, 'Request', (args, make) => {
  if (!(args[0] instanceof Request)) args[0] = full(args[0])
  return make(args)
})
methods(scope, '', 'fetch', (native, _, args) => {
  const request = args[0] instanceof Request
  const address = request ? args[0].url : (args[0] = full(args[0]))
  return pending(
    () => passes(address),
    () => apply(native, scope, args),
  )
})
const calls = new WeakMap<object, { url: string; wait: boolean }>()
methods(scope, 'XMLHttpRequest', 'open send', (native, self, args, name) => {
  if (name === 'open') {
    const url = (args[1] = full(args[1]))
    weakSet(calls, self, { url, wait: args.length > 2 && !args[2] })
    return apply(native, self, args)
  }
  const call = weakGet(calls, self)
  const test = () => !call || passes(call.url)
  if (!test() && call.wait) throw new DOMException('The address is held.', 'NetworkError')
  return when(test, () => apply(native, self, args))
})
/** The last address that importScripts() was not to load, and what it threw. */
let held = ''
let stop: unknown
methods(scope, '', 'importScripts', (native, _, args) => {
  for (let i = 0; i < args.length; i++) {
    args[i] = full(args[i])
    if (passes(args[i])) continue
    held = args[i]
    throw (stop = new DOMException('The address is held.', 'NetworkError'))
  }
  return apply(native, scope, args)
})
constructors(
  scope,
  'WebSocket EventSource WebTransport WebSocketStream',
  (args, make, target, name) => {
    const url = (args[0] = full(args[0]))
    if (passes(url)) return make(args)
    const [self, become] = standIn(scope, scope[name], target, { url, readyState: 0 })
    when(
      () => passes(url),
      () => become(make(args)),
    )
    return self
  },
)
constructors(scope, 'Worker', (args, make) => {
  const url = full(args[0])
  const module = args[1]?.type === 'module'
  args[0] = workerAddress(url, { ...setup, snapshot: rules.snapshot, expecting, url, module })
  return make(args)
})
methods(scope, 'IDBFactory', 'open', (native, self, args) => {
  const open = () => {
    const opened: IDBOpenDBRequest = apply(native, self, args)
    opened.addEventListener('success', () => {
      const { result } = opened
      result.addEventListener('versionchange', () => stores(args[0]) || result.close())
    })
    return opened
  }
  if (stores(args[0])) return open()
  const [request, become] = standIn(scope, scope.IDBOpenDBRequest, scope.IDBOpenDBRequest, {
    readyState: 'pending',
  })
  when(
    () => stores(args[0]),
    () => become(open()),
  )
  return request
})
const storing = (owner: string, names: string) =>
  methods(scope, owner, names, (native, self, args) =>
    pending(
      () => stores(args[0]),
      () => apply(native, self, args),
    ),
  )
storing('CacheStorage', 'open')
storing('StorageBucketManager', 'open')
methods(
  scope,
  'FileSystemDirectoryHandle',
  'getFileHandle getDirectoryHandle',
  (native, self, args) =>
    pending(
      () => !args[1]?.create || stores(args[0]),
      () => apply(native, self, args),
    ),
)
methods(scope, 'Cache', 'add', (native, self, args) =>
  pending(
    () => passes(full(args[0]?.url ?? args[0])),
    () => apply(native, self, args),
  ),
)

// Messages that come before somebody listens wait.
const early: MessageEvent[] = []
let hear: ((event: MessageEvent) => void) | null = (event) => void early.push(event)
for (const type of ['message', 'connect'])
  scope.addEventListener(type, (event: MessageEvent) => {
    if (!hear || !event.isTrusted) return
    event.stopImmediatePropagation()
    hear(event)
  })
const deliver = (to: (event: MessageEvent) => void) => {
  hear = to
  early.forEach(to)
}
const fail = (error: unknown) => {
  setTimeout(() => {
    throw error
  })
}
const ready = () => {
  deliver((event) => scope.dispatchEvent(new MessageEvent(event.type, event as any)))
  hear = null
}

if (setup.module) import(setup.url).then(ready, fail)
else
  try {
    apply(importScripts, scope, [setup.url])
    ready()
  } catch (error) {
    if (error !== stop || !scope.postMessage) throw error
    // It could not go on without what it imports: it begins anew, in a worker below this one, when it may.
    when(
      () => passes(held),
      () => {
        const inner: Worker = new scope.Worker(setup.url)
        inner.onmessage = ({ data, ports }) => scope.postMessage(data, ports)
        inner.onerror = ({ message }) => fail(message)
        deliver(({ data, ports }) => inner.postMessage(data, ports as any))
      },
    )
  }
