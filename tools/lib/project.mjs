// What every script here needs: where the repository is, how to run a command in it, and the pinned versions.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The top folder of the repository. */
export const repo = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export const inRepo = (...parts) => join(repo, ...parts)
export const has = (...parts) => existsSync(inRepo(...parts))

/** package.json of the project. */
export const pkg = JSON.parse(readFileSync(inRepo('package.json'), 'utf8'))

/** The names and values of tools/versions.env. */
export const versions = Object.fromEntries(
  [...readFileSync(inRepo('tools/versions.env'), 'utf8').matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(
    ([, name, value]) => [name, value],
  ),
)

/** A failure that is told in one line, without a stack. */
export class ToolError extends Error {}

/** Runs `main` and turns a ToolError into its message and exit code 1. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? process.exitCode ?? 0
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}

/**
 * Runs a command with the terminal's own output; throws a ToolError that names the command when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions & { quiet?: boolean }} [options] quiet: output is shown only on failure
 */
export function run(command, args, { quiet = false, ...options } = {}) {
  const result = spawnSync(command, args, {
    cwd: repo,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    ...options,
  })
  if (result.error) throw new ToolError(`${command}: ${result.error.message}`)
  if (result.status !== 0) {
    if (quiet) process.stderr.write((result.stdout ?? '') + (result.stderr ?? ''))
    const how = result.signal ? `ended by ${result.signal}` : `exit code ${result.status}`
    throw new ToolError(`failed (${how}): ${[command, ...args].join(' ')}`)
  }
  return result.stdout ?? ''
}

/**
 * Runs a command, shows its output as it comes and gives it back as well.
 * @returns {Promise<{ code: number, output: string }>}
 */
export function runAndKeep(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: repo,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
    })
    let output = ''
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from.setEncoding('utf8')
      from.on('data', (text) => {
        output += text
        to.write(text)
      })
    }
    child.on('error', (error) => resolve({ code: 1, output: `${command}: ${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Whether the scripts may pass over a part of the tree that is not there yet, saying so. */
export function skipped(what, because) {
  console.log(`skipped: ${what} (${because})`)
}
