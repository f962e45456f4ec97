// The second line of the install: a static Content-Security-Policy that only the browsers' look-ahead obeys.
//
// The gate ends by opening a comment in front of it, so the parser never sees it. A page that has only the first line, or whose
// second line lost its closing "<!-- -->" (as minifiers do to comments), would lose everything up to its first "-->": that is
// noticed as soon as the comment is there, remembered for the session, and the page loaded once more without it.
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
  const known = readItem(session, key)
  const fault = Number(known) || Number(state && state[flag])
  // Where nothing can be remembered, a page that lacks the line would be loaded again and again.
  if (!writeItem(session, key, fault || '0') || fault)
    if (fault > 1)
      report('second_line_open', 'the second line has lost its closing <!-- -->: it is in force')
    else report('scanner_leak', 'the second line of the install is missing')
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
  const meta = exec(
    /^\s*<meta\s[^>]*content-security-policy[^>]*>([^<]*(<!--[^<]*)?$)?/i,
    data(comment),
  )
  if (meta && meta[1] !== undefined) return
  const fault = meta ? 2 : 1
  writeItem(session, key, fault)
  history.replaceState({ [flag]: fault }, '')
  stop()
  location.reload()
}
