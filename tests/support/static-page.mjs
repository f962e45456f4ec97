// A static page that asks third parties in every way pages are written, and `kelisim mark` for it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dist, readRepo } from './dist.mjs'
import { parties } from './snapshots.mjs'

/** A policy that declares the third parties of the tests' snapshots. */
function policyText() {
  const document = JSON.parse(readRepo('tests/vectors/policy.json'))
  const unsaid = { name: 'x', operator: 'x', operator_country: 'KZ', gate: 'block' }
  document.services = Object.entries(parties).map(([host, service]) => ({
    ...{ ...unsaid, ...service, hosts: [host] },
  }))
  document.purposes.push({ ...document.purposes[1], ...{ id: 'ease', category: 'functional' } })
  return JSON.stringify(document)
}

/** @returns {{ status: number, html: string, said: string }} */
export function mark(html, ...more) {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-mark-'))
  try {
    const policy = join(folder, 'policy.json')
    writeFileSync(policy, policyText())
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(dist, 'node/cli.js'), 'mark', '-', '--policy', policy, '--site', '127.0.0.1', ...more],
      { input: Buffer.from(html), encoding: 'latin1' },
    )
    return { status, html: Buffer.from(stdout, 'latin1').toString(), said: stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const ads = (path) => `http://ads.localhost:PORT/${path}`
const stats = (path) => `http://stats.localhost:PORT/${path}`
const maps = (path) => `http://maps.localhost:PORT/${path}`

/** Everything a static page asks with, in the ways pages are written. */
export const page = (
  gate,
) => `<!DOCTYPE html><html><head>${gate}<meta charset="utf-8"><title>Дүкен</title>
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
/** What the page's own server has. */
export function ownFiles(server) {
  server.own('/own.js', 'text/javascript', `(window.ran ||= []).push('own')`)
  server.own('/last.js', 'text/javascript', `(window.ran ||= []).push('last')`)
  server.own('/own.png', 'image/gif', '')
}
