import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { browserNet, MAX_LEAVING_BYTES, retryAfter } from '../../../web/host/net.ts'

const now = Date.UTC(2026, 10, 21)
const request = (url, body) => ({
  url,
  body,
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
})

for (const [value, want] of [
  [null, null],
  ['0', 0],
  ['120', 120],
  ['Sat, 21 Nov 2026 00:01:00 GMT', 60],
  ['Sat, 21 Nov 2020 00:00:00 GMT', 0],
  ['soon', null],
  ['99999999999999999999', 1e9],
  ['9'.repeat(400), 1e9],
  ['-5', null],
])
  test(`retryAfter reads ${value}`, () => {
    const got = retryAfter(value, now)
    // A negative number is no delay-seconds and hardly a date; whatever a date parser makes of it lies in the past.
    assert.ok(value === '-5' ? got === null || got === 0 : got === want, String(got))
  })

function net(fetch, sendBeacon = () => true) {
  return browserNet({ fetch, sendBeacon, setTimeout: () => 0, now: () => now })
}

test('send sends what it is given and gives status, wait and body', async () => {
  let seen
  const answer = await net(async (url, init) => {
    seen = { url, init }
    return new Response('{"acks":["a.b.c"]}', { status: 503, headers: { 'retry-after': '7' } })
  }).send(request('https://x/r', '{"kelisim":1}'))
  assert.deepEqual(answer, { status: 503, retry_after_s: 7, body: { acks: ['a.b.c'] } })
  assert.equal(seen.init.method, 'POST')
  assert.deepEqual(seen.init.headers, { 'Content-Type': 'application/json' })
  assert.equal(seen.init.keepalive, true)
})

for (const [title, fetch] of [
  ['the network is away', () => Promise.reject(new TypeError('Failed to fetch'))],
  [
    'fetch itself throws',
    () => {
      throw new TypeError('blocked')
    },
  ],
])
  test(`send gives status 0 when ${title}`, async () =>
    assert.deepEqual(await net(fetch).send(request('u', 'b')), {
      status: 0,
      retry_after_s: null,
      body: null,
    }))

test('send gives up on an endpoint that never answers', async () => {
  const quick = browserNet({
    fetch: (_url, { signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('aborted'))),
      ),
    sendBeacon: () => true,
    setTimeout: (ring) => setTimeout(ring, 1),
    now: () => now,
  })
  assert.equal((await quick.send(request('u', 'b'))).status, 0)
})

test('send takes any body for none when it is not JSON', async () => {
  const answer = await net(async () => new Response('<html>ok</html>')).send(request('u', 'b'))
  assert.deepEqual([answer.status, answer.body], [200, null])
})

test('leave hands over at most 48 KiB, by fetch, else by beacon', () => {
  const calls = []
  const fetched = net(async () => (calls.push('fetch'), new Response('')))
  assert.equal(fetched.leave(request('u', 'x'.repeat(MAX_LEAVING_BYTES))), true)
  assert.equal(fetched.leave(request('u', 'x'.repeat(MAX_LEAVING_BYTES + 1))), false)
  const throwing = () => {
    throw new TypeError('keepalive')
  }
  const beaconed = net(throwing, (_url, body) => (calls.push(body.type), true))
  assert.equal(beaconed.leave(request('u', '{}')), true)
  assert.deepEqual(calls, ['fetch', 'application/json'])
})

// A shop whose session had ended sent the POST on to its login page; that page's 200 counted, and the receipt was gone.
test('send: a redirect is not followed, and is later; only where the description says so its end answers', async () => {
  const server = createServer((incoming, outgoing) => {
    if (incoming.method === 'POST') outgoing.writeHead(302, { location: '/login' })
    outgoing.end('ok')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${server.address().port}/`
  try {
    const real = net(fetch)
    assert.equal((await real.send(request(url, '{}'))).status, 302)
    assert.equal((await real.send({ ...request(url, '{}'), follow: true })).status, 200)
  } finally {
    server.close()
  }
  // What a browser says of a redirect.
  const opaque = Object.defineProperty(Response.error(), 'type', { value: 'opaqueredirect' })
  assert.equal((await net(async () => opaque).send(request('u', 'b'))).status, 302)
})
