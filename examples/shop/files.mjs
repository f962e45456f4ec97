// What the shop serves from files: the widget under /kelisim/, its policy, drawings, style and scripts.
import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'

const dist = new URL('../../dist/', import.meta.url)
const assets = new URL('assets/', import.meta.url)
const types = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  wasm: 'application/wasm',
  svg: 'image/svg+xml',
}

/** Files by path, read again when they change (dist/ is rebuilt while the demo runs). */
const read = new Map()
function fileAt(url) {
  const changed = statSync(url, { throwIfNoEntry: false })
  if (!changed?.isFile()) return null
  const known = read.get(url.href)
  if (known?.mtimeMs === changed.mtimeMs) return known.file
  const file = whole(readFileSync(url), url.pathname.split('.').pop())
  read.set(url.href, { mtimeMs: changed.mtimeMs, file })
  return file
}

function whole(body, ending) {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  return { status: 200, body, tag, type: types[ending] }
}

/** The answer for a path of the shop, or null. */
export function files(shop, path, logo) {
  if (path === '/kelisim/policy.json') return whole(shop.mapped, 'json')
  if (path === `/kelisim/${shop.document.edition.text.href}`) return whole(shop.text, 'json')
  const widget = /^\/kelisim\/((?:locales\/)?[\w.-]+\.(?:js|wasm|json))$/.exec(path)
  if (widget) return fileAt(new URL(widget[1], dist))
  const asset = /^\/assets\/([\w-]+\.(?:js|css))$/.exec(path)
  if (asset) return fileAt(new URL(asset[1], assets))
  const drawing = shop.art.get(/^\/art\/([\w-]+)\.svg$/.exec(path)?.[1])
  if (drawing) return whole(drawing, 'svg')
  return path === '/favicon.svg' ? whole(logo(shop), 'svg') : null
}
