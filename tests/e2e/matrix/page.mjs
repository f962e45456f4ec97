// Builds a page of the shop that does what some cases do, and the little runtime their code reports to.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { dist } from '../../support/dist.mjs'
import { prefixes, thirdHosts } from './policy.mjs'

/** The gate as it can stand inside a page, as `kelisim build` writes it. */
const inlineGate = () =>
  readFileSync(join(dist, 'kelisim.js'), 'utf8').replace(/<(?=!--|\/?script)/gi, '\\x3c')

/**
 * The two lines of the install.
 * @param {{ mode: string, install: string, attributes?: string }} how  install: `inline` or `external`
 */
export const lines = ({ mode, install, attributes = '' }) =>
  `<script ${install === 'inline' ? 'data-base="/kelisim/"' : 'src="/kelisim/kelisim.js"'} data-policy="/kelisim/policy.json"${mode === 'sealed' ? ' data-mode="sealed"' : ''}${attributes}>${install === 'inline' ? inlineGate() : ''}</script>\n` +
  `<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"><!-- -->\n`

/** Who a case asks: a third party, or the shop itself in its own variant. */
const party = (one, index) => one.party ?? (index % 2 ? 'ads' : 'stats')

/**
 * What a case's markup and files are written with.
 * u(name): an address at the third party (in the own variant: at the shop); f(name): at the shop; n: a name to store under;
 * lent: the port lent to the case; on: handlers that report load and error; gated: whether the page has the lines.
 */
export function makeAddresses(known) {
  const { host, port, third, token, id, one, index = 0, lent = {}, gated = false } = known
  const who = party(one, index)
  const asked = third ? thirdHosts[who] : host
  const path = (name) => `/m/${token}/${id}/${name}`
  return {
    id,
    token,
    third,
    gated,
    host: asked,
    port,
    u: (name) => `http://${asked}:${port}${path(name)}`,
    ws: (name) => `ws://${asked}:${port}${path(name)}`,
    f: (name) => `http://${host}:${port}${path(name)}`,
    n: `${third ? prefixes[who] : prefixes.own}${id.replaceAll('-', '_')}`,
    lent: lent[token + id],
    on: `onload="__m.r('${id}','load')" onerror="__m.r('${id}','error')"`,
  }
}

/** Runs first among the page's own scripts; what cases report is kept in __m.out. */
function runtime(given) {
  const out = []
  const m = {
    out,
    js: {},
    r(id, what) {
      out.push([id, String(what)])
    },
    context(id, letter) {
      const one = { ...given.cases[id].at[letter] }
      one.u = (name) => one.base + name
      one.ws = (name) => one.base.replace('http', 'ws') + name
      one.f = (name) => one.ownBase + name
      /** An address at "shop" or a third party by name, below a path of its own; "m": none. */
      one.at = (who, path, name) => {
        const base = one.ownBase.replace('/m/', path === 'm' ? '/m/' : `/${path}/m/`) + name
        return who === 'shop' ? base : base.replace(location.hostname, who + '.localhost')
      }
      one.r = (what) => m.r(id, what)
      one.body = document.getElementById('mx-' + id) || document.body
      /** An about:blank frame's window. */
      one.frame = (parent = one.body) => {
        const frame = document.createElement('iframe')
        parent.appendChild(frame)
        return frame.contentWindow
      }
      /** document.write call by call; once the page is parsed, into a frame. */
      one.write = (...pieces) => one.write.with('write', pieces)
      one.write.line = (...pieces) => one.write.with('writeln', pieces)
      one.write.with = (method, pieces) => {
        const loading = document.readyState === 'loading'
        const target = loading ? document : one.frame().document
        for (const piece of pieces) target[method](piece)
        if (!loading) target.close()
      }
      one.wait = (ms) => new Promise((done) => setTimeout(done, ms))
      return one
    },
    run(id, letter = '') {
      try {
        const done = m.js[id](m.context(id, letter))
        if (done && done.then) done.then(null, (e) => m.r(id, 'rejected ' + e.name))
      } catch (e) {
        m.r(id, 'threw ' + e.name)
      }
    },
    /** Does it again by script, under the addresses of that letter: code runs again, markup is inserted. */
    again(letter, ids) {
      for (const id of ids) {
        const markup = given.cases[id].markup[letter]
        try {
          const range = document.createRange()
          range.selectNode(document.body)
          if (markup) document.body.append(range.createContextualFragment(markup))
        } catch (e) {
          m.r(id, 'threw ' + e.name)
        }
        if (m.js[id]) m.run(id, letter)
      }
    },
  }
  Object.defineProperty(window, '__m', { value: m })
}

/** What is added to a page's token: for the page itself, for what is done again once granted, and once withdrawn. */
export const letters = ['', 'g', 'w']

const inScript = (value) => JSON.stringify(value).replaceAll('<', '\\u003c')
const filler = '<p>' + 'Chocolate, delivered today. '.repeat(20) + '</p>'

/** The page's text and headers. */
export function pageOf({ cases, install, token, ...rest }) {
  const given = { cases: {} }
  let head = ''
  let body = ''
  let headers = {}
  cases.forEach((one, i) => {
    const index = one.index ?? i
    const gated = install !== ''
    const at = (t) => makeAddresses({ ...rest, token: t, id: one.id, one, index, gated })
    const plain = (t) => {
      const { id, n, lent, host, port, third, u, f } = at(t)
      return { id, n, lent, host, port, third, token: t, base: u(''), ownBase: f('') }
    }
    const first = at(token)
    const again = (letter) =>
      (one.head?.(at(token + letter)) ?? '') + (one.html?.(at(token + letter)) ?? '')
    given.cases[one.id] = {
      at: Object.fromEntries(letters.map((letter) => [letter, plain(token + letter)])),
      markup: { g: again('g'), w: again('w') },
    }
    if (one.headers) headers = { ...headers, ...one.headers(first) }
    head += one.head?.(first) ?? ''
    const code = one.js
      ? `<script>__m.js[${inScript(one.id)}]=${String(one.js).replaceAll('</script', '<\\/script')};${one.later ? '' : `__m.run(${inScript(one.id)})`}</script>`
      : ''
    if (one.early) head += code
    body += `<div id="mx-${one.id}">${one.html?.(first) ?? ''}${one.early ? '' : code}</div>\n`
  })
  const text =
    `<!doctype html><html lang="en"><head>${install}<meta charset="utf-8"><title>shop</title>` +
    `<script>(${String(runtime)})(${inScript(given)})</script>\n${head}</head>` +
    `<body>${filler}\n${body}<p id="end">end</p></body></html>`
  return { body: text, headers }
}
