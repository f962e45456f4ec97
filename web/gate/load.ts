// Fetches the shell, once, when somebody needs it.
import { doc, local, nextFrame, on, own, readItem, readyState, timeout } from './dom.ts'
import { config, emit, giveUp, judge, reportUndeclared, rules, whenParsed } from './gate.ts'
import { release } from './hold.ts'
import type { GateLink } from './link.ts'
import { now, then } from './natives.ts'
import { attach } from './public.ts'

let link: GateLink | undefined
const address = () => config.base + 'kelisim-shell.js'

/** Loads the shell and starts it, unless that has been done. */
export function loadShell(): void {
  const given = link
  if (!given) return
  link = undefined
  const failed = (reason: unknown) => {
    const error = { code: 'shell_unavailable', path: '', message: `${reason}` }
    giveUp()
    release()
    emit('error', error)
    attach(null, error)
  }
  // Not await: page code can get between a promise and await.
  then(
    import(address()),
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
    const idle = () => (own.requestIdleCallback || timeout)(loadShell)
    if (readyState(doc) === 'complete') idle()
    else on(own, 'load', idle)
    const left = (snapshot.expires_at_ms ?? Infinity) - now()
    if (left < 2 ** 31) timeout(loadShell, left)
    return
  }
  const hint = doc.createElement('link')
  // Where an import map may not come after the first module, no module comes before the page is parsed.
  const early = !!own.navigator.connection
  hint.rel = early ? 'modulepreload' : 'preload'
  if (!early) {
    hint.as = 'script'
    hint.crossOrigin = 'anonymous'
  }
  hint.href = address()
  hint.nonce = config.nonce
  // Before the script: after it comes the second line.
  if (script) script.before(hint)
  if (!early) return whenParsed(loadShell)
  nextFrame(own, () => timeout(loadShell))
  timeout(loadShell, 300)
}
