// Tags in the markup, two lines of install: nothing third-party leaves before the choice; own scripts run once; what is released
// runs once, in document order, with its attributes and its place.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { document_, startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

const ads = (path) => `http://ads.localhost:PORT/${path}`
const stats = (path) => `http://stats.localhost:PORT/${path}`

const head = `
<script src="/own.js"></script>
<script src="${ads('1-sync.js?delay=150')}" id="one" class="c" data-x="y"></script>
<script>(window.ran ||= []).push('inline')</script>
<script async src="${ads('async.js')}"></script>
<script defer src="${stats('2-defer.js')}"></script>
<script type="module" src="${ads('3-module.js')}"></script>
<script nomodule src="${ads('never.js')}"></script>
<script crossorigin src="${stats('4-crossorigin.js')}"></script>
<script src="//ads.localhost:PORT/5-relative.js"></script>
<script src="${ads('6-events.js')}" onload="window.loads = (window.loads || 0) + 1" onerror="window.loads = 100"></script>
<script src="${ads('missing')}" onerror="window.errors_ = (window.errors_ || 0) + 1" onload="window.errors_ = 100"></script>`
const body = `
<img src="${ads('img.png')}"><img srcset="${ads('srcset.png')} 1x"><img loading="lazy" src="${ads('lazy.png')}">
<picture><source srcset="${stats('source.png')}"><img></picture>
<img src="/own.png">
<svg width="1" height="1"><script href="${ads('svg.js')}"></script></svg>
<script src="${stats('7-body.js')}">window.fallback = 1</script>
<script>
  // A loader snippet runs; what it puts in is held.
  var s = document.createElement('script'); s.async = 1; s.src = '${stats('snippet.js')}'
  document.getElementsByTagName('script')[0].parentNode.insertBefore(s, document.scripts[0])
</script>
<script src="/last.js"></script>`
const files = (server) => {
  server.own('/own.js', 'text/javascript', `(window.ran ||= []).push('own')`)
  server.own('/last.js', 'text/javascript', `(window.ran ||= []).push('last')`)
  server.own('/own.png', 'image/gif', '')
}

test('static: two lines hold every script and image of the markup, and release it in order', async () => {
  files(browser.server)
  const page = await browser.open({ head, body })
  await page.rest()
  assert.deepEqual(browser.server.asked(), [], 'asked before the choice')
  assert.deepEqual(await page.run(() => window.ran), ['own', 'inline', 'last'])
  assert.equal(
    await page.run(() => document.querySelectorAll('#end').length),
    1,
    'the page is whole',
  )
  assert.equal(await page.run(() => document.querySelectorAll('meta[http-equiv]').length), 0)
  assert.deepEqual(await page.events('error'), [])

  await page.apply(snapshot(['all']))
  await page.apply(snapshot(['all']))
  await page.rest(1200)
  const asked = browser.server.asked().map((x) => x.replace(/^\w+\//, '').replace(/\?.*/, ''))
  const wanted =
    '1-sync.js async.js 2-defer.js 3-module.js 4-crossorigin.js 5-relative.js 6-events.js missing img.png srcset.png source.png svg.js 7-body.js snippet.js'.split(
      ' ',
    )
  // The lazy image is far down an empty page: it may or may not be near enough.
  assert.deepEqual(asked.filter((x) => x !== 'lazy.png').sort(), wanted.sort())
  const ran = await page.run(() => window.ran.slice(3))
  assert.deepEqual(
    ran.filter((x) => /^\d/.test(x)),
    [
      '1-sync.js',
      '2-defer.js',
      '3-module.js',
      '4-crossorigin.js',
      '5-relative.js',
      '6-events.js',
      '7-body.js',
    ],
  )
  assert.deepEqual(ran.filter((x) => !/^\d/.test(x)).sort(), ['async.js', 'snippet.js', 'svg.js'])
  assert.equal(await page.run(() => window.loads), 1)
  assert.equal(await page.run(() => window.errors_), 1)
  assert.equal(await page.run(() => window.fallback), undefined)
  assert.deepEqual(
    await page.run(() => {
      const one = document.getElementById('one')
      return [window.scripts.includes(one), one.getAttributeNames().sort(), one.type]
    }),
    [true, ['class', 'data-x', 'id', 'src'], ''],
  )
  assert.deepEqual(await page.held(), [])
  assert.deepEqual(page.errors, [])
  await page.close()
})

test('static: only the services that may run are released, the rest stays held and keeps its place', async () => {
  files(browser.server)
  const page = await browser.open({ head, body })
  await page.apply(snapshot(['analytics']))
  await page.rest(700)
  assert.deepEqual(browser.server.asked(/ads/), [])
  assert.deepEqual(
    (await page.run(() => window.ran.slice(3))).filter((x) => /^\d/.test(x)),
    ['2-defer.js', '4-crossorigin.js', '7-body.js'],
  )
  const held = await page.held()
  assert.ok(held.length >= 8)
  for (const { host, why, service } of held)
    assert.deepEqual([host, why, service], ['ads.localhost', 'not_granted', 'ads'])
  await page.apply(snapshot(['all']))
  await page.rest(900)
  assert.deepEqual(
    (await page.run(() => window.ran.slice(3))).filter((x) => /^\d/.test(x)),
    [
      '2-defer.js',
      '4-crossorigin.js',
      '7-body.js',
      '1-sync.js',
      '3-module.js',
      '5-relative.js',
      '6-events.js',
    ],
  )
  await page.close()
})

test('static: frames are emptied before their document can run, and load when granted', async () => {
  const page = await browser.open({
    body: `<iframe src="http://maps.localhost:PORT/map.html"></iframe><iframe srcdoc="<img src='${ads('doc.png')}'><script>fetch('${ads('doc')}')</script>"></iframe>`,
  })
  await page.rest()
  assert.deepEqual(browser.server.asked(/ads/), [])
  assert.equal(
    await page.run(() => document.querySelector('iframe').contentDocument?.URL),
    'about:blank',
  )
  const [frame] = (await page.held()).filter(({ kind }) => kind === 'frame')
  assert.deepEqual(frame, {
    kind: 'frame',
    host: 'maps.localhost',
    path: '/map.html',
    why: 'undeclared',
  })
  await page.apply(snapshot(['functional', 'marketing']))
  await page.rest(700)
  assert.equal(await page.run(() => document.querySelector('iframe').contentDocument), null)
  assert.deepEqual(browser.server.asked(/ads/).sort(), ['ads/doc', 'ads/doc.png'])
  await page.close()
})

test('static: hand-marked scripts, frames and images wait for their service or category', async () => {
  const page = await browser.open({
    head: `
<script type="text/plain" data-category="analytics" data-src="${stats('1.js?delay=100')}"></script>
<script type="text/plain" data-category="analytics">(window.ran ||= []).push('inline ' + (document.currentScript !== null))</script>
<script type="text/plain" data-service="ads" data-src="/kelisim/own-counter.js"></script>
<script type="text/plain" data-category="marketing" data-type="module">(window.ran ||= []).push('module ' + import.meta.url.length)</script>
<script type="text/plain" data-category="necessary">(window.ran ||= []).push('necessary')</script>
<script type="text/plain" data-category="analytics" data-src="http://undeclared.localhost:PORT/u.js"></script>
<script type="text/plain" id="data" src="${ads('never.js')}">not a script of ours</script>
<script>(window.ran ||= []).push('page')</script>`,
    body: `<iframe data-category="functional" data-src="http://maps.localhost:PORT/map.html"></iframe>
<img data-service="stats" data-src="/kelisim/count.png" data-srcset="/kelisim/count-2.png 1x"><img data-src="/lazy-loader.png">`,
  })
  await page.rest()
  assert.deepEqual(browser.server.asked(), [])
  assert.deepEqual(await page.run(() => window.ran), ['necessary', 'page'])
  const own = () =>
    browser.server.requests.filter((r) => /counter|count/.test(r.path)).map((r) => r.path)
  assert.deepEqual(own(), [])

  await page.apply(snapshot(['analytics']))
  await page.rest(600)
  assert.deepEqual(await page.run(() => window.ran.slice(2)), ['1.js', 'inline true'])
  assert.deepEqual(own(), ['/kelisim/count-2.png'])
  assert.deepEqual(browser.server.asked(), ['stats/1.js?delay=100'])
  assert.deepEqual((await page.held()).map(({ kind, why }) => kind + ' ' + why).sort(), [
    'frame not_granted',
    'script not_granted',
    'script not_granted',
    'script not_granted',
    'script undeclared',
  ])
  await page.apply(snapshot(['all']))
  await page.rest(600)
  assert.match(await page.run(() => window.ran.at(-1)), /^module \d+/)
  assert.deepEqual(browser.server.asked(/ads|undeclared/), [])
  assert.deepEqual(browser.server.asked(/maps/), ['maps/map.html'])
  assert.equal(await page.run(() => document.getElementById('data').type), 'text/plain')
  assert.deepEqual(
    (await page.events('undeclared')).map(({ host }) => host),
    ['undeclared.localhost'],
  )
  await page.close()
})

test('static: a returning visit with a stored choice opens before the first script, and holds the rest', async () => {
  files(browser.server)
  const page = await browser.open({
    stored: snapshot(['analytics']),
    head:
      head +
      `<script type="text/plain" data-category="analytics">(window.ran ||= []).push('marked')</script><script>(window.ran ||= []).push('after')</script>`,
    body,
  })
  await page.rest(600)
  assert.deepEqual(browser.server.asked(/ads/), [])
  const ran = await page.run(() => window.ran)
  // As in a page without a gate: the parser waits for what blocks it, defer comes last.
  assert.deepEqual(
    ran.filter((x) => x !== 'snippet.js'),
    ['own', 'inline', '4-crossorigin.js', 'marked', 'after', '7-body.js', 'last', '2-defer.js'],
  )
  await page.close()
})

test('static: a returning visit loads frames and images marked by hand that were granted', async () => {
  const page = await browser.open({
    stored: snapshot(['functional']),
    body: `<p>x</p><iframe data-service="maps" data-src="http://maps.localhost:PORT/map.html"></iframe>
<iframe data-category="marketing" data-src="${ads('held.html')}"></iframe><img data-service="maps" data-src="http://maps.localhost:PORT/map.png">`,
  })
  await page.rest(500)
  // Setting src too early after the parser made the frame, Chromium did not load it.
  assert.deepEqual(browser.server.asked().sort(), ['maps/map.html', 'maps/map.png'])
  await page.close()
})

test('static: a stored choice of another format or edition, a broken one and an undecided one open nothing optional', async () => {
  const pay = '<script src="http://pay.localhost:PORT/pay.js"></script>'
  const count = `<script src="${stats('s.js')}"></script>`
  for (const [stored, data, want] of [
    [{ ...snapshot(['all']), format: 'kelisim-snapshot-2' }, '', []],
    [snapshot(['all']), 'data-edition="other"', []],
    [{ format: 'kelisim-snapshot-1' }, 'data-edition="' + 'e'.repeat(43) + '"', []],
    [snapshot([]), '', ['pay/pay.js']],
    [snapshot(['all'], { expires_at_ms: 5 }), '', ['pay/pay.js']],
    [snapshot(['all']), 'data-edition="' + 'e'.repeat(43) + '"', ['pay/pay.js', 'stats/s.js']],
  ]) {
    const page = await browser.open({
      stored,
      gate: `<script src="/kelisim/kelisim.js" ${data}></script><meta http-equiv="Content-Security-Policy" content="default-src 'self' 'unsafe-inline' http://pay.localhost:*"><!-- -->`,
      head: pay + count,
    })
    await page.rest(200)
    assert.deepEqual(browser.server.asked().sort(), want, JSON.stringify([stored.status, data]))
    await page.close()
  }
})

test('static: what is told of a release names the service and why, whatever else the element has', async () => {
  const page = await browser.open({
    body: `<img src="http://ads.localhost:${browser.server.port}/told.png" srcset="/own.png 2x" style="width: 1px">`,
  })
  await page.apply(snapshot(['all']))
  await page.rest()
  const told = (await page.events('released')).filter(({ path }) => path === '/told.png')
  assert.deepEqual(
    told.map(({ service, why, kind }) => [service, why, kind]),
    [['ads', 'granted', 'image']],
  )
  await page.close()
})

test('static: what the parser makes last is held as well, after a refusal and once everything is granted', async () => {
  const src = (host, name) => `http://${host}.localhost:${browser.server.port}/${name}`
  for (const [granted, host] of [
    [['functional'], 'ads'],
    [['all'], 'undeclared'],
  ]) {
    const page = await browser.open({
      stored: snapshot(granted, { status: 'decided' }),
      html: document_().replace(
        /<p id="end">[^]*/,
        `<video src="${src(host, 'last.mp4')}"></video><audio src="${src(host, 'last.mp3')}"></audio>`,
      ),
    })
    await page.rest()
    assert.deepEqual(browser.server.asked(/ads|undeclared/), [], granted.join())
    await page.close()
  }
})

test('static: attributes of a page that look like marks take nothing away for good', async () => {
  const page = await browser.open({
    body: `<img id="a" src="/own.png" data-category="shoes"><img id="b" src="/own.png" data-service="delivery">
      <script data-category="cart">(window.ran ||= []).push('cart')</script>`,
  })
  await page.apply(snapshot([]))
  await page.rest(300)
  assert.deepEqual(
    await page.run(() => ['a', 'b'].map((id) => new URL(document.getElementById(id).src).pathname)),
    ['/own.png', '/own.png'],
  )
  assert.deepEqual(await page.run(() => window.ran), ['cart'])
  await page.close()
})
