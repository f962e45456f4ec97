// Lays out all sources: clang-format for C++ (from the toolchain, so that everybody has the same one), prettier for the rest.
import { cppFiles, prettierGlobs } from './lib/layout.mjs'
import { runNative } from './lib/native.mjs'
import { has, inRepo, run, runMain } from './lib/project.mjs'

await runMain(() => {
  if (!has('node_modules')) run('npm', ['ci'])
  const files = cppFiles()
  if (files.length > 0) runNative('clang-format', ['-i', ...files])
  run(process.execPath, [
    inRepo('node_modules/prettier/bin/prettier.cjs'),
    '--write',
    '--log-level=warn',
    ...prettierGlobs,
  ])
})
