// A shop for end-to-end tests: one server with the widget's files, a policy, a receiver that can be made to fail, and Chromium on it.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const repo = fileURLToPath(new URL('../..', import.meta.url))
/** The built files; KELISIM_DIST names others than the repository's. */
export const dist = process.env.KELISIM_DIST ?? join(repo, 'dist')

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
}

/** A page of the shop. `gate`: attributes of the first script. */
export function page({
  gate = {},
  gateFile = 'stub-gate.js',
  body = '',
  head = '',
  lang = 'en',
} = {}) {
  const attributes = Object.entries({
    policy: '/policy.json',
    endpoint: '/receipts',
    ...gate,
  })
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` data-${name}="${value}"`)
    .join('')
  return `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Shop</title>
<script src="/kelisim/${gateFile}"${attributes}></script>${head}</head>
<body><main><h1>Shop</h1><p>Chocolate, delivered today.</p><button id="buy">Buy</button>${body}</main></body></html>`
}

/**
 * Starts the server. `routes` may answer any path before the usual ones: (request, url) → undefined | { status, type, body, headers }.
 */
export async function startShop({
  policy = 'tests/vectors/policy.json',
  text = 'tests/vectors/policy.text.json',
  headers = {},
} = {}) {
  const shop = {
    /** Path → answer, or null for "not found". */
    pages: { '/': { body: page() } },
    headers,
    /** Bodies the receiver took, and what it answers. */
    received: [],
    requests: [],
    answer: { status: 200, body: '{}' },
  }
  const file = (path) => ({ body: readFileSync(path), type: types[extname(path)] })
  const answerOf = (request, path) => {
    if (path in shop.pages) return shop.pages[path]
    if (path === '/policy.json') return file(join(repo, policy))
    if (path === '/policy.text.json' || path.endsWith('.text.json')) return file(join(repo, text))
    if (path === '/kelisim/stub-gate.js') return file(join(repo, 'tests/support/stub-gate.js'))
    if (path.startsWith('/kelisim/')) return file(join(dist, path.slice('/kelisim/'.length)))
    return null
  }
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname
    shop.requests.push(path)
    if (request.method === 'POST' && path === '/receipts') {
      let body = ''
      for await (const chunk of request) body += chunk
      if (shop.answer.status === 0) return void request.socket.destroy()
      shop.received.push({
        body: JSON.parse(body),
        key: request.headers['idempotency-key'],
        status: shop.answer.status,
      })
      response.writeHead(shop.answer.status, {
        'content-type': 'application/json',
        ...shop.answer.headers,
      })
      return void response.end(shop.answer.body)
    }
    let answer
    try {
      answer = answerOf(request, path)
    } catch {
      answer = null
    }
    if (!answer) {
      response.writeHead(404)
      return void response.end()
    }
    response.writeHead(answer.status ?? 200, {
      'content-type': answer.type ?? types['.html'],
      'cache-control': 'no-store',
      ...shop.headers,
      ...answer.headers,
    })
    response.end(answer.body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  shop.origin = `http://127.0.0.1:${server.address().port}`
  server.unref()
  shop.close = () => {
    server.closeAllConnections()
    return new Promise((resolve) => server.close(resolve))
  }
  /** Compact JWS texts the receiver accepted, in order, each once. */
  shop.accepted = () => [
    ...new Set(
      shop.received.filter(({ status }) => status < 300).flatMap(({ body }) => body.receipts),
    ),
  ]
  return shop
}

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })

/** A locator inside the widget. */
export const widget = (page, selector) => page.locator('kelisim-widget').locator(selector)

/** A click later than the 300 ms a layer has to be visible. */
export async function press(page, selector) {
  await widget(page, selector).waitFor()
  await page.waitForTimeout(500)
  await widget(page, selector).click()
}

/** Waits until `read` gives something true. */
export async function until(read, what, ms = 8000) {
  const end = Date.now() + ms
  for (;;) {
    const value = await read()
    if (value) return value
    if (Date.now() > end) throw new Error('waited in vain for ' + what)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
