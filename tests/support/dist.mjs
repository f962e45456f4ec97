// The built files the tests run, and the page's engine loaded from them in Node.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { loadEngine } from '../../web/engine/load.ts'

export const repo = fileURLToPath(new URL('../..', import.meta.url))
/** dist/ of the repository; KELISIM_DIST names another. */
export const dist = process.env.KELISIM_DIST ?? join(repo, 'dist')
export const fromDist = (name) => pathToFileURL(join(dist, name)).href
export const readRepo = (name) => readFileSync(join(repo, name), 'utf8')

/** The engine as the shell loads it, through web/engine/load.ts. */
export function pageEngine({ wasm = WebAssembly } = {}) {
  return loadEngine({
    base: pathToFileURL(dist).href + '/',
    fetch: async (url) =>
      new Response(readFileSync(new URL(url)), { headers: { 'content-type': 'application/wasm' } }),
    load: (url) => import(url),
    wasm,
  })
}
