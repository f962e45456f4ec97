// document.write, while the page is parsed and by scripts that run after it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

const u = (path) => `http://ads.localhost:PORT/${path}`

test('write: tags written while parsing are held, also when they come in pieces; the rest is written as it was', async () => {
  browser.server.own('/own.js', 'text/javascript', `(window.ran ||= []).push('own')`)
  const page = await browser.open({
    body: `
<script>document.write('<scr' + 'ipt src="${u('1.js')}"></scr' + 'ipt>')</script>
<script>document.write('<img sr'); document.write('c="${u('2.png')}" al'); document.write('t="a > b"><b id=bold>b</b>')</script>
<script>document.write('<scr'); document.write('ipt src=${u('3.js')}>'); document.writeln('</', 'script>')</script>
<script>document.write('<iframe id=frame src="${u('4.html')}"></iframe>'); window.now_ = !!document.getElementById('frame')</script>
<script>document.write('<script src="/own.js"></' + 'script><p id=tail>a < b <i'); window.tail = document.getElementById('tail')?.textContent</script><u id="next"></u>
<script>document.write('<script>document.write("<em>1</em>")</' + 'script><em>2</em>')</script>
<script>document.write('<script src="${u('5.js')}">window.fallback = 1</' + 'script>')</script>`,
  })
  await page.rest(400)
  assert.deepEqual(browser.server.asked(), [])
  assert.deepEqual(
    await page.run(() => [
      document.getElementById('bold').textContent,
      window.now_,
      window.ran,
      [...document.querySelectorAll('em')].map((e) => e.textContent).join(''),
      document.querySelectorAll('#end').length,
    ]),
    ['b', true, ['own'], '12', 1],
  )
  await page.apply(snapshot(['marketing']))
  await page.rest(800)
  assert.deepEqual(browser.server.asked().sort(), [
    'ads/1.js',
    'ads/2.png',
    'ads/3.js',
    'ads/4.html',
    'ads/5.js',
  ])
  assert.deepEqual(await page.run(() => window.ran.slice(1).sort()), ['1.js', '3.js', '5.js'])
  assert.equal(await page.run(() => window.fallback), undefined)
  assert.deepEqual(page.errors, [])
  await page.close()
})

test('write: what a released script writes lands after it, and the page stays', async () => {
  const page = await browser.open({
    body: `
<div id="slot"><script src="${u('w.js?write=' + encodeURIComponent('<b>written</b><img src="http://stats.localhost:PORT/s.png">'))}"></script></div>
<div id="inline"><script type="text/plain" data-category="marketing">document.write('<i>1</i>'); document.write('<scr' + 'ipt>document.write("<i>2</i>")</scr' + 'ipt>')</script></div>`.replaceAll(
      '%20PORT',
      'PORT',
    ),
  })
  await page.rest(200)
  await page.apply(snapshot(['marketing']))
  await page.rest(600)
  assert.deepEqual(
    await page.run(() => [
      document.querySelector('#slot b')?.textContent,
      document.querySelectorAll('#end').length,
      [...document.querySelectorAll('#inline i')].map((i) => i.textContent).join(''),
    ]),
    ['written', 1, '12'],
  )
  assert.deepEqual(
    browser.server.asked(/stats/),
    [],
    'what it wrote is judged like everything else',
  )
  await page.apply(snapshot(['all']))
  await page.rest(400)
  assert.equal(browser.server.asked(/stats/).length, 1)
  await page.close()
})

test('write: documents of frames are rewritten too, and closing one ends it', async () => {
  const page = await browser.open({ body: '<iframe id="f"></iframe>' })
  await page.rest(100)
  await page.run((port) => {
    const d = document.getElementById('f').contentDocument
    d.open()
    d.write(
      `<p id=a>a</p><img src="http://ads.localhost:${port}/1.png"><script src="http://ads.localhost:${port}/2.js"></` +
        'script><p id=b>b</p>',
    )
    d.write('<im')
    d.close()
  }, browser.server.port)
  await page.rest(400)
  assert.deepEqual(browser.server.asked(), [])
  assert.deepEqual(
    await page.run(() => {
      const d = document.getElementById('f').contentDocument
      return [d.getElementById('a')?.textContent, d.getElementById('b')?.textContent]
    }),
    ['a', 'b'],
  )
  await page.apply(snapshot(['marketing']))
  await page.rest(500)
  assert.deepEqual(browser.server.asked().sort(), ['ads/1.png', 'ads/2.js'])
  await page.close()
})
