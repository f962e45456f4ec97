// `kelisim mark` in each engine: what is marked is asked by no engine's look-ahead, and comes in once when it is granted.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as chromium from '../matrix/lanes/chromium.mjs'
import * as firefox from '../matrix/lanes/firefox.mjs'
import * as webkit from '../matrix/lanes/webkit.mjs'
import { sleep } from '../matrix/visit.mjs'
import { line1, line2 } from '../../support/gate-browser.mjs'
import { startServer } from '../../support/gate-server.mjs'
import { snapshot } from '../../support/snapshots.mjs'
import { mark, ownFiles, page } from '../../support/static-page.mjs'

let server
before(async () => {
  server = await startServer()
  ownFiles(server)
})
after(() => server.close())

const inOrder = ['1-sync.js', '2-defer.js', '3-module.js', '4-loader.js', '6-last.js']

for (const engine of [chromium, firefox, webkit])
  test(`mark: ${engine.name} asks nobody for a marked page, and for all of it after a grant and on the next visit`, async (t) => {
    const started = await engine.start()
    t.after(() => started.close())
    const lane = await started.lane()
    const port = String(server.port)
    const open = async (html) => {
      server.forget()
      await lane.fresh()
      await lane.open(server.page('/shop', html))
      await sleep(2500)
    }
    const asked = () => server.asked().sort()

    await open(page(''))
    // Firefox looks ahead into templates as well, in vain.
    const wanted = asked().filter((path) => path !== 'ads/template.png')
    assert.ok(wanted.length >= 20, wanted.join('\n'))

    await open(mark(page(line1 + line2).replaceAll('PORT', port)).html)
    assert.deepEqual(asked(), [], 'asked before the choice')
    await lane.run(`void window.link.apply(${JSON.stringify(snapshot(['all']))})`)
    await sleep(3500)
    const ran = async () =>
      JSON.parse(await lane.run('JSON.stringify(window.ran)')).filter((name) => /^\d/.test(name))
    assert.deepEqual(asked(), wanted)
    assert.deepEqual(await ran(), inOrder)

    // Who comes back has answered: the page is parsed with everything granted.
    await lane.open(server.page('/blank', '<!doctype html>'))
    await sleep(500)
    const stored = JSON.stringify(JSON.stringify(snapshot(['all'])))
    await lane.run(`void localStorage.setItem('kelisim.snapshot', ${stored})`)
    server.forget()
    await lane.open(server.page('/shop', mark(page(line1 + line2).replaceAll('PORT', port)).html))
    await sleep(3500)
    assert.deepEqual(asked(), wanted, 'on the next visit')
    assert.deepEqual(await ran(), inOrder, 'on the next visit')
  })
