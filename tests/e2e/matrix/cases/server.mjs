// What the shop's own server does: page code is not asked; an audit lists it.
import { inGroup, left } from './make.mjs'

const { tag, way } = inGroup('server')
const byHeaders = (id, title, headers) =>
  tag(id, title, () => '', { headers, solo: true, own: false, left: left.server })

export const server = [
  byHeaders('link-header', 'Link: rel=preload', ({ u }) => ({
    Link: `<${u('a.js')}>; rel=preload; as=script`,
  })),
  byHeaders('link-header-style', 'Link: rel=stylesheet', ({ u }) => ({
    Link: `<${u('a.css')}>; rel=stylesheet`,
  })),
  byHeaders('link-header-preconnect', 'Link: rel=preconnect', ({ host, lent }) => ({
    Link: `<http://${host}:${lent}>; rel=preconnect`,
  })),
  byHeaders('csp-report', 'a policy that reports to a third party', ({ u }) => ({
    'Content-Security-Policy-Report-Only': `img-src 'none'; report-uri ${u('a.json')}`,
  })),
  byHeaders('set-cookie', 'Set-Cookie of the page', ({ n }) => ({
    'Set-Cookie': `${n}=1; path=/`,
  })),
  byHeaders(
    'set-cookie-http-only',
    'Set-Cookie; HttpOnly: nobody in the page can see it',
    ({ n }) => ({ 'Set-Cookie': `${n}=1; path=/; HttpOnly` }),
  ),
  tag(
    'redirect-image',
    'own image that redirects outside',
    ({ f, on }) => `<img src="${f('go')}" ${on}>`,
    {
      files: { go: ({ u }) => ({ status: 302, body: '', headers: { Location: u('a.png') } }) },
      ...{ own: false, left: { all: { live: left.server.all } } },
    },
  ),
  way(
    'redirect-fetch',
    'own address that redirects outside, fetched',
    ({ f, r }) => fetch(f('go')).then((a) => r('status ' + a.status)),
    {
      files: { go: ({ u }) => ({ status: 302, body: '', headers: { Location: u('a.json') } }) },
      ...{ own: false, left: { all: { live: left.server.all }, webkit: left.server.all } },
    },
  ),
  tag(
    'redirect-script',
    'own script that redirects outside',
    ({ f }) => `<script src="${f('go')}"></script>`,
    {
      files: { go: ({ u }) => ({ status: 302, body: '', headers: { Location: u('a.js') } }) },
      ...{ own: false, left: { all: { live: left.server.all } } },
    },
  ),
]
server[2].lends = 'tcp'
for (const one of [server[4], server[5]]) one.stores = 'cookie'
// What was asked past the gate is told afterwards.
server[0].told = true
server[0].js = ({ host, r }) =>
  document.addEventListener('kelisim:error', ({ detail: { code, message } }) => {
    if (code === 'not_held' && message.startsWith(host)) r('told')
  })
