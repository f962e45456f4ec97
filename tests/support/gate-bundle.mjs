// Bundles sources of the gate for tests, in memory, with the options of dist/.
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * @param {string} entry  path from the repository's top
 * @param {import('esbuild').BuildOptions} [options]
 * @returns {Promise<string>} the bundle's text
 */
export async function bundle(entry, options = {}) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    charset: 'utf8',
    legalComments: 'none',
    format: 'iife',
    target: 'es2020',
    write: false,
    logLevel: 'warning',
    define: { KELISIM_BUILT: 'false' },
    ...options,
  })
  return outputFiles[0].text
}
