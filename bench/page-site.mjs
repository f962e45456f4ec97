// The pages the page benchmark opens: the same shop page bare, with Kelisim's two lines, built, and with each peer.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { peers } from './peers/index.mjs'

const repo = fileURLToPath(new URL('../', import.meta.url))
const POLICY = 'examples/policies/alma-chocolates.json'

const types = {
  js: 'text/javascript',
  json: 'application/json',
  wasm: 'application/wasm',
  html: 'text/html',
  css: 'text/css',
}

const page = ({ head = '', start = '', end = '' }) =>
  `<!doctype html><html lang="ru"><head><meta charset="utf-8">
${head}<meta name="viewport" content="width=device-width"><title>Shop</title>
<style>body{font:16px/1.5 sans-serif;margin:2rem}h1{font-size:3rem}</style></head>
<body>${start}<h1>Витрина</h1>${'<p>Товар, описание товара и его цена, доставка по всему Казахстану.</p>'.repeat(40)}${end}</body></html>`

const TWO_LINES = `<script src="/kelisim/kelisim.js" data-policy="/kelisim/policy.json"></script>
<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"><!-- -->
`
const TAGS = ['functional', 'analytics', 'marketing']
  .map((name) => `<script type="text/plain" data-category="${name}" data-src="/tag.js"></script>`)
  .join('')

const kelisim = {
  layer: 'kelisim-widget >> [part~="notice"]',
  refuse: 'kelisim-widget >> [part~="refuse-all"]',
  choose: 'kelisim-widget >> [part~="choose"]',
}

/** Serves everything, compressed once. `cases`: name → path and selectors, the bare page first. */
export async function serve() {
  const out = mkdtempSync(join(tmpdir(), 'kelisim-bench-'))
  execFileSync(process.execPath, [
    join(repo, 'dist/node/cli.js'),
    'build',
    join(repo, POLICY),
    ...['--out', out, '--base', '/built/'],
  ])
  const file = (path) => (existsSync(path) ? readFileSync(path) : undefined)
  const built = (name) => readFileSync(join(out, name), 'utf8')
  const pages = {
    '/bare': page({}),
    '/shop': page({ head: TWO_LINES, end: TAGS }),
    '/ahead': page({ head: built('head.html'), start: built('body.ru.html'), end: TAGS }),
    '/tag.js': 'window.tagged=performance.now()',
  }
  const cases = [
    { name: 'bare page', path: '/bare' },
    { name: 'kelisim, built', path: '/ahead', ...kelisim },
    { name: 'kelisim, two lines', path: '/shop', ...kelisim },
  ]
  const roots = {}
  for (const peer of peers()) {
    const key = peer.name.split('-')[0]
    const own = (lines) => lines.replaceAll('/peer/', `/${key}/`)
    pages[`/with-${key}`] = page({ head: own(peer.head), end: peer.tags + own(peer.end) })
    roots[key] = peer.root
    cases.push({ ...peer, name: `${peer.name} ${peer.version}`, path: `/with-${key}` })
  }
  const body = (name) => {
    if (pages[name]) return pages[name]
    const [, key, rest] = /^\/([^/]+)\/(.+)$/.exec(name) ?? []
    if (key === 'built') return file(join(out, rest))
    if (key === 'kelisim')
      return file(rest === 'policy.json' ? join(repo, POLICY) : join(repo, 'dist', rest))
    return roots[key] && file(join(roots[key], rest))
  }
  const cache = new Map()
  const server = createServer((request, response) => {
    const name = new URL(request.url, 'http://x').pathname
    if (!cache.has(name)) {
      const found = body(name)
      cache.set(name, found && brotliCompressSync(found))
    }
    const bytes = cache.get(name)
    if (!bytes) return response.writeHead(404).end()
    const ending = /\.(\w+)$/.exec(name)?.[1] ?? 'html'
    response
      .writeHead(200, {
        'content-type': `${types[ending] ?? 'text/plain'}${ending === 'wasm' ? '' : '; charset=utf-8'}`,
        'content-encoding': 'br',
        'cache-control': 'no-store',
      })
      .end(bytes)
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return {
    cases,
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections()
      server.close()
      rmSync(out, { recursive: true, force: true })
    },
  }
}
