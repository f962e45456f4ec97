// The gate's decision in V8: 3,000 host rules, addresses of known and unknown hosts, in batches of 1,000.
import { addresses } from './engine.mjs'
import { median, quantile } from './figures.mjs'

/** A snapshot with `count` host rules, as the engine would compile it. */
function snapshot(count) {
  const services = ['analytics', 'marketing', 'functional'].map((category, i) => ({ id: `s${i}`, category, gate: 'block', run: i === 0 }))
  const hosts = {}
  for (let i = 0; i < count; i += 1) hosts[`${i % 3 ? '' : '*.'}host-${i}.example`] = [i % 3]
  return {
    format: 'kelisim-snapshot-1',
    policy: 'bench',
    edition: 'A'.repeat(43),
    status: 'decided',
    made_at_ms: 0,
    expires_at_ms: null,
    unknown: 'hold',
    sites: ['shop.example'],
    services,
    hosts,
    paths: [['vk.com', '/rtrg', [1]]],
    storage: [],
    purposes: {},
    categories: {},
    channels: {},
    transfers: {},
  }
}

const page = { host: 'shop.example', allow: [], now: () => 0, acted: () => false, undeclared: () => {} }

export async function gateRows() {
  const { makeRules } = await import('../web/gate/rules.ts')
  const made = snapshot(3000)
  const text = JSON.stringify(made)
  const loads = []
  for (let i = 0; i < 15; i += 1) {
    const from = performance.now()
    makeRules(JSON.parse(text), page)
    loads.push(performance.now() - from)
  }
  const list = [
    ...addresses().slice(0, 10_000),
    ...Array.from({ length: 10_000 }, (_, i) => `https://${i % 3 ? '' : 'x.'}host-${i % 3000}.example/a/${i}?b=${i}`),
  ]
  const rules = makeRules(made, page)
  const base = () => 'https://shop.example/'
  const batches = []
  let allowed = 0
  for (let round = 0; round < 5; round += 1)
    for (let i = 0; i < list.length; i += 1000) {
      const from = performance.now()
      for (let k = i; k < i + 1000; k += 1) if (rules.judge(list[k], base).allow) allowed += 1
      if (round > 0) batches.push(performance.now() - from)
    }
  if (allowed === 0) throw new Error('the gate allowed nothing: not a fair figure')
  return [
    { figure: 'rules of 3,000 hosts, as text', value: text.length / 1024, unit: 'KiB', budget: 150 },
    { figure: 'rules of 3,000 hosts, read', value: median(loads), unit: 'ms', budget: 5 },
    { figure: 'decision, median of batches', value: median(batches), unit: 'µs', budget: 0.4 },
    { figure: 'decision, p99 of batches', value: quantile(batches, 0.99), unit: 'µs', budget: 0.7 },
  ]
}
