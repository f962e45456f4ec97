// What the addresses of the receiver have in common.

/** A failure of the whole request. */
export class HttpError extends Error {
  constructor(status, code, path, message, headers = {}) {
    super(message)
    Object.assign(this, { status, code, path, headers })
  }
}

/** The body, as far as `maxBytes`; 413 beyond. */
export async function readBytes(request, maxBytes) {
  const tooLarge = () => new HttpError(413, 'body_size', '', `over ${maxBytes} bytes`)
  if (Number(request.headers['content-length']) > maxBytes) throw tooLarge()
  const chunks = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The media type a request says its body has, without parameters. */
export const typeOf = ({ headers }) =>
  (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
