// The endpoint over HTTP: one request and what the answer says about it.

export interface Answer {
  /** HTTP status; 0 = no network, refused, or no answer in time. */
  status: number
  retry_after_s: number | null
  /** The answer's body as JSON; null when there is none. */
  body: unknown
}

export interface Request {
  url: string
  method: string
  headers: Record<string, string>
  body: string
  /** Whether where a redirect leads may answer. A browser follows most of them without the body: a login page's 200 took nothing. */
  follow?: boolean
}

export interface Net {
  send(request: Request): Promise<Answer>
  /** Sends when the page is being left, without looking at the answer. False when nothing could be handed to the browser. */
  leave(request: Request): boolean
}

/** What a page may still send after it is gone, in bytes (browsers: 64 KiB for all requests together). */
export const MAX_LEAVING_BYTES = 48 * 1024
export const ANSWER_MS = 30_000
const MAX_ANSWER_CHARS = 1 << 20
/** A page is not told which redirect it was. */
const REDIRECTED = 302
/** Longer than anybody waits. */
const MAX_RETRY_AFTER_S = 1e9

/** Retry-After: seconds or a date (RFC 9110, 10.2.3). */
export function retryAfter(value: string | null, nowMs: number): number | null {
  if (value === null) return null
  const seconds = /^\d+$/.test(value)
    ? Number(value)
    : Math.ceil((Date.parse(value) - nowMs) / 1000)
  return Number.isNaN(seconds) ? null : Math.min(Math.max(0, seconds), MAX_RETRY_AFTER_S)
}

export function browserNet(host: {
  fetch: typeof fetch
  sendBeacon: (url: string, body: Blob | string) => boolean
  setTimeout: (callback: () => void, ms: number) => unknown
  now: () => number
}): Net {
  const length = (body: string) => new TextEncoder().encode(body).length
  const init = ({ method, headers, body, follow }: Request): RequestInit => ({
    method,
    headers,
    body,
    redirect: follow ? 'follow' : 'manual',
    keepalive: length(body) <= MAX_LEAVING_BYTES,
  })
  return {
    async send(request) {
      try {
        const stop = new AbortController()
        host.setTimeout(() => stop.abort(), ANSWER_MS)
        const response = await host.fetch(request.url, { ...init(request), signal: stop.signal })
        const text = await response.text().catch(() => '')
        let json: unknown = null
        try {
          if (text.length <= MAX_ANSWER_CHARS) json = JSON.parse(text)
        } catch {
          // An empty or other body is as good: the status decides.
        }
        return {
          status: response.type === 'opaqueredirect' ? REDIRECTED : response.status,
          retry_after_s: retryAfter(response.headers.get('retry-after'), host.now()),
          body: json,
        }
      } catch {
        return { status: 0, retry_after_s: null, body: null }
      }
    },
    leave(request) {
      const { url, body, headers } = request
      if (length(body) > MAX_LEAVING_BYTES) return false
      try {
        host.fetch(url, init(request)).catch(() => {})
        return true
      } catch {
        return host.sendBeacon(url, new Blob([body], { type: headers['Content-Type'] ?? '' }))
      }
    },
  }
}
