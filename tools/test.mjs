// Runs every check from a fresh clone: fetches what is missing, builds, compares dist/, runs all tests.
//
// Usage: npm test                       everything
//        npm test -- native web         only these stages (what they need is set up first)
//        npm run check                  everything, with lint and size before (--check)
// Stages: lint build dist size native asan web e2e. The runners' own closing lines stand at the end of the output.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { listFiles } from './lib/files.mjs'
import { buildPreset, nativeCommand, setUpToolchain, toolchainKind } from './lib/native.mjs'
import { newEnoughNode } from './lib/node.mjs'
import { has, inRepo, run, runAndKeep, runMain, ToolError } from './lib/project.mjs'

/** What the runners themselves said last, by stage. */
const closing = []

async function nativeTests(preset) {
  buildPreset(preset)
  const { code, output } = await runAndKeep(...nativeCommand('ctest', ['--preset', preset]))
  const from = output.lastIndexOf('% tests passed')
  closing.push([
    preset,
    from < 0 ? output.slice(-400) : output.slice(output.lastIndexOf('\n', from) + 1),
  ])
  if (code !== 0) throw new ToolError(`ctest --preset ${preset}: exit code ${code}`)
}

/** Runs test files; what the runner said last is kept under `stage`. @returns its exit code and what it wrote as TAP */
async function runFiles(stage, files, options) {
  const tap = inRepo('build', 'test', `${stage}.tap`)
  mkdirSync(inRepo('build', 'test'), { recursive: true })
  rmSync(tap, { force: true })
  const { code } = await runAndKeep(newEnoughNode(), [
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${tap}`,
    ...options,
    ...files,
  ])
  const text = has('build', 'test', `${stage}.tap`) ? readFileSync(tap, 'utf8') : ''
  const lines = text
    .split('\n')
    .filter((line) => /^# (tests|suites|pass|fail|cancelled|skipped|todo) \d/.test(line))
  closing.push([stage, lines.join('\n')])
  return { code, text }
}

/** The files in which a test failed, as TAP names them. */
const failedIn = (text) => [
  ...new Set(
    [...text.matchAll(/^ *not ok .*\n *---\n(?: +.*\n)*? *location: '(.+?):\d+:\d+'/gm)].map(
      ([, file]) => file,
    ),
  ),
]

/** @param again  browsers on a busy machine are late now and then: files in which a test failed are run once more, and that is said */
async function nodeTests(stage, folder, options, again = false) {
  const files = listFiles([folder], ['.test.mjs'])
  if (files.length === 0) return console.log(`no tests in ${folder} yet`)
  let { code, text } = await runFiles(stage, files, options)
  const failed = failedIn(text)
  if (code !== 0 && again && failed.length > 0 && failed.length <= 5) {
    console.log(`\n${stage}: once more, by themselves: ${failed.join(' ')}`)
    ;({ code } = await runFiles(`${stage}-again`, failed, options))
  }
  if (code !== 0) throw new ToolError(`node --test ${folder}: exit code ${code}`)
}

/** dist/ is committed; with the reference toolchain it must be exactly what the sources give. */
function compareDist() {
  const git = (...args) => spawnSync('git', args, { cwd: inRepo(), encoding: 'utf8' })
  if (git('rev-parse', '--git-dir').status !== 0)
    return console.log('not a git checkout: nothing to compare with')
  if (git('ls-files', 'dist').stdout.trim() === '') return console.log('dist/ is not committed yet')
  if (toolchainKind() !== 'reference')
    return console.log(`not compared: the toolchain here is not the reference (${toolchainKind()})`)
  const changed = git('diff', '--exit-code', '--stat', '--', 'dist')
  const added = git('ls-files', '--others', '--exclude-standard', '--', 'dist').stdout
  if (changed.status === 0 && added === '') return console.log('dist/ is what the sources give')
  process.stderr.write(changed.stdout + added)
  throw new ToolError(
    'dist/ is not what the sources give: run npm run build and commit dist/ with the change',
  )
}

const needs = { npm: () => has('node_modules') || run('npm', ['ci']) }
needs.toolchain = () => setUpToolchain({ quiet: false })
needs.node = () => void newEnoughNode()
needs.browsers = () => run(inRepo('tools/setup-browsers.sh'), [])
needs.interop = () => run(inRepo('tools/setup-interop.sh'), [])

const script = (name, ...args) => run(process.execPath, [inRepo('tools', name), ...args])
const stages = {
  lint: { needs: ['npm', 'toolchain'], run: () => script('lint.mjs') },
  build: { needs: ['npm', 'toolchain'], run: () => script('build.mjs') },
  dist: { needs: ['toolchain'], run: compareDist },
  size: { needs: [], run: () => script('size.mjs') },
  native: { needs: ['toolchain'], run: () => nativeTests('native') },
  asan: { needs: ['toolchain'], run: () => nativeTests('asan') },
  web: {
    needs: ['npm', 'node', 'interop'],
    run: () => nodeTests('web', 'tests/web', ['--test-concurrency=2', '--test-timeout=120000']),
  },
  e2e: {
    needs: ['npm', 'node', 'browsers'],
    run: () =>
      nodeTests('e2e', 'tests/e2e', ['--test-concurrency=1', '--test-timeout=300000'], true),
  },
}
const usual = ['build', 'dist', 'native', 'asan', 'web', 'e2e']

function chosen(words) {
  const names = words.filter((word) => !word.startsWith('--'))
  const unknown = names.find((name) => !(name in stages))
  if (unknown)
    throw new ToolError(`test: unknown stage "${unknown}" (${Object.keys(stages).join(' ')})`)
  const wanted = new Set(names.length > 0 ? names : usual)
  if (words.includes('--check')) for (const name of ['lint', 'size']) wanted.add(name)
  return Object.keys(stages).filter((name) => wanted.has(name))
}

await runMain(async () => {
  const names = chosen(process.argv.slice(2))
  const results = []
  const timed = async (name, work) => {
    console.log(`\n=== ${name}`)
    const started = Date.now()
    let failure = null
    try {
      await work()
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      failure = error.message
      console.error(failure)
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(1)
    console.log(`=== ${name}: ${failure ? 'FAILED' : 'ok'} after ${seconds} s`)
    results.push({ name, failure, seconds })
    return !failure
  }

  const wantedNeeds = new Set(names.flatMap((name) => stages[name].needs))
  let prepared = true
  for (const need of Object.keys(needs).filter((name) => wantedNeeds.has(name)))
    prepared &&= await timed(`set-up: ${need}`, needs[need])
  // One failing stage does not hide the next; but nothing is compared or tested on top of a build that failed.
  let built = true
  if (prepared)
    for (const name of names) {
      if (!built && ['dist', 'size', 'e2e'].includes(name)) {
        results.push({ name, failure: 'not run: the build failed', seconds: '0.0' })
        continue
      }
      const ok = await timed(name, stages[name].run)
      if (name === 'build') built = ok
    }

  console.log('\n=== stages')
  for (const { name, failure, seconds } of results)
    console.log(`${seconds.padStart(7)} s  ${name}${failure ? `: ${failure.split('\n')[0]}` : ''}`)
  for (const [stage, text] of closing) console.log(`\n=== ${stage}\n${text.trimEnd()}`)
  return prepared && results.every(({ failure }) => !failure) ? 0 : 1
})
