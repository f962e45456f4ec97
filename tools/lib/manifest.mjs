// Writes dist/manifest.json: size and integrity value of every file, versions of the engine and of the toolchain.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { relative, sep } from 'node:path'
import { measure } from './measure.mjs'
import { readyToolchainKind, runNative, toolchainVersion } from './native.mjs'
import { has, inRepo, pkg } from './project.mjs'

/**
 * Compressed sizes differ by some bytes between the zlibs of Node's releases, so with the reference toolchain its own Node measures.
 */
function measureAll(files) {
  if (!['reference', 'other'].includes(readyToolchainKind()))
    return files.map((file) => measure(readFileSync(file)))
  return JSON.parse(runNative('node', [inRepo('tools/lib/measure.mjs'), ...files], { quiet: true }))
}

/** @param {string[]} files every file of dist/, absolute, sorted */
export function writeManifest(files) {
  const path = inRepo('dist/manifest.json')
  const before = has('dist/manifest.json') ? JSON.parse(readFileSync(path, 'utf8')) : {}
  const listed = files.filter((file) => file !== path)
  const sizes = measureAll(listed)
  const manifest = {
    version: pkg.version,
    // A build of the web part alone leaves the engine as it was.
    toolchain: readyToolchainKind() === 'none' ? (before.toolchain ?? null) : toolchainVersion(),
    files: Object.fromEntries(
      listed.map((file, i) => [
        relative(inRepo('dist'), file).split(sep).join('/'),
        {
          ...sizes[i],
          integrity: `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`,
        },
      ]),
    ),
  }
  writeFileSync(path, JSON.stringify(manifest, null, 2) + '\n')
}
