// What an address of a case answers: the case's own files, else by the ending of its name.
import { makeAddresses } from './page.mjs'

const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
/** A second of silence: 8 kHz, 8 bit, mono. */
const wav = (() => {
  const head = Buffer.from('UklGRmQfAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YUAfAAA=', 'base64')
  return Buffer.concat([head, Buffer.alloc(8000, 128)])
})()
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect id="a" width="9" height="9"/><filter id="f"/></svg>'

const ran = (id, name) =>
  `;(globalThis.__m||{r(){}}).r(${JSON.stringify(id)},${JSON.stringify('ran ' + name)});`

/** By ending: type and body. */
const kinds = {
  js: (id, name) => ['text/javascript', ran(id, name)],
  mjs: (id, name) => ['text/javascript', ran(id, name) + 'export default 1'],
  css: () => ['text/css', '.mx-none{color:red}'],
  png: () => ['image/gif', pixel],
  svg: () => ['image/svg+xml', svg],
  html: () => ['text/html', '<!doctype html><title>third</title>'],
  json: () => ['application/json', '{"a":1}'],
  txt: () => ['text/plain', 'text'],
  es: () => ['text/event-stream', 'retry: 100000\ndata: 1\n\n'],
  vtt: () => ['text/vtt', 'WEBVTT\n'],
  wav: () => ['audio/wav', wav],
  woff2: () => ['font/woff2', 'none'],
}

/** @param {{ cases: Map<string, object>, third: boolean, host: string, port: number }} known */
export function answerOf(known, { host, id, name, token, url }) {
  const one = known.cases.get(id)
  const own = host === known.host && one?.files?.[name]
  if (own) {
    const text = own(makeAddresses({ ...known, token, id, one }))
    if (typeof text === 'object') return text
    return { type: kinds[name.split('.').at(-1)]?.(id, name)[0], body: text }
  }
  if (url.searchParams.has('missing')) return null
  const [type, body] = (kinds[name.split('.').at(-1)] ?? kinds.txt)(id, name)
  return { type, body }
}
