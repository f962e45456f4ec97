// Prints what every file of dist/ weighs and what a first visit loads, and fails above size-budget.json: its limits hold what has been
// reached (a smaller build lowers them); `design` is what the design wants, printed beside until it is met.
//
// Sizes of dist/ are those of manifest.json, measured by the reference toolchain's Node: zlibs differ by some hundred bytes.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { measure } from './lib/measure.mjs'
import { has, inRepo, runMain, skipped, ToolError } from './lib/project.mjs'

const readJson = (...path) => JSON.parse(readFileSync(inRepo(...path), 'utf8'))

function distSizes() {
  if (!has('dist/manifest.json'))
    throw new ToolError('size: there is no dist/manifest.json: run npm run build')
  const { files } = readJson('dist/manifest.json')
  for (const [file, { integrity }] of Object.entries(files)) {
    const path = inRepo('dist', file)
    const got = existsSync(path) && createHash('sha384').update(readFileSync(path)).digest('base64')
    if (`sha384-${got}` !== integrity)
      throw new ToolError(
        `size: dist/${file} is not the file that dist/manifest.json lists: run npm run build`,
      )
  }
  return files
}

/** The example policy that weighs most, and the catalogue's entries that it names. */
function heaviestPolicy() {
  if (!has('examples/policies')) return null
  const policies = readdirSync(inRepo('examples/policies'))
    .filter((name) => name.endsWith('.json') && !name.endsWith('.text.json'))
    .map((name) => {
      const bytes = readFileSync(inRepo('examples/policies', name))
      return { name, bytes, size: measure(bytes) }
    })
    .sort((a, b) => b.size.brotli - a.size.brotli)
  if (policies.length === 0) return null
  const [{ name, bytes, size }] = policies
  return { name, size, services: namedServices(JSON.parse(bytes)) }
}

/** Ids of the catalogue that the policy's services name (`catalogue` where it differs from `id`). */
function namedServices(policy) {
  return new Set((policy.services ?? []).flatMap(({ id, catalogue }) => [id, catalogue]))
}

function catalogueShare(services) {
  const all = readJson('dist/catalogue.json')
  const entries = Object.entries(all.services).filter(([id]) => services.has(id))
  const part = { ...all, services: Object.fromEntries(entries) }
  return { count: entries.length, size: measure(Buffer.from(JSON.stringify(part))) }
}

function table(rows) {
  const width = Math.max(...rows.map(([name]) => name.length))
  const cell = (value) => String(value ?? '').padStart(9)
  console.log(`${''.padEnd(width)}${cell('raw')}${cell('gzip')}${cell('brotli')}   budget`)
  for (const [name, { bytes, gzip, brotli }, note] of rows)
    console.log(`${name.padEnd(width)}${cell(bytes)}${cell(gzip)}${cell(brotli)}   ${note ?? ''}`)
}

function firstVisit(sizes) {
  const parts = ['kelisim.js', 'kelisim-shell.js', 'kelisim-engine.js', 'kelisim-engine.wasm'].map(
    (name) => [name, sizes[name]],
  )
  const locales = Object.entries(sizes)
    .filter(([name]) => name.startsWith('locales/'))
    .sort(([, a], [, b]) => b.brotli - a.brotli)
  parts.push(locales[0] ?? ['one locale', undefined])
  const policy = heaviestPolicy()
  parts.push([`policy ${policy?.name ?? ''}`, policy?.size])
  if (policy && sizes['catalogue.json']) {
    const { count, size } = catalogueShare(policy.services)
    parts.push([`${count} services of the catalogue`, size])
  } else {
    parts.push(['its part of the catalogue', undefined])
  }
  for (const [name, size] of parts) if (!size) skipped(name, 'not there yet: the sum is too small')
  return parts.filter(([, size]) => size)
}

await runMain(() => {
  const budget = readJson('size-budget.json')
  const sizes = distSizes()
  const over = []
  const limit = (what, got, most, unit) => {
    if (got > most) over.push(`${what}: ${got} bytes ${unit}, the budget is ${most}`)
    return `${most} ${unit}${got > most ? '  OVER' : ''}`
  }

  console.log('Files of dist/ (bytes)')
  table(
    Object.entries(sizes)
      .filter(([name]) => !name.startsWith('types/'))
      .map(([name, size]) => [
        name,
        size,
        name in budget.gzip ? limit(name, size.gzip, budget.gzip[name], 'gzip') : '',
      ]),
  )
  for (const name of Object.keys(budget.gzip)) if (!sizes[name]) skipped(name, 'not built yet')

  console.log('\nA first visit')
  const parts = firstVisit(sizes)
  const sum = { bytes: 0, gzip: 0, brotli: 0 }
  for (const [, size] of parts) for (const key of Object.keys(sum)) sum[key] += size[key]
  const note = limit('first visit', sum.brotli, budget.brotli.first_visit, 'brotli')
  table([
    ...parts,
    ['sum', sum, `${note}; design ${budget.design.first_visit}, aim ${budget.aim.first_visit}`],
  ])

  if (sizes['kelisim.js']) {
    console.log('\nA returning visit')
    const gate = sizes['kelisim.js']
    const limited = limit('gate', gate.brotli, budget.brotli.gate, 'brotli')
    table([['gate (kelisim.js)', gate, `${limited}; design ${budget.design.gate}`]])
  }
  for (const line of over) console.error(`size: ${line}`)
  console.log(
    over.length === 0 ? '\nsize: within the budgets' : `\nsize: ${over.length} over budget`,
  )
  return over.length === 0 ? 0 : 1
})
