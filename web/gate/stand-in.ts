// Objects that page code gets at once while what they stand for is held: of the right interface, listening, answering as one that
// has just been made; when it may run, what was asked of them is done, and they hand on.
import {
  apply,
  bare,
  construct,
  defineProperty,
  describe,
  exec,
  free,
  getPrototypeOf,
  ownKeys,
  setPrototypeOf,
  slice,
} from './natives.ts'

const { EventTarget } = globalThis
const on = free(EventTarget.prototype.addEventListener)
const dispatch = free(EventTarget.prototype.dispatchEvent)

/**
 * @param prototype  of the interface, below EventTarget
 * @param target     what was called with `new`, the interface or a class that extends it
 * @param first      what its members are until then
 * @returns the object, and what makes it the real one
 */
export function standIn(
  view: any,
  { prototype }: any,
  target: any,
  first: Record<string, unknown>,
): [self: any, become: (real: any) => void] {
  const self = new EventTarget()
  const asked: [work: Function, args: unknown][] = bare([])
  const types: Record<string, true> = bare({})
  let real: any
  const ask = (work: Function, args: any[]) =>
    real ? apply(work, real, args) : void (asked[asked.length] = [work, args])
  const hear = (type: string) =>
    on(real, type, (event: any) => {
      // The members of an event are what a new one is made of.
      const copy = construct(event.constructor, [type, event])
      if (!dispatch(self, copy)) event.preventDefault()
    })
  const listen = (type: string) => {
    if (types[type]) return
    types[type] = true
    if (real) hear(type)
  }
  const define = (name: string, member: PropertyDescriptor) =>
    defineProperty(self, name, bare({ ...member, configurable: true }))

  for (
    let level = prototype;
    level && level !== view.EventTarget.prototype && level !== view.Object.prototype;
    level = getPrototypeOf(level)
  ) {
    const names = ownKeys(level)
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string
      if (typeof name !== 'string' || name === 'constructor' || describe(self, name)) continue
      const { get, set, value } = describe(level, name)!
      if (get && exec(/^on/, name)) {
        const type = slice(name, 2)
        let handler: any = null
        define(name, {
          get: () => handler,
          set(given: unknown) {
            if (handler === null)
              on(self, type, (event: Event) => {
                if (typeof handler === 'function') apply(handler, self, [event])
              })
            handler = given
            listen(type)
          },
        })
      } else if (get)
        define(name, {
          get: () => (real ? apply(get, real, []) : first[name]),
          ...(set && { set: (given: any) => ask(set, [given]) }),
        })
      else if (typeof value === 'function')
        define(name, { value: (...args: any[]) => ask((first[name] as any) || value, args) })
    }
  }
  define('addEventListener', {
    value(type: unknown, listener: unknown, options: unknown) {
      listen((type = `${type}`) as string)
      on(self, type, listener, options)
    },
  })
  setPrototypeOf(self, target.prototype)
  return [
    self,
    (given) => {
      real = given
      for (const type in types) hear(type)
      for (let i = 0; i < asked.length; i++)
        try {
          apply(asked[i]![0], real, asked[i]![1] as any)
        } catch {
          // As a call too early.
        }
    },
  ]
}
