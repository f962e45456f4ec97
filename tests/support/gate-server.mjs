// One server, many origins: the page on 127.0.0.1, third parties on names below localhost. Every request is written down.
import { createServer } from 'node:http'
import { bundle } from './gate-bundle.mjs'

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

/** What a third party answers: by the ending of the path; scripts say in window.ran that they ran. */
function thirdParty(host, url) {
  const name = url.pathname.slice(1)
  if (name.endsWith('.js'))
    return [
      'text/javascript',
      `(window.ran ||= []).push(${JSON.stringify(name)}); window.scripts = (window.scripts || []).concat(document.currentScript);` +
        (url.searchParams.get('write')
          ? `document.write(${JSON.stringify(url.searchParams.get('write'))});`
          : ''),
    ]
  if (name.endsWith('.html')) return ['text/html', '<!doctype html><title>third</title>']
  if (name.endsWith('.css')) return ['text/css', `main { outline: 3px solid rgb(9, 9, 200) }`]
  if (name.endsWith('.png')) return ['image/gif', pixel]
  return ['application/json', JSON.stringify({ host, path: url.pathname })]
}

const testShell = `export function start(link) { window.link = link; document.dispatchEvent(new Event('test:shell')) }`

/**
 * @returns {Promise<{
 *   origin: string, port: number, close: () => Promise<void>,
 *   page: (path: string, html: string, headers?: Record<string, string>) => string,
 *   own: (path: string, type: string, body: string | null) => void,
 *   asked: (host?: RegExp) => string[], forget: () => void,
 * }>}
 */
export async function startServer() {
  const gate = await bundle('web/gate/main.ts')
  const worker = await bundle('web/gate/worker.ts')
  const requests = []
  const files = new Map()
  const reset = () => {
    files.clear()
    files.set('/kelisim/kelisim.js', ['text/javascript', gate, {}])
    files.set('/kelisim/kelisim-worker.js', ['text/javascript', worker, {}])
    files.set('/kelisim/kelisim-shell.js', ['text/javascript', testShell, {}])
    files.set('/favicon.ico', ['image/gif', pixel, {}])
  }
  reset()

  const server = createServer(async (request, response) => {
    const host = request.headers.host.replace(/:\d+$/, '')
    const url = new URL(request.url, 'http://x')
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const own = host === '127.0.0.1'
    if (url.pathname !== '/favicon.ico')
      requests.push({
        host,
        path: url.pathname + url.search,
        method: request.method,
        body: Buffer.concat(chunks).toString(),
      })
    const file = own ? files.get(url.pathname) : thirdParty(host, url)
    const delay = Number(url.searchParams.get('delay') || 0)
    if (delay) await new Promise((done) => setTimeout(done, delay))
    if (!file || file[1] === null) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'Content-Type': file[0],
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
      ...file[2],
    })
    response.end(file[1])
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  const origin = `http://127.0.0.1:${port}`
  return {
    origin,
    port,
    page(path, html, headers = {}) {
      files.set(path, ['text/html; charset=utf-8', html.replaceAll('PORT', String(port)), headers])
      return origin + path
    },
    own(path, type, body) {
      files.set(path, [type, body, {}])
    },
    /** Requests to third parties since the last forget(): "host/path". */
    asked(host = /localhost/) {
      return requests
        .filter((request) => host.test(request.host) && request.method !== 'OPTIONS')
        .map((request) => request.host.replace('.localhost', '') + request.path)
    },
    requests,
    forget() {
      requests.length = 0
    },
    reset,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
