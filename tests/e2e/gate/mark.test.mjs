// `kelisim mark`: a static page as it was asks third parties, marked it asks nobody; what is granted comes in exactly once, and the page
// looks and works as it did.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { line1, line2, startBrowser } from '../../support/gate-browser.mjs'
import { compare } from '../../support/pixels.mjs'
import { snapshot } from '../../support/snapshots.mjs'
import { mark, ownFiles, page } from '../../support/static-page.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

/** The page as it is served: with the port in it. */
const served = (html) => html.replaceAll('PORT', String(browser.server.port))
const asked = () => browser.server.asked().sort()

test('mark: the page as it was asks everybody, with the gate alone some; marked it asks nobody', async () => {
  ownFiles(browser.server)
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
  ownFiles(browser.server)
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
  ownFiles(browser.server)
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

test('mark: what waits for an action comes in with one in its form, and only then', async () => {
  const { status, html } = mark(
    served(
      `<!doctype html><html><head>${line1}${line2}</head><body><form><input id="field"><script src="http://captcha.localhost:PORT/c.js" async></script></form></body></html>`,
    ),
  )
  assert.equal(status, 0)
  assert.match(html, /<script type="text\/plain" data-service="captcha" data-src=/)
  const marked = await browser.open({ html })
  await marked.apply(snapshot([]))
  await marked.rest(500)
  assert.deepEqual(asked(), [])
  await marked.page.click('#field')
  await marked.rest(600)
  assert.deepEqual(asked(), ['captcha/c.js'])
  await marked.close()
})
