// The worked examples of other backends: real servers on loopback, and the widget's own outbox in front of them.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createApi } from '../../../examples/backends/api/server.mjs'
import { createSheet } from '../../../examples/backends/sheet/server.mjs'
import { browserNet } from '../../../web/host/net.ts'
import { readSpec } from '../../../web/shell/endpoint.ts'
import { readRepo, repo } from '../../support/dist.mjs'
import { answer, FakeOrigin, openTab } from '../../support/fake-tab.mjs'
import { loadEngine } from '../../support/shop-receipts.mjs'

let kelisim
before(async () => {
  kelisim = await loadEngine()
})
const net = browserNet({
  fetch,
  sendBeacon: () => false,
  setTimeout: (ring, ms) => setTimeout(ring, ms).unref(),
  now: Date.now,
})

/** An origin whose network is the real one, and a tab with two receipts for the example's endpoint at `base`. */
async function shopWith(name, base, call) {
  const origin = new FakeOrigin()
  const spec = readSpec(readRepo(`examples/backends/${name}/endpoint.json`))
  const endpoint = { ...spec, url: base + spec.url }
  origin.post = (_url, _body, request) => net.send(request)
  const tab = await openTab(origin, { endpoint, call })
  for (const action of ['grant_all', 'refuse_all']) {
    origin.now += 1000
    answer(tab, action)
  }
  await tab.receipts.make()
  const jws = (await tab.receipts.all()).reverse().map((row) => row.jws)
  return { origin, tab, jws }
}

async function listening(t, server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => (server.closeAllConnections?.(), server.close()))
  return `http://127.0.0.1:${server.address().port}`
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

const hasPhp = spawnSync('php', ['-r', 'exit(extension_loaded("openssl") ? 0 : 1);']).status === 0
test(
  'form: a PHP form handler checks each receipt and keeps it once',
  { skip: !hasPhp && 'no php' },
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'kelisim-'))
    const file = join(folder, 'receipts.jws')
    const port = await freePort()
    const php = spawn('php', ['-S', `127.0.0.1:${port}`, 'receive.php'], {
      cwd: join(repo, 'examples/backends/form'),
      env: { ...process.env, KELISIM_RECEIPTS: file },
      stdio: 'ignore',
    })
    t.after(async () => {
      php.kill()
      await once(php, 'exit')
      rmSync(folder, { recursive: true })
    })
    const base = `http://127.0.0.1:${port}`
    for (let i = 0; i < 100 && !(await fetch(base).catch(() => null)); i += 1) await sleep(50)

    const { tab, jws } = await shopWith('form', base)
    assert.deepEqual(await tab.outbox.run(), { sent: 2, pending: 0, failed: 0 })
    const kept = () => readFileSync(file, 'utf8').trimEnd().split('\n')
    assert.deepEqual(kept(), jws)
    assert.equal((await kelisim.verifyChain(kept())).ok, true)

    const post = async (receipt) =>
      (
        await fetch(`${base}/receive.php`, {
          method: 'POST',
          body: new URLSearchParams({ receipt }),
        })
      ).status
    assert.equal(await post(jws[0]), 204, 'again: taken, and kept once')
    const [head, payload, signature] = jws[0].split('.')
    const flipped = (signature[5] === 'A' ? 'B' : 'A') + signature.slice(6)
    for (const forged of [
      `${head}.${payload}.${signature.slice(0, 5)}${flipped}`,
      `${jws[1].split('.')[0]}.${jws[1].split('.')[1]}.${signature}`,
      `${head}.${payload}.`,
      'a.b.c',
      '',
    ])
      assert.equal(await post(forged), 422)
    assert.deepEqual(kept(), jws)
  },
)

test('api: events in the API’s own shape, with the page’s token; what it has is taken', async (t) => {
  const { server, events } = createApi({ token: 'secret' })
  const base = await listening(t, server)
  let token = 'old'
  const { tab, jws } = await shopWith('api', base, (name) => name === 'shopToken' && token)
  assert.deepEqual(await tab.outbox.run(), { sent: 0, pending: 0, failed: 2 }, 'a wrong token')
  token = 'secret'
  assert.deepEqual(await tab.outbox.run(true), { sent: 2, pending: 0, failed: 0 })
  assert.deepEqual(
    [...events.values()].map(({ type, data }) => [type, data.sequence, data.proof]),
    [
      ['consent.grant_all', 1, jws[0]],
      ['consent.refuse_all', 2, jws[1]],
    ],
  )
})

test('api: an answer that was lost ends in 409, which means taken', async (t) => {
  const { server, events } = createApi({ token: 'secret' })
  const base = await listening(t, server)
  const { origin, tab } = await shopWith('api', base, () => 'secret')
  const real = origin.post
  let lost = 0
  origin.post = async (...args) => {
    const got = await real(...args)
    return lost++ ? got : { status: 0, retry_after_s: null, body: null }
  }
  await tab.outbox.run()
  assert.deepEqual(await tab.outbox.run(true), { sent: 2, pending: 0, failed: 0 })
  assert.equal(events.size, 2)
})

test('sheet: one row a receipt, in order; the redirect is followed and means taken', async (t) => {
  const { server, rows } = createSheet()
  const base = await listening(t, server)
  const { tab, jws } = await shopWith('sheet', base)
  assert.deepEqual(await tab.outbox.run(), { sent: 2, pending: 0, failed: 0 })
  assert.deepEqual(
    rows.map((row) => [row[2], row[4], row.at(-1)]),
    [
      [1, 'grant_all', jws[0]],
      [2, 'refuse_all', jws[1]],
    ],
  )
})
