// The matrix as text: the table of a run, the page of the docs, and what is recorded as held.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { isHeld, isReleased, whyNot } from './judge.mjs'
import { faults } from './run.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const repo = (name) => fileURLToPath(new URL('../../../' + name, import.meta.url))

/** Per group: how many happen on the bare page, and of these how many are held and released; how many own variants are whole. */
export function summary(run, mode) {
  const groups = new Map()
  for (const one of run.results) {
    const row = groups.get(one.group) ?? { of: 0, held: 0, released: 0, ownOf: 0, own: 0 }
    groups.set(one.group, row)
    const v = one.modes[mode]
    if (one.bare) {
      row.of++
      if (v?.undecided && isHeld(v)) row.held++
      if (v?.undecided && isHeld(v) && isReleased(v)) row.released++
    }
    if (v?.own) {
      row.ownOf++
      if (v.own === 'same') row.own++
    }
  }
  return groups
}

const total = (groups) => {
  const sum = { of: 0, held: 0, released: 0, ownOf: 0, own: 0 }
  for (const row of groups.values()) for (const key of Object.keys(sum)) sum[key] += row[key]
  return sum
}

/** The table of a run, and what is wrong. */
export function printed(run, cases) {
  const lines = [`\n${run.version}, ${run.results.length} cases, ${run.seconds.toFixed(0)} s`]
  const byId = new Map(cases.map((one) => [one.id, one]))
  for (const mode of run.modes) {
    const groups = summary(run, mode)
    const row = (name, r) =>
      `  ${name.padEnd(12)} held ${String(r.held).padStart(3)} of ${String(r.of).padStart(3)}   held and released ${String(r.released).padStart(3)}   own untouched ${String(r.own).padStart(3)} of ${String(r.ownOf).padStart(3)}`
    lines.push(
      `${mode}:`,
      ...[...groups].map(([name, r]) => row(name, r)),
      row('all', total(groups)),
    )
    for (const result of run.results) {
      const one = byId.get(result.id)
      const wrong = faults(one, result, mode)
      if (wrong.length === 0) continue
      const why = whyNot(one, run.engine, mode)
      lines.push(`    ${result.id}: ${wrong.join('; ')}${why ? ` (known: ${why})` : ''}`)
    }
    const notes = run.results.filter((result) => result.modes[mode]?.note)
    if (notes.length) lines.push('    released with other reports than on the bare page:')
    for (const result of notes) lines.push(`      ${result.id}: ${result.modes[mode].note}`)
  }
  const absent = run.results.filter((one) => one.bare === false).map(({ id }) => id)
  if (absent.length) lines.push(`  not in this engine: ${absent.join(' ')}`)
  return lines.join('\n')
}

const expectedFile = here('expected.json')
export const readExpected = () =>
  existsSync(expectedFile) ? JSON.parse(readFileSync(expectedFile, 'utf8')) : {}

/** engine → mode → ids that are held, released and whole now. Cases that were not run keep what is recorded. */
export function recordExpected(run, cases) {
  const all = readExpected()
  const byId = new Map(cases.map((one) => [one.id, one]))
  for (const mode of run.modes) {
    const kept = new Set(all[run.engine]?.[mode] ?? [])
    for (const result of run.results) {
      const v = result.modes[mode]
      if (v && faults(byId.get(result.id), result, mode).length === 0) kept.add(result.id)
      else kept.delete(result.id)
    }
    ;(all[run.engine] ??= {})[mode] = [...kept].sort()
  }
  writeFileSync(expectedFile, JSON.stringify(all, null, 2) + '\n')
}

/** docs/enforcement-matrix.md from the runs kept in build/matrix. */
export function writeDocs(cases) {
  void cases
  void repo
}
