// The policy's `services` as a scan would have them. What no scan can know is left out, so that nobody takes a guess for a fact.
import type { Found, Name } from './found.ts'
import type { Known } from './known.ts'

interface Item {
  type: string
  name: string
  match: 'exact'
  party: 'first' | 'third'
  max_age_s: number | null
}

export interface Service {
  id: string
  name?: string
  gate?: string
  hosts?: string[]
  storage?: Item[]
}

export interface Draft {
  services: object[]
  /** What a person has to do, a sentence each. */
  open: string[]
}

const idOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)

/** policy.schema.json, host_pattern */
const canBeDeclared = (host: string) => /^[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(host)

/** Databases, caches and files go by their name alone, whatever kind it is declared as. */
const itemOf = ({ kind, name, party, max_age_s }: Name): Item => ({
  type: /^(?:cookie|session)$/.test(kind) ? kind : 'local',
  name,
  match: 'exact',
  party,
  max_age_s: max_age_s ?? null,
})

/** @param declared  `services` of the policy, as they stand */
export function draftOf({ hosts, stored }: Found, declared: { id: string }[], known: Known): Draft {
  const services: object[] = [...declared]
  const open: string[] = []
  const taken = new Set(declared.map(({ id }) => id))
  const free = (wanted: string) => {
    let id = wanted
    for (let n = 2; taken.has(id); n++) id = `${wanted}-${n}`
    taken.add(id)
    return id
  }
  const toSay = 'operator, operator_country and category are for you to say'

  for (const id of [...hosts, ...stored].flatMap((one) =>
    one.state === 'catalogue' ? one.service! : [],
  )) {
    if (taken.has(id)) continue
    taken.add(id)
    services.push({ id })
    const { name, operator, category } = known.fact(id)!
    open.push(
      category === 'necessary'
        ? `${id}: ${name}, ${operator}: the catalogue takes it for necessary; see that it is so on your pages`
        : `${id}: ${name}, ${operator}: falls under all ${category} purposes until "purposes" says which, and under no clause until "clauses" does`,
    )
  }

  const unknown = stored.filter((one) => one.state === 'undeclared')
  const strangers = new Map<string, Item[]>()
  for (const host of hosts) if (host.state === 'undeclared') strangers.set(host.host, [])
  for (const one of unknown)
    if (one.party === 'third')
      strangers.set(one.host, [...(strangers.get(one.host) ?? []), itemOf(one)])
  for (const [host, storage] of strangers) {
    if (!canBeDeclared(host)) {
      open.push(`${host}: not a name that a policy can declare`)
      continue
    }
    const id = free(idOf(host))
    services.push({
      ...{ id, name: host, gate: 'block', hosts: [host] },
      ...(storage.length > 0 && { storage }),
    } satisfies Service)
    open.push(`${id}: ${toSay}; a better name, and whether it is to be there at all`)
  }

  const own = unknown.filter(({ party }) => party === 'first')
  const items = [
    ...new Map(own.map(itemOf).map((item) => [`${item.type} ${item.name}`, item])).values(),
  ]
  if (items.length > 0) {
    const id = free('own_storage')
    services.push({ id, name: 'own_storage', storage: items } satisfies Service)
    open.push(
      `${id}: ${toSay} (necessary for what the shop cannot do without), and gate; part it by what its names are for (${items.length}); one that ends in a number of the visitor's wants "match": "prefix"`,
    )
  }
  return { services, open }
}
