// Everything about the sources that needs no build: layers, layout of C++ and of the rest, types. All checks run; any finding fails.
//
// Usage: node tools/lint.mjs [--tidy]      --tidy: clang-tidy over src/ as well (slow; needs the native preset configured)
import { has, inRepo, run, runMain, ToolError } from './lib/project.mjs'
import { listFiles } from './lib/files.mjs'
import { configurePreset, runNative } from './lib/native.mjs'
import { cppFiles, prettierGlobs } from './lib/layout.mjs'

const checks = {
  layers: () => run(process.execPath, [inRepo('tools/check-layers.mjs')]),
  prettier: () =>
    run(process.execPath, [
      inRepo('node_modules/prettier/bin/prettier.cjs'),
      '--check',
      '--log-level=warn',
      ...prettierGlobs,
    ]),
  'clang-format': () => {
    const files = cppFiles()
    if (files.length > 0) runNative('clang-format', ['--dry-run', '-Werror', ...files])
  },
  types: () => {
    if (listFiles(['web'], ['.ts']).length > 0)
      run(process.execPath, [inRepo('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.json'])
  },
}
if (process.argv.includes('--tidy'))
  checks['clang-tidy'] = () => {
    configurePreset('native')
    const files = listFiles(['src'], ['.cpp']).filter((file) => !/bindings|slim_libc/.test(file))
    runNative('clang-tidy', ['--quiet', '-p', 'build/native', ...files])
  }

await runMain(() => {
  if (!has('node_modules')) run('npm', ['ci'])
  const failed = []
  for (const [name, check] of Object.entries(checks)) {
    try {
      check()
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      failed.push(name)
    }
  }
  console.log(
    failed.length === 0
      ? 'lint: nothing found'
      : `lint: failed: ${failed.join(', ')} (npm run format mends the layout)`,
  )
  return failed.length === 0 ? 0 : 1
})
