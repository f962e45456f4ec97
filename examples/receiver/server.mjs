// Starts the receiver: one SQLite file, loopback only unless told otherwise.
//
// Usage: node examples/receiver/server.mjs [--port 4174] [--host 127.0.0.1] [--data .cache/demo/receipts.sqlite]
//          --origin https://shop.example [--origin …] [--editions public/kelisim/editions] [--behind-proxy] [--max-mib 2048]
//
// KELISIM_RECEIVER_TOKEN, or the first line of --token-file: what reading and erasing ask for. Beyond loopback it has to be there.
// --max-mib, or KELISIM_RECEIVER_MAX_MIB: how large the database may become; then new receipts are 507, and their senders keep them.
// --behind-proxy: limits go by the last address of X-Forwarded-For, which your own proxy has put there.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { checkToken } from './guard.mjs'
import { createReceiver } from './receiver.mjs'
import { loadSignKey } from './sign-key.mjs'
import { openStore } from './store-sqlite.mjs'

/**
 * Opens the store, loads the key beside it and listens.
 * @returns {Promise<{ url: string, store: object, close(): Promise<void> }>}
 */
export async function startReceiver({
  port = 4174,
  host = '127.0.0.1',
  data,
  origins,
  token,
  maxBytes,
  ...more
}) {
  checkToken(host, token)
  const store = openStore(data, { maxBytes })
  try {
    const keyFile = data === ':memory:' ? null : join(dirname(data), 'receiver-key.json')
    const signKey = loadSignKey(keyFile)
    const server = createReceiver({ store, origins, signKey, token, ...more })
    server.listen(port, host)
    await once(server, 'listening')
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host}:${server.address().port}`,
      store,
      async close() {
        server.close()
        server.closeAllConnections()
        await once(server, 'close')
        store.close()
      },
    }
  } catch (error) {
    store.close()
    throw error
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4174' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: '.cache/demo/receipts.sqlite' },
      origin: { type: 'string', multiple: true, default: [] },
      editions: { type: 'string' },
      'token-file': { type: 'string' },
      'behind-proxy': { type: 'boolean', default: false },
      'max-mib': { type: 'string', default: process.env.KELISIM_RECEIVER_MAX_MIB },
    },
  })
  if (values.origin.length === 0) {
    console.error('at least one --origin is needed: whose pages may post here')
    process.exit(2)
  }
  const maxMib = values['max-mib']
  if (maxMib !== undefined && !/^[1-9]\d{0,8}$/.test(maxMib)) {
    console.error(`--max-mib: "${maxMib}" is no number of MiB from 1`)
    process.exit(2)
  }
  const tokenFile = values['token-file']
  const token = tokenFile
    ? readFileSync(tokenFile, 'utf8').split('\n')[0].trim()
    : process.env.KELISIM_RECEIVER_TOKEN
  const forwarded = ({ headers, socket }) =>
    headers['x-forwarded-for']?.split(',').at(-1).trim() || socket.remoteAddress
  try {
    if (values['behind-proxy'] && token === undefined)
      throw new Error('behind a proxy a token is needed: everybody would read every receipt')
    const receiver = await startReceiver({
      ...{ host: values.host, data: values.data, editions: values.editions, token },
      ...(values['behind-proxy'] && { addressOf: forwarded }),
      ...(maxMib !== undefined && { maxBytes: Number(maxMib) * 1024 * 1024 }),
      port: Number(values.port),
      origins: values.origin,
    })
    console.log(`Receiver  ${receiver.url}/`)
    for (const signal of ['SIGINT', 'SIGTERM'])
      process.once(signal, () => receiver.close().then(() => process.exit(0)))
  } catch (error) {
    console.error(error.message)
    process.exit(1)
  }
}
