// The receiver under load, next to what the machine itself can do: signature checks and flushes to the disk. All of it on loopback, bounded.
import { spawn } from 'node:child_process'
import { verify } from 'node:crypto'
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publicKeyOf, signatureHolds } from '../examples/receiver/jose.mjs'
import { manyReceipts } from '../tests/support/shop-receipts.mjs'
import { median, quantile } from './figures.mjs'

const origin = 'https://shop.example'
const server = fileURLToPath(new URL('receiver-process.mjs', import.meta.url))

/** As Node reads a signature of r||s by itself; ours is turned into DER first, which is quicker. */
const plainly = (input, signature, key) =>
  verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature)

/** Receipts per second of one core that only checks signatures, each by a key of its own, nothing else. */
export function signatureRate(receipts, holds = signatureHolds) {
  const given = receipts.map((jws) => {
    const [head, payload, signature] = jws.split('.')
    const { jwk } = JSON.parse(Buffer.from(head, 'base64url').toString())
    return {
      jwk,
      input: Buffer.from(`${head}.${payload}`),
      signature: Buffer.from(signature, 'base64url'),
    }
  })
  const from = process.cpuUsage()
  for (const { jwk, input, signature } of given)
    if (!holds(input, signature, publicKeyOf(jwk)))
      throw new Error('a receipt of the benchmark does not verify')
  const { user, system } = process.cpuUsage(from)
  return (given.length * 1e6) / (user + system)
}

/** While `work` runs, the machine's other core is as busy as it is under load: cores share what they calculate with. */
export async function besideBusyCore(work) {
  const busy = spawn(process.execPath, ['-e', 'for (;;) JSON.stringify(process.versions)'])
  await new Promise((resolve) => setTimeout(resolve, 300))
  try {
    return work()
  } finally {
    busy.kill()
  }
}

/** Flushes per second, of 16 KiB each. */
export function fsyncRate(folder, count = 200) {
  const file = openSync(join(folder, 'flushes'), 'w')
  const block = Buffer.alloc(16 * 1024, 1)
  const from = performance.now()
  for (let i = 0; i < count; i += 1) {
    writeSync(file, block)
    fsyncSync(file)
  }
  closeSync(file)
  return (count * 1000) / (performance.now() - from)
}

/**
 * A receiver in a process of its own.
 * @param {number} [maxFileKiB]  its disk takes no file larger than that; what it says of it is not shown
 */
export function startReceiverProcess(data, more = {}, maxFileKiB) {
  const command = [process.execPath, server, JSON.stringify({ data, origins: [origin], ...more })]
  const limited = ['sh', '-c', 'ulimit -f "$0" && exec "$@"', String(maxFileKiB * 2)]
  const [program, ...args] = maxFileKiB === undefined ? command : [...limited, ...command]
  const child = spawn(program, args, {
    stdio: ['ignore', 'inherit', maxFileKiB === undefined ? 'inherit' : 'ignore', 'ipc'],
  })
  const answer = () => new Promise((resolve) => child.once('message', resolve))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the receiver ended with ${code}`)))
    child.once('message', ({ url }) =>
      resolve({
        url,
        child,
        /** @returns {Promise<{ cpu_us: number }>} since the last question */
        usage: () => (child.send('usage'), answer()),
        close: () => new Promise((done) => (child.once('exit', done), child.send('close'))),
      }),
    )
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** One POST from a page of `from`. @returns {Promise<{ status: number, ms: number, body: string }>} */
export function post(url, receipts, from = origin) {
  const body = JSON.stringify({ kelisim: 1, receipts })
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/receipts`,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          origin: from,
        },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk) => (text += chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode, ms: performance.now() - started, body: text }),
        )
        response.on('error', reject)
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Sends all batches, `senders` at a time. @returns {Promise<number[]>} how long each took, in ms */
async function sendAll(url, batches, senders) {
  const times = []
  let next = 0
  const sender = async () => {
    while (next < batches.length) {
      const { status, ms } = await post(url, batches[next++])
      if (status !== 200) throw new Error(`status ${status}`)
      times.push(ms)
    }
  }
  await Promise.all(Array.from({ length: senders }, sender))
  return times
}

export async function receiverRows() {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-bench-'))
  const rows = []
  try {
    const visitors = Number(process.env.KELISIM_BENCH_VISITORS ?? 2000)
    const made = await manyReceipts({
      visitors: visitors + 500,
      length: 2,
      shop: 'letoile',
      origin,
    })
    const warming = made.slice(visitors)
    const chains = made.slice(0, visitors)
    const all = chains.flat()
    const tens = Array.from({ length: all.length / 10 }, (_, i) => all.slice(i * 10, i * 10 + 10))
    const bytes = Math.round(median(all.map((jws) => jws.length)))
    const sample = all.slice(0, 1000)
    const [perCore, quickest] = await besideBusyCore(() =>
      [plainly, signatureHolds].map((holds) =>
        median([1, 2, 3, 4, 5].map(() => signatureRate(sample, holds))),
      ),
    )
    const flushes = fsyncRate(folder)
    rows.push(
      { figure: 'ES256 checks alone, one core, as Node reads r||s', value: perCore, unit: '/s' },
      {
        figure: 'ES256 checks alone, one core, as the receiver does them',
        value: quickest,
        unit: '/s',
      },
      { figure: 'flushes to this disk, 16 KiB each', value: flushes, unit: '/s' },
    )
    for (const [title, batches, senders] of [
      ['one receipt a request, 32 senders', all.map((jws) => [jws]), 32],
      ['two receipts a request (a visitor’s outbox), 32 senders', chains, 32],
      ['ten receipts a request (a relay), 8 senders', tens, 8],
      ['one receipt a request, 1 sender', all.slice(0, 300).map((jws) => [jws]), 1],
    ]) {
      const receiver = await startReceiverProcess(join(folder, `r${rows.length}.sqlite`))
      // A server runs for days: its first contents have been judged, its code is compiled.
      await sendAll(receiver.url, warming, 8)
      await receiver.usage()
      const from = performance.now()
      const times = await sendAll(receiver.url, batches, senders)
      const seconds = (performance.now() - from) / 1000
      const count = batches.flat().length
      const { cpu_us } = await receiver.usage()
      await receiver.close()
      const rate = (count * 1e6) / cpu_us
      rows.push({
        figure: `receiver: ${title}`,
        value: count / seconds,
        unit: '/s',
        note: `p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms, ${bytes} bytes each`,
      })
      if (senders > 1)
        rows.push({
          figure: '  a core that does nothing else, of what signature checks alone allow',
          value: (rate / perCore) * 100,
          unit: '%',
          budget: 50,
          atLeast: true,
          note: `${rate.toFixed(0)} /s; ${((rate / quickest) * 100).toFixed(0)} % of the quicker check`,
        })
    }
  } finally {
    agent.destroy()
    rmSync(folder, { recursive: true })
  }
  return rows
}
