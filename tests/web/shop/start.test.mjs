// npm start: what it prints, which ports it takes, how it ends.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('../../../tools/start.mjs', import.meta.url))

function start(t, args, env = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-demo-'))
  const data = join(folder, 'receipts.sqlite')
  const child = spawn(process.execPath, [script, '--data', data, ...args], {
    env: { ...process.env, ...env },
  })
  t.after(() => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  const said = async (pattern) => {
    while (!pattern.test(output)) await once(child.stdout, 'data')
    return pattern.exec(output)
  }
  return { child, data, said, output: () => output }
}

async function takenPort(t) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return String(server.address().port)
}

test('the addresses are printed, the shop’s first; pages, receipts and key are there', async (t) => {
  const demo = start(t, ['--port', '0', '--receiver-port', '0'])
  const [, receiver] = await demo.said(/^Receiver {2}(\S+)/m)
  const lines = demo.output().split('\n')
  assert.match(lines[0], /^Shop {6}http:\/\/127\.0\.0\.1:\d+\/ {2}\(wears Alma Chocolates\)$/)
  for (const [i, name] of ['alma', 'aster', 'webpulse', 'allur', 'letoile'].entries())
    assert.match(lines[i + 1], new RegExp(`http://${name}\\.localhost:\\d+/`))
  const [, shop] = await demo.said(/^Shop {6}(\S+)/m)
  const page = await (await fetch(shop)).text()
  assert.ok(page.includes(`data-endpoint="${receiver}receipts"`))
  assert.equal((await (await fetch(`${receiver}receipts`)).json()).receipts.length, 0)
  const preflight = (origin) =>
    fetch(`${receiver}receipts`, { method: 'OPTIONS', headers: { origin } })
  assert.equal((await preflight(new URL(shop).origin)).status, 204)
  assert.equal(
    (await preflight(new URL(shop).origin.replace('127.0.0.1', 'letoile.localhost'))).status,
    204,
  )
  assert.equal((await preflight('http://evil.example')).status, 403)
  assert.ok(existsSync(demo.data))
})

for (const signal of ['SIGINT', 'SIGTERM'])
  test(`${signal} ends it cleanly, also with open connections`, async (t) => {
    const demo = start(t, ['--port', '0', '--receiver-port', '0'])
    const [, shop] = await demo.said(/^Shop {6}(\S+)[^]*Receiver/m)
    await (await fetch(shop)).text()
    demo.child.kill(signal)
    assert.deepEqual(await once(demo.child, 'exit'), [0, null])
    assert.ok(!existsSync(`${demo.data}-wal`), 'the database is closed')
  })

test('a port that is taken is replaced by a free one', async (t) => {
  const [shop, receiver] = [await takenPort(t), await takenPort(t)]
  const demo = start(t, ['--port', shop, '--receiver-port', receiver])
  const [, shopPort] = await demo.said(/^Shop {6}http:\/\/127\.0\.0\.1:(\d+)/m)
  const [, receiverPort] = await demo.said(/^Receiver {2}http:\/\/127\.0\.0\.1:(\d+)/m)
  assert.notEqual(shopPort, shop)
  assert.notEqual(receiverPort, receiver)
})

test('PORT says the shop’s port, --port goes before it, and what is no port is refused', async (t) => {
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(String(port)))
    })
  })
  const demo = start(t, ['--receiver-port', '0'], { PORT: port })
  assert.equal((await demo.said(/^Shop {6}http:\/\/127\.0\.0\.1:(\d+)/m))[1], port)
  const wrong = start(t, ['--port', 'x'], { PORT: port })
  assert.deepEqual(await once(wrong.child, 'exit'), [1, null])
})

test('--quiet prints nothing', async (t) => {
  const port = await new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
  const demo = start(t, ['--quiet', '--port', String(port), '--receiver-port', '0'])
  for (let i = 0; i < 200; i++)
    if (await fetch(`http://127.0.0.1:${port}/`).catch(() => null)) break
    else await new Promise((resolve) => setTimeout(resolve, 50))
  assert.equal((await fetch(`http://127.0.0.1:${port}/`)).status, 200)
  assert.equal(demo.output(), '')
})
