// Scripts in the markup.
import { inGroup, left } from './make.mjs'

const { tag, way } = inGroup('scripts')
const of = (id, title, attributes, more) =>
  tag(id, title, ({ u, on }) => `<script ${attributes(u)} ${on}></script>`, {
    left: left.script,
    ...more,
  })

export const scripts = [
  of('script-src', '<script src>', (u) => `src="${u('a.js')}"`),
  of('script-async', '<script async>', (u) => `async src="${u('a.js')}"`),
  of('script-defer', '<script defer>', (u) => `defer src="${u('a.js')}"`),
  of('script-module', '<script type=module src>', (u) => `type="module" src="${u('a.mjs')}"`),
  of(
    'script-module-async',
    '<script type=module async>',
    (u) => `type="module" async src="${u('a.mjs')}"`,
  ),
  of('script-crossorigin', '<script crossorigin>', (u) => `crossorigin src="${u('a.js')}"`),
  of(
    'script-credentials',
    '<script crossorigin=use-credentials>',
    (u) => `crossorigin="use-credentials" src="${u('a.js')}"`,
  ),
  of('script-relative', '<script src="//…">', (u) => `src="${u('a.js').slice(5)}"`),
  of(
    'script-odd-address',
    'an address with tabs, letters and an escaped colon',
    (u) => `src=" ${u('a.js').replace('http', 'hT&#9;Tp').replace(':', '&colon;')}"`,
  ),
  of(
    'script-backslash',
    'an address with backslashes',
    (u) => `src="${u('a.js').replace('http://', 'http:\\\\')}"`,
  ),
  of(
    'script-old-type',
    '<script type="text/javascript1.5">',
    (u) => `type="text/javascript1.5" src="${u('a.js')}"`,
  ),
  of(
    'script-language',
    '<script language=javascript>',
    (u) => `language="javascript" src="${u('a.js')}"`,
  ),
  of('script-missing', 'a third party that answers 404', (u) => `src="${u('a.js?missing')}"`),
  of(
    'script-integrity',
    '<script integrity> that fits',
    (u) =>
      `crossorigin integrity="sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=" src="${u('a.js')}"`,
  ),
  of(
    'script-referrer',
    '<script referrerpolicy fetchpriority>',
    (u) => `referrerpolicy="origin" fetchpriority="high" src="${u('a.js')}"`,
  ),
  tag(
    'script-head',
    '<script src> behind a slow own one',
    ({ u, f, on }) =>
      `<script src="${f('own.js?delay=150')}"></script><script src="${u('a.js')}" ${on}></script>`,
    { left: left.script },
  ),
  tag(
    'script-order',
    'three in order, the first one slow',
    ({ u }) =>
      `<script src="${u('a.js?delay=250')}"></script><script src="${u('b.js')}"></script><script src="${u('c.js')}"></script>`,
    { left: left.script, strict: true },
  ),
  tag(
    'script-order-defer',
    'two deferred in order, the first one slow',
    ({ u }) =>
      `<script defer src="${u('a.js?delay=250')}"></script><script defer src="${u('b.js')}"></script>`,
    { left: left.script, strict: true },
  ),
  tag(
    'script-body-text',
    '<script src> with a body of its own',
    ({ u, id, on }) => `<script src="${u('a.js')}" ${on}>__m.r('${id}','body')</script>`,
    { left: left.script },
  ),
  tag(
    'script-svg',
    '<svg><script href>',
    ({ u }) => `<svg width="1" height="1"><script href="${u('a.js')}"></script></svg>`,
    { left: left.script },
  ),
  tag(
    'script-svg-xlink',
    '<svg><script xlink:href>',
    ({ u }) => `<svg width="1" height="1"><script xlink:href="${u('a.js')}"></script></svg>`,
    { left: left.script },
  ),
  tag(
    'module-inline',
    'inline module with a static import',
    ({ u, id }) =>
      `<script type="module">import a from "${u('a.mjs')}"; __m.r('${id}', 'imported ' + a)</script>`,
  ),
  tag(
    'module-inline-side',
    'inline module that imports for the effect',
    ({ u }) => `<script type="module">import "${u('a.mjs')}"</script>`,
  ),
  tag(
    'module-inline-export',
    'inline module with export … from',
    ({ u, id }) =>
      `<script type="module">export { default } from '${u('a.mjs')}'; __m.r('${id}', 'run')</script>`,
  ),
  tag(
    'module-own-import',
    'a module of the shop that imports from outside',
    ({ f }) => `<script type="module" src="${f('own.mjs')}"></script>`,
    {
      files: {
        'own.mjs': ({ u, id }) => `import a from "${u('a.mjs')}"; __m.r('${id}', 'imported ' + a)`,
      },
      left: left.module,
    },
  ),
  tag(
    'import-map',
    'import map that sends a name outside',
    ({ u, id }) =>
      `<script type="importmap">{"imports":{"${id}":"${u('a.mjs')}"}}</script><script type="module">import a from "${id}"; __m.r('${id}', 'imported ' + a)</script>`,
    { solo: true },
  ),
  tag(
    'import-map-dynamic',
    'import map and import() in a handler',
    ({ u, id }) =>
      `<script type="importmap">{"imports":{"${id}":"${u('a.mjs')}"}}</script><script>import('${id}').then((m) => __m.r('${id}', 'imported ' + m.default), () => __m.r('${id}', 'failed'))</script>`,
    { solo: true, left: left.module, releases: 'again' },
  ),
  tag(
    'loader',
    'inline loader snippet',
    ({ u, id }) =>
      `<script>(function(d,s){var e=d.createElement(s),x=d.getElementsByTagName(s)[0];e.async=1;e.src='${u('a.js')}';e.onload=function(){__m.r('${id}','load')};x.parentNode.insertBefore(e,x)})(document,'script')</script>`,
  ),
  way('loader-write', 'document.write of a script', ({ u, write }) =>
    write(`<script src="${u('a.js')}"></` + 'script>'),
  ),
  way('write-split', 'document.write split over calls', ({ u, write }) => {
    const [a, b] = u('a.png').split('//')
    write('<img sr', `c="${a}//`, `${b}">`)
  }),
  way('write-split-script', 'a script tag written in pieces', ({ u, write }) =>
    write('<scr', 'ipt src="', u('a.js'), '"></scr', 'ipt>'),
  ),
  way('writeln', 'document.writeln', ({ u, write }) => write.line(`<img src="${u('a.png')}">`)),
  tag(
    'handler-attribute',
    'onerror attribute that loads',
    ({ u }) => `<img src="data:,x" onerror="new Image().src='${u('a.png')}'">`,
  ),
  way('script-append', 'script element by code', ({ u, r }) => {
    const s = document.createElement('script')
    s.onload = () => r('load')
    s.src = u('a.js')
    document.head.appendChild(s)
  }),
  way('script-late-src', 'script element, src after insertion', ({ u, r, body }) => {
    const s = document.createElement('script')
    s.onload = () => r('load')
    body.append(s)
    s.src = u('a.js')
  }),
  way('script-module-code', 'module script by code', ({ u, r, body }) => {
    const s = document.createElement('script')
    s.type = 'module'
    s.onload = () => r('load')
    s.src = u('a.mjs')
    body.append(s)
  }),
  way('script-inline-code', 'inline script by code that loads', ({ u, body }) => {
    const s = document.createElement('script')
    s.textContent = `new Image().src = ${JSON.stringify(u('a.png'))}`
    body.append(s)
  }),
  way('script-inline-module-code', 'inline module by code with a static import', ({ u, body }) => {
    const s = document.createElement('script')
    s.type = 'module'
    s.textContent = `import ${JSON.stringify(u('a.mjs'))}`
    body.append(s)
  }),
  way('script-blob', 'blob: script that loads', ({ u, body }) => {
    const s = document.createElement('script')
    s.src = URL.createObjectURL(
      new Blob([`new Image().src = ${JSON.stringify(u('a.png'))}`], { type: 'text/javascript' }),
    )
    body.append(s)
  }),
  way('script-data', 'data: script that loads', ({ u, body }) => {
    const s = document.createElement('script')
    s.src =
      'data:text/javascript,' +
      encodeURIComponent(`new Image().src = ${JSON.stringify(u('a.png'))}`)
    body.append(s)
  }),
  way('script-src-attribute-svg', 'svg script by code', ({ u, body }) => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    const s = document.createElementNS('http://www.w3.org/2000/svg', 'script')
    s.href.baseVal = u('a.js')
    svg.append(s)
    body.append(svg)
  }),
]
