// CSS as text: addresses that may not be asked are put behind a scheme that leads nowhere, where they stand, and come back
// from there. So a held address survives every way CSS is read, copied and written again, and no rule is lost meanwhile.
import { held, nowhere, quick, replace, through } from './css-text.ts'
import { judge, ownHref } from './gate.ts'
import { exec } from './natives.ts'
import type { Decision } from './rules.ts'

/** CSS in which nothing asks for what is held. */
export const closeCss = (text: string, node: Node): string =>
  exec(quick, text)
    ? through(text, (address) =>
        held(address) === false && !judge(address, node).allow
          ? nowhere + ownHref(address, node)
          : undefined,
      )
    : text

/** CSS with what was held in it and may be asked now. */
export const openCss = (text: string, node: Node): string =>
  exec(/about:inv/, text)
    ? replace(text, (address) => {
        const kept = held(address)
        return kept !== false && judge(kept, node).allow ? kept : undefined
      })
    : text

export const keepsCss = (text: string): boolean => !!exec(/about:invalid#/, text)

/** The decision about CSS, what is held in it as well; the first that is held answers. */
export function cssDecision(text: string, node: Node): Decision {
  let decision: Decision = { allow: true, why: 'first_party' }
  if (exec(quick, text))
    through(text, (address) => {
      if (decision.allow) decision = judge(held(address) || address, node)
      return undefined
    })
  return decision
}

/** The first address that is held in CSS. */
export function heldIn(text: string): string {
  let found = ''
  replace(text, (address) => {
    found ||= held(address) || ''
    return undefined
  })
  return found
}
