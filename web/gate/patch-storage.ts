// Wraps what stores on the device, by the names the policy declares: cookies, web storage (as methods and as properties),
// databases, caches, files. Kelisim's own keys are nobody else's.
import { on, removeKey } from './dom.ts'
import { forgetCookie } from './forget.ts'
import { expecting, reportUndeclared, rules } from './gate.ts'
import { drop, hold, type Entry } from './hold.ts'
import {
  apply,
  bare,
  defineProperty,
  exec,
  mapDelete,
  mapEach,
  mapGet,
  mapSet,
  ownKeys,
  startsWith,
  weakGet,
  weakSet,
} from './natives.ts'
import type { Decision } from './rules.ts'
import { standIn } from './stand-in.ts'
import { accessor, constructors, methods } from './wrap.ts'

const nameOf = (text: string): string => exec(/^[\s=]*([^=;]*?)\s*(?:[=;]|$)/, text)[1]

/** What page code stored before any snapshot said whose it is: how it is taken back, and stored again. */
const early = new Map<string, [kind: string, name: string, undo: () => void, again: () => void]>()
let count = 0
/** The last write to a name that is held. */
const waiting = new Map<string, Entry>()

/** @param key  Of writes that share it, only the last is held. */
function keep(
  kind: string,
  name: string,
  key: string,
  run: () => void,
  test: () => Decision,
): void {
  drop(mapGet(waiting, key))
  const entry: Entry = { held: { kind, host: '', path: name, why: '' }, test, run }
  mapSet(waiting, key, entry)
  hold(entry)
}

/** Stores something now, or holds it. */
function put(
  kind: string,
  name: string,
  key: string,
  write: () => unknown,
  undo: () => void,
): unknown {
  const test = () => rules.stores(kind, name)
  const { allow, why } = test()
  if (!allow) return keep(kind, name, key, write, test)
  drop(mapGet(waiting, key))
  if (!rules.snapshot) mapSet(early, key, [kind, name, undo, write])
  else if (why === 'undeclared') reportUndeclared(kind, name)
  return write()
}

/** Once a snapshot is there: what was stored before it and may not be is taken back and held. */
export function reviewStored(): void {
  if (rules.snapshot)
    mapEach(early, (item: any, key: string) => {
      mapDelete(early, key)
      if (!rules.stores(item[0], item[1]).allow) {
        item[2]()
        put(item[0], item[1], key, item[3], item[2])
      } else if (rules.stores(item[0], item[1]).why === 'undeclared')
        reportUndeclared(item[0], item[1])
    })
}

/** Decides about what answers later: until there is a snapshot it waits for one. */
const laterOn = (name: string, kind = ''): Decision => {
  const decision = rules.stores(kind, name)
  return rules.snapshot || !expecting ? decision : { allow: false, why: 'not_granted' }
}

const isOwn = (key: string) => startsWith(key, 'kelisim')

/** Storage ↔ what page code has of it. */
const proxies = new WeakMap<object, any>()
const areas = new WeakMap<object, any>()
const areaOf = (self: any) => weakGet(areas, self) || self

function patchAreas(view: any): void {
  const kinds = new WeakMap<object, string>()
  const store = (area: any, key: string, write: () => unknown) => {
    const kind: string = weakGet(kinds, area) || 'local'
    if (isOwn(key)) return
    put(kind, key, kind + ' ' + key, write, () => removeKey(area, key))
  }
  const { prototype } = view.Storage
  const { setItem } = prototype
  const set = (area: any, key: any, value: unknown): boolean => {
    if (typeof key === 'symbol') return ((area[key] = value), true)
    const text = `${value}`
    store(area, key, () => apply(setItem, area, [key, text]))
    return true
  }
  const handler = bare({
    set: (area: any, key: any, value: unknown) =>
      key in prototype ? ((area[key] = value), true) : set(area, key, value),
    defineProperty: (area: any, key: any, member: any) =>
      'value' in member ? set(area, key, member.value) : defineProperty(area, key, member),
    deleteProperty: (area: any, key: any) =>
      typeof key === 'string' && isOwn(key)
        ? true
        : (drop(mapGet(waiting, weakGet(kinds, area) + ' ' + key)), delete area[key]),
  })
  for (const kind of ['local', 'session'])
    accessor(view, '', kind + 'Storage', null, (area) => {
      let proxy = area && weakGet(proxies, area)
      if (area && !proxy) {
        weakSet(kinds, area, kind)
        weakSet(proxies, area, (proxy = new Proxy(area, handler)))
        weakSet(areas, proxy, area)
      }
      return proxy || area
    })
  methods(
    view,
    'Storage',
    'getItem key',
    (native, self, args) => apply(native, areaOf(self), args),
    areaOf,
  )
  methods(
    view,
    'Storage',
    'setItem removeItem',
    (native, self, args, name) => {
      const area = areaOf(self)
      const key = (args[0] = `${args[0]}`)
      if (isOwn(key)) return undefined
      if (name === 'setItem') {
        args[1] = `${args[1]}`
        return store(area, key, () => apply(native, area, args))
      }
      drop(mapGet(waiting, weakGet(kinds, area) + ' ' + key))
      return apply(native, area, args)
    },
    areaOf,
  )
  methods(view, 'Storage', 'clear', (_, self) => {
    const area = areaOf(self)
    const names = ownKeys(area) as string[]
    for (let i = 0; i < names.length; i++) if (!isOwn(names[i]!)) removeKey(area, names[i])
  })
  accessor(
    view,
    'Storage',
    'length',
    null,
    (value) => value,
    (self) => areaOf(self),
  )
  accessor(view, 'StorageEvent', 'storageArea', null, (area) => {
    // Asked for once, they are known.
    if (area && !weakGet(proxies, area)) void [view.localStorage, view.sessionStorage]
    return (area && weakGet(proxies, area)) || area
  })
  constructors(view, 'StorageEvent', (args, make) => {
    const area = args[1] && args[1].storageArea
    return make(area ? [args[0], { ...args[1], storageArea: areaOf(area) }] : args)
  })
}

export function patchStorage(view: any): void {
  accessor(view, 'Document', 'cookie', (store, _, value) => {
    const text = `${value}`
    const name = nameOf(text)
    if (startsWith(name, '__Host-kelisim')) return
    put(
      'cookie',
      name,
      'cookie ' + text,
      () => store(text),
      () => forgetCookie(name),
    )
  })
  patchAreas(view)

  const wait = (owner: string, names: string, kind: string, nameIn: (args: any[]) => unknown) =>
    methods(view, owner, names, (native, self, args) => {
      const given = nameIn(args)
      if (given === undefined) return apply(native, self, args)
      const name = `${given}`
      const test = () => laterOn(name, kind === 'cookie' ? kind : '')
      const { allow, why } = test()
      if (why === 'undeclared') reportUndeclared(kind, name)
      if (allow) return apply(native, self, args)
      return new view.Promise((resolve: any) =>
        keep(
          kind,
          name,
          kind + ' ' + name + ' ' + ++count,
          () => resolve(apply(native, self, args)),
          test,
        ),
      )
    })
  wait('CookieStore', 'set', 'cookie', ([name]) =>
    name && typeof name === 'object' ? name.name : name,
  )
  wait('CacheStorage', 'open', 'cache', ([name]) => name)
  wait('StorageBucketManager', 'open', 'bucket', ([name]) => name)
  wait(
    'FileSystemDirectoryHandle',
    'getFileHandle getDirectoryHandle',
    'file',
    ([name, options]) => (options && options.create ? name : undefined),
  )
  methods(view, 'IDBFactory', 'open', (native, self, args) => {
    const name = (args[0] = `${args[0]}`)
    const open = () => {
      const request = apply(native, self, args)
      // Who has it open must let it go before it can be deleted.
      on(request, 'success', () => {
        const { result } = request
        on(result, 'versionchange', () => laterOn(name).allow || result.close())
      })
      return request
    }
    const { allow, why } = laterOn(name)
    if (name === 'kelisim') return apply(native, self, args)
    if (why === 'undeclared') reportUndeclared('database', name)
    if (allow) return open()
    const [request, become] = standIn(view, view.IDBOpenDBRequest, view.IDBOpenDBRequest, {
      readyState: 'pending',
      source: null,
      transaction: null,
    })
    keep(
      'database',
      name,
      'database ' + ++count,
      () => become(open()),
      () => laterOn(name),
    )
    return request
  })
}
