// The gate: the first script of the page. Stands in front of every way out before anything else runs, reads the stored
// snapshot, and sends for the shell.
import { watchActions } from './act.ts'
import { built, languages, opening } from './built.ts'
import {
  createElement,
  doc,
  local,
  on,
  own,
  readItem,
  removeKey,
  session,
  timeout,
  writeCookie,
  writeItem,
} from './dom.ts'
import { forgetSeen } from './elements.ts'
import { deleteStorage, purge } from './forget.ts'
import { patch, watchFrames } from './frames.ts'
import { emit, readStored, report, rules, start, use } from './gate.ts'
import { entries, onHeld, passes, release, shown } from './hold.ts'
import { senses, text } from './kit.ts'
import type { Config, GateLink, Held, Snapshot } from './link.ts'
import { schedule } from './load.ts'
import { apply, bare, exec, keysOf, now, parse, stringify, Url, words } from './natives.ts'
import { observe, review } from './observe.ts'
import { hasToAsk, paint } from './painted.ts'
import { reviewStored } from './patch-storage.ts'
import { watchPerson } from './patch-ways.ts'
import { attach, open, publish } from './public.ts'
import { sealAgain, startSealed } from './sealed.ts'
import { signal } from './signals.ts'
import { openComment } from './second-line.ts'
import { tellWorkers } from './workers.ts'

function readConfig(script: HTMLScriptElement | null): Config {
  const text = (name: string): any => (script && script.getAttribute('data-' + name)) || ''
  const word = (name: string, allowed: string, usual = ''): any => {
    const value = text(name)
    if (!value || exec(RegExp(`^(${allowed})$`), value)) return value || usual
    report('install_attribute', `data-${name} is one of ${allowed}, not "${value}"`)
    return usual
  }
  const address = (value: string): string => {
    try {
      return value && value[0] !== '#' ? new Url(value, doc.baseURI).href : value
    } catch {
      return ''
    }
  }
  return {
    base: address((script && (script.src || text('base'))) || '.').replace(/[^/]*$/, ''),
    policy: address(text('policy')),
    edition: text('edition') || (KELISIM_BUILT ? built().closed.edition : ''),
    endpoint: address(text('endpoint')),
    lang: word('lang', '[a-z]{2,3}'),
    allow:
      text('allow')
        .toLowerCase()
        .match(/[^\s,]+/g) || [],
    mode: word('mode', 'live|sealed', 'live'),
    unknown: word('unknown', 'hold|report', 'hold'),
    open: word('open', 'auto|never', 'auto'),
    layout: word('layout', 'box|bar|sheet'),
    nonce: (script && script.nonce) || '',
    gpc: own.navigator.globalPrivacyControl === true,
    dnt: own.navigator.doNotTrack === '1',
  }
}

/** Puts a snapshot in force, and lets go what it allows. */
function enforce(snapshot: Snapshot | null): void {
  use(snapshot)
  if (sealAgain()) return
  forgetSeen()
  reviewStored()
  purge()
  tellWorkers()
  review()
  // Vendors hear of it before their tags come, and after the click's own task.
  if (snapshot) timeout(() => rules.snapshot === snapshot && signal(snapshot))
  release()
}

function makeLink(config: Config): GateLink {
  const { fetch, indexedDB, crypto, navigator } = own
  const elements = own.customElements
  const { define, get } = elements
  /** Some functions of an object, bound to it; undefined when there is none. */
  const bound = (from: any, names: string): any => {
    const made: any = from && bare({})
    words(names, (name) => {
      if (from && from[name]) made[name] = from[name].bind(from)
    })
    return made
  }
  const key = (name: string) => 'kelisim.' + name
  const area = (name: string) => (name === 'compared' ? session : local)
  return {
    natives: {
      fetch: fetch.bind(own),
      sendBeacon: navigator.sendBeacon.bind(navigator),
      indexedDB: bound(indexedDB, 'open'),
      subtle: bound(crypto.subtle, 'sign verify generateKey exportKey importKey'),
      wasm: bound(own.WebAssembly, 'instantiate instantiateStreaming'),
      getRandomValues: crypto.getRandomValues.bind(crypto),
      createElement: (name) => createElement(doc, name),
      define(name, type) {
        try {
          apply(define, elements, [name, type])
        } catch {
          // It is taken.
        }
        return apply(get, elements, [name]) === type
      },
      setTimeout: timeout,
      now,
      parse,
      stringify,
      text,
      keysOf,
      isArray: own.Array.isArray,
      ...senses,
    },
    config,
    ahead: bare({}),
    store: {
      blocked: !local,
      get: (name) => readItem(area(name), key(name)),
      set: (name, value) => !!writeItem(area(name), key(name), value),
      remove: (name) => void removeKey(area(name), key(name)),
    },
    snapshot: () => rules.snapshot,
    apply: enforce,
    held() {
      const list = entries()
      const held: Held[] = []
      // What was held before the rules were known is judged by them now.
      for (let i = 0; i < list.length; i++)
        if (!passes(list[i]!)) held[held.length] = shown(list[i]!)
      return held
    },
    onHeld,
    writeCookie(value, expiresAtMs) {
      const end = new Date(value ? expiresAtMs : 0).toUTCString()
      try {
        writeCookie(doc, `__Host-kelisim=${value};Path=/;Secure;SameSite=Lax;Expires=${end}`)
      } catch {
        // A page without an origin of its own has no cookies.
      }
    },
    deleteStorage,
    emit,
    attach,
  }
}

/** Whether other scripts of the page can have run before. */
function isLate(script: HTMLScriptElement | null): boolean {
  for (const one of doc.scripts) {
    if (one === script) return one.async || one.defer
    if (/^$|script|module/i.test(one.type)) break
  }
  return true
}

function main(): void {
  const script =
    (doc.currentScript as HTMLScriptElement | null) ||
    doc.querySelector<HTMLScriptElement>('script[data-policy]')
  const config = readConfig(script)
  if (isLate(script)) report('late_gate', 'other scripts run before the gate')
  // Before anything is patched: it takes the browser's own.
  const link = makeLink(config)
  start(config)
  if (KELISIM_BUILT) use(opening(built(), rules.snapshot))
  if (rules.snapshot) signal(rules.snapshot)
  startSealed()
  patch(own)
  observe(doc)
  watchFrames(doc)
  watchPerson()
  publish()
  watchActions(open)
  // Another tab has stored a choice.
  on(own, 'storage', (event: StorageEvent) => {
    const snapshot =
      senses.event.isTrusted(event) && event.key === 'kelisim.snapshot' && readStored()
    const known = rules.snapshot
    // Of another policy or edition than this page's it says nothing here.
    if (
      snapshot &&
      (!known || (known.policy === snapshot.policy && known.edition === snapshot.edition))
    )
      enforce(snapshot)
  })
  if (KELISIM_BUILT) {
    link.painted = paint(built(), hasToAsk(), enforce)
    link.langs = keysOf(languages(built()))
  }
  schedule(link, script)
  openComment(script)
}

// A second copy on the same page adds nothing.
if (!own.kelisim) main()
