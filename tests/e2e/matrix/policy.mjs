// The policy the matrix runs under: the vector fixture with services on hosts below localhost.
import { readRepo } from '../../support/dist.mjs'

/** Third parties. `nobody` is declared by no service. */
export const thirdHosts = {
  stats: 'stats.localhost',
  ads: 'ads.localhost',
  nobody: 'nobody.localhost',
  chat: 'chat.localhost',
}

const stored = (prefix) =>
  ['cookie', 'local', 'session'].map((type) => ({
    ...{ type, name: prefix, match: 'prefix', party: 'first', max_age_s: null },
  }))

/** Names of what a service stores begin so; the shop's own are declared as necessary. */
export const prefixes = { stats: 'stc_', ads: 'adc_', own: 'own_', chat: 'chc_', nobody: 'nbd_' }
/** Paths that say whose an address is, before its host does: the first of an address. */
export const pathsOf = {
  tagged: ['nobody.localhost/tagged/', '*.localhost/tagged/'],
  free: ['ads.localhost/free/'],
}

const service = (id, category, country, storage = stored(prefixes[id])) => ({
  id,
  name: id,
  operator: `${id} LLP`,
  operator_country: country,
  category,
  gate: 'block',
  hosts: [`${id}.localhost`, `*.${id}.localhost`],
  paths: [],
  storage,
})

/** The document's text; its verbatim clauses are the fixture's. */
export const policyText = () => {
  const policy = JSON.parse(readRepo('tests/vectors/policy.json'))
  policy.services = [
    service('stats', 'analytics', 'KZ'),
    service('ads', 'marketing', 'US'),
    {
      ...service('shop', 'necessary', '-', stored(prefixes.own)),
      ...{ hosts: [], gate: 'allow' },
    },
    { ...service('tagged', 'marketing', 'KZ', []), hosts: [], paths: pathsOf.tagged },
    { ...service('free', 'necessary', 'KZ', []), hosts: [], paths: pathsOf.free, gate: 'allow' },
    { ...service('chat', 'necessary', 'KZ'), gate: 'allow_on_action' },
  ]
  return JSON.stringify(policy)
}
export const clausesText = () => readRepo('tests/vectors/policy.text.json')
