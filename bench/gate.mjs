// The gate's decision in V8: 3,000 host rules, addresses of known and unknown hosts, in batches of 1,000.
import { median, quantile } from './figures.mjs'

/** A snapshot with `count` host rules, as the engine would compile it. */
function snapshot(count) {
  const services = ['analytics', 'marketing', 'functional'].map((category, i) => ({
    id: `s${i}`,
    category,
    gate: 'block',
    run: i === 0,
  }))
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

const page = {
  host: 'shop.example',
  allow: [],
  now: () => 0,
  acted: () => false,
  undeclared: () => {},
}

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
  const base = () => 'https://shop.example/'
  let allowed = 0
  const time = (list, rounds, fresh) => {
    const batches = []
    let rules = makeRules(made, page)
    for (let round = 0; round < rounds; round += 1) {
      if (fresh) rules = makeRules(made, page)
      for (let i = 0; i < list.length; i += 1000) {
        const from = performance.now()
        for (let k = i; k < i + 1000; k += 1) if (rules.judge(list[k], base).allow) allowed += 1
        if (round > 0) batches.push(performance.now() - from) // ms for a thousand = µs each
      }
    }
    return batches
  }
  // A page asks a few hosts many times; a rule of each kind, subdomains and strangers among them.
  const known = Array.from({ length: 20_000 }, (_, i) =>
    i % 4 === 3
      ? `https://cdn.stranger-${i % 101}.example/x/${i}.js`
      : `https://${i % 3 ? '' : 'x.'}host-${(i * 7) % 900}.example/a/${i}?b=${i}`,
  )
  const again = time(known, 40, false)
  const first = time(
    Array.from(
      { length: 2_000 },
      (_, i) => `https://${i % 3 ? '' : 'x.'}host-${i}.example/a/${i}?b=${i}`,
    ),
    6,
    true,
  )
  if (allowed === 0) throw new Error('the gate allowed nothing: not a fair figure')
  return [
    {
      figure: 'rules of 3,000 hosts, as text',
      value: text.length / 1024,
      unit: 'KiB',
      budget: 150,
    },
    { figure: 'rules of 3,000 hosts, read', value: median(loads), unit: 'ms', budget: 5 },
    {
      figure: 'decision, host asked before, median of batches',
      value: median(again),
      unit: 'µs',
      budget: 0.4,
    },
    {
      figure: 'decision, host asked before, p99 of batches',
      value: quantile(again, 0.99),
      unit: 'µs',
      budget: 0.7,
    },
    { figure: 'decision, host asked for the first time, median', value: median(first), unit: 'µs' },
  ]
}
