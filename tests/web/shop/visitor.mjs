// A visitor without a browser: keeps cookies by host, sends forms, and asks stand-ins as a page would.
import { request } from 'node:http'
import { once } from 'node:events'
import { createShop } from '../../../examples/shop/shop.mjs'

/** The shops on a free port, closed with the test. */
export async function shopsFor(t, parts = {}) {
  const server = createShop({ receiver: 'http://127.0.0.1:4174', ...parts })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { server, port, log: server.log, visitor: (host) => new Visitor(host, port) }
}

export class Visitor {
  constructor(host, port) {
    Object.assign(this, { host, port, cookies: new Map() })
  }

  /** One request; names below localhost need no resolver here, the Host header says them. */
  async send(method, path, { headers = {}, body } = {}) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const sent = request({
      ...{ host: '127.0.0.1', port: this.port, method, path },
      headers: { host: `${this.host}:${this.port}`, ...(cookie && { cookie }), ...headers },
    })
    sent.end(body)
    const [response] = await once(sent, 'response')
    const chunks = []
    for await (const chunk of response) chunks.push(chunk)
    for (const line of response.headers['set-cookie'] ?? []) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)
      if (/Max-Age=0/.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const text = Buffer.concat(chunks).toString('utf8')
    return { status: response.statusCode, headers: response.headers, text }
  }

  get(path, headers) {
    return this.send('GET', path, { headers })
  }

  /** Sends a form and follows where it leads. */
  async post(path, values, headers = {}) {
    const sent = await this.send('POST', path, {
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        origin: `http://${this.host}:${this.port}`,
        ...headers,
      },
      body: new URLSearchParams(values).toString(),
    })
    if (sent.status !== 303) return sent
    return { ...(await this.get(sent.headers.location)), location: sent.headers.location, sent }
  }
}
