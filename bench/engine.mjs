// The engine in Node: how long until it answers, what a decision costs, how much memory it takes.
import { readFileSync } from 'node:fs'
import { median, quantile } from './figures.mjs'

const repo = new URL('../', import.meta.url)
const read = (name) => readFileSync(new URL(name, repo), 'utf8')
const NOW = 1_795_168_800_000
const ROUNDS = 21

async function start(factory, options) {
  const from = performance.now()
  const engine = await factory({ ...options }) // the factory keeps its argument as the module
  return { engine, ms: performance.now() - from }
}

function value(envelope) {
  const { ok, value, error } = JSON.parse(envelope)
  if (!ok) throw new Error(`${error.code} ${error.path}: ${error.message}`)
  return value
}

/** Loads a policy and draws the first layer: what a first visit asks of the engine. */
function firstLayer(engine, policy) {
  const from = performance.now()
  value(engine.call('loadPolicy', read(`examples/policies/${policy}.json`)))
  value(engine.call('loadCatalogue', read('dist/catalogue.json')))
  value(engine.call('loadLocale', read('dist/locales/ru.json')))
  value(engine.call('restore', JSON.stringify({ state: null, now_ms: NOW })))
  value(engine.call('snapshot', JSON.stringify({ now_ms: NOW })))
  value(engine.call('view', JSON.stringify({ layer: 'notice', lang: 'ru', now_ms: NOW })))
  return performance.now() - from
}

/** 20,000 addresses: hosts of the catalogue, their subdomains, strangers, the shop's own. */
export function addresses() {
  const hosts = Object.values(JSON.parse(read('dist/catalogue.json')).services).flatMap(
    (service) => service.h ?? [],
  )
  const list = []
  for (let i = 0; list.length < 20_000; i += 1) {
    const host = hosts[i % hosts.length].replace('*', `s${i % 7}`)
    list.push(
      `https://${host}/path/${i}/script.js?v=${i}`,
      `https://cdn${i % 50}.stranger-${i % 97}.example/x/${i}.js`,
      `https://shop.example/assets/${i}.js`,
      `https://img.shop.example/p/${i}.webp`,
    )
  }
  return list
}

export async function engineRows() {
  const { default: wasm } = await import(new URL('dist/kelisim-engine.js', repo))
  const { default: plain } = await import(new URL('dist/kelisim-engine.plain.js', repo))
  const wasmBinary = readFileSync(new URL('dist/kelisim-engine.wasm', repo))
  const rows = []
  for (const [build, factory, options] of [
    ['WebAssembly', wasm, { wasmBinary }],
    ['plain JavaScript', plain, {}],
  ]) {
    const starts = []
    const layers = []
    for (let i = 0; i < ROUNDS; i += 1) {
      const { engine, ms } = await start(factory, options)
      starts.push(ms)
      layers.push(firstLayer(engine, 'letoile'))
    }
    rows.push(
      {
        figure: `${build}: engine start`,
        value: median(starts),
        unit: 'ms',
        note: `p90 ${quantile(starts, 0.9).toFixed(1)}`,
      },
      {
        figure: `${build}: policy, catalogue, locale, snapshot, first layer`,
        value: median(layers),
        unit: 'ms',
      },
    )
  }
  const { engine } = await start(wasm, { wasmBinary })
  firstLayer(engine, 'letoile')
  const list = addresses()
  const batches = []
  for (let i = 0; i < list.length; i += 1000) {
    const input = JSON.stringify({
      now_ms: NOW,
      page: 'https://shop.example/',
      items: list.slice(i, i + 1000).map((url) => ({ kind: 'script', url })),
    })
    const from = performance.now()
    value(engine.call('decide', input))
    batches.push(((performance.now() - from) * 1000) / 1000)
  }
  rows.push({
    figure: 'engine decision, batches of 1,000, JSON included',
    value: median(batches),
    unit: 'µs',
    note: `p90 ${quantile(batches, 0.9).toFixed(2)}`,
  })
  return rows
}
