// Puts the gate's own functions in the place of built-ins. A wrapped function keeps name, length, errors and the look of a
// native one, and calls the built-in of the realm it stands in.
import {
  apply,
  bare,
  construct,
  defineProperty,
  describe,
  holder,
  weakGet,
  weakSet,
  words,
} from './natives.ts'

export type Native = (...args: any[]) => any

/** Wrapped function → the built-in it stands for. */
const originals = new WeakMap<object, Native>()

export const isWrapped = (value: unknown): boolean => !!weakGet(originals, value)

const adopt = (twin: Native, native: Native) => {
  weakSet(originals, twin, native)
  defineProperty(twin, 'length', bare({ value: native.length, configurable: true }))
  return twin
}

/** What holds a member: a prototype of the window's, for "" the window, or an object along the prototypes of the one given. */
const ownerOf = (view: any, owner: any, name: string) =>
  typeof owner !== 'string' || !owner ? holder(owner || view, name) : view[owner]?.prototype

/**
 * Replaces methods of an interface, for "" of the window, or of an object, as far as the browser has them.
 * @param handler  Gets the built-in, `this` and the arguments, at least as many as the built-in asks for.
 * @param whose    Whose errors a call with too few arguments gives.
 */
export function methods(
  view: any,
  owner: any,
  names: string,
  handler: (native: Native, self: any, args: any[], name: string) => unknown,
  whose: (self: any) => any = (self) => self,
): void {
  words(names, (name) => {
    const place = ownerOf(view, owner, name)
    const member = place && describe(place, name)
    const native = member && member.value
    if (!native || isWrapped(native)) return
    // A method in the short form cannot be constructed and has no prototype, like a built-in.
    member.value = adopt(
      {
        [name](...args: any[]) {
          // The built-in's own words for what is missing or cannot become text.
          return args.length < native.length ||
            typeof args[0] === 'symbol' ||
            typeof args[1] === 'symbol'
            ? apply(native, whose(this), args)
            : handler(native, this, args, name)
        },
      }[name]!,
      native,
    )
    defineProperty(place, name, bare(member))
  })
}

/**
 * Replaces the setter, or the getter, of an accessor of an interface.
 * @param whose  Whom the getter is asked of, for what page code has in hand.
 */
export function accessor(
  view: any,
  owner: any,
  name: string,
  set?: ((store: (value: unknown) => void, self: any, value: any) => void) | null,
  get?: (value: any, self: any) => unknown,
  whose?: (self: any) => any,
): void {
  const place = ownerOf(view, owner, name)
  const member = place && describe(place, name)
  if (!member || !member.get || isWrapped(get ? member.get : member.set)) return
  const { get: read, set: write } = member
  const twin = describe(
    {
      get [name]() {
        return get!(apply(read!, whose ? whose(this) : this, []), this)
      },
      set [name](value: any) {
        if (typeof value === 'symbol') apply(write!, this, [value])
        else set!((text) => apply(write!, this, [text]), this, value)
      },
    },
    name,
  )!
  if (get) member.get = adopt(twin.get!, read!)
  if (set && write) member.set = adopt(twin.set!, write)
  defineProperty(place, name, bare(member))
}

/**
 * Replaces constructors of a window.
 * @param handler  Gets the arguments, what makes an object with the built-in, what was called with `new`, and the built-in's name.
 */
export function constructors(
  view: any,
  names: string,
  handler: (args: any[], make: (args: any[]) => any, target: any, name: string) => any,
): void {
  words(names, (name) => {
    const member = describe(view, name)
    const native = member && member.value
    if (!native || isWrapped(native)) return
    const twin: any = new Proxy(
      native,
      bare({
        construct: (_: any, args: any[], target: any) => {
          const make = (given: any[]) => construct(native, given, target)
          return args.length < native.length ? make(args) : handler(args, make, target, name)
        },
      }),
    )
    weakSet(originals, twin, native)
    member.value = twin
    defineProperty(view, name, bare(member))
    const back = describe(native.prototype, 'constructor')
    if (!back) return
    back.value = twin
    defineProperty(native.prototype, 'constructor', bare(back))
  })
}

/** Lets wrapped functions of every realm look native when their source is asked for in this one. */
export const hideSources = (view: any): void =>
  methods(view, 'Function', 'toString', (native, self, args) =>
    apply(native, weakGet(originals, self) || self, args),
  )
