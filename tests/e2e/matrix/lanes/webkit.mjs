// WebKitGTK by its own WebDriver, spoken to over plain HTTP: a driver and a browser per lane, on a virtual display.
import { spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { sleep, within } from '../visit.mjs'

export const name = 'webkit'
export const lanes = 2
/** What the docs recommend here: a gate that is a file of its own is itself the wait that starts the look-ahead. */
export const install = 'inline'

/** Visits to one browser: the processes of pages that were closed stay, and go on working. */
const visitsEach = 25

const binary = () =>
  process.env.WEBKIT ??
  [...globSync('/usr/{lib,lib/*,libexec}/webkit2gtk-4.{1,0}/MiniBrowser')].find(existsSync)

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** A display of our own; the server picks its number. */
async function startDisplay() {
  const child = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  )
  const number = await within(
    10_000,
    'Xvfb',
    new Promise((resolve, reject) => {
      child.on('error', reject)
      child.stdio[3].once('data', (data) => resolve(String(data).trim()))
    }),
  )
  return { display: `:${number}`, close: () => child.kill() }
}

/** The processes that `pid` started, and theirs. */
function descendants(pid) {
  const found = []
  for (const at of [pid, ...found]) {
    let children = ''
    try {
      children = readFileSync(`/proc/${at}/task/${at}/children`, 'utf8')
    } catch {
      // It has ended.
    }
    for (const child of children.split(' ').filter(Boolean))
      found.push(child, ...descendants(child))
  }
  return found
}

async function startSession(display) {
  const port = await freePort()
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, LIBGL_ALWAYS_SOFTWARE: '1' },
  })
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    })
    const { value } = await answer.json()
    if (value && value.error) throw new Error(`${value.error}: ${value.message}`)
    return value
  }
  for (let i = 0; i < 50; i++) {
    const up = await call('GET', '/status').catch(() => null)
    if (up) break
    await sleep(100)
  }
  const options = { binary: binary(), args: ['--automation'] }
  const { sessionId, capabilities } = await call('POST', '/session', {
    capabilities: {
      alwaysMatch: { pageLoadStrategy: 'none', 'webkitgtk:browserOptions': options },
    },
  })
  const at = `/session/${sessionId}`
  await call('POST', at + '/timeouts', { script: 8000, pageLoad: 12_000 })
  return {
    version: `WebKitGTK ${capabilities.browserVersion}`,
    get: (path) => call('GET', at + path),
    post: (path, body = {}) => call('POST', at + path, body),
    remove: (path) => call('DELETE', at + path),
    async close() {
      await within(3000, 'close', call('DELETE', at)).catch(() => {})
      const rest = descendants(driver.pid)
      driver.kill()
      for (const pid of rest)
        try {
          process.kill(Number(pid), 'SIGKILL')
        } catch {
          // It has ended.
        }
    },
  }
}

export async function start() {
  const screen = await startDisplay()
  const open = new Set()
  const begin = async () => {
    const session = await startSession(screen.display)
    open.add(session)
    return session
  }
  const end = async (session) => {
    open.delete(session)
    await session?.close()
  }
  let spare = await begin()
  return {
    version: spare.version,
    async close() {
      await Promise.all([...open].map(end))
      screen.close()
    },
    async lane() {
      let session = spare ?? (await begin())
      spare = null
      let visits = 0
      return {
        async fresh() {
          try {
            if (++visits > visitsEach) throw new Error('a new browser')
            const old = await within(4000, 'handles', session.get('/window/handles'))
            const { handle } = await within(
              6000,
              'window',
              session.post('/window/new', { type: 'tab' }),
            )
            for (const one of old) {
              await session.post('/window', { handle: one })
              await within(4000, 'close', session.remove('/window'))
            }
            await session.post('/window', { handle })
          } catch {
            await end(session)
            session = await begin()
            visits = 1
          }
        },
        async open(url) {
          await session.post('/url', { url })
          // Without a page load strategy the old page may still be there.
          for (let i = 0; i < 100; i++) {
            if ((await session.get('/url').catch(() => '')) === url) return
            await sleep(50)
          }
        },
        run: (code) => session.post('/execute/sync', { script: `return ${code}`, args: [] }),
        click: (x, y) =>
          session.post('/actions', {
            actions: [
              {
                type: 'pointer',
                id: 'mouse',
                parameters: { pointerType: 'mouse' },
                actions: [
                  { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) },
                  { type: 'pointerDown', button: 0 },
                  { type: 'pointerUp', button: 0 },
                ],
              },
            ],
          }),
        close: () => {},
      }
    },
  }
}
