// A JSON API that knows nothing of Kelisim: it takes events of its own shape, wants a token, and says 409 to an event it has.
import { createServer } from 'node:http'

/** @param {{ token: string }} options */
export function createApi({ token }) {
  /** @type {Map<string, object>} */
  const events = new Map()
  const server = createServer(async (request, response) => {
    const answer = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    let text = ''
    for await (const chunk of request) text += chunk
    if (request.headers.authorization !== `Bearer ${token}`) return answer(401, { error: 'token' })
    if (request.method !== 'PUT' || request.url !== '/v1/events')
      return answer(404, { error: 'nothing here' })
    let event
    try {
      event = JSON.parse(text).event
    } catch {
      return answer(400, { error: 'not JSON' })
    }
    const { id, type, occurred_at, data } = event ?? {}
    if (
      ![id, type, occurred_at].every((one) => typeof one === 'string') ||
      typeof data !== 'object'
    )
      return answer(400, { error: 'not an event' })
    if (events.has(id)) return answer(409, { error: 'known' })
    events.set(id, event)
    answer(201, { id })
  })
  return { server, events }
}
