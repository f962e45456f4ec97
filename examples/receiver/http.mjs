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
  // Events, not an iterator, which costs as much as all the rest of a request.
  await new Promise((resolve, reject) => {
    const take = (chunk) => {
      size += chunk.length
      chunks.push(chunk)
      if (size <= maxBytes) return
      request.off('data', take).pause()
      reject(tooLarge())
    }
    request.on('data', take).once('end', resolve).once('error', reject)
    // It closes after a whole body, too; an error nobody hears costs as much as a hash.
    request.once('close', () => {
      if (!request.complete) reject(new Error('the request ended before its body'))
    })
  })
  return chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)
}

/** The media type a request says its body has, without parameters. */
export const typeOf = ({ headers }) =>
  (headers['content-type'] ?? '').split(';')[0].trim().toLowerCase()
