// Performs what the snapshot says the vendors' own consent switches are to be told (src/signals/signals.hpp has the calls' meaning).
// Whatever a tag of the page does then is the page's own: nothing here decides.
import { own } from './dom.ts'
import { rules } from './gate.ts'
import type { Snapshot } from './link.ts'
import {
  apply,
  bare,
  exec,
  hasOwn,
  keysOf,
  slice,
  startsWith,
  stringify,
  unshift,
} from './natives.ts'

/** The update the page was last told; undefined: not even the default. */
let told: string | undefined

/** Puts something into a queue of the page's: in front of what waits there, if nobody has taken the queue over. */
function enqueue(name: string, items: unknown[], first: boolean): void {
  const queue = (own[name] ||= [])
  apply(first && !hasOwn(queue, 'push') ? unshift : queue.push, queue, items)
}

/** A function that is not there yet: what it is called with waits in its `q`. */
function standIn(name: string): void {
  own[name] ||= function () {
    const waiting = (own[name].q ||= [])
    waiting[waiting.length] = arguments
  }
}

/** What "gtag" queues: an arguments object, not a list. */
const asArguments = function () {
  return arguments
}

function perform(path: string, given: any[], first: boolean): void {
  const parts = exec(/^([=~]?)(?:(.+)\.)?(.*?)(\*?)$/, path)
  const sign = parts[1]
  const name = parts[3]
  if (path === 'gtag') enqueue('dataLayer', [apply(asArguments, null, given)], first)
  else if (name === 'push') enqueue(parts[2], given, first)
  else if (sign === '=' || parts[4]) {
    const from = given[0] ? own[given[0]] : own
    const names = keysOf(from)
    for (let i = 0; i < names.length; i++) {
      if (!startsWith(names[i], given[1])) continue
      const id = slice(names[i], given[1].length)
      if (sign) own[name + id] = given[2]
      else own[name](+id, given[2])
    }
  } else {
    if (sign) standIn(name)
    const owner = parts[2] ? own[parts[2]] : own
    apply(owner[name], owner, given)
  }
}

const run = (calls: unknown[][], first: boolean): void => {
  for (let i = 0; i < calls.length; i++)
    try {
      const given: any[] = bare([])
      for (let j = 1; j < calls[i]!.length; j++) given[j - 1] = calls[i]![j]
      perform(calls[i]![0] as string, given, first)
    } catch {
      // It is not there, or the page's code failed at it.
    }
}

/**
 * Tells the page's tags what a snapshot that comes into force says: the default once, then each change of what they may do. Before
 * anything was decided, and of a choice that has ended, there is no update.
 */
export function signal({ signals, status }: Snapshot): void {
  if (!signals) return
  if (told === undefined) {
    told = ''
    run(signals.default, true)
  }
  const update = stringify(signals.update)
  const ended = status === 'decided' && rules.expired()
  if (update === told || ended || (status === 'undecided' && !told)) return
  told = update
  run(signals.update, false)
}
