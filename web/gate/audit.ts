// What no script can stand in front of, told when it has happened: addresses asked past the gate (response headers, redirects, style
// sheets, the look-ahead), cookies the server set. Fetched with the shell, never needed by the page.
import type { Decision } from './rules.ts'

export interface AuditHost {
  judge(address: string): Decision
  /** May this cookie be stored? Reports one that nobody declared. */
  cookie(name: string): void
  emit(type: string, detail: unknown): void
}

export function start({ judge, cookie, emit }: AuditHost): void {
  const told = new Set<string>()
  const look = (name: string, how: string) => {
    if (!/^(https?|wss?):/.test(name) || judge(name).allow) return
    const { host } = new URL(name)
    if (told.has(host + how)) return
    told.add(host + how)
    emit('error', {
      code: 'not_held',
      path: '',
      message: `${host} was asked past the gate (${how})`,
    })
  }
  if ('PerformanceObserver' in window)
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceResourceTiming[])
        look(entry.name, entry.initiatorType)
    }).observe({ type: 'resource', buffered: true })
  document.addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) =>
    look(blockedURI, 'refused by ' + effectiveDirective),
  )
  for (const part of document.cookie.split('; ')) {
    const name = part.split('=')[0]!
    if (name) cookie(name)
  }
}
