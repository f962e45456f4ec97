// Sealed mode: a Content-Security-Policy from the same rules holds what no script can; a grant loads the page anew, once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { line2, startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

const gate = `<script src="/kelisim/kelisim.js" data-policy="/kelisim/policy.json" data-mode="sealed"></script>\n${line2}`
const head = `<link rel="stylesheet" href="http://ads.localhost:PORT/a.css"><style>@import "http://ads.localhost:PORT/b.css";</style>`

test('sealed: static sheets are held, a stored grant loads the page anew and lets them in, a withdrawal narrows at once', async () => {
  const page = await browser.open({ gate, head })
  await page.rest(300)
  assert.deepEqual(browser.server.asked(), [])
  await page.page.waitForFunction(() => window.link)
  await page.run(
    (given) => {
      window.before = true
      window.link.store.set('snapshot', JSON.stringify(given))
      window.link.apply(given)
    },
    snapshot(['marketing']),
  )
  await page.page.waitForFunction(() => !window.before && document.readyState === 'complete')
  await page.rest(600)
  assert.deepEqual(browser.server.asked().sort(), ['ads/a.css', 'ads/b.css'])
  await page.page.waitForFunction(() => window.link)
  browser.server.forget()
  await page.apply(snapshot([]))
  await page.run((port) => {
    window.frame = document.body.appendChild(document.createElement('iframe'))
    window.frame.contentWindow.location = `http://ads.localhost:${port}/f.html`
  }, browser.server.port)
  await page.rest(400)
  assert.deepEqual(browser.server.asked(), [])
  await page.close()
})

test('sealed: a grant that cannot be stored does not load the page again and again', async () => {
  const page = await browser.open({ gate, head })
  await page.rest(200)
  await page.run(() => {
    window.before = true
  })
  await page.apply(snapshot(['marketing']))
  await page.rest(500)
  assert.equal(await page.run(() => window.before), true)
  assert.deepEqual(
    (await page.events('error')).map(({ code }) => code),
    ['sealed_reload'],
  )
  await page.close()
})
