// A shop whose pages were built: `kelisim build` into a folder, served beside pages that carry what it wrote.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { dist, repo, startShop } from './shop.mjs'

const types = { '.js': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' }

/** Builds a policy; the folder goes with the process. */
export function buildShop(name, options = []) {
  const out = mkdtempSync(join(tmpdir(), 'kelisim-built-'))
  process.on('exit', () => rmSync(out, { recursive: true, force: true }))
  const printed = execFileSync(
    process.execPath,
    [
      join(dist, 'node/cli.js'),
      'build',
      join(repo, `examples/policies/${name}.json`),
      '--out',
      out,
      '--endpoint',
      '/receipts',
      ...options,
    ],
    { encoding: 'utf8' },
  )
  const read = (file) => readFileSync(join(out, file), 'utf8')
  return { out, printed, read, install: JSON.parse(read('install.json')) }
}

/** A page with the gate inside and the painted layer. */
export const builtPage = ({ read }, { lang = 'ru', body = '', head = '' } = {}) =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8">${read('head.html')}<title>Shop</title>${head}</head>
<body>${read(`body.${lang}.html`)}<main><h1>Shop</h1><p>Chocolate, delivered today.</p><button id="buy">Buy</button>${body}</main></body></html>`

/** Serves a built shop; its page is "/". */
export async function serveBuilt(built, page, headers = {}) {
  const shop = await startShop({ headers })
  for (const entry of readdirSync(built.out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath ?? entry.path, entry.name)
    shop.pages['/kelisim' + path.slice(built.out.length)] = {
      body: readFileSync(path),
      type: types[extname(path)],
    }
  }
  shop.pages['/'] = { body: builtPage(built, page) }
  return shop
}
