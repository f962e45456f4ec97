// Builds dist/, byte for byte the same wherever it runs with the reference toolchain.
//
// Usage: node tools/build.mjs [engine] [web]      (no word: everything)
// engine: kelisim-engine.js + .wasm and kelisim-engine.plain.js, from src/, through CMake and Emscripten.
// web: everything esbuild bundles from web/, the locales, the catalogue and the type declarations.
// manifest.json is written after either.
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { writeManifest } from './lib/manifest.mjs'
import { makeVerifyPage } from './lib/verify-page.mjs'
import { buildPreset } from './lib/native.mjs'
import { has, inRepo, pkg, run, runMain, skipped, ToolError } from './lib/project.mjs'

const dist = (...parts) => inRepo('dist', ...parts)

/** The bundles: where each starts, what it becomes, and what is special about it. Common options are in `bundle`. */
const bundles = [
  // The first script of a page: classic, synchronous, in every browser that has dynamic import.
  { entry: 'web/gate/main.ts', file: 'kelisim.js', options: { format: 'iife', target: 'es2020' } },
  // The same with room for a shop's rules: `kelisim build` puts them in the place of KELISIM_RULES.
  {
    entry: 'web/gate/main.ts',
    file: 'node/gate.js',
    options: { format: 'iife', target: 'es2020', define: { KELISIM_BUILT: 'true' } },
  },
  // The gate inside the page's workers; fetched when one starts.
  {
    entry: 'web/gate/worker.ts',
    file: 'kelisim-worker.js',
    options: { format: 'iife', target: 'es2020' },
  },
  // What nobody can hold, told afterwards.
  { entry: 'web/gate/audit.ts', file: 'kelisim-audit.js', options: { format: 'esm' } },
  { entry: 'web/shell.ts', file: 'kelisim-shell.js', options: { format: 'esm' } },
  // What keeps and proves decisions; the shell fetches it after the first paint.
  { entry: 'web/keep.ts', file: 'kelisim-keep.js', options: { format: 'esm' } },
  // What only a description of another backend needs.
  { entry: 'web/shell/endpoint.ts', file: 'kelisim-endpoint.js', options: { format: 'esm' } },
  { entry: 'web/signer.ts', file: 'kelisim-signer.js', options: { format: 'esm' } },
  { entry: 'web/node/index.ts', file: 'node/index.js', options: { ...forNode() } },
  { entry: 'web/cli/main.ts', file: 'node/cli.js', options: { ...forNode('#!/usr/bin/env node') } },
]

function forNode(banner) {
  return {
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // `kelisim scan` asks for it where it is installed.
    external: ['playwright-core'],
    ...(banner && { banner: { js: banner } }),
  }
}

/** A stylesheet imported as text, minified: `import css from './widget.css'`. */
const cssAsText = (esbuild) => ({
  name: 'css-as-text',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await esbuild.transform(readFileSync(path, 'utf8'), {
        loader: 'css',
        minify: true,
      })
      return { contents: code.trim(), loader: 'text' }
    })
  },
})

async function bundle() {
  const esbuild = await import('esbuild')
  for (const { entry, file, options } of bundles) {
    if (!has(entry)) {
      skipped(`dist/${file}`, `${entry} is not there yet`)
      continue
    }
    await esbuild.build({
      absWorkingDir: inRepo(),
      entryPoints: [entry],
      outfile: dist(file),
      bundle: true,
      minify: true,
      charset: 'utf8',
      legalComments: 'none',
      target: ['chrome91', 'firefox90', 'safari15'],
      plugins: [cssAsText(esbuild)],
      logLevel: 'warning',
      ...options,
      define: {
        KELISIM_VERSION: JSON.stringify(pkg.version),
        KELISIM_BUILT: 'false',
        ...options.define,
      },
    })
    if (options.banner) chmodSync(dist(file), 0o755)
  }
}

function minifyLocales() {
  if (!has('web/locales')) return skipped('dist/locales', 'web/locales is not there yet')
  mkdirSync(dist('locales'), { recursive: true })
  for (const name of readdirSync(inRepo('web/locales')).filter((n) => n.endsWith('.json')))
    writeFileSync(
      dist('locales', name),
      JSON.stringify(JSON.parse(readFileSync(inRepo('web/locales', name), 'utf8'))),
    )
}

/** The page where a person checks receipts without a network: the plain engine, the languages, all in one file. */
async function verifyPage() {
  await makeVerifyPage(await import('esbuild'), {
    bundle: true,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    target: ['chrome117', 'firefox120', 'safari17.4'],
    logLevel: 'warning',
  })
}

/** The page's compact catalogue, made from src/enforce/services.json by its own script, which writes dist/catalogue.json. */
function makeCatalogue() {
  if (!has('tools/make-catalogue.mjs'))
    return skipped('dist/catalogue.json', 'tools/make-catalogue.mjs is not there yet')
  run(process.execPath, [inRepo('tools/make-catalogue.mjs')])
}

function declareTypes() {
  rmSync(dist('types'), { recursive: true, force: true })
  if (!has('web') || !files('web').some((file) => file.endsWith('.ts')))
    return skipped('dist/types', 'web/ holds no TypeScript yet')
  run(process.execPath, [
    inRepo('node_modules/typescript/bin/tsc'),
    ...['-p', 'tsconfig.json', '--noEmit', 'false', '--declaration', '--emitDeclarationOnly'],
    ...['--rootDir', 'web', '--outDir', 'dist/types'],
  ])
}

function buildEngine() {
  if (!has('src/api/bindings.cpp'))
    return skipped('dist/kelisim-engine.*', 'src/api/bindings.cpp is not there yet')
  buildPreset('wasm', 'engines')
  for (const name of ['kelisim-engine.js', 'kelisim-engine.wasm', 'kelisim-engine.plain.js']) {
    copyFileSync(inRepo('build/wasm', name), dist(name))
    chmodSync(dist(name), 0o644)
  }
}

/** Paths of all files under a folder of the repository, sorted. */
function files(folder) {
  if (!has(folder)) return []
  return readdirSync(inRepo(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
}

/** dist/ is published: nothing in it may tell where it was built. */
function refuseMachinePaths() {
  const here = inRepo()
  for (const file of files('dist'))
    if (readFileSync(file).includes(here))
      throw new ToolError(`${file} contains the path of this machine, ${here}`)
}

await runMain(async () => {
  const wanted = process.argv.slice(2)
  const unknown = wanted.filter((word) => !['engine', 'web'].includes(word))
  if (unknown.length > 0) throw new ToolError(`build: unknown part "${unknown[0]}" (engine, web)`)
  const everything = wanted.length === 0
  if (!has('node_modules')) run('npm', ['ci'])

  const started = Date.now()
  mkdirSync(dist(), { recursive: true })
  if (everything || wanted.includes('engine')) buildEngine()
  if (everything || wanted.includes('web')) {
    await bundle()
    minifyLocales()
    await verifyPage()
    makeCatalogue()
    declareTypes()
  }
  // Every step writes its files anew; what none of them wrote is of an older build.
  if (everything)
    for (const file of files('dist')) if (statSync(file).mtimeMs < started - 2000) rmSync(file)
  refuseMachinePaths()
  writeManifest(files('dist'))
  console.log(`built dist/ in ${((Date.now() - started) / 1000).toFixed(1)} s`)
})
