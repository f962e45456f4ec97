// Configures and builds CMake presets through the toolchain, and says which toolchain that is.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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

/** Whether a build folder was made by another toolchain, or copied here from another place. */
function isForeign(folder, madeBy) {
  const read = (name) =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null
  const cache = read('CMakeCache.txt')
  if (cache !== null && !cache.includes(`CMAKE_HOME_DIRECTORY:INTERNAL=${repo}\n`)) return true
  return (read('.made-by') ?? madeBy) !== madeBy
}

/** Configures a preset, in a new folder when the one that is there would not do. */
export function configurePreset(preset) {
  const folder = inRepo('build', preset)
  const madeBy = `${toolchainVersion()}\n`
  if (isForeign(folder, madeBy)) rmSync(folder, { recursive: true })
  mkdirSync(folder, { recursive: true })
  const cmake = ['cmake', '--preset', preset]
  const emscripten = preset === 'wasm'
  const [command, ...args] = alone(preset, emscripten ? ['emcmake', ...cmake] : cmake)
  runNative(command, args, { quiet: true })
  writeFileSync(join(folder, '.made-by'), madeBy)
}

/** Configures a preset and builds it, or another build preset of the same folder. */
export function buildPreset(preset, build = preset) {
  configurePreset(preset)
  const [command, ...args] = alone(preset, ['cmake', '--build', '--preset', build])
  runNative(command, args)
}
