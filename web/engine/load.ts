// Brings the engine up: WebAssembly as it streams in, else from its bytes, else the same engine as plain JavaScript; else it says so.
import type { Engine, EngineModule } from './engine.ts'
import { wrapEngine } from './engine.ts'
import type { TextNatives } from '../gate/link.ts'
import { KelisimError } from './error.ts'

/** What Emscripten's factory takes of us (cmake/wasm-engine.cmake names the same members). */
interface ModuleOptions {
  instantiateWasm?: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module?: WebAssembly.Module) => void,
  ) => object
  wasmBinary?: Uint8Array
  locateFile?: (name: string) => string
  natives?: TextNatives | undefined
}

export type EngineFactory = (options: ModuleOptions) => Promise<EngineModule>

export type Wasm = Pick<typeof WebAssembly, 'instantiate' | 'instantiateStreaming'>

export interface LoadHost {
  /** Folder of the files, absolute, with a closing slash. */
  base: string
  fetch: (url: string) => Promise<Response>
  /** Dynamic import. */
  load: (url: string) => Promise<{ default: EngineFactory }>
  /** Undefined where there is none (Lockdown Mode). */
  wasm: Wasm | undefined
  /** Copies of built-ins from before page code ran; undefined: the built-ins. */
  natives?: TextNatives | undefined
  /** The module cannot be had, and the plain build takes over. */
  missed?: (error: KelisimError) => void
}

async function instantiate(
  { fetch, wasm }: { fetch: LoadHost['fetch']; wasm: Wasm },
  url: string,
  first: Promise<Response>,
  imports: WebAssembly.Imports,
) {
  const checked = (response: Response) => {
    if (!response.ok) throw new Error(`${url}: status ${response.status}`)
    return response
  }
  let response = checked(await first)
  // A wrong media type and some web views refuse to stream what they would take as bytes.
  if (/^application\/wasm/i.test(response.headers.get('content-type') ?? '')) {
    try {
      return await wasm.instantiateStreaming(response, imports)
    } catch {
      response = checked(await fetch(url))
    }
  }
  return wasm.instantiate(await response.arrayBuffer(), imports)
}

async function loadWasm(host: LoadHost, wasm: Wasm) {
  const url = host.base + 'kelisim-engine.wasm'
  const bytes = host.fetch(url)
  bytes.catch(() => {}) // looked at below, where the glue may already have failed
  const { default: factory } = await host.load(host.base + 'kelisim-engine.js')
  return new Promise<Awaited<ReturnType<EngineFactory>>>((resolve, reject) => {
    const instantiateWasm: ModuleOptions['instantiateWasm'] = (imports, done) => {
      instantiate({ fetch: host.fetch, wasm }, url, bytes, imports).then(
        ({ instance, module }) => done(instance, module),
        reject,
      )
      return {}
    }
    factory({
      instantiateWasm,
      locateFile: (name) => host.base + name,
      natives: host.natives,
    }).then(resolve, reject)
  })
}

/**
 * The engine, up and empty. Throws `engine_unavailable` when neither build can be had; the gate then simply stays closed.
 */
export async function loadEngine(host: LoadHost): Promise<Engine> {
  const reasons: unknown[] = []
  if (host.wasm)
    try {
      return wrapEngine(await loadWasm(host, host.wasm))
    } catch (error) {
      reasons.push(error)
    }
  try {
    const { default: factory } = await host.load(host.base + 'kelisim-engine.plain.js')
    const module = await factory({
      locateFile: (name) => host.base + name,
      natives: host.natives,
    })
    // A Content-Security-Policy may forbid the module: that is a way to run, nothing is broken.
    const [missing] = reasons.map(String).filter((reason) => !/unsafe-eval|CSP/.test(reason))
    if (missing) host.missed?.(new KelisimError('engine_wasm_unavailable', missing))
    return wrapEngine(module)
  } catch (error) {
    reasons.push(error)
  }
  throw new KelisimError('engine_unavailable', reasons.map(String).join('; '))
}
