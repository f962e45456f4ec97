// Who may send how much: a bucket of tokens for each address and each key, filled at a steady rate.

/**
 * What a visitor never reaches and a flood does at once: receipts at one time, and how many more each minute.
 * @typedef {{ burst: number, perMinute: number }} Rate
 */
export const usualLimits = {
  address: { burst: 2000, perMinute: 1200 },
  key: { burst: 200, perMinute: 30 },
}

/** Whose an address is: of IPv6 everybody has 2^64, so what counts are its first four groups. */
export function networkOf(address) {
  if (!address.includes(':') || address.includes('.')) return address
  const [head, tail] = address.split('%')[0].split('::')
  const groups = (text) => (text ? text.split(':') : [])
  const [first, last] = [groups(head), groups(tail)]
  const all =
    tail === undefined
      ? first
      : [...first, ...Array(Math.max(0, 8 - first.length - last.length)).fill('0'), ...last]
  return all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/**
 * @param {Rate} rate
 * @param {number} [most]  buckets kept; the ones longest unused are forgotten first
 */
export function makeLimit({ burst, perMinute }, most = 50_000) {
  /** @type {Map<string, { left: number, at: number }>} in the order of last use */
  const buckets = new Map()
  return {
    /**
     * Takes `count` tokens of `name`'s.
     * @returns {number} 0 = taken; else the seconds after which there will be enough, and nothing is taken
     */
    take(name, count, nowMs) {
      const { left, at } = buckets.get(name) ?? { left: burst, at: nowMs }
      // A millionth of a receipt is what rounding may cost.
      const grown = (Math.max(0, nowMs - at) * perMinute) / 60_000
      const filled = Math.min(burst, left + grown + 1e-6)
      // More than a bucket holds goes from a full one, and leaves a debt.
      const enough = Math.min(count, burst)
      buckets.delete(name)
      buckets.set(name, { left: filled >= enough ? filled - count : filled, at: nowMs })
      if (buckets.size > most) buckets.delete(buckets.keys().next().value)
      return filled >= enough ? 0 : Math.ceil(((enough - filled) * 60) / perMinute)
    },
  }
}
