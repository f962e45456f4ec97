// Put in by the bundler (tools/build.mjs).
declare const KELISIM_VERSION: string
/** Whether the gate has a shop's rules inside; `kelisim build` puts them in the place of the other name. */
declare const KELISIM_BUILT: boolean
declare const KELISIM_RULES: import('./gate/built.ts').Built
