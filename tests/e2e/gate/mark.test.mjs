// `kelisim mark`: a static page as it was asks third parties, marked it asks nobody; what is granted comes in exactly once, and the page
// looks and works as it did.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dist, readRepo } from '../../support/dist.mjs'
import { line1, line2, startBrowser } from '../../support/gate-browser.mjs'
import { compare } from '../../support/pixels.mjs'
import { parties, snapshot } from '../../support/snapshots.mjs'

let browser
const folder = mkdtempSync(join(tmpdir(), 'kelisim-mark-'))
before(async () => {
  browser = await startBrowser()
})
after(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

/** A policy that declares the third parties of the tests' snapshots. */
const policy = join(folder, 'policy.json')
{
  const document = JSON.parse(readRepo('tests/vectors/policy.json'))
  const unsaid = { name: 'x', operator: 'x', operator_country: 'KZ', gate: 'block' }
  document.services = Object.entries(parties).map(([host, service]) => ({
    ...{ ...unsaid, ...service, hosts: [host] },
  }))
  document.purposes.push({
    ...document.purposes[1],
    ...{ id: 'ease', category: 'functional' },
  })
  writeFileSync(policy, JSON.stringify(document))
}

function mark(html, ...more) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(dist, 'node/cli.js'), 'mark', '-', '--policy', policy, '--site', '127.0.0.1', ...more],
    { input: Buffer.from(html), encoding: 'latin1' },
  )
  return { status, html: Buffer.from(stdout, 'latin1').toString(), said: stderr }
}

const ads = (path) => `http://ads.localhost:PORT/${path}`
const stats = (path) => `http://stats.localhost:PORT/${path}`
const maps = (path) => `http://maps.localhost:PORT/${path}`

/** Everything a static page asks with, in the ways pages are written. */
const page = (gate) => `<!DOCTYPE html><html><head>${gate}<meta charset="utf-8"><title>Дүкен</title>
<link rel="stylesheet" href="${stats('sheet.css')}"><link rel=icon href=/favicon.ico>
<style>@import "${stats('import.css')}"; #bg { background: url(${ads('bg.png')}); height: 20px }</style>
<script src="/own.js"></script>
<SCRIPT SRC="${ads('1-sync.js?a=1&amp;b=2')}" ID=one></SCRIPT>
<script async src='${ads('async.js')}'></script>
<script defer type="text/javascript" src=${stats('2-defer.js')}></script>
<script type="module" src="${ads('3-module.js')}"></script>
<script>(window.ran ||= []).push('inline')</script>
<script>(function (d) {
  var s = d.createElement('script'); s.async = 0; s.src = '${stats('4-loader.js')}'
  d.getElementsByTagName('script')[0].parentNode.insertBefore(s, null)
})(document)</script>
<noscript><img src="${stats('noscript.png')}"></noscript>
<!--[if IE]><script src="${ads('ie.js')}"></script><![endif]-->
</head><body background="${stats('body.png')}"><main>
<h1>Дүкен</h1><img src="${ads('img.png')}" width=10 height=10><img srcset="${ads('set.png')} 1x, ${ads('set2.png')} 2x" width=10 height=10>
<img src="${ads('twice.png')}" src="${stats('second.png')}" width=10 height=10>
<picture><source srcset="${stats('source.png')}"><img src="/own.png" width=10 height=10></picture>
<img src="/own.png" srcset="${ads('beside.png')}" width=10 height=10>
<iframe src="${maps('map.html')}" width=100 height=40></iframe>
<iframe srcdoc="<p>doc</p><img src='${ads('doc.png')}'>" width=100 height=40></iframe>
<object data="${ads('object.png')}" width=10 height=10></object><embed src="${ads('embed.png')}" width=10 height=10>
<video poster="${ads('poster.png')}" width=10 height=10></video><input type=image src="${ads('input.png')}" width=10 height=10>
<svg width="20" height="20"><image xlink:href="${ads('svg.png')}" width="10" height="10"/><script href="${ads('svg.js')}"></script></svg>
<p id="bg" style="color: rgb(1, 2, 3); border-image: url(&quot;${stats('border.png')}&quot;)">text</p>
<div><template shadowrootmode="open"><img src="${ads('shadow.png')}" width=10 height=10></template></div>
<template id=t><img src="${ads('template.png')}"></template>
<script src="${ads('6-last.js')}" onload="window.loads = (window.loads || 0) + 1"></script><script src="/last.js"></script>
</main><p id="end">end</p></body></html>`

const files = ({ server }) => {
  server.own('/own.js', 'text/javascript', `(window.ran ||= []).push('own')`)
  server.own('/last.js', 'text/javascript', `(window.ran ||= []).push('last')`)
  server.own('/own.png', 'image/gif', '')
}
/** The page as it is served: with the port in it. */
const served = (html) => html.replaceAll('PORT', String(browser.server.port))
const asked = () => browser.server.asked().sort()

test('mark: the page as it was asks everybody, with the gate alone some; marked it asks nobody', async () => {
  files(browser)
  const bare = await browser.open({ html: page('') })
  await bare.rest(1200)
  const all = asked()
  assert.ok(all.length >= 25, all.join('\n'))
  await bare.close()

  const gated = await browser.open({ html: page(line1) })
  await gated.rest(1200)
  assert.ok(asked().length > 0, 'the look-ahead asks for static tags')
  await gated.close()

  for (const gate of [line1 + line2, line1]) {
    const { status, html, said } = mark(served(page(gate)))
    assert.equal(status, 0, said)
    const marked = await browser.open({ html })
    await marked.rest(1200)
    assert.deepEqual(asked(), [], 'asked before the choice')
    assert.deepEqual(await marked.run(() => window.ran), ['own', 'inline', 'last'])
    assert.deepEqual(marked.errors, [])
    await marked.close()
  }
})

test('mark: after a grant each comes in exactly once, scripts in order, and the page looks as it did', async () => {
  files(browser)
  const bare = await browser.open({ html: page('') })
  await bare.rest(1500)
  const wanted = asked()
  const look = await bare.page.screenshot()
  const ranBare = await bare.run(() => window.ran)
  await bare.close()

  const { html } = mark(served(page(line1 + line2)))
  const marked = await browser.open({ html })
  await marked.apply(snapshot(['all']))
  await marked.apply(snapshot(['all']))
  await marked.rest(2500)
  assert.deepEqual(asked(), wanted)
  const ran = await marked.run(() => window.ran)
  assert.deepEqual([...ran].sort(), [...ranBare].sort())
  assert.deepEqual(
    ran.filter((name) => /^\d/.test(name)),
    ['1-sync.js', '2-defer.js', '3-module.js', '4-loader.js', '6-last.js'],
  )
  assert.equal(await marked.run(() => window.loads), 1)
  assert.equal(await marked.run(() => document.getElementById('one').type), '')
  assert.deepEqual(await marked.held(), [])
  assert.deepEqual(marked.errors, [])
  assert.equal(compare(look, await marked.page.screenshot()).count, 0)
  await marked.close()
})

test('mark: of two services only the one that is granted comes in', async () => {
  files(browser)
  const { html } = mark(served(page(line1 + line2)))
  const marked = await browser.open({ html })
  await marked.apply(snapshot(['analytics']))
  await marked.rest(1500)
  assert.deepEqual(browser.server.asked(/ads|maps/), [])
  assert.ok(browser.server.asked(/stats/).length >= 5)
  await marked.close()
})

test('mark: --unknown mark keeps what nobody declares, and the gate never lets it in', async () => {
  const stranger = '<!doctype html><img src="http://undeclared.localhost:PORT/x.png" width=9>'
  const before = mark(served(line1 + line2 + stranger))
  assert.equal(before.status, 1)
  assert.match(before.said, /UNDECLARED .*undeclared\.localhost/)
  const { status, html } = mark(
    served(`<!doctype html><html><head>${line1}${line2}</head><body>${stranger}</body></html>`),
    '--unknown=mark',
  )
  assert.equal(status, 0)
  const marked = await browser.open({ html })
  await marked.apply(snapshot(['all']))
  await marked.rest(800)
  assert.deepEqual(asked(), [])
  assert.equal((await marked.held())[0].why, 'undeclared')
  await marked.close()
})
