// What was observed of a case, as verdicts.

const names = (asked = {}) => Object.keys(asked)
const differs = (a, b) => JSON.stringify(a) !== JSON.stringify(b)
/** Reports of a case; of `repeats`, which the engine by itself reports once or twice, each kind once. */
const reports = (one, out) => (one.repeats ? [...new Set(out)] : out)
const sortKeys = (asked) => Object.fromEntries(Object.entries(asked).sort())

/** Whether a case does on a bare page what it is about. */
export const happens = (one, known) =>
  one.stores
    ? known.kept.some((text) => text.startsWith(one.stores))
    : names(known.asked).length > 0

/**
 * A way out behind the gate.
 * @returns {{ undecided: string, refused: string, withdrawn: string, granted: string, note?: string }}
 *   returned: of who comes back with everything granted, `once`, `never` or `more`; each of the first three `held` or `leak`; granted: `once`, `never`, `more`, `disordered`, or `none` where nothing may be released
 */
export function judge(one, known, seen) {
  const kept = (phase) =>
    one.stores && seen.kept[phase].some((text) => text.startsWith(one.stores + ' '))
  const held = (phase) =>
    names(seen[phase]).length > 0 && !one.stores ? 'leak' : kept(phase) ? 'leak' : 'held'
  const verdict = {
    undecided: held('undecided'),
    refused: held('refused'),
    // An action that has let it go is not taken back by a withdrawal.
    withdrawn: one.releases === 'action' ? 'held' : held('withdrawn'),
    granted: granted(),
  }
  function granted() {
    if (one.releases === false)
      return kept('granted') || (!one.stores && names(seen.granted).length > 0) ? 'leak' : 'none'
    if (names(seen.early).length > 0) return 'leak'
    if (one.stores) return kept('granted') ? 'once' : 'never'
    if (names(known.asked).some((name) => !(name in seen.granted))) return 'never'
    const often = names(seen.granted).some(
      (name) => seen.granted[name] > Math.max(1, known.asked[name] ?? 1),
    )
    if (one.strict && known.out.order !== seen.out.order) return 'disordered'
    return often || (verdictRan(known.out) !== '' && ranTwice()) ? 'more' : 'once'
  }
  function verdictRan(out) {
    return out.filter((text) => text.startsWith('ran ')).join()
  }
  function ranTwice() {
    const ran = seen.out.filter((text) => text.startsWith('ran '))
    return (
      one.releases === undefined &&
      ran.length > known.out.filter((t) => t.startsWith('ran ')).length
    )
  }
  if (seen.returned && one.releases === undefined) {
    const wanted = names(known.asked)
    if (wanted.some((name) => !(name in seen.returned))) verdict.returned = 'never'
    else if (
      names(seen.returned).some((name) => seen.returned[name] > Math.max(1, known.asked[name] ?? 1))
    )
      verdict.returned = 'more'
    else verdict.returned = 'once'
  }
  if (one.told && !seen.told) verdict.untold = true
  if (
    verdict.granted === 'once' &&
    one.releases === undefined &&
    differs(reports(one, known.out), reports(one, seen.out))
  )
    verdict.note = `reports ${seen.out.join(', ') || 'nothing'} instead of ${known.out.join(', ') || 'nothing'}`
  return verdict
}

/** The shop's own variant. @returns "same", or what differs from the bare page */
export function judgeOwn(one, known, phases) {
  const { id } = one
  const wants = { undecided: 'loaded', granted: 'loaded', refused: 'loaded', withdrawn: 'again' }
  for (const [phase, want] of Object.entries(wants)) {
    const was = known[want].get(id)
    const is = phases[phase].get(id)
    if (differs(sortKeys(was.asked), sortKeys(is.asked)))
      return `${phase}: asks ${JSON.stringify(is.asked)} instead of ${JSON.stringify(was.asked)}`
    if (differs(reports(one, was.out), reports(one, is.out)))
      return `${phase}: reports ${is.out.filter((t) => !was.out.includes(t)).join(' | ') || 'less'} instead of ${was.out.filter((t) => !is.out.includes(t)).join(' | ') || 'that many times'}`
  }
  const more = phases.more?.get(id).asked ?? {}
  if (names(more).length > 0) return `granted: asks once more ${JSON.stringify(more)}`
  const lost = known.kept.get(id).filter((text) => !phases.kept.get(id).includes(text))
  return lost.length ? `lost ${lost.join(', ')}` : 'same'
}

/** Whether everything about the verdict is as it should be. */
export const isHeld = (v) =>
  v &&
  v.undecided === 'held' &&
  v.refused === 'held' &&
  v.withdrawn === 'held' &&
  v.granted !== 'leak'
export const isReleased = (v) => v && (v.granted === 'once' || v.granted === 'none')

/** Why a case cannot be held in an engine and mode; "" when it can. */
export function whyNot(one, engine, mode) {
  const { left } = one
  if (!left) return ''
  if (typeof left === 'string') return left
  const here = left[engine] ?? left.all
  return !here ? '' : typeof here === 'string' ? here : (here[mode] ?? '')
}
