// Images, frames, media, plug-ins and forms in the markup.
import { inGroup, left } from './make.mjs'

const { tag } = inGroup('embeds')
const eager = { left: left.eager }

export const embeds = [
  tag('img-src', '<img src>', ({ u, on }) => `<img src="${u('a.png')}" ${on}>`, eager),
  tag(
    'img-crossorigin',
    '<img crossorigin>',
    ({ u, on }) => `<img crossorigin src="${u('a.png')}" ${on}>`,
    eager,
  ),
  tag('img-srcset', '<img srcset>', ({ u, on }) => `<img srcset="${u('a.png')} 1x" ${on}>`, {
    left: left.srcset,
  }),
  tag(
    'img-srcset-many',
    '<img srcset sizes> with own and foreign',
    ({ u, f, on }) =>
      `<img src="${f('own.png')}" srcset="${u('a.png')} 4000w, ${u('a.png')} 10w" sizes="100vw" ${on}>`,
    { left: left.srcset },
  ),
  tag(
    'picture',
    '<picture><source srcset>',
    ({ u, on }) => `<picture><source srcset="${u('a.png')}"><img ${on}></picture>`,
    { left: left.srcset },
  ),
  tag(
    'picture-media',
    '<source media srcset>',
    ({ u, f, on }) =>
      `<picture><source media="(min-width:1px)" srcset="${u('a.png')}"><img src="${f('own.png')}" ${on}></picture>`,
    { left: left.srcset },
  ),
  tag(
    'img-lazy',
    '<img loading=lazy>',
    ({ u, on }) => `<img loading="lazy" width="1" height="1" src="${u('a.png')}" ${on}>`,
  ),
  tag(
    'iframe-src',
    '<iframe src>',
    ({ u, on }) => `<iframe width="9" height="9" src="${u('a.html')}" ${on}></iframe>`,
    { left: left.race },
  ),
  tag(
    'iframe-lazy',
    '<iframe loading=lazy>',
    ({ u, on }) =>
      `<iframe loading="lazy" width="9" height="9" src="${u('a.html')}" ${on}></iframe>`,
  ),
  tag(
    'iframe-sandbox',
    '<iframe sandbox src>',
    ({ u, on }) => `<iframe sandbox width="9" height="9" src="${u('a.html')}" ${on}></iframe>`,
    { left: left.lateRace },
  ),
  tag(
    'iframe-srcdoc',
    '<iframe srcdoc> with an image',
    ({ u, on }) => `<iframe width="9" height="9" srcdoc="<img src=${u('a.png')}>" ${on}></iframe>`,
  ),
  tag(
    'iframe-srcdoc-script',
    '<iframe srcdoc> with a script',
    ({ u, on }) =>
      `<iframe width="9" height="9" srcdoc="<script src=${u('a.js')}></script>" ${on}></iframe>`,
  ),
  tag(
    'iframe-srcdoc-inline',
    '<iframe srcdoc> whose code fetches',
    ({ u }) =>
      `<iframe width="9" height="9" srcdoc="<script>fetch('${u('a.json')}')</script>"></iframe>`,
  ),
  tag(
    'iframe-srcdoc-sandbox',
    '<iframe sandbox=allow-scripts srcdoc>',
    ({ u }) =>
      `<iframe sandbox="allow-scripts" width="9" height="9" srcdoc="<script>fetch('${u('a.json')}',{mode:'no-cors'})</script>"></iframe>`,
    { left: left.race },
  ),
  tag(
    'iframe-data',
    '<iframe src=data:> with an image',
    ({ u }) =>
      `<iframe width="9" height="9" src="data:text/html,<img src='${u('a.png')}'>"></iframe>`,
  ),
  tag(
    'iframe-refresh',
    'meta refresh in a srcdoc frame',
    ({ u }) =>
      `<iframe width="9" height="9" srcdoc="<meta http-equiv=refresh content='0;url=${u('a.html')}'>"></iframe>`,
  ),
  tag(
    'iframe-javascript',
    '<iframe src=javascript:>',
    ({ u }) => `<iframe width="9" height="9" src="javascript:'<img src=${u('a.png')}>'"></iframe>`,
  ),
  tag(
    'iframe-own-page',
    'a page of the shop without the lines, in a frame',
    ({ f }) => `<iframe width="9" height="9" src="${f('own.html')}"></iframe>`,
    {
      files: {
        'own.html': ({ u }) =>
          `<!doctype html><img src="${u('a.png')}"><script>fetch('${u('a.json')}')</script>`,
      },
      left: left.document,
    },
  ),
  tag(
    'video-poster',
    '<video poster>',
    ({ u }) => `<video poster="${u('a.png')}" width="9" height="9"></video>`,
    eager,
  ),
  tag('video-src', '<video src>', ({ u }) => `<video preload="auto" src="${u('a.wav')}"></video>`),
  tag(
    'video-source',
    '<video><source>',
    ({ u }) => `<video preload="auto"><source src="${u('a.wav')}"></video>`,
  ),
  tag('audio-src', '<audio src>', ({ u }) => `<audio preload="auto" src="${u('a.wav')}"></audio>`),
  tag(
    'audio-autoplay',
    '<audio autoplay muted>',
    ({ u }) => `<audio autoplay muted src="${u('a.wav')}"></audio>`,
  ),
  tag(
    'track',
    '<track default>',
    ({ u, f }) =>
      `<video preload="auto" crossorigin src="${f('own.wav')}"><track default kind="subtitles" src="${u('a.vtt')}"></video>`,
  ),
  tag(
    'object',
    '<object data>',
    ({ u }) => `<object width="9" height="9" data="${u('a.html')}" type="text/html"></object>`,
    { left: left.object },
  ),
  tag(
    'object-image',
    '<object data> of an image',
    ({ u, on }) => `<object width="9" height="9" data="${u('a.png')}" ${on}></object>`,
    { left: left.object },
  ),
  tag(
    'embed',
    '<embed src>',
    ({ u }) => `<embed width="9" height="9" src="${u('a.html')}" type="text/html">`,
    { left: left.race },
  ),
  tag(
    'input-image',
    '<input type=image>',
    ({ u, on }) => `<input type="image" src="${u('a.png')}" ${on}>`,
    { ...eager, repeats: true },
  ),
  tag(
    'svg-image',
    '<svg><image href>',
    ({ u, on }) =>
      `<svg width="9" height="9"><image width="9" height="9" href="${u('a.png')}" ${on}/></svg>`,
    eager,
  ),
  tag(
    'svg-image-xlink',
    '<svg><image xlink:href>',
    ({ u, on }) =>
      `<svg width="9" height="9"><image width="9" height="9" xlink:href="${u('a.png')}" ${on}/></svg>`,
    eager,
  ),
  tag(
    'svg-use',
    '<svg><use href> of another origin',
    ({ u }) => `<svg width="9" height="9"><use href="${u('a.svg')}#a"/></svg>`,
  ),
  tag(
    'svg-feimage',
    '<feImage href>',
    ({ u, id }) =>
      `<svg width="9" height="9"><filter id="f-${id}"><feImage href="${u('a.png')}"/></filter><rect width="9" height="9" filter="url(#f-${id})"/></svg>`,
    { left: left.filter },
  ),
  tag(
    'svg-filter',
    'filter of a foreign document',
    ({ u }) =>
      `<svg width="9" height="9"><rect width="9" height="9" filter="url(${u('a.svg')}#f)"/></svg>`,
    { left: left.background },
  ),
  tag(
    'svg-smil',
    '<set attributeName=href>',
    ({ u }) =>
      `<svg width="9" height="9"><image width="9" height="9"><set attributeName="href" to="${u('a.png')}"/></image></svg>`,
  ),
  tag(
    'svg-foreign',
    'image in foreignObject',
    ({ u, on }) =>
      `<svg width="9" height="9"><foreignObject width="9" height="9"><img src="${u('a.png')}" ${on}></foreignObject></svg>`,
    eager,
  ),
  tag(
    'shadow-img',
    'image in a declarative shadow root',
    ({ u, on }) =>
      `<div><template shadowrootmode="open"><img src="${u('a.png')}" ${on}></template></div>`,
    { left: left.sheet },
  ),
  tag(
    'shadow-frame',
    'frame in a declarative shadow root',
    ({ u }) =>
      `<div><template shadowrootmode="open"><iframe width="9" height="9" src="${u('a.html')}"></iframe></template></div>`,
    { left: left.lateRace },
  ),
  tag(
    'shadow-script',
    'script in a closed declarative shadow root',
    ({ u }) =>
      `<div><template shadowrootmode="closed"><script src="${u('a.js')}"></script></template></div>`,
    { left: left.closed },
  ),
  tag(
    'body-background',
    '<table background>',
    ({ u }) => `<table background="${u('a.png')}"><tr><td>1</td></tr></table>`,
    { left: left.background },
  ),
  tag(
    'form-frame',
    'form sent into a frame by code',
    ({ u, token }) =>
      `<iframe name="n-${token}" width="9" height="9"></iframe><form id="f-${token}" action="${u('a.html')}" target="n-${token}"></form><script>document.getElementById('f-${token}').submit()</script>`,
    { releases: 'again' },
  ),
  tag(
    'form-button',
    'form sent by a clicked button with formaction',
    ({ u, token }) =>
      `<iframe name="n-${token}" width="9" height="9"></iframe><form target="n-${token}"><button id="b-${token}" formaction="${u('a.html')}">b</button></form><script>document.getElementById('b-${token}').click()</script>`,
    { releases: 'again' },
  ),
  tag(
    'ping',
    '<a ping>',
    ({ u, token }) =>
      `<a id="a-${token}" href="#end" ping="${u('a.txt')}">a</a><script>document.getElementById('a-${token}').click()</script>`,
    { releases: 'again' },
  ),
  tag(
    'link-in-frame',
    'a link followed by code into a frame',
    ({ u, token }) =>
      `<iframe name="n-${token}" width="9" height="9"></iframe><a id="a-${token}" target="n-${token}" href="${u('a.html')}">a</a><script>document.getElementById('a-${token}').click()</script>`,
    { releases: 'again' },
  ),
]
