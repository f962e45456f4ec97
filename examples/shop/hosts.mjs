// Which name means what on the demo's one port: five shops, and every third party under its real name + ".localhost".
//
// Browsers take every name below localhost for this machine (RFC 6761), and two such names for two sites. So the page really
// goes to another host, and nothing leaves the machine.

/** The stand-in of a real host: mc.yandex.ru → mc.yandex.ru.localhost */
export const standIn = (host) => `${host}.localhost`

/** Host header without the port, lower case. */
export const nameOf = (hostHeader = '') => hostHeader.toLowerCase().replace(/:\d+$/, '')

/** The port the browser used, as it stands in the same header. */
export const portOf = (hostHeader = '') => Number(/:(\d+)$/.exec(hostHeader)?.[1] ?? 80)

const withPort = (name, port) => (port === 80 ? name : `${name}:${port}`)

/** "mc.yandex.ru" on the demo's port: what a tag's address starts with, and what a CSP names. */
export const standInWithPort = (host, port) => withPort(standIn(host), port)
export const originOf = (name, port) => `http://${withPort(name, port)}`
