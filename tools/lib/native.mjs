// Configures and builds CMake presets through the toolchain, and says which toolchain that is.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { inRepo, repo, run, versions } from './project.mjs'

const runner = inRepo('tools/run-in-toolchain.sh')
let ready = false

/** Makes the toolchain ready once per process; nothing happens when it is. */
export function setUpToolchain({ quiet = true } = {}) {
  if (ready) return
  run(inRepo('tools/setup-toolchain.sh'), quiet ? ['--quiet'] : [])
  ready = true
}

/** Runs a command with the toolchain, in the repository. */
export function runNative(command, args, options) {
  setUpToolchain()
  return run(runner, [command, ...args], options)
}

/** `[command, args]` for those who run it themselves. */
export function nativeCommand(command, args) {
  setUpToolchain()
  return [runner, [command, ...args]]
}

/** "reference", "other" (same root, newer packages), "host" (the machine's own tools), or "none" when nothing is set up yet. */
export function readyToolchainKind() {
  const { status, stdout } = spawnSync(runner, ['--kind'], { cwd: repo, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : 'none'
}

/** The same, after setting it up. */
export function toolchainKind() {
  setUpToolchain()
  return readyToolchainKind()
}

/** What manifest.json says about the toolchain. */
export function toolchainVersion() {
  if (toolchainKind() === 'reference')
    return `emscripten ${versions.EMSCRIPTEN_VERSION} (Debian ${versions.DEBIAN_SUITE})`
  const line = runNative('emcc', ['--version'], { quiet: true }).split('\n')[0]
  return `emscripten ${/\d+\.\d+\.\d+/.exec(line)?.[0] ?? 'unknown'} (not the reference)`
}

/** Two runs in one build folder would spoil it: the second waits. (util-linux is part of the reference root.) */
const alone = (preset, command) =>
  toolchainKind() === 'host' ? command : ['flock', inRepo('build', `${preset}.lock`), ...command]

/** Configures a preset. A folder made by another toolchain, or copied from another place, is made anew. */
export function configurePreset(preset) {
  const folder = inRepo('build', preset)
  const mark = inRepo('build', preset, '.made-by')
  const madeBy = `${repo}\n${toolchainVersion()}\n`
  if (existsSync(folder) && (!existsSync(mark) || readFileSync(mark, 'utf8') !== madeBy))
    rmSync(folder, { recursive: true })
  mkdirSync(folder, { recursive: true })
  const cmake = ['cmake', '--preset', preset]
  const emscripten = ['wasm', 'plain-js'].includes(preset)
  const [command, ...args] = alone(preset, emscripten ? ['emcmake', ...cmake] : cmake)
  runNative(command, args, { quiet: true })
  writeFileSync(mark, madeBy)
}

/** Configures and builds a preset. */
export function buildPreset(preset) {
  configurePreset(preset)
  const [command, ...args] = alone(preset, ['cmake', '--build', '--preset', preset])
  runNative(command, args)
}
