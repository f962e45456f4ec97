// Tags in the markup: what the parser, and the browser's look-ahead before it, ask for.

const group = 'markup'
const script = (id, title, html, more = {}) => ({ group, id, title, html, ...more })

export const markup = [
  script('script-src', '<script src>', ({ u, on }) => `<script src="${u('a.js')}" ${on}></script>`),
  script(
    'script-async',
    '<script async>',
    ({ u, on }) => `<script async src="${u('a.js')}" ${on}></script>`,
  ),
  script(
    'script-defer',
    '<script defer>',
    ({ u, on }) => `<script defer src="${u('a.js')}" ${on}></script>`,
  ),
  script(
    'script-module',
    '<script type=module src>',
    ({ u, on }) => `<script type="module" src="${u('a.mjs')}" ${on}></script>`,
  ),
  script(
    'script-crossorigin',
    '<script crossorigin>',
    ({ u, on }) => `<script crossorigin src="${u('a.js')}" ${on}></script>`,
  ),
  script(
    'script-relative',
    'protocol-relative <script src="//…">',
    ({ u, on }) => `<script src="${u('a.js').slice(5)}" ${on}></script>`,
  ),
  script('img-src', '<img src>', ({ u, on }) => `<img src="${u('a.png')}" ${on}>`),
  script('img-srcset', '<img srcset>', ({ u, on }) => `<img srcset="${u('a.png')} 1x" ${on}>`),
  script(
    'picture',
    '<picture><source srcset>',
    ({ u, on }) => `<picture><source srcset="${u('a.png')}"><img ${on}></picture>`,
  ),
  script(
    'img-lazy',
    '<img loading=lazy>',
    ({ u, on }) => `<img loading="lazy" width="1" height="1" src="${u('a.png')}" ${on}>`,
  ),
  script(
    'iframe-src',
    '<iframe src>',
    ({ u, on }) => `<iframe width="9" height="9" src="${u('a.html')}" ${on}></iframe>`,
  ),
  script(
    'iframe-srcdoc',
    '<iframe srcdoc> with an image',
    ({ u, on }) => `<iframe width="9" height="9" srcdoc="<img src=${u('a.png')}>" ${on}></iframe>`,
  ),
  script(
    'link-stylesheet',
    '<link rel=stylesheet>',
    ({ u, on }) => `<link rel="stylesheet" href="${u('a.css')}" ${on}>`,
  ),
  script('style-import', '<style>@import', ({ u }) => `<style>@import "${u('a.css')}";</style>`),
  script(
    'video-poster',
    '<video poster>',
    ({ u }) => `<video poster="${u('a.png')}" width="9" height="9"></video>`,
  ),
]
