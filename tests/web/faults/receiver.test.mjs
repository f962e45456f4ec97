// The receiver killed under load, a network that loses, delays, doubles and reorders, a full disk. Whatever happens: every acknowledged
// receipt is there exactly once, byte for byte, every receipt made is there or still in an outbox, every chain is whole.
// KELISIM_FAULTS=long makes each of them ten times as long.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore } from '../../../examples/receiver/store-sqlite.mjs'
import { post, startReceiverProcess } from '../../../bench/receiver.mjs'
import { browserNet } from '../../../web/host/net.ts'
import { answer, FakeOrigin, openTab } from '../../support/fake-tab.mjs'
import { loadEngine } from '../../support/shop-receipts.mjs'
import { Device, hashOf, origin, receiverFor } from '../receiver/receipts.mjs'

const long = process.env.KELISIM_FAULTS === 'long' ? 10 : 1

function folderFor(t) {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-faults-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

/** Reads the file as it lies there: each receipt once, its bytes those that were made, each record a chain. */
function checkFile(data, made, acknowledged) {
  const store = openStore(data)
  try {
    const rows = []
    for (let before; ; before = rows.at(-1).n) {
      const some = store.list({ before, limit: 1000 })
      rows.push(...some)
      if (some.length < 1000) break
    }
    const byHash = Map.groupBy(rows, ({ hash }) => hash)
    for (const hash of acknowledged)
      assert.equal(byHash.get(hash)?.length, 1, `acknowledged, and not there: ${hash}`)
    for (const { hash, jws } of rows) {
      assert.equal(hashOf(jws), hash)
      assert.ok(made.has(jws), 'nothing but what was made')
    }
    for (const chain of Map.groupBy(rows, ({ record_id }) => record_id).values()) {
      chain.sort((a, b) => a.seq - b.seq)
      for (const [i, { seq, prev }] of chain.entries()) {
        assert.equal(seq, i + 1)
        assert.equal(prev, i === 0 ? null : chain[i - 1].hash)
      }
    }
    return rows.length
  } finally {
    store.close()
  }
}

const acksOf = (body) =>
  (JSON.parse(body).acks ?? []).map(
    (ack) => JSON.parse(Buffer.from(ack.split('.')[1], 'base64url')).receipt,
  )

test(
  'kill -9 under a load of 10,000 receipts, again and again',
  { timeout: 300_000 },
  async (t) => {
    const data = join(folderFor(t), 'receipts.sqlite')
    const total = 10_000 * long
    const devices = await Promise.all(Array.from({ length: total / 20 }, () => Device.make()))
    const made = new Set()
    const acknowledged = new Set()
    let receiver = await startReceiverProcess(data, { origins: [origin] })
    t.after(() => receiver.child.kill('SIGKILL'))
    let kills = 0
    // In the middle of the load, as often as the load lasts for.
    let killing = null
    const killAt = (acks) => {
      if (killing || acks < (kills + 1) * 1700) return
      killing = (async () => {
        await sleep(Math.random() * 30)
        receiver.child.removeAllListeners('exit')
        receiver.child.kill('SIGKILL')
        await once(receiver.child, 'exit')
        kills += 1
        receiver = await startReceiverProcess(data, { origins: [origin] })
        killing = null
      })()
    }
    let next = 0
    let lost = 0
    const started = performance.now()
    const sender = async () => {
      while (next < devices.length) {
        const device = devices[next++]
        // One person's outbox: ten receipts in order, then the next ten.
        for (let batch = 0; batch < 2; batch += 1) {
          const receipts = []
          for (let i = 0; i < 10; i += 1) receipts.push(await device.next())
          for (const jws of receipts) made.add(jws)
          for (;;) {
            const answer = await post(receiver.url, receipts, origin).catch(() => null)
            if (answer?.status === 200) {
              for (const hash of acksOf(answer.body)) acknowledged.add(hash)
              killAt(acknowledged.size)
              break
            }
            assert.ok(!answer || answer.status >= 500, answer?.body)
            lost += 1
            await sleep(50)
          }
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, sender))
    const seconds = (performance.now() - started) / 1000
    await killing
    await receiver.close()
    assert.equal(acknowledged.size, total)
    assert.equal(checkFile(data, made, acknowledged), total)
    assert.ok(kills > 0, 'it was killed')
    t.diagnostic(
      `${total} receipts in ${seconds.toFixed(1)} s, killed ${kills} times, ${lost} requests lost: all there once, every chain whole`,
    )
  },
)

/** A network between outboxes and a receiver. Each request is lost, answered in vain, delivered twice, or late. */
async function badNetwork(t, target, random) {
  const told = { lost: 0, unanswered: 0, doubled: 0 }
  const forward = (body, headers) =>
    new Promise((resolve, reject) => {
      const sent = request(target + '/receipts', { method: 'POST', headers }, (response) => {
        let text = ''
        response.on('data', (chunk) => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode, text }))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  const server = createServer(async (incoming, outgoing) => {
    let body = ''
    for await (const chunk of incoming) body += chunk
    const headers = { 'content-type': 'application/json', origin }
    await sleep(random() * 25)
    const fate = random()
    if (fate < 0.2) {
      told.lost += 1
      return outgoing.destroy()
    }
    const answers = [forward(body, headers)]
    if (fate > 0.7) {
      told.doubled += 1
      answers.push(sleep(random() * 25).then(() => forward(body, headers)))
    }
    const { status, text } = await answers[Math.floor(random() * answers.length)]
    await Promise.all(answers)
    if (fate < 0.45) {
      told.unanswered += 1
      return outgoing.destroy()
    }
    await sleep(random() * 25)
    outgoing.writeHead(status, { 'content-type': 'application/json' })
    outgoing.end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => (server.closeAllConnections(), server.close()))
  return { url: `http://127.0.0.1:${server.address().port}`, told }
}

let kelisim
before(async () => {
  kelisim = await loadEngine()
})

test(
  'a network that drops, delays, doubles and reorders: the widget’s own outboxes in front of the receiver',
  { timeout: 300_000 },
  async (t) => {
    const receiver = await receiverFor(t, {
      origins: ['https://shop.example', origin],
      limits: null,
    })
    let seed = 12345
    const random = () => (seed = (seed * 1103515245 + 12345) % 2 ** 31) / 2 ** 31
    const network = await badNetwork(t, receiver.url, random)
    const net = browserNet({
      fetch,
      sendBeacon: () => false,
      setTimeout: (ring, ms) => setTimeout(ring, ms).unref(),
      now: Date.now,
    })
    const acknowledged = new Set()
    const people = 12 * long
    const chains = await Promise.all(
      Array.from({ length: people }, async () => {
        const person = new FakeOrigin()
        person.post = async (_url, _body, sent) => {
          const got = await net.send({ ...sent, url: network.url })
          for (const ack of got.body?.acks ?? [])
            acknowledged.add(JSON.parse(Buffer.from(ack.split('.')[1], 'base64url')).receipt)
          return got
        }
        // Two tabs: one decides and is closed in the middle, another goes on.
        let tab = await openTab(person)
        for (let n = 0; n < 6; n += 1) {
          person.now += 60_000
          answer(tab, n % 2 ? 'refuse_all' : 'grant_all')
          await tab.receipts.make()
          const running = tab.outbox.run().catch(() => {})
          if (n === 3) {
            tab.outbox.leave()
            tab.close()
            await running
            tab = await openTab(person)
          } else await running
        }
        for (let n = 0; n < 60; n += 1) {
          person.now += 2_000_000
          const { pending, failed } = await tab.outbox.run(true)
          assert.equal(failed, 0)
          if (pending === 0) break
        }
        return (await tab.receipts.all()).reverse().map(({ jws }) => jws)
      }),
    )
    for (const chain of chains) assert.deepEqual((await kelisim.verifyChain(chain)).faults, [])
    const rows = await receiver.store.list({ limit: 1000 })
    const stored = rows.map(({ jws }) => jws)
    assert.equal(new Set(stored).size, stored.length)
    assert.deepEqual(new Set(stored), new Set(chains.flat()), 'every receipt made, once')
    assert.equal(stored.length, people * 6)
    const hashes = new Set(rows.map(({ hash }) => hash))
    for (const hash of acknowledged) assert.ok(hashes.has(hash))
    const { lost, unanswered, doubled } = network.told
    assert.ok(lost > 5 && unanswered > 5 && doubled > 5)
    t.diagnostic(
      `${stored.length} receipts of ${people} people; ${lost} requests lost, ${unanswered} answers lost, ${doubled} doubled: each there once, every chain whole`,
    )
  },
)

test('a full disk: what was acknowledged stays, the rest waits and goes when there is room', async (t) => {
  const data = join(folderFor(t), 'receipts.sqlite')
  const made = new Set()
  const acknowledged = new Set()
  const waiting = []
  const full = await startReceiverProcess(data, { origins: [origin] }, 1024)
  t.after(() => full.child.kill('SIGKILL'))
  for (let person = 0; waiting.length < 8; person += 1) {
    const device = await Device.make()
    const receipts = [await device.next(), await device.next(), await device.next()]
    for (const jws of receipts) made.add(jws)
    const { status, body } = await post(full.url, receipts, origin)
    if (status === 200) for (const hash of acksOf(body)) acknowledged.add(hash)
    else {
      assert.equal(status, 503, 'not now, and not for good')
      waiting.push(receipts)
    }
    assert.ok(person < 2000, 'the disk is full at some time')
  }
  const read = async (path) => (await fetch(full.url + path)).json()
  assert.deepEqual(await read('/health'), { ok: true })
  assert.ok((await read('/receipts')).receipts.length > 0, 'what is there can be read')
  full.child.removeAllListeners('exit')
  full.child.kill('SIGKILL')
  await once(full.child, 'exit')
  assert.equal(checkFile(data, made, acknowledged), acknowledged.size)

  const roomy = await receiverFor(t, { data, limits: null })
  for (const receipts of waiting) {
    const { status, body } = await roomy.post(...receipts)
    assert.equal(status, 200)
    for (const hash of acksOf(JSON.stringify(body))) acknowledged.add(hash)
  }
  await roomy.close()
  assert.equal(checkFile(data, made, acknowledged), made.size)
  t.diagnostic(
    `${acknowledged.size} receipts, ${waiting.length * 3} of them refused once for want of room: all there once`,
  )
})
