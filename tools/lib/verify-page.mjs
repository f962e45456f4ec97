// dist/kelisim-verify.html: the verifying page with everything inside, and a policy that lets it reach no network.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { inRepo } from './project.mjs'

const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** @param {object} options  esbuild's, common to all bundles */
export async function makeVerifyPage(esbuild, options) {
  const text = (...parts) => JSON.stringify(readFileSync(inRepo(...parts), 'utf8'))
  const locales = ['kk', 'ru', 'en'].map(
    (lang) => `${lang}: ${text('dist', 'locales', `${lang}.json`)}`,
  )
  const { outputFiles } = await esbuild.build({
    ...options,
    stdin: {
      resolveDir: inRepo(),
      contents: `import factory from './dist/kelisim-engine.plain.js'
        import { start } from './web/verify/main.ts'
        start({ factory, locales: { ${locales} }, policy: ${text('tests', 'vectors', 'policy.json')} })`,
    },
    format: 'iife',
    write: false,
    // The glue names its own address; nothing is fetched from there.
    define: { 'import.meta.url': '"https://kelisim.invalid/"' },
  })
  const script = outputFiles[0].text.replace(/<\/script/gi, '<\\/script')
  const style = readFileSync(inRepo('web/verify/page.css'), 'utf8')
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`
  writeFileSync(
    inRepo('dist', 'kelisim-verify.html'),
    `<!doctype html><html lang="ru"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Kelisim</title><style>${style}</style></head><body><main></main><script>${script}</script></body></html>\n`,
  )
}
