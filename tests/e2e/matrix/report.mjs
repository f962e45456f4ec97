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
  const lines = [
    `\n${run.version}, ${run.install} gate, ${run.results.length} cases, ${run.seconds.toFixed(0)} s`,
  ]
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

const engineNames = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' }
const titles = {
  scripts: 'Scripts',
  embeds: 'Images, frames, media, forms',
  styles: 'Styles, fonts, link hints',
  dom: 'Elements and sinks by script',
  requests: 'Requests by script',
  workers: 'Workers and worklets',
  realms: 'Fresh realms',
  storage: 'Storage',
  rules: 'Rules and marks',
  server: "The shop's own server",
  whole: "The page's own code",
}

/** One cell: what became of a case in an engine and mode. */
function cell(one, result, engine, mode) {
  const v = result?.modes[mode]
  if (one.whole) return !v?.own ? '?' : v.own === 'same' ? 'whole' : 'differs'
  if (!result || result.bare === undefined) return '?'
  if (!result.bare) return '·'
  if (result.error || !v?.undecided) return '?'
  const leaks = ['undecided', 'refused', 'withdrawn'].filter((phase) => v[phase] === 'leak')
  if (leaks.length === 1 && leaks[0] === 'withdrawn') return 'left after withdrawal'
  if (!isHeld(v)) return whyNot(one, engine, mode) ? 'left' : 'leaks'
  return isReleased(v) ? 'held' : 'held, not released'
}

function counted(runs, mode) {
  const rows = []
  for (const group of Object.keys(titles)) {
    const row = [titles[group]]
    for (const run of runs) {
      const sum = summary(run, mode).get(group)
      if (!sum || !run.modes.includes(mode)) row.push('')
      else if (group === 'whole') row.push(`${sum.own} of ${sum.ownOf} whole`)
      else row.push(`${sum.held} of ${sum.of}`)
    }
    rows.push(row)
  }
  const all = ['**together**']
  for (const run of runs) {
    const sum = total(summary(run, mode))
    if (!run.modes.includes(mode)) all.push('')
    else all.push(`**${sum.held} of ${sum.of}** (own ${sum.own} of ${sum.ownOf})`)
  }
  return [...rows, all]
}

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

/** A run, and from one before it, of the same browser and kind of gate, the mode that was not run now. */
export function joined(before, run) {
  if (before?.version !== run.version || before.install !== run.install) return run
  const others = before.modes.filter((mode) => !run.modes.includes(mode))
  if (others.length === 0) return run
  const known = new Map(before.results.map((result) => [result.id, result]))
  return {
    ...run,
    seconds: run.seconds + before.seconds,
    modes: ['live', 'sealed'].filter((mode) => [...run.modes, ...others].includes(mode)),
    results: run.results.map((result) => {
      const was = known.get(result.id)
      const kept = others.filter((mode) => was?.modes[mode]).map((mode) => [mode, was.modes[mode]])
      return { ...result, modes: { ...Object.fromEntries(kept), ...result.modes } }
    }),
  }
}

/** docs/enforcement-matrix.md from the runs kept in build/matrix. */
export function writeDocs(cases) {
  const runs = Object.keys(engineNames)
    .map((name) => repo(`build/matrix/${name}.json`))
    .filter(existsSync)
    .map((file) => JSON.parse(readFileSync(file, 'utf8')))
  const modes = ['live', 'sealed'].filter((mode) => runs.some((run) => run.modes.includes(mode)))
  const text = (title) => title.replaceAll('<', '&lt;').replaceAll('|', '\\|')
  const lines = [
    '# The enforcement matrix',
    '',
    'Generated by `npm run matrix -- --write-docs` from runs in real browsers: do not edit. How it is judged:',
    '[tests/e2e/matrix](../tests/e2e/matrix/README.md).',
    '',
    ...runs.map(
      (run) =>
        `- ${run.version}, ${run.install ?? 'external'} gate, ${run.date}: ${run.results.filter(({ bare }) => bare).length} of the ways leak on the bare page; ${run.seconds.toFixed(0)} s`,
    ),
    '',
    '*held*: nothing leaves or is stored before the choice, after refusal and after withdrawal, and the grant lets it happen once;',
    '*left*: leaves, and page code cannot help it (section "What is left"); *leaks*: leaves, and should not; *·*: does not happen in',
    "this engine on the bare page either; *whole*: the page's own code saw the same as on the bare page in every phase; *?*: not judged.",
    '',
  ]
  for (const mode of modes) {
    lines.push(`## Held, ${mode}`, '')
    lines.push(table(['group', ...runs.map((run) => run.version)], counted(runs, mode)), '')
  }
  lines.push('## Every case', '')
  const columns = runs.flatMap((run) =>
    run.modes.map((mode) => [run, mode, `${engineNames[run.engine]} ${mode}`]),
  )
  const byRun = new Map(runs.map((run) => [run, new Map(run.results.map((one) => [one.id, one]))]))
  for (const group of Object.keys(titles)) {
    const rows = cases
      .filter((one) => one.group === group)
      .map((one) => [
        `\`${one.id}\``,
        text(one.title),
        ...columns.map(([run, mode]) => cell(one, byRun.get(run).get(one.id), run.engine, mode)),
      ])
    const head = ['case', 'what the page does', ...columns.map(([, , label]) => label)]
    lines.push(`### ${titles[group]}`, '', table(head, rows), '')
  }
  const reasons = new Map()
  for (const one of cases)
    for (const [run, mode, label] of columns)
      if (cell(one, byRun.get(run).get(one.id), run.engine, mode) === 'left') {
        const why = whyNot(one, run.engine, mode)
        const at = reasons.get(why) ?? new Map()
        reasons.set(why, at.set(label, [...(at.get(label) ?? []), one.id]))
      }
  lines.push('## What is left', '')
  for (const [why, at] of reasons) {
    lines.push(`- ${why}`)
    for (const [label, ids] of at) lines.push(`  - ${label}: ${ids.join(', ')}`)
  }
  writeFileSync(repo('docs/enforcement-matrix.md'), lines.join('\n') + '\n')
}
