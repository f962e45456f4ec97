// A receiver in a process of its own, for benchmarks and tests of faults: told what to do by its parent, says what it has used.
import { startReceiver } from '../examples/receiver/server.mjs'

const receiver = await startReceiver({ port: 0, limits: null, ...JSON.parse(process.argv[2]) })
let before = process.cpuUsage()
process.on('message', async (what) => {
  if (what === 'usage') {
    const { user, system } = process.cpuUsage(before)
    before = process.cpuUsage()
    process.send({ cpu_us: user + system })
  } else if (what === 'close') {
    await receiver.close()
    process.exit(0)
  }
})
// Nobody is left to ask.
process.on('disconnect', () => process.exit(0))
process.send({ url: receiver.url })
