// window.kelisim: answers from the snapshot at once, and hands on to the shell what needs the engine.
import { doc, local, off, on, own, readItem } from './dom.ts'
import { config, judge, rules } from './gate.ts'
import type { Attached } from './link.ts'
import { loadShell } from './load.ts'
import {
  apply,
  bare,
  defineProperty,
  exec,
  hasOwn,
  parse,
  slice,
  stringify,
  then,
} from './natives.ts'

let api: Attached | null
let settle: (api: Attached) => void
let fail: (error: unknown) => void
const attached = new Promise<Attached>((resolve, reject) => {
  settle = resolve
  fail = reject
})

/** Tells the person that a layer does not open; there is nobody to do it before the shell is. */
export let excuse: (() => void) | undefined

/** The engine is up; null: it will not come. */
export function attach(value: Attached | null, error?: unknown, sorry?: () => void): void {
  api = value
  excuse = sorry
  if (value) settle(value)
  else fail(error)
}

/** A member of the shell's, called once it is there. */
const ask =
  (name: 'refuse' | 'withdraw' | 'open' | 'receipts' | 'export' | 'sync') =>
  (argument?: any): Promise<any> => {
    loadShell()
    return new Promise((resolve, reject) =>
      then(
        attached,
        (shell: any) => {
          try {
            resolve(apply(shell[name], shell, [argument]))
          } catch (error) {
            reject(error)
          }
        },
        reject,
      ),
    )
  }
export const open = ask('open')

/** The state of a page that knows nothing yet. */
const nothing = {
  status: 'undecided',
  services: [],
  categories: {
    functional: 'refused',
    analytics: 'refused',
    marketing: 'refused',
  },
  purposes: {},
  channels: {},
  transfers: {},
  expires_at_ms: null,
}

/** When the stored decision was made; the snapshot does not say. */
function decidedAt(): number | null {
  try {
    return parse(readItem(local, 'kelisim.state')!).decided_at_ms
  } catch {
    return null
  }
}

/** A time as the engine writes it. */
const time = (ms: number | null): string | null =>
  ms ? slice(new Date(ms).toISOString(), 0, 19) + 'Z' : null

/** The public state as far as the snapshot knows it. */
function state(): unknown {
  if (api) return api.state()
  const { status, categories, purposes, channels, transfers, expires_at_ms, services } =
    rules.snapshot || nothing
  const runs: Record<string, boolean> = bare({})
  for (let i = 0; i < services.length; i++) runs[services[i]!.id] = allows(services[i]!.id)
  // A copy: nobody changes the snapshot through it.
  return parse(
    stringify({
      status: rules.expired() ? 'expired' : status,
      edition: rules.snapshot ? rules.snapshot.edition : config.edition,
      categories,
      purposes,
      services: runs,
      channels,
      transfers,
      decided_at: time(rules.snapshot && decidedAt()),
      expires_at: time(expires_at_ms),
    }),
  )
}

/** Whether a category, service, purpose, channel or address is allowed now; what nobody knows is not. */
function allows(x: unknown): boolean {
  const name = `${x}`
  if (exec(/[:/]/, name)) return judge(name, doc).allow
  if (name === 'necessary' || hasOwn(nothing.categories, name)) return rules.named(null, name).allow
  const { purposes, channels, transfers } = rules.snapshot || nothing
  const groups: Record<string, boolean>[] = [purposes, channels, transfers]
  for (let i = 0; i < 3; i++)
    if (hasOwn(groups[i], name)) return groups[i]![name]! && !rules.expired()
  // Whether it waits for an action is another question.
  return rules.named(name, null, true).allow
}

/** Defines window.kelisim. */
export function publish(): void {
  const ready: Promise<unknown> = new Promise((resolve, reject) =>
    then(attached, () => resolve(kelisim), reject),
  )
  // Nobody has to listen for the engine not coming.
  then(ready, null, () => {})
  const kelisim = Object.freeze({
    ready,
    state,
    allows,
    refuse: ask('refuse'),
    withdraw: ask('withdraw'),
    open,
    close: () => api && api.close(),
    receipts: ask('receipts'),
    export: ask('export'),
    sync: ask('sync'),
    on(type: string, listener: EventListener) {
      const name = 'kelisim:' + exec(/[^:]*$/, type)[0]
      on(doc, name, listener)
      return () => off(doc, name, listener)
    },
  })
  defineProperty(own, 'kelisim', bare({ value: kelisim, enumerable: true }))
}
