// Wraps what stores on the device: document.cookie, by the names the policy declares, and web storage as far as Kelisim's own
// keys go.
import { doc, removeKey, writeCookie } from './dom.ts'
import { forgetCookie } from './forget.ts'
import { reportUndeclared, rules } from './gate.ts'
import { hold } from './hold.ts'
import { apply, exec, mapDelete, mapEach, mapSet, ownKeys, startsWith } from './natives.ts'
import { accessor, methods } from './wrap.ts'

const nameOf = (text: string): string => exec(/^[\s=]*([^=;]*?)\s*(?:[=;]|$)/, text)[1]

/** Cookies page code set before any snapshot said whose they are. */
const early = new Map<string, true>()

/** Writes a cookie, or holds it. */
function setCookie(text: string, write: (text: string) => void): void {
  const name = nameOf(text)
  if (startsWith(name, '__Host-kelisim')) return
  const { allow, why } = rules.stores('cookie', name)
  if (!allow)
    return hold({
      held: { kind: 'cookie', host: '', path: name, why },
      test: () => rules.stores('cookie', name),
      run: () => write(text),
    })
  if (!rules.snapshot) mapSet(early, text, true)
  else if (why === 'undeclared') reportUndeclared('cookie', name)
  write(text)
}

/** Once a snapshot is there: what was set before it and may not be is taken back and held. */
export function reviewCookies(): void {
  mapEach(early, (_: unknown, text: string) => {
    mapDelete(early, text)
    if (!rules.stores('cookie', nameOf(text)).allow) forgetCookie(nameOf(text))
    setCookie(text, (kept) => writeCookie(doc, kept))
  })
}

export function patchStorage(view: any): void {
  accessor(view, 'Document', 'cookie', (store, _, value) => setCookie(`${value}`, store))

  const isOwn = (key: unknown) => startsWith(key, 'kelisim.')
  methods(view, 'Storage', 'setItem removeItem', (native, self, args) =>
    isOwn((args[0] = `${args[0]}`)) ? undefined : apply(native, self, args),
  )
  methods(view, 'Storage', 'clear', (_, self) => {
    const names = ownKeys(self)
    for (let i = 0; i < names.length; i++) if (!isOwn(names[i])) removeKey(self, names[i])
  })
}
