// kelisim mark: third parties' tags are marked as the gate gives them back, everything else stays byte for byte.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { fullAddress } from '../../../web/cli/known.ts'
import { barePage } from '../../../web/cli/markup/bare.ts'
import { markPage } from '../../../web/cli/markup/mark.ts'
import { dist, repo } from '../../support/dist.mjs'

const folder = mkdtempSync(join(tmpdir(), 'kelisim-mark-'))
after(() => rmSync(folder, { recursive: true }))

/** ads.kz and stats.kz are declared, pay.kz is necessary, known.kz stands in the catalogue only; nobody knows the others. */
function whoseOf(address) {
  const { hostname, protocol } = new URL(address)
  if (!/^(https?|wss?):$/.test(protocol)) return { state: 'none' }
  if (/(^|\.)shop\.kz$/.test(hostname)) return { state: 'own' }
  const service = /^(?:www\.)?(ads|stats|pay|known)\.kz$/.exec(hostname)?.[1]
  const state = { pay: 'necessary', known: 'known' }[service] ?? 'declared'
  return service ? { state, service } : { state: 'unknown' }
}
const mark = (source, unknown = 'leave') =>
  markPage(source, {
    full: (address, base) => fullAddress(address, 'https://shop.kz/', base),
    whose: (list) => new Map(list.map((address) => [address, whoseOf(address)])),
    declared: ({ state }) => state === 'declared',
    unknown,
    own: (address) =>
      ({ '/quiet.js': 'hello()', '/calls.js': 'w(ym(1))' })[new URL(address).pathname] ?? null,
  })

for (const [title, before, after_ = before] of [
  [
    'a script, whatever its attributes look like',
    `<SCRIPT ASYNC SRC=//ads.kz/a.js></SCRIPT><script/src='https://ads.kz/b.js'defer></script>`,
    `<SCRIPT type="text/plain" data-service="ads" ASYNC data-SRC=//ads.kz/a.js></SCRIPT><script type="text/plain" data-service="ads"/data-src='https://ads.kz/b.js'defer></script>`,
  ],
  [
    'a type is kept, an empty one as well',
    `<script type=module src="https://ads.kz/m.js"></script><script src="https://ads.kz/n.js" type=""></script>`,
    `<script type="text/plain" data-service="ads" data-type=module data-src="https://ads.kz/m.js"></script><script type="text/plain" data-service="ads" data-src="https://ads.kz/n.js" data-type=""></script>`,
  ],
  [
    'a block of data is no script',
    `<script type="application/json" src="https://ads.kz/x"></script>`,
  ],
  [
    'own and necessary addresses',
    `<script src="/a.js"></script><script src="https://pay.kz/p.js"></script><img src="https://cdn.shop.kz/x">`,
  ],
  [
    'entities in an address',
    `<img src="https&#58;//ads.kz/x?a=1&amp;b=2">`,
    `<img data-service="ads" data-src="https&#58;//ads.kz/x?a=1&amp;b=2">`,
  ],
  [
    'of an attribute that stands twice both go',
    `<iframe src="https://ads.kz/1" SRC="https://stats.kz/2"></iframe>`,
    `<iframe data-service="ads" data-src="https://ads.kz/1" data-SRC="https://stats.kz/2"></iframe>`,
  ],
  [
    'relative addresses behind a third party as base',
    `<base href="https://ads.kz/x/"><img src="y.png"><img src="//shop.kz/z.png">`,
    `<base href="https://ads.kz/x/"><img data-service="ads" data-src="y.png"><img src="//shop.kz/z.png">`,
  ],
  [
    'an own address beside a third party’s, and one whose place is taken, are kept by their address',
    `<img src="/a.png" srcset="https://ads.kz/a.png 2x"><img src="https://ads.kz/b.png" data-srcset="x">`,
    `<img src="/a.png" data-kelisim-srcset="https://ads.kz/a.png 2x"><img data-kelisim-src="https://ads.kz/b.png" data-srcset="x">`,
  ],
  [
    'two services in one tag',
    `<video src="https://ads.kz/v" poster="https://stats.kz/p"></video>`,
    `<video data-kelisim-src="https://ads.kz/v" data-kelisim-poster="https://stats.kz/p"></video>`,
  ],
  [
    'comments, conditional ones as well, CDATA and text',
    `<!-- <img src="https://ads.kz/1"> --><!--[if IE]><script src="https://ads.kz/2"></script><![endif]--><svg><![CDATA[<img src="https://ads.kz/3">]]></svg><textarea><img src="https://ads.kz/4"></textarea>`,
  ],
  [
    'what is behind a downlevel-revealed condition',
    `<![if !IE]><img src="https://ads.kz/1"><![endif]>`,
    `<![if !IE]><img data-service="ads" data-src="https://ads.kz/1"><![endif]>`,
  ],
  [
    'noscript, in the head as well, and templates',
    `<head><noscript><img src="https://ads.kz/1"></noscript><title>x</title></head><template><img src="https://ads.kz/2"></template>`,
    `<head><noscript><img data-service="ads" data-src="https://ads.kz/1"></noscript><title>x</title></head><template><img data-service="ads" data-src="https://ads.kz/2"></template>`,
  ],
  [
    'an open shadow root',
    `<p><template shadowrootmode=open><img src="https://ads.kz/1"></template></p>`,
    `<p><template shadowrootmode=open><img data-service="ads" data-src="https://ads.kz/1"></template></p>`,
  ],
  [
    'links that load, and not those that name',
    `<link rel=preconnect href=https://ads.kz><link rel=canonical href=https://ads.kz/><link rel="alternate stylesheet" href=https://ads.kz/c.css>`,
    `<link data-service="ads" rel=preconnect data-href=https://ads.kz><link rel=canonical href=https://ads.kz/><link data-service="ads" rel="alternate stylesheet" data-href=https://ads.kz/c.css>`,
  ],
  [
    'SVG: href and xlink:href of what draws, not of a link',
    `<svg><image xlink:href="https://ads.kz/1"/><a href="https://ads.kz/2"/><script href="https://ads.kz/3"></script></svg>`,
    `<svg><image data-service="ads" data-xlink:href="https://ads.kz/1"/><a href="https://ads.kz/2"/><script type="text/plain" data-service="ads" data-href="https://ads.kz/3"></script></svg>`,
  ],
  [
    'an image button, and no other input',
    `<input type=IMAGE src="https://ads.kz/1"><input src="https://ads.kz/2">`,
    `<input data-service="ads" type=IMAGE data-src="https://ads.kz/1"><input src="https://ads.kz/2">`,
  ],
  [
    'CSS keeps each address in its place',
    `<style>@import 'https://ads.kz/1'; a{background:url(https://ads.kz/2),url("https://shop.kz/3")}</style><p style="background:url(&quot;//ads.kz/4&quot;)">`,
    `<style>@import 'about:invalid#https://ads.kz/1'; a{background:url(about:invalid#https://ads.kz/2),url("https://shop.kz/3")}</style><p style="background:url(&quot;about:invalid#//ads.kz/4&quot;)">`,
  ],
  [
    'an inline script that loads one declared service, JSON slashes as well',
    `<script>var s=document.createElement('script');s.src='https:\\/\\/ads.kz\\/a.js'</script>`,
    `<script type="text/plain" data-service="ads">var s=document.createElement('script');s.src='https:\\/\\/ads.kz\\/a.js'</script>`,
  ],
  [
    'an inline module that imports',
    `<script type="module">import 'https://ads.kz/a.js'</script>`,
    `<script type="text/plain" data-service="ads" data-type="module">import 'https://ads.kz/a.js'</script>`,
  ],
  [
    'an inline script that names a service and loads nothing',
    `<script>var home = "https://ads.kz/me"</script>`,
  ],
  [
    'an inline script of two services',
    `<script>new Image().src='https://ads.kz/1';new Image().src='https://stats.kz/2'</script>`,
  ],
  [
    'an inline script that loads own things too',
    `<script>fetch('https://ads.kz/1');fetch('https://shop.kz/api')</script>`,
  ],
  [
    'an inline script whose names other code uses',
    `<script>(function(w,n){w[n]=function(){};new Image().src='https://ads.kz/1'})(window,"ym")</script><button onclick="ym(1)">x</button>`,
  ],
  [
    'a document in srcdoc, of one service',
    `<iframe srcdoc="<img src=https://ads.kz/1>"></iframe><iframe srcdoc="<img src=https://ads.kz/1><img src=https://stats.kz/2>"></iframe>`,
    `<iframe data-service="ads" data-srcdoc="<img src=https://ads.kz/1>"></iframe><iframe srcdoc="<img src=https://ads.kz/1><img src=https://stats.kz/2>"></iframe>`,
  ],
  [
    'what is marked by hand, and finishes a mark that left the address in force',
    `<script type="text/plain" data-category="analytics" data-src="https://ads.kz/a.js"></script><iframe data-category="marketing" src="https://ads.kz/f"></iframe>`,
    `<script type="text/plain" data-category="analytics" data-src="https://ads.kz/a.js"></script><iframe data-category="marketing" data-src="https://ads.kz/f"></iframe>`,
  ],
  [
    'a script marked by hand whose address is in force',
    `<script type="text/plain" data-service="ads" src="https://ads.kz/a.js"></script>`,
    `<script type="text/plain" data-service="ads" data-src="https://ads.kz/a.js"></script>`,
  ],
  [
    'the gate itself',
    `<script src="https://ads.kz/kelisim.js" data-policy="/policy.json"></script>`,
  ],
  [
    'line ends, and bytes of any encoding',
    `\u00ef\u00bb\u00bf<!doctype html>\r\n<p>\u00c4\u00e0\r<img\r\nsrc="https://ads.kz/1">\u0000`,
    `\u00ef\u00bb\u00bf<!doctype html>\r\n<p>\u00c4\u00e0\r<img data-service="ads"\r\ndata-src="https://ads.kz/1">\u0000`,
  ],
])
  test(`mark: ${title}`, () => {
    const { text } = mark(before)
    assert.equal(text, after_)
    assert.equal(mark(text).text, text, 'twice')
  })

test('mark: what nobody declared is told with its place, and kept by its address when that is wanted', () => {
  const page = `<p>\n <img src="https://nobody.kz/1"><script src="https://known.kz/k.js" type="module"></script>`
  const { text, marks } = mark(page)
  assert.equal(text, page)
  assert.deepEqual(
    marks.map(({ line, column, hosts, catalogue, why }) => [
      line,
      column,
      hosts[0],
      catalogue,
      why,
    ]),
    [
      [2, 2, 'nobody.kz', [], 'undeclared'],
      [2, 33, 'known.kz', ['known'], 'undeclared'],
    ],
  )
  const kept = mark(page, 'mark').text
  assert.equal(
    kept,
    `<p>\n <img data-kelisim-src="https://nobody.kz/1"><script type="text/plain" data-kelisim-src="https://known.kz/k.js" data-kelisim-type="module"></script>`,
  )
  assert.equal(mark(kept, 'mark').text, kept)
})

test('mark: an inline script stays where own scripts use, or may use, what it defines', () => {
  const counter = (src) =>
    `<script>(function(w,n){w[n]=function(){};new Image().src='https://ads.kz/1'})(window,"ym")</script><script src="${src}"></script>`
  const alone = (src) =>
    `<script>(function(d){var s=d.createElement('script');s.src='https://ads.kz/1';d.body.append(s)})(document)</script><script src="${src}"></script>`
  const why = (page) => mark(page).marks[0].why ?? 'marked'
  assert.equal(why(counter('/quiet.js')), 'marked')
  assert.equal(why(counter('/calls.js')), 'used')
  assert.equal(why(counter('/elsewhere.js')), 'may_be_used')
  assert.equal(why(alone('/elsewhere.js')), 'marked')
})

test('mark: a closed shadow root stays, for nothing could give it back', () => {
  const page = `<p><template shadowrootmode="closed"><img src="https://ads.kz/1"></template></p>`
  const { text, marks } = mark(page)
  assert.equal(text, page)
  assert.equal(marks[0].why, 'closed_shadow')
})

test('mark: a page that is nested without end is marked like any other', () => {
  const { text } = mark('<div>'.repeat(30_000) + '<img src="https://ads.kz/1">')
  assert.ok(text.endsWith('<img data-service="ads" data-src="https://ads.kz/1">'))
})

// Pieces of pages, good and broken, in any order.
const host = fc.constantFrom('ads.kz', 'stats.kz', 'pay.kz', 'known.kz', 'nobody.kz', 'shop.kz')
const address = fc
  .tuple(
    fc.constantFrom('https://', '//', 'http://', 'https&#58;//'),
    host,
    fc.constantFrom('/', '/a.js?x=1&amp;y', ''),
  )
  .map((parts) => parts.join(''))
const quoted = fc.tuple(address, fc.constantFrom('"', "'", '')).map(([text, q]) => q + text + q)
const name = fc.constantFrom(
  'src',
  'SRC',
  'href',
  'srcset',
  'poster',
  'data',
  'style',
  'type',
  'data-src',
  'rel',
  'class',
  'xlink:href',
  'background',
  'srcdoc',
)
const value = fc.oneof(
  quoted,
  address.map((text) => `"background:url(${text})"`),
  fc.constantFrom('module', '""', 'stylesheet', 'image', "'text/plain'"),
)
const attribute = fc
  .tuple(fc.constantFrom(' ', '\n', '/', '\t '), name, fc.option(value))
  .map(([space, key, given]) => space + key + (given === null ? '' : '=' + given))
const tag = fc.constantFrom(
  'script',
  'IMG',
  'iframe',
  'link',
  'video',
  'source',
  'object',
  'input',
  'svg',
  'image',
  'p',
  'style',
  'body',
  'base',
  'template',
  'noscript',
)
const start = fc
  .tuple(tag, fc.array(attribute, { maxLength: 4 }), fc.constantFrom('>', '/>', '', '>'))
  .map(([element, list, end]) => `<${element}${list.join('')}${end}`)
const piece = fc.oneof(
  { weight: 6, arbitrary: start },
  { weight: 2, arbitrary: tag.map((element) => `</${element}>`) },
  { weight: 1, arbitrary: quoted.map((text) => `<script>new Image().src=${text || '1'}</script>`) },
  {
    weight: 1,
    arbitrary: address.map((text) => `<style>@import "${text}";a{b:url(${text})}</style>`),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '<!--',
      '-->',
      ' text ',
      '\r\n',
      '<![CDATA[',
      ']]>',
      '&lt;',
      '\u00e4',
      '<',
      '<title>',
      '</title>',
    ),
  },
)
const markup = fc.array(piece, { maxLength: 12 }).map((list) => list.join(''))
const put =
  / type="text\/plain"(?= data-service="(?:ads|stats)"| data-kelisim-type=""| data-)| data-service="(?:ads|stats)"| data-kelisim-type=""|about:invalid#/g

test('mark: marking is idempotent, on any markup and both ways', () => {
  for (const unknown of ['leave', 'mark'])
    fc.assert(
      fc.property(markup, (page) => {
        const once = mark(page, unknown).text
        assert.equal(mark(once, unknown).text, once)
      }),
      { numRuns: 800 },
    )
})

test('mark: it puts letters in and changes none: outside of marked tags a page is what it was', () => {
  fc.assert(
    fc.property(markup, (page) => {
      const { text, marks } = mark(page)
      // What is left when a letter after the other is found again, in its order.
      let at = 0
      let added = ''
      for (const letter of text) {
        if (letter === page[at]) at++
        else added += letter
      }
      assert.equal(at, page.length)
      if (marks.every(({ state }) => state === 'left')) assert.equal(text, page)
      else assert.ok(added.length > 0)
    }),
    { numRuns: 800 },
  )
})

test('mark: taken away again, the page is what it was', () => {
  // A type that says nothing comes back as one that is empty.
  const plain = (page) => page.replace(/type=""/g, '').replace(/\s+/g, '')
  fc.assert(
    fc.property(markup, (page) => {
      fc.pre(!/data-|text\/plain/.test(page))
      assert.equal(plain(barePage(mark(page).text).replace(put, '')), plain(page))
    }),
    { numRuns: 500 },
  )
})

const kelisim = (...words) =>
  spawnSync(process.execPath, [join(dist, 'node/cli.js'), ...words], {
    cwd: repo,
    encoding: 'utf8',
  })
const POLICY = 'examples/policies/letoile.json'
const shop = `<!doctype html>
<script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>
<iframe src="https://www.youtube.com/embed/x"></iframe><script src="https://epay.homebank.kz/payform/payment-api.js"></script>
`

test('kelisim mark: one page to standard output, what was done to standard error', () => {
  const file = join(folder, 'shop.html')
  writeFileSync(file, shop)
  const { status, stdout, stderr } = kelisim('mark', file, '--policy', POLICY)
  assert.equal(status, 0, stderr)
  assert.equal(
    stdout,
    shop
      .replace(
        '<script async src',
        '<script type="text/plain" data-service="google-analytics" async data-src',
      )
      .replace('<iframe src', '<iframe data-service="youtube" data-src')
      // It waits for an action, which the mark says as well.
      .replace(
        '<script src="https://epay',
        '<script type="text/plain" data-service="halyk-epay" data-src="https://epay',
      ),
  )
  assert.match(stderr, /2:1 {2}<script> src {2}www\.googletagmanager\.com {2}\(google-analytics\)/)
  assert.equal(readFileSync(file, 'utf8'), shop)
})

test('kelisim mark: a folder where it stands or into another, --json says what was done, a second time nothing is', () => {
  const pages = join(folder, 'pages')
  mkdirSync(join(pages, 'en'), { recursive: true })
  writeFileSync(join(pages, 'index.html'), shop)
  writeFileSync(join(pages, 'en/index.htm'), '<p>nothing</p>')
  const out = join(folder, 'out')
  const copied = kelisim('mark', pages, '--policy', POLICY, '--out', out, '--json')
  assert.equal(copied.status, 0, copied.stderr)
  const report = JSON.parse(copied.stdout)
  assert.deepEqual(
    report.pages.map(({ changed, tags }) => [changed, tags.length]),
    [
      [false, 0],
      [true, 3],
    ],
  )
  assert.equal(readFileSync(join(out, 'en/index.htm'), 'utf8'), '<p>nothing</p>')
  assert.match(readFileSync(join(out, 'index.html'), 'utf8'), /data-service="youtube"/)
  assert.equal(kelisim('mark', pages, '--policy', POLICY, '--write').status, 0)
  const again = kelisim('mark', pages, '--policy', POLICY, '--write')
  assert.match(again.stdout, /index\.html: 0 marked, 3 before, unchanged/)
})

test('kelisim mark: own scripts are looked for below the folder that was named', () => {
  const site = join(folder, 'site')
  mkdirSync(join(site, 'deep/js'), { recursive: true })
  const counter = `<script>window.ym=function(){};new Image().src='https://mc.yandex.ru/watch/1'</script>`
  writeFileSync(join(site, 'deep/page.html'), `${counter}<script src="js/own.js"></script>`)
  const why = () => {
    const { stdout } = kelisim(
      'mark',
      site,
      '--policy',
      POLICY,
      '--out',
      join(folder, 'o'),
      '--json',
    )
    const [tag] = JSON.parse(stdout).pages[0].tags
    return tag.why ?? tag.state
  }
  assert.equal(why(), 'may_be_used')
  writeFileSync(join(site, 'deep/js/own.js'), 'hello()')
  assert.equal(why(), 'marked')
  writeFileSync(join(site, 'deep/js/own.js'), 'button.onclick = () => ym(1)')
  assert.equal(why(), 'used')
})

test('kelisim mark: without a policy the catalogue says whose a tag is', () => {
  const file = join(folder, 'known.html')
  writeFileSync(file, '<img src="https://counter.yadro.ru/hit">')
  const { status, stdout } = kelisim('mark', file)
  assert.equal(status, 0)
  assert.equal(stdout, '<img data-service="liveinternet" data-src="https://counter.yadro.ru/hit">')
  const declared = kelisim('mark', file, '--policy', POLICY)
  assert.equal(declared.status, 1)
  assert.match(declared.stderr, /UNDECLARED .*counter\.yadro\.ru {2}\(catalogue: liveinternet\)/)
})

const page = join(folder, 'one.html')
writeFileSync(page, '<p>')
writeFileSync(join(folder, 'utf16.html'), Buffer.from('\ufeff<p>', 'utf16le'))
writeFileSync(join(folder, 'bad.json'), '{}')
for (const [words, why] of [
  [[], /a page is needed/],
  [['/nowhere.html'], /no such file or folder/],
  [[page, page], /--out or --write/],
  [[page, page, '--out', folder + '/o'], /two pages would be written/],
  [[page, '--out', 'x', '--write'], /not both/],
  [[page, '--unknown', 'all'], /--unknown is one of leave, mark/],
  [[join(folder, 'utf16.html')], /UTF-16/],
])
  test(`kelisim mark ${words.join(' ').replaceAll(folder, 'DIR')}: exit code 2 and one clear sentence`, () => {
    const { status, stderr, stdout } = kelisim('mark', ...words)
    assert.equal(status, 2)
    assert.match(stderr, why)
    assert.equal(stdout, '')
  })

test('kelisim mark: a policy that is refused is told as check tells it', () => {
  const { status, stdout } = kelisim('mark', page, '--policy', join(folder, 'bad.json'))
  assert.equal(status, 1)
  assert.match(stdout, /error .*policy_format/)
})
