// The second line of the install: a static Content-Security-Policy that only the browsers' look-ahead obeys.
//
// The gate ends by opening a comment in front of it, so the parser never sees it. A page that has only the first line would
// lose everything up to its first "-->": that is noticed as soon as the comment is there, remembered for the session, and
// the page loaded once more without it.
import {
  data,
  doc,
  nextSibling,
  nodeType,
  readItem,
  readyState,
  session,
  trustedHtml,
  write,
  writeItem,
} from './dom.ts'
import { report } from './gate.ts'
import { exec } from './natives.ts'

const key = 'kelisim.line2'
/** Set as well where the page's own answer empties sessionStorage on every load. */
const flag = 'kelisim_line2'
/** The gate's script while the comment after it is open. */
let opener: Element | null = null

/** Opens the comment where that can be undone. @param script  the gate's own, null when unknown */
export function openComment(script: HTMLScriptElement | null): void {
  const { state } = history
  const missing = readItem(session, key) === '1' || (state && state[flag])
  // Where nothing can be remembered, a page that lacks the line would be loaded again and again.
  if (!writeItem(session, key, missing ? '1' : '0') || missing)
    report('scanner_leak', 'the second line of the install is missing')
  else if (
    script &&
    !script.async &&
    !script.defer &&
    readyState(doc) === 'loading' &&
    doc.contentType === 'text/html'
  ) {
    opener = script
    write(doc, trustedHtml('<!--'))
  }
}

/** Looks whether the comment has come, and holds the second line. */
export function checkComment(): void {
  const comment = opener && nextSibling(opener)
  if (!comment || nodeType(comment) !== 8) return
  opener = null
  if (exec(/^\s*<meta\s[^>]*content-security-policy/i, data(comment))) return
  writeItem(session, key, '1')
  history.replaceState({ [flag]: 1 }, '')
  stop()
  location.reload()
}
