// Starts the five demo shops on one port of this machine; the receiver is another program (or the same: tools/start.mjs).
//
// Usage: node examples/shop/server.mjs [--port 4173] [--receiver http://127.0.0.1:4174]
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { originOf } from './hosts.mjs'
import { createShop } from './shop.mjs'
import { shops } from './shops/index.mjs'

/** Origins of the shops on a port: the plain address first, which wears the first shop. */
export const originsOf = (port) => [
  ...['127.0.0.1', 'localhost'].map((name) => originOf(name, port)),
  ...shops.map(({ host }) => originOf(host, port)),
]

/** @returns {Promise<{ port: number, shops: { name: string, url: string }[], log: object, close(): Promise<void> }>} */
export async function startShop({ port = 4173, ...parts }) {
  const server = createShop(parts)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const used = server.address().port
  return {
    port: used,
    shops: shops.map(({ id, name, host }) => ({ id, name, url: `${originOf(host, used)}/` })),
    log: server.log,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4173' },
      receiver: { type: 'string', default: 'http://127.0.0.1:4174' },
    },
  })
  const shop = await startShop({ port: Number(values.port), receiver: values.receiver })
  console.log(`Shop      http://127.0.0.1:${shop.port}/  (wears ${shop.shops[0].name})`)
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => shop.close().then(() => process.exit(0)))
}
