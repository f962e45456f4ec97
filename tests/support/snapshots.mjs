// Snapshots for tests of the gate: four declared third parties, one host nobody declares.

/** The service of each host; `undeclared.localhost` has none. */
export const parties = {
  'ads.localhost': { id: 'ads', category: 'marketing' },
  'stats.localhost': { id: 'stats', category: 'analytics' },
  'maps.localhost': { id: 'maps', category: 'functional', gate: 'placeholder' },
  'pay.localhost': { id: 'pay', category: 'necessary' },
  'captcha.localhost': { id: 'captcha', category: 'necessary', gate: 'allow_on_action' },
}

export const edition = 'e'.repeat(43)

/**
 * @param {string[]} granted  categories, or "all"
 * @param {object} [more]     members of the snapshot to replace
 */
export function snapshot(granted = [], more = {}) {
  const all = granted.includes('all')
  const runs = (category) => category === 'necessary' || all || granted.includes(category)
  const hosts = Object.keys(parties)
  return {
    format: 'kelisim-snapshot-1',
    policy: 'test',
    edition,
    status: granted.length > 0 ? 'decided' : 'undecided',
    made_at_ms: 1,
    expires_at_ms: null,
    unknown: 'hold',
    sites: [],
    services: hosts.map((host) => ({
      gate: 'block',
      ...parties[host],
      run: runs(parties[host].category),
    })),
    hosts: Object.fromEntries(hosts.map((host, i) => [host, [i]])),
    paths: [],
    storage: [
      ['cookie', '_ads', 'exact', [0]],
      ['cookie', '_stats', 'prefix', [1]],
      ['cookie', 'pay', 'exact', [3]],
      ['local', 'stats', 'prefix', [1]],
    ],
    purposes: { advertising: runs('marketing'), counting: runs('analytics') },
    categories: Object.fromEntries(
      ['necessary', 'functional', 'analytics', 'marketing'].map((category) => [
        category,
        runs(category) ? 'granted' : 'refused',
      ]),
    ),
    channels: { mail: false },
    transfers: { cross_border: all },
    ...more,
  }
}
