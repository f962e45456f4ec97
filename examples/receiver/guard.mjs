// The operator's door: reading, exporting and erasing need the token. Only where the receiver listens on loopback may there be none.
import { timingSafeEqual } from 'node:crypto'
import { sha256 } from './jose.mjs'

export const minTokenLength = 16

/** True for addresses that never leave the machine. */
export const isLoopback = (host) =>
  host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host)

/** Throws unless a receiver on this host may start with this token. */
export function checkToken(host, token) {
  if (token === undefined && !isLoopback(host))
    throw new Error(
      `listening on ${host} needs a token: whoever reaches the receiver could read every receipt`,
    )
  if (token !== undefined && token.length < minTokenLength)
    throw new Error(`the token is too short: at least ${minTokenLength} characters`)
}

/** Headers of whoever hands on what somebody else asked for. */
const forwarding = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']

/**
 * Whether a request asks this machine itself. Without a token that is all there is between a stranger and the receipts: a page whose name was
 * made to mean 127.0.0.1 sends its own name as Host, and a proxy says for whom it asks.
 */
export const isLocal = (headers) =>
  isLoopback((headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')) &&
  !forwarding.some((name) => name in headers)

const same = (a, b) => timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)))

/** The token a request carries: `Authorization: Bearer TOKEN`, or as the password a browser asks for (Basic, any name). */
function tokenOf({ authorization = '' }) {
  const [, scheme, value] = /^(Bearer|Basic) +(\S+)$/i.exec(authorization) ?? []
  if (scheme === undefined) return undefined
  if (scheme.toLowerCase() === 'bearer') return value
  const pair = Buffer.from(value, 'base64').toString()
  return pair.slice(pair.indexOf(':') + 1)
}

/** Whether a request may read. */
export const mayRead = (token, headers) => {
  const given = tokenOf(headers)
  return token === undefined || (given !== undefined && same(given, token))
}

/** Whether a request that changes something comes from our own page or from no page at all: browsers send passwords along by themselves. */
export const isOwnPage = ({ origin, host, 'sec-fetch-site': site }) =>
  (origin === undefined || origin.replace(/^https?:\/\//, '') === host) &&
  (site === undefined || site === 'same-origin' || site === 'none')
