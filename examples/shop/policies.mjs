// The policy documents of examples/policies as the demo's pages get them: the services' hosts and paths are those of the stand-ins.
import { readFileSync } from 'node:fs'
import { standIn } from './hosts.mjs'

const at = (path) => new URL(`../../${path}`, import.meta.url)
const readJson = (path) => JSON.parse(readFileSync(at(path), 'utf8'))

/** Host patterns and path patterns (policy.schema.json) with every real host replaced; "/path" on any host stays. */
const mapHost = (pattern) => standIn(pattern)
function mapPath(pattern) {
  const slash = pattern.indexOf('/')
  return slash === 0 ? pattern : standIn(pattern.slice(0, slash)) + pattern.slice(slash)
}

/** The facts of the built-in catalogue, by service id. */
export const catalogue = () =>
  Object.fromEntries(
    readJson('src/enforce/services.json').services.map((service) => [service.id, service]),
  )

/**
 * The document with hosts and paths of the stand-ins; members of a service override the catalogue, so nothing else changes.
 * @param {object} policy  kelisim-policy-1
 * @param {ReturnType<typeof catalogue>} known
 */
export function mapPolicy(policy, known) {
  return {
    ...policy,
    services: policy.services.map((service) => {
      const hosts = service.hosts ?? known[service.id]?.hosts ?? []
      const paths = service.paths ?? known[service.id]?.paths ?? []
      return {
        ...service,
        ...(hosts.length > 0 && { hosts: hosts.map(mapHost) }),
        ...(paths.length > 0 && { paths: paths.map(mapPath) }),
      }
    }),
  }
}

const inRussian = (name) => name?.ru ?? name

/** One policy, read once: as it is, as the page gets it, its verbatim text, and its services with their facts. */
export function readPolicy(name, known = catalogue()) {
  const policy = readJson(`examples/policies/${name}.json`)
  const text = readFileSync(at(`examples/policies/${policy.edition.text.href}`), 'utf8')
  return {
    policy,
    mapped: JSON.stringify(mapPolicy(policy, known)),
    text,
    clauses: JSON.parse(text).clauses,
    services: policy.services.map((service) => ({
      ...known[service.id],
      ...service,
      name: inRussian(service.name ?? known[service.id]?.name),
    })),
  }
}
