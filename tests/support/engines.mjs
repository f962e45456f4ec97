// The engine in its three builds behind one shape: call(name, input) → envelope text. For tests where the builds must agree.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const repo = new URL('../../', import.meta.url)
const path = (name) => fileURLToPath(new URL(name, repo))

/** The WebAssembly build of dist/. */
export async function wasmEngine() {
  const { default: factory } = await import(new URL('dist/kelisim-engine.js', repo))
  const module = await factory({ wasmBinary: readFileSync(path('dist/kelisim-engine.wasm')) })
  return wrap(module)
}

/** The plain-JavaScript build of dist/. */
export async function plainEngine() {
  const { default: factory } = await import(new URL('dist/kelisim-engine.plain.js', repo))
  const module = await factory({})
  return wrap(module)
}

function wrap(module) {
  return {
    call: async (name, input) => module.call(name, input),
    close: () => {},
  }
}

const lines = 'build/native/tests/src/api/kelisim_engine_lines'

/** Whether `npm run test:native` has built the native line server. */
export const hasNative = () => existsSync(path(lines))

/** The native build, as a process that answers line by line. */
export async function nativeEngine() {
  const child = spawn(path('tools/run-in-toolchain.sh'), [path(lines)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const answers = linesOf(child.stdout)
  return {
    call: async (name, input) => {
      child.stdin.write(JSON.stringify([name, input]) + '\n')
      const { value, done } = await answers.next()
      if (done) throw new Error('the native engine ended')
      return value
    },
    close: () => child.stdin.end(),
  }
}

/** Lines end at "\n" alone: an answer may hold U+2028, which readline takes for an end. */
async function* linesOf(stream) {
  let rest = ''
  stream.setEncoding('utf8')
  for await (const chunk of stream) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()
    yield* lines
  }
}
