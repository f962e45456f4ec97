// The endpoint that speaks Kelisim's own format: an address is all there is to know of it.
import type { Inspected } from '../engine/types.ts'
import type { Request } from '../host/net.ts'
import type { Endpoint } from './endpoint.ts'

/** Whom an address is of, as people are told. */
export const hostOf = (url: string) => /^\w+:\/\/(?:[^@/?#]*@)?([^/?#]+)/.exec(url)?.[1] ?? ''

/** @param hash  SHA-256 of the RFC 8785 form of a JSON text */
export function ownEndpoint(url: string, hash: (json: string) => string): Endpoint {
  const requestNow = (receipts: Inspected[]): Request => {
    const body = JSON.stringify({ kelisim: 1, receipts: receipts.map(({ jws }) => jws) })
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': hash(body) }
    return { url, method: 'POST', headers, body }
  }
  return {
    url,
    to: hostOf(url),
    accept: [],
    single: false,
    request: async (receipts) => requestNow(receipts),
    requestNow,
  }
}
