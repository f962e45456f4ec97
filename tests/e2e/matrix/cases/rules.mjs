// What the page or the policy says about an address: tags marked by hand, paths, strangers, services that wait for an action.
import { inGroup, left } from './make.mjs'

const { tag, way } = inGroup('rules')

/** A tag as it stands in a bare page, and as a shop marks it by hand. */
const marked = (id, title, bare, hand, more) =>
  tag(id, title, (a) => (a.gated ? hand(a) : bare(a)), { party: 'stats', own: false, ...more })

const whole = { whole: true }

export const rules = [
  marked(
    'mark-script',
    '<script type=text/plain data-category data-src>',
    ({ u, on }) => `<script src="${u('a.js')}" ${on}></script>`,
    ({ u, on }) =>
      `<script type="text/plain" data-category="analytics" data-src="${u('a.js')}" ${on}></script>`,
  ),
  marked(
    'mark-script-src',
    '<script type=text/plain data-service src>',
    ({ u }) => `<script src="${u('a.js')}"></script>`,
    ({ u }) => `<script type="text/plain" data-service="stats" src="${u('a.js')}"></script>`,
  ),
  marked(
    'mark-module',
    '<script type=text/plain data-type=module data-service data-src>',
    ({ u }) => `<script type="module" src="${u('a.mjs')}"></script>`,
    ({ u }) =>
      `<script type="text/plain" data-type="module" data-service="stats" data-src="${u('a.mjs')}"></script>`,
  ),
  marked(
    'mark-inline',
    'inline <script type=text/plain data-category>',
    ({ u }) => `<script>new Image().src="${u('a.png')}"</script>`,
    ({ u }) =>
      `<script type="text/plain" data-category="analytics">new Image().src="${u('a.png')}"</script>`,
  ),
  marked(
    'mark-image',
    '<img data-category data-src data-srcset>',
    ({ u, on }) => `<img src="${u('a.png')}" ${on}>`,
    ({ u, on }) => `<img data-category="analytics" data-src="${u('a.png')}" ${on}>`,
  ),
  marked(
    'mark-frame',
    '<iframe data-service data-src>',
    ({ u, on }) => `<iframe width="9" height="9" src="${u('a.html')}" ${on}></iframe>`,
    ({ u, on }) =>
      `<iframe width="9" height="9" data-service="stats" data-src="${u('a.html')}" ${on}></iframe>`,
  ),
  marked(
    'mark-sheet',
    '<link rel=stylesheet data-category data-href>',
    ({ u, on }) => `<link rel="stylesheet" href="${u('a.css')}" ${on}>`,
    ({ u, on }) =>
      `<link rel="stylesheet" data-category="analytics" data-href="${u('a.css')}" ${on}>`,
  ),
  marked(
    'mark-own',
    'a script of the shop, marked with a service',
    ({ f, u }) => `<script src="${f('own.js')}"></script><!-- ${u('a.png')} -->`,
    ({ f }) => `<script type="text/plain" data-service="stats" data-src="${f('own.js')}"></script>`,
    { files: { 'own.js': ({ u }) => `new Image().src = "${u('a.png')}"` } },
  ),
  way(
    'path-declared',
    'a declared path on a host nobody declares',
    ({ at, r }) => fetch(at('nobody', 'tagged', 'a.json')).then((a) => r('status ' + a.status)),
    { own: false },
  ),
  way(
    'path-own',
    "a declared path on the shop's own host",
    ({ at, r }) => fetch(at('shop', 'tagged', 'a.json')).then((a) => r('status ' + a.status)),
    { own: false, left: left.unknown },
  ),
  way(
    'path-free',
    "a necessary path on a held service's host passes",
    ({ at, r }) => fetch(at('ads', 'free', 'a.json')).then((a) => r('status ' + a.status)),
    whole,
  ),
  way(
    'report-declared',
    'data-unknown=report: what is declared is held',
    ({ u, r }) => fetch(u('a.json')).then((a) => r('status ' + a.status)),
    { attributes: ' data-unknown="report"', solo: true, own: false },
  ),
  way(
    'report-undeclared',
    'data-unknown=report: what nobody declared passes',
    ({ at, r }) => fetch(at('nobody', 'm', 'a.json')).then((a) => r('status ' + a.status)),
    { ...whole, attributes: ' data-unknown="report"', solo: true },
  ),
  way(
    'allow-attribute',
    'data-allow: what it names passes',
    ({ at, r }) => fetch(at('nobody', 'm', 'a.json')).then((a) => r('status ' + a.status)),
    { ...whole, attributes: ' data-allow="nobody.localhost"', solo: true },
  ),
  way(
    'on-action',
    'allow_on_action: waits for the person to act on what it belongs to, whatever is granted',
    ({ u, r, body }) => {
      const button = body.appendChild(document.createElement('button'))
      button.textContent = 'chat'
      button.dataset.service = 'chat'
      fetch(u('a.json')).then((a) => r('status ' + a.status))
    },
    { party: 'chat', releases: 'action', solo: true, own: false },
  ),
]
