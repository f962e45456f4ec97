// Starts the demo: five shops and the receiver of their receipts, in one process. Needs Node and the committed dist/ only.
//
// Usage: npm start [-- --port 4173 --receiver-port 4174 --data .cache/demo/receipts.sqlite --quiet]
//        PORT=8080 npm start
// A port that is taken is replaced by a free one; the addresses are printed, the shop's first.
import { parseArgs } from 'node:util'
import { startReceiver } from '../examples/receiver/server.mjs'
import { originsOf, startShop } from '../examples/shop/server.mjs'
import { has, inRepo, runMain, ToolError } from './lib/project.mjs'

function portOf(text, name) {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new ToolError(`start: ${name} is not a port: "${text}"`)
  return port
}

/** Starts on the port, or on a free one when somebody else has it. */
async function onPort(port, start) {
  try {
    return await start(port)
  } catch (error) {
    if (!['EADDRINUSE', 'EACCES'].includes(error.code)) throw error
    return start(0)
  }
}

/** @returns {Promise<{ shop: object, receiver: object, close(): Promise<void> }>} */
export async function startDemo({ port, receiverPort, data }) {
  // The receiver has to know the shops' port and the shops the receiver's: its list of origins is filled in when both are known.
  const origins = []
  const receiver = await onPort(receiverPort, (free) =>
    startReceiver({ port: free, data, origins }),
  )
  try {
    const shop = await onPort(port, (free) =>
      startShop({
        port: free,
        receiver: receiver.url,
        receipts: (origin) => receiver.store.list({ origin, limit: 20 }),
      }),
    )
    origins.push(...originsOf(shop.port))
    const close = async () => {
      await Promise.all([shop.close(), receiver.close()])
    }
    return { shop, receiver, close }
  } catch (error) {
    await receiver.close()
    throw error
  }
}

function tell({ shop, receiver }) {
  const [first] = shop.shops
  console.log(`Shop      http://127.0.0.1:${shop.port}/  (wears ${first.name})`)
  for (const { name, url } of shop.shops) console.log(`          ${url}  ${name}`)
  console.log(`Receiver  ${receiver.url}/  (receipts in plain words)`)
}

async function main() {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: process.env.PORT || '4173' },
      'receiver-port': { type: 'string', default: '4174' },
      data: { type: 'string', default: inRepo('.cache', 'demo', 'receipts.sqlite') },
      quiet: { type: 'boolean', default: false },
    },
  })
  const demo = await startDemo({
    port: portOf(values.port, '--port'),
    receiverPort: portOf(values['receiver-port'], '--receiver-port'),
    data: values.data,
  })
  if (!values.quiet) tell(demo)
  if (!has('dist/kelisim.js'))
    console.error('dist/kelisim.js is not there: the shops stay closed. Run: npm run build')
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, resolve)
  })
  await demo.close()
  return 0
}

if (process.argv[1]?.endsWith('start.mjs')) await runMain(main)
