// Put in by the bundler (tools/build.mjs).
declare const KELISIM_VERSION: string
