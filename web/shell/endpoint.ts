// Where receipts go and how: an address that speaks Kelisim's own format, or any backend, described by an object.
import { KelisimError } from '../engine/error.ts'
import type { Inspected, Json } from '../engine/types.ts'
import type { Request } from '../host/net.ts'
import { hostOf } from './own-endpoint.ts'

/** docs/sync.md. Strings of `headers` and `body` may hold {placeholders}. */
export interface EndpointSpec {
  url: string
  method?: string
  headers?: Record<string, string>
  /** Without one: Kelisim's own body, for as many receipts as wait. */
  body?: { json: Json } | { form: Record<string, string> }
  /** Statuses that mean "taken" besides 2xx. With one of 3xx redirects are followed, and where they lead answers. */
  accept?: number[]
  /** Name of a function of the page that answers with a text, or a promise of one; it stands for {token}. */
  token?: string
}

export interface Endpoint {
  /** Host of the address. */
  to: string
  url: string
  accept: number[]
  /** Each receipt goes in a request of its own. */
  single: boolean
  /** @throws when the page's function for the token does */
  request(receipts: Inspected[]): Promise<Request>
  /** The same at once, with the last token; null while there is none. */
  requestNow(receipts: Inspected[]): Request | null
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value: unknown) =>
  isObject(value) && Object.values(value).every((text) => typeof text === 'string')

/** Throws `endpoint_format` for what is no description of an endpoint. */
export function readSpec(text: string): EndpointSpec {
  const fail = (path: string) => {
    throw new KelisimError('endpoint_format', 'not an endpoint (docs/sync.md)', path)
  }
  let spec: unknown
  try {
    spec = JSON.parse(text)
  } catch {
    fail('')
  }
  if (!isObject(spec)) return fail('') as never
  const { url, method = '', headers = {}, body, accept = [], token = '' } = spec
  if (typeof url !== 'string' || !url) fail('/url')
  if (typeof method !== 'string') fail('/method')
  if (!isTexts(headers)) fail('/headers')
  if (body !== undefined && !(isObject(body) && ('json' in body || isTexts(body['form']))))
    fail('/body')
  if (!Array.isArray(accept) || !accept.every(Number.isInteger)) fail('/accept')
  if (typeof token !== 'string') fail('/token')
  return spec as unknown as EndpointSpec
}

/** What "{/event/0/event_time}" points at. */
const at = (value: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (here, key) =>
        (here as Record<string, unknown> | undefined)?.[
          key.replace(/~1/g, '/').replace(/~0/g, '~')
        ],
      value,
    )

const textOf = (value: unknown) =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value)

/**
 * @param host.hash  SHA-256 of the RFC 8785 form of a JSON text
 * @param host.call  a function of the page, by its name
 */
export function makeEndpoint(
  spec: EndpointSpec,
  host: { hash(json: string): string; call(name: string): unknown },
): Endpoint {
  const { headers = {}, body, token: tokenName = '' } = spec
  let token: string | null = tokenName ? null : ''
  const follow = (spec.accept ?? []).some((status) => status >= 300 && status < 400)

  const valueOf = (name: string, [first, ...more]: Inspected[]): unknown => {
    if (name === 'token') return token
    if (name === 'receipts') return [first!, ...more].map(({ jws }) => jws)
    if (name === 'receipt') return first!.jws
    if (name === 'json') return first!.json
    if (name === 'sha256') return first!.sha256
    if (name[0] === '/') return at(first!.body, name)
    return undefined
  }
  const filled = (text: string, of: Inspected[]) =>
    text.replace(/{([\w/~:.-]+)}/g, (all, name: string) => {
      const value = valueOf(name, of)
      return value === undefined && name[0] !== '/' ? all : textOf(value)
    })
  /** A string that is one placeholder becomes the value itself. */
  const fill = (value: Json, of: Inspected[]): unknown => {
    if (Array.isArray(value)) return value.map((item) => fill(item, of))
    if (isObject(value))
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, of)]))
    if (typeof value !== 'string') return value
    const [, name] = /^{([\w/~:.-]+)}$/.exec(value) ?? []
    const whole = name === undefined ? undefined : valueOf(name, of)
    return whole === undefined ? filled(value, of) : whole
  }

  const make = (of: Inspected[]): Request => {
    const own = { kelisim: 1, receipts: of.map(({ jws }) => jws) }
    const form = body && 'form' in body ? body.form : null
    const text = form
      ? new URLSearchParams(
          Object.entries(form).map(([name, value]) => [name, filled(value, of)]),
        ).toString()
      : JSON.stringify(body && 'json' in body ? fill(body.json, of) : own)
    return {
      url: spec.url,
      method: spec.method ?? 'POST',
      headers: {
        'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json',
        'Idempotency-Key': host.hash(body ? JSON.stringify(text) : text),
        ...Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, filled(value, of)]),
        ),
      },
      body: text,
      follow,
    }
  }
  return {
    to: hostOf(spec.url),
    url: spec.url,
    accept: spec.accept ?? [],
    single: body !== undefined && !JSON.stringify(body).includes('{receipts}'),
    async request(of) {
      if (tokenName) token = String(await host.call(tokenName))
      return make(of)
    },
    requestNow: (of) => (token === null ? null : make(of)),
  }
}
