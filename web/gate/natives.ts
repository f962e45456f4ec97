// Private copies of built-ins, taken before anyone else runs.
//
// What page code replaces later must change nothing here. So the gate calls only these copies, and where it runs later its code
// has no for…of, no spread or destructuring of arrays (their iterator can be replaced) and no method of a string or list; a
// list or table is bare(): without a prototype, nobody's setter or member is met in it.

type Free = (self: any, ...args: any[]) => any

export const {
  apply,
  construct,
  defineProperty,
  getOwnPropertyDescriptor: describe,
  getPrototypeOf,
  setPrototypeOf,
  ownKeys,
} = Reflect

/** A method as a function that takes `this` as its first argument. */
export const free: (method: unknown) => Free = Function.prototype.bind.bind(
  Function.prototype.call,
) as never

/** The same object without a prototype. */
export const bare = <T extends object>(value: T): T => {
  setPrototypeOf(value, null)
  return value
}

/** The object along the prototypes that has a member itself. */
export function holder(owner: any, name: string): any {
  while (owner && !describe(owner, name)) owner = getPrototypeOf(owner)
  return owner
}

/** Members of an object as free functions: methods and getters by name, setters by "=name". */
export const grab = (owner: any, names: string): Free[] =>
  names.split(' ').map((name) => {
    const key = name.replace('=', '')
    const member = describe(holder(owner, key), key)!
    return free(name === key ? member.value || member.get : member.set)
  })
export type Ten = [Free, Free, Free, Free, Free, Free, Free, Free, Free, Free]

export const [slice, startsWith, lower] = grab(
  String.prototype,
  'slice startsWith toLowerCase',
) as Ten
export const [exec] = grab(/x/, 'exec') as Ten
export const [hasOwn] = grab({}, 'hasOwnProperty') as Ten
export const [mapGet, mapSet, mapDelete, mapClear, mapEach] = grab(
  new Map(),
  'get set delete clear forEach',
) as Ten
export const [weakGet, weakSet] = grab(new WeakMap(), 'get set') as Ten
/** Handlers must return nothing: page code can reach the promise that comes of them, not what they are given. */
export const [then] = grab(Promise.prototype, 'then') as Ten
export const [urlHref] = grab(URL.prototype, 'href') as Ten

/** Does something with each word of a text. */
export const words = (text: string, work: (word: string) => void): void => {
  const word = /\S+/g
  for (let part; (part = exec(word, text));) work(part[0])
}

export const { unshift } = Array.prototype
export const { parse, stringify } = JSON
export const charOf = String.fromCodePoint
export const keysOf = Object.keys
export const decodeUri = decodeURIComponent
export const { now } = Date
export const Url = URL
export const later = queueMicrotask
