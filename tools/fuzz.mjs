// Runs the fuzzers of fuzz/ for a while each, from seeds made of the project's own documents.
//
// Usage: npm run fuzz [-- TARGET…] [--seconds N]     (json address receipt engine; 60 seconds each)
// New inputs are kept below build/fuzz/corpus; a crash ends the run and its input lies in build/fuzz/.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { buildPreset, runNative } from './lib/native.mjs'
import { inRepo, runMain, ToolError } from './lib/project.mjs'

const read = (...parts) => readFileSync(inRepo(...parts), 'utf8')
const vectors = () =>
  readdirSync(inRepo('tests/vectors')).map((name) => read('tests/vectors', name))
const { calls } = JSON.parse(read('tests/vectors/calls.json'))

/** The order of the calls in fuzz/engine_fuzz.cpp. */
const order = [...read('fuzz/engine_fuzz.cpp').matchAll(/&Engine::(\w+)/g)].map(([, name]) =>
  name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()),
)

const seeds = {
  json: () => [...vectors(), ...vectors().map((text) => JSON.stringify(JSON.parse(text)))],
  address: () =>
    [
      ...vectors()
        .join('\n')
        .matchAll(/"((?:https?|wss?|data|blob):[^"\\]*)"/g),
    ].map(([, url]) => url),
  receipt: () =>
    calls
      .filter(({ call }) => call === 'seal')
      .flatMap(({ answer: { value } }) => [value.jws, value.json])
      .concat(JSON.parse(read('tests/vectors/receipt.json')).jws),
  engine: () =>
    calls.map(
      ({ call, file, in: input }) =>
        String.fromCharCode(order.indexOf(call)) + (file ? read(file) : JSON.stringify(input)),
    ),
}

await runMain(() => {
  const words = process.argv.slice(2)
  const at = words.indexOf('--seconds')
  const seconds = at < 0 ? 60 : Number(words.splice(at, 2)[1])
  if (!(seconds > 0)) throw new ToolError('fuzz: --seconds wants a number')
  const unknown = words.find((word) => !(word in seeds))
  if (unknown) throw new ToolError(`fuzz: no target "${unknown}" (${Object.keys(seeds).join(' ')})`)
  buildPreset('fuzz')
  for (const target of words.length ? words : Object.keys(seeds)) {
    const [corpus, given] = ['corpus', 'seeds'].map((name) => `build/fuzz/${name}/${target}`)
    for (const folder of [corpus, given]) mkdirSync(inRepo(folder), { recursive: true })
    seeds[target]().forEach((text, i) => writeFileSync(inRepo(given, `${i}`), text))
    console.log(`\n=== ${target}, ${seconds} s`)
    const options = [
      ...[`-max_total_time=${seconds}`, '-max_len=200000', '-timeout=20', '-rss_limit_mb=2048'],
      ...['-print_final_stats=1', '-verbosity=0', `-artifact_prefix=build/fuzz/${target}-`],
    ]
    const command = [`build/fuzz/fuzz/${target}_fuzz`, ...options, corpus, given, '2>&1'].join(' ')
    const output = runNative('bash', ['-c', command], { quiet: true })
    console.log(output.match(/^stat::(number_of_executed|new_units).*$/gm).join('\n'))
  }
})
