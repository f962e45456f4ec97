// One loopback server behind every name below localhost: the shop under a fresh name per visit, and the third parties. Writes down
// every request by the token and the case in its address, and every connection to a port that was lent to a case.
import { createHash } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTcp } from 'node:net'
import { extname, join } from 'node:path'
import { dist } from '../../support/dist.mjs'
import { answerOf } from './answers.mjs'
import { letters, pageOf } from './page.mjs'
import { clausesText, policyText } from './policy.mjs'
import { probePage } from './probe.mjs'

const types = {
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
}

function ownFile(path) {
  if (path === '/kelisim/policy.json') return { body: policyText(), type: types['.json'] }
  if (path.endsWith('.text.json')) return { body: clausesText(), type: types['.json'] }
  if (!path.startsWith('/kelisim/')) return null
  const file = join(dist, path.slice('/kelisim/'.length))
  return existsSync(file) ? { body: readFileSync(file), type: types[extname(file)] } : null
}

/** Ports that tell of every connection (tcp) or packet (udp). */
function makePorts(note) {
  const open = []
  const tcp = (what) =>
    new Promise((resolve) => {
      const server = createTcp((socket) => {
        note(what)
        socket.on('error', () => {})
        setTimeout(() => socket.destroy(), 200)
      })
      open.push(server)
      server.listen(0, '127.0.0.1', () => resolve(server.address().port))
    })
  const udp = (what) =>
    new Promise((resolve) => {
      const socket = createSocket('udp4')
      let told = false
      socket.on('message', () => told || ((told = true), note(what)))
      open.push(socket)
      socket.bind(0, '127.0.0.1', () => resolve(socket.address().port))
    })
  return { tcp, udp, close: () => open.forEach((one) => one.close()) }
}

export async function startServer() {
  /** What arrived: { token, id, name, host, at }. */
  const log = []
  const note = (what) => log.push({ ...what, at: Date.now() })
  const ports = makePorts(note)
  const pages = new Map()
  /** Token → { cases, third }: what the addresses that carry it mean. */
  const tokens = new Map()
  let port = 0

  const split = (request) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '')
    const url = new URL(request.url, 'http://x')
    // A path before it is a rule's.
    const [, m, token, id, ...rest] = url.pathname.replace(/^\/\w+(?=\/m\/)/, '').split('/')
    const ruled = !url.pathname.startsWith('/m/')
    return {
      host,
      url,
      known: m === 'm' && tokens.get(token),
      token,
      id,
      name: rest.join('/'),
      ruled,
    }
  }

  const listener = async (request, response) => {
    request.on('error', () => {})
    const { host, url, known, token, id, name, ruled } = split(request)
    for await (const chunk of request) void chunk
    if (known) {
      if (request.method !== 'OPTIONS') note({ token, id, name, host, ruled })
      const delay = Number(url.searchParams.get('delay') ?? 0)
      if (delay) await new Promise((done) => setTimeout(done, delay))
    }
    const page = pages.get(host + url.pathname)
    const answer = known
      ? answerOf(known, { host, id, name, token, url, request })
      : (page ??
        (url.pathname.startsWith('/probe')
          ? probePage(request.headers.cookie)
          : ownFile(url.pathname)))
    if (!answer) return void response.writeHead(404).end()
    response.writeHead(answer.status ?? 200, {
      'Content-Type': answer.type ?? 'text/html; charset=utf-8',
      'Cache-Control': url.pathname.startsWith('/kelisim/') ? 'max-age=600' : 'no-store',
      'Access-Control-Allow-Origin': request.headers.origin ?? '*',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Allow-Headers': 'x-own, content-type',
      ...answer.headers,
    })
    response.end(answer.body)
  }

  const upgrade = (request, socket) => {
    const { host, known, token, id, name } = split(request)
    if (known) note({ token, id, name, host })
    const key = createHash('sha1')
      .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
      .digest('base64')
    socket.on('error', () => {})
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${key}\r\n\r\n`,
    )
    setTimeout(() => socket.destroy(), 3000)
  }

  const servers = [createServer(listener).on('upgrade', upgrade)]
  await new Promise((done) => servers[0].listen(0, '127.0.0.1', done))
  port = servers[0].address().port
  // Some resolvers give ::1 first for names below localhost; where there is no IPv6 nobody asks there.
  const six = createServer(listener).on('upgrade', upgrade)
  await new Promise((done) => six.on('error', done).listen(port, '::1', done))
  if (six.listening) servers.push(six)

  let counter = 0
  return {
    port,
    /** How the gate is installed: a file of its own, or inside the page. */
    install: 'external',
    /** A name that no visit had before, for a page of the shop. */
    freshHost: () => `s${Date.now().toString(36)}${(counter++).toString(36)}.localhost`,
    origin: (host) => `http://${host}:${port}`,
    /**
     * Lays out a page of `cases` on `host`. @returns {Promise<{ url: string, token: string }>}
     * @param {{ host: string, cases: object[], third: boolean, install: string }} what  install: the lines of the gate, or ""
     */
    async page({ host, cases, third, install }) {
      const token = `t${(counter++).toString(36)}-`
      const lent = {}
      for (const letter of letters) {
        const one = token + letter
        tokens.set(one, { cases: new Map(cases.map((c) => [c.id, c])), third, host, port })
        for (const { id, lends } of cases)
          if (lends)
            lent[one + id] = await ports[lends]({ token: one, id, name: lends, host: 'port' })
      }
      const path = `/p/${token}`
      const built = pageOf({ ...{ host, port, cases, third, install, token, lent } })
      pages.set(host + path, built)
      return { url: `http://${host}:${port}${path}`, token }
    },
    /** What arrived with a token, from an index of the log on. */
    seen: (token, from = 0) => log.slice(from).filter((one) => one.token === token),
    mark: () => log.length,
    lastAt: () => log.at(-1)?.at ?? 0,
    async close() {
      ports.close()
      for (const server of servers) {
        server.closeAllConnections()
        await new Promise((done) => server.close(done))
      }
    },
  }
}
