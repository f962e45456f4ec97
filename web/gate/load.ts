// Fetches the shell, once, when somebody needs it.
import { built, languages } from './built.ts'
import {
  doc,
  listLength,
  local,
  nextFrame,
  on,
  own,
  readItem,
  readyState,
  select,
  session,
  timeout,
} from './dom.ts'
import { config, emit, giveUp, judge, reportUndeclared, rules, tell, whenParsed } from './gate.ts'
import { entries, release } from './hold.ts'
import type { GateLink } from './link.ts'
import { exec, hasOwn, lower, now, startsWith, then } from './natives.ts'
import { attach } from './public.ts'

let link: GateLink | undefined
const shell = 'kelisim-shell.js'
/** So long a page that needs nothing of the shell is left alone. */
const COMPARE_MS = 10_000

/** Asks for what the first layer needs beside the shell, so that nothing has to wait for the shell to ask. */
function fetchAhead({ ahead, natives }: GateLink): void {
  const { base, policy, lang } = config
  const ask = (url: string) => {
    const answer = natives.fetch(url, { credentials: 'same-origin', priority: 'low' })
    // Its reader hears of it.
    then(answer, null, () => {})
    ahead[url] = answer
  }
  if (own.WebAssembly) ask(base + 'kelisim-engine.wasm')
  if (policy && policy[0] !== '#') ask(policy)
  const spoken = exec(
    /^[a-z]{2,3}(?![a-z])/i,
    lang || doc.documentElement.lang || navigator.language,
  )
  if (spoken) {
    const said = lower(spoken[0])
    const name = said === 'kz' ? 'kk' : said
    // A built page knows which files there are.
    if (!KELISIM_BUILT || lang || hasOwn(languages(built()), name))
      ask(base + 'locales/' + name + '.json')
  }
}

/** Where an import map may not come after the first module, no module comes before the page is parsed. */
const early = !!own.navigator.connection

/** A module the browser gets ready before it is asked for. */
function preload(name: string, script: Element | null): void {
  const hint = doc.createElement('link')
  hint.rel = early ? 'modulepreload' : 'preload'
  if (!early) {
    hint.as = 'script'
    hint.crossOrigin = 'anonymous'
  }
  hint.href = config.base + name
  hint.nonce = config.nonce
  // Before the script: after it comes the second line.
  if (script) script.before(hint)
}

/** Loads the shell and starts it, unless that has been done. */
export function loadShell(): void {
  const given = link
  if (!given) return
  link = undefined
  if (KELISIM_BUILT) fetchAhead(given)
  const failed = (reason: unknown) => {
    giveUp()
    release()
    attach(null, tell('shell_unavailable', `${reason}`))
  }
  // Not await: page code can get between a promise and await.
  then(
    import(config.base + shell),
    (module: any) => {
      then(new Promise((resolve) => resolve(module.start(given))), null, failed)
    },
    failed,
  )
  timeout(
    () =>
      then(
        import(config.base + 'kelisim-audit.js'),
        ({ start }: any) =>
          void start({
            judge: (address: string) => judge(address, doc),
            cookie(name: string) {
              if (startsWith(name, '__Host-kelisim')) return
              if (rules.snapshot && rules.stores('cookie', name).why === 'undeclared')
                reportUndeclared('cookie', name)
            },
            emit,
          }),
        () => {},
      ),
    3000,
  )
}

/** Whether a page whose gate knows the rules and whose handle came with it needs the shell all the same. */
function isNeeded({ painted }: GateLink): boolean {
  const list = entries()
  for (let i = 0; i < list.length; i++) if (list[i]!.held.kind === 'frame') return true
  return !painted!.element() || !!listLength(select(doc, 'kelisim-policy,[data-kelisim-form]'))
}

/** Sees to it that the shell comes: as early as painting allows where somebody has to be asked, else when the page idles. */
export function schedule(given: GateLink, script: Element | null): void {
  link = given
  const { snapshot } = rules
  // Nothing to ask, and nothing that waits for the engine.
  if (
    snapshot &&
    snapshot.status === 'decided' &&
    !rules.expired() &&
    !readItem(local, 'kelisim.pending') &&
    (readItem(local, 'kelisim.drafts') || '[]') === '[]'
  ) {
    const later = () => (own.requestIdleCallback || timeout)(loadShell)
    const idle = () => {
      if (!KELISIM_BUILT || isNeeded(given)) later()
      // Once a session the state is compared with the receipts; nobody waits for it.
      else if (readItem(session, 'kelisim.compared') !== readItem(local, 'kelisim.state'))
        timeout(later, COMPARE_MS)
    }
    if (readyState(doc) === 'complete') idle()
    else on(own, 'load', idle)
    const left = (snapshot.expires_at_ms ?? Infinity) - now()
    if (left < 2 ** 31) timeout(loadShell, left)
    return
  }
  if (!KELISIM_BUILT) {
    preload(shell, script)
    preload('kelisim-engine.js', script)
    fetchAhead(given)
  }
  if (!early) return whenParsed(loadShell)
  nextFrame(own, () => timeout(loadShell))
  // What hidden pages never paint. A painted layer can wait: its answers count without the engine.
  timeout(loadShell, KELISIM_BUILT ? 3000 : 300)
}
