import type { Engine, EngineModule } from './engine.ts';
import type { TextNatives } from '../gate/link.ts';
import { KelisimError } from './error.ts';
/** What Emscripten's factory takes of us (cmake/wasm-engine.cmake names the same members). */
interface ModuleOptions {
    instantiateWasm?: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module?: WebAssembly.Module) => void) => object;
    wasmBinary?: Uint8Array;
    locateFile?: (name: string) => string;
    natives?: TextNatives | undefined;
}
export type EngineFactory = (options: ModuleOptions) => Promise<EngineModule>;
export type Wasm = Pick<typeof WebAssembly, 'instantiate' | 'instantiateStreaming'>;
export interface LoadHost {
    /** Folder of the files, absolute, with a closing slash. */
    base: string;
    fetch: (url: string) => Promise<Response>;
    /** Dynamic import. */
    load: (url: string) => Promise<{
        default: EngineFactory;
    }>;
    /** Undefined where there is none (Lockdown Mode). */
    wasm: Wasm | undefined;
    /** Copies of built-ins from before page code ran; undefined: the built-ins. */
    natives?: TextNatives | undefined;
    /** The module cannot be had, and the plain build takes over. */
    missed?: (error: KelisimError) => void;
}
/**
 * The engine, up and empty. Throws `engine_unavailable` when neither build can be had; the gate then simply stays closed.
 */
export declare function loadEngine(host: LoadHost): Promise<Engine>;
export {};
