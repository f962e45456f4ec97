// Runs the enforcement matrix in real browsers and prints how much of it is held.
//
// Usage: npm run matrix -- [chromium] [firefox] [webkit] [--mode live|sealed] [--install inline|external] [--only ID,ID…] [--group NAME]
//                          [--write-docs] [--record] [--confirm] [--quick] [--verbose]
// Without an engine: Chromium. --install: the gate as a file, or inside the page (the default in WebKit, as docs/install.md says).
// --confirm: leaks that are neither recorded as held nor explained get a page of their own as well;
// --quick: no case does.
// Writes build/matrix/<engine>.json, where a mode that is not run now stays as it was. --write-docs: docs/enforcement-matrix.md from these files;
// --record: what is held now becomes what tests/e2e/matrix/matrix.test.mjs expects.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cases } from '../tests/e2e/matrix/cases/index.mjs'
import {
  joined,
  printed,
  readExpected,
  recordExpected,
  writeDocs,
} from '../tests/e2e/matrix/report.mjs'
import { runMatrix } from '../tests/e2e/matrix/run.mjs'
import { startServer } from '../tests/e2e/matrix/server.mjs'
import { inRepo, runMain, ToolError } from './lib/project.mjs'

const engines = ['chromium', 'firefox', 'webkit']

function parse(words) {
  const given = { engines: [], modes: ['live', 'sealed'], cases, flags: new Set() }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]
    if (engines.includes(word)) given.engines.push(word)
    else if (word === '--mode') given.modes = [words[++i]]
    else if (word === '--install') given.install = words[++i]
    else if (word === '--only') {
      const ids = words[++i].split(',')
      given.cases = cases.filter(({ id }) => ids.includes(id))
      given.part = true
    } else if (word === '--group') {
      const name = words[++i]
      given.cases = cases.filter(({ group }) => group === name)
      given.part = true
    } else if (/^--(write-docs|record|verbose|confirm|quick)$/.test(word))
      given.flags.add(word.slice(2))
    else throw new ToolError(`matrix: "${word}" is no engine and no option`)
  }
  if (given.cases.length === 0) throw new ToolError('matrix: no such case')
  if (given.engines.length === 0 && !given.flags.has('write-docs')) given.engines = ['chromium']
  return given
}

await runMain(async () => {
  const given = parse(process.argv.slice(2))
  mkdirSync(inRepo('build', 'matrix'), { recursive: true })
  const server = await startServer()
  try {
    for (const name of given.engines) {
      const engine = await import(`../tests/e2e/matrix/lanes/${name}.mjs`)
      server.install = given.install ?? engine.install ?? 'external'
      const log = given.flags.has('verbose') ? (text) => console.error(text) : undefined
      const run = await runMatrix(server, engine, {
        ...given,
        log,
        confirm: given.flags.has('confirm'),
        quick: given.flags.has('quick'),
        expected: readExpected(),
      })
      run.date = new Date().toISOString().slice(0, 10)
      const file = inRepo('build', 'matrix', `${name}${given.part ? '-part' : ''}.json`)
      const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
      writeFileSync(file, JSON.stringify(given.part ? run : joined(before, run), null, 1))
      console.log(printed(run, given.cases))
      if (given.flags.has('record')) recordExpected(run, given.cases)
    }
  } finally {
    await server.close()
  }
  if (given.flags.has('write-docs')) writeDocs(cases)
  return 0
})
// A browser that hung can leave sockets behind that would keep this process.
process.exit()
