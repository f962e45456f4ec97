// Sealed mode: a Content-Security-Policy from the same rules, which also holds what no script can stand in front of. A policy can
// be narrowed in a living page, never widened: what a grant opens needs the page anew.
import { createElement, doc, on, setAttribute, timeout } from './dom.ts'
import { config, judge, readStored, report, rules, use } from './gate.ts'
import { entries } from './hold.ts'
import { bare, exec, keysOf, slice, words } from './natives.ts'
import type { Decision } from './rules.ts'

/** The sources in force; "": there is no policy. */
let sealed = ''

let told = false
/** What the policy of the page has refused. */
const refused: string[] = bare([])

/** Whether the policy lets something in: it cannot wait for an action, the gate does. */
const lets = ({ allow, why }: Decision): boolean => allow || why === 'on_action'

/** What may be asked under the rules in force, as sources. */
function sources(): string {
  let text = "'self' data: blob: 'unsafe-inline' 'unsafe-eval'"
  const add = (host: string, path = '') => {
    if (host && exec(/^[\w.*-]+$/, host)) {
      const place = `${host}:*${exec(/^[\w./-]*\/|/, path)[0]}`
      text += ` ${place} ws://${place} wss://${place}`
    }
  }
  const wide = (host: string) => {
    add(host)
    if (!exec(/\.\d+$/, host)) add('*.' + host)
  }
  wide(location.hostname)
  words(`${config.base} ${config.policy} ${config.endpoint}`, (address) => {
    const found = exec(/^https?:\/\/[^/]+/, address)
    if (found && found[0] !== location.origin) text += ' ' + found[0]
  })
  for (let i = 0; i < config.allow.length; i++) add(config.allow[i]!)
  const { snapshot } = rules
  if (!snapshot) return text
  for (let i = 0; i < snapshot.sites.length; i++) wide(snapshot.sites[i]!)
  const open = (host: string, path: string, within?: string) => {
    if (lets(rules.decide(`https://${exec(/^\*/, host) ? 'x' + slice(host, 1) : host}${path}`)))
      add(host, within)
  }
  const hosts = keysOf(snapshot.hosts)
  for (let i = 0; i < hosts.length; i++) open(hosts[i]!, '/')
  for (let i = 0; i < snapshot.paths.length; i++) {
    const path = snapshot.paths[i]![1]
    open(snapshot.paths[i]![0], path, path)
  }
  return text
}

/** Narrows the page to what may be asked. */
function seal(text: string): void {
  sealed = text
  const meta = createElement(doc, 'meta')
  setAttribute(meta, 'http-equiv', 'Content-Security-Policy')
  setAttribute(meta, 'content', 'default-src ' + text)
  doc.head.append(meta)
}

export function startSealed(): void {
  if (config.mode !== 'sealed') return
  if (config.unknown === 'report')
    return report(
      'sealed_report',
      'sealed mode cannot let undeclared hosts pass: data-unknown is "hold" or the mode "live"',
    )
  seal(sources())
  on(doc, 'securitypolicyviolation', ({ blockedURI }: SecurityPolicyViolationEvent) => {
    refused[refused.length] = blockedURI
    if (judge(blockedURI, doc).allow) sealAgain()
  })
}

/** Whether something was refused or is held that may be asked now. */
function misses(): boolean {
  for (let i = 0; i < refused.length; i++)
    if (exec(/^http|^ws/, refused[i]!) && lets(judge(refused[i]!, doc))) return true
  const list = entries()
  // What is to be stored needs no policy.
  for (let i = 0; i < list.length; i++) if (list[i]!.held.host && lets(list[i]!.test())) return true
  return false
}

/** @returns whether the page is on its way to being loaded anew, under wider rules */
export function sealAgain(): boolean {
  if (!sealed) return false
  const text = sources()
  const known: Record<string, true> = bare({})
  words(sealed, (one) => (known[one] = true))
  let wider = false
  words(text, (one) => {
    if (!known[one]) wider = true
  })
  if (text === sealed) return false
  if (!wider) {
    seal(text)
    return false
  }
  if (!misses()) return false
  // Only where the page that comes will open: else it would be loaded for ever.
  const { snapshot } = rules
  use(readStored())
  const opens = sources() === text
  use(snapshot)
  // Reloaded, Firefox shows frames as they were; gone to anew, as they are written.
  const { href } = location
  if (opens) timeout(() => (exec(/#/, href) ? location.reload() : location.replace(href)), 60)
  else if (!told) {
    told = true
    report('sealed_reload', 'the choice cannot be stored, so what it grants stays closed')
  }
  return opens
}
