// HTML text that is safe by construction: whatever is put into html`…` is escaped unless html`…` made it.

class Html extends String {}

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function inserted(value) {
  if (value instanceof Html) return value
  if (Array.isArray(value)) return value.map(inserted).join('')
  if (value === undefined || value === null || value === false) return ''
  return String(value).replace(/[&<>"']/g, (c) => escapes[c])
}

/** @returns {Html} undefined, null and false vanish; lists are joined. */
export const html = (parts, ...values) =>
  new Html(String.raw({ raw: parts }, ...values.map(inserted)))

/** Takes text as it is: for our own files and for JSON written by `json`. */
export const raw = (text) => new Html(text)

/** JSON for an inline script: cannot close it. */
export const json = (value) => raw(JSON.stringify(value).replaceAll('<', '\\u003c'))
