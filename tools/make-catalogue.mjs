// Makes the page's compact catalogue (src/enforce/catalogue.schema.json) from the facts in src/enforce/services.json.
//
// Usage: node tools/make-catalogue.mjs                 writes dist/catalogue.json
//        node tools/make-catalogue.mjs --size          prints its bytes
//        node tools/make-catalogue.mjs --only ID,ID…   prints the catalogue of these services
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const categories = { necessary: 'n', functional: 'f', analytics: 'a', marketing: 'm' }
const gates = { block: 'b', placeholder: 'p', allow: 'a', allow_on_action: 'o' }
const storageTypes = { cookie: 'c', local: 'l', session: 's' }

const hostOf = (path) => path.slice(0, path.indexOf('/'))

/** Whether two host patterns ("x" or "*.x") can fit the same host. */
function overlap(a, b) {
  const below = (host, parent) => host.endsWith(`.${parent}`)
  const [wildA, wildB] = [a.startsWith('*.'), b.startsWith('*.')]
  const [nameA, nameB] = [wildA ? a.slice(2) : a, wildB ? b.slice(2) : b]
  if (nameA === nameB) return wildA === wildB
  return (wildA && below(nameB, nameA)) || (wildB && below(nameA, nameB))
}

/** Whether `pattern` fits every host that `other` fits. */
const covers = (pattern, other) =>
  pattern === other ||
  (pattern.startsWith('*.') && other.replace(/^\*\./, '').endsWith(pattern.slice(1)))

/**
 * Paths that say more than the service's hosts do. A path on a host of the service is only of use where another service shares that
 * host, because a path decides before a host.
 */
function tellingPaths(service, services) {
  const others = services.filter(({ id }) => id !== service.id)
  const shared = (host) =>
    others.some((other) =>
      [...other.hosts, ...other.paths.map(hostOf)].some(
        (pattern) => pattern && overlap(pattern, host),
      ),
    )
  return service.paths.filter((path) => {
    const host = hostOf(path)
    return !host || shared(host) || !service.hosts.some((pattern) => covers(pattern, host))
  })
}

function code(table, name, what) {
  if (!Object.hasOwn(table, name)) throw new Error(`${what}: ${JSON.stringify(name)} has no code`)
  return table[name]
}

function compact(service, services) {
  const where = `service ${service.id}`
  for (const host of [...service.hosts, ...service.paths.map(hostOf)])
    if (!/^((\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*)?$/.test(host))
      throw new Error(`${where}: ${JSON.stringify(host)} is not a host`)
  const entry = {
    n: service.name,
    o: service.operator,
    c: service.operator_country,
    g: code(categories, service.category, where),
    k: service.kind,
    a: code(gates, service.gate, where),
  }
  const paths = tellingPaths(service, services)
  const storage = service.storage.map(({ type, name, match, party, max_age_s }) => [
    code(storageTypes, type, where),
    name,
    match === 'prefix' ? 1 : 0,
    party === 'first' ? 1 : 0,
    ...(max_age_s === null ? [] : [max_age_s]),
  ])
  if (service.hosts.length > 0) entry.h = service.hosts
  if (paths.length > 0) entry.p = paths
  if (storage.length > 0) entry.s = storage
  return entry
}

/**
 * The catalogue as the engine reads it.
 * @param {{version: number, services: object[]}} servicesJson - src/enforce/services.json, parsed. What stands under `unverified`,
 *   and sources, notes and globals, stay behind.
 * @param {string[]} [ids] - Only these services (for a page built for one shop); default all. An id that is not there is left out.
 * @returns {{format: 'kelisim-catalogue-1', version: number, services: Record<string, object>}}
 */
export function makeCatalogue({ version, services }, ids) {
  const wanted = ids ? services.filter(({ id }) => ids.includes(id)) : services
  return {
    format: 'kelisim-catalogue-1',
    version,
    services: Object.fromEntries(wanted.map((service) => [service.id, compact(service, services)])),
  }
}

function main([option, ids]) {
  const inRepo = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
  const services = JSON.parse(readFileSync(inRepo('src/enforce/services.json'), 'utf8'))
  if (option === '--only')
    return console.log(JSON.stringify(makeCatalogue(services, ids.split(','))))
  const text = JSON.stringify(makeCatalogue(services))
  if (option === '--size') {
    console.log(`raw     ${Buffer.byteLength(text)}`)
    console.log(`gzip    ${gzipSync(text, { level: 9 }).length}`)
    console.log(`brotli  ${brotliCompressSync(text).length}`)
    return
  }
  mkdirSync(inRepo('dist'), { recursive: true })
  writeFileSync(inRepo('dist/catalogue.json'), text)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  main(process.argv.slice(2))
