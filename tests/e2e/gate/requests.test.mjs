// fetch, XMLHttpRequest, sendBeacon: pending while held, sent once and in order when released.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
let page
before(async () => {
  browser = await startBrowser()
  page = await browser.open({})
  await page.rest(100)
})
after(() => browser.close())

test('requests: what is held is sent once and in order when released, as it was when it was made', async () => {
  await page.run((port) => {
    const u = (path) => `http://ads.localhost:${port}/${path}`
    window.done = []
    const done = (name) => (value) => window.done.push([name, value])
    const body = new URLSearchParams({ a: '1' })
    fetch(u('1'), { method: 'POST', body })
      .then((r) => r.json())
      .then((j) => done('1')(j.path))
    body.set('a', 'changed')
    fetch(new Request(u('2'), { method: 'POST', body: 'two', keepalive: true })).then((r) =>
      done('2')(r.status),
    )
    fetch(new URL(u('3'))).then((r) => done('3')(r.ok))
    let n = 0
    fetch({ toString: () => (n++ ? u('flipped') : u('4')) }).then((r) => done('4')(r.ok))
    const xhr = new XMLHttpRequest()
    xhr.open('POST', u('5'))
    xhr.setRequestHeader('X-Test', 'y')
    xhr.onload = () => done('5')(JSON.parse(xhr.responseText).path)
    xhr.send('five')
    window.beacon = navigator.sendBeacon(u('6'), 'six')
    const dropped = new XMLHttpRequest()
    dropped.open('GET', u('aborted'))
    dropped.send()
    dropped.abort()
    const again = new XMLHttpRequest()
    again.open('GET', u('reopened'))
    again.send()
    again.open('GET', u('7'))
    again.send()
    const controller = new AbortController()
    fetch(u('aborted'), { signal: controller.signal }).catch((e) => done('aborted')(e.name))
    controller.abort()
    try {
      const sync = new XMLHttpRequest()
      sync.open('GET', u('sync'), false)
      sync.send()
    } catch (error) {
      done('sync')(error.name)
    }
    fetch('http://').catch((e) => done('bad')(e.name))
    fetch(Symbol('x')).catch((e) => done('symbol')(e.name))
    fetch('/kelisim/kelisim.js').then((r) => done('own')(r.ok))
  }, browser.server.port)
  await page.rest(300)
  assert.deepEqual(browser.server.asked(), [])
  assert.deepEqual(
    await page.run(() => window.done.map(([name, value]) => name + ' ' + value).sort()),
    ['aborted AbortError', 'bad TypeError', 'own true', 'symbol TypeError', 'sync NetworkError'],
  )
  assert.equal(await page.run(() => window.beacon), true)

  await page.apply(snapshot(['marketing']))
  await page.rest(800)
  assert.deepEqual(
    browser.server.requests
      .filter((r) => r.host === 'ads.localhost' && r.method !== 'OPTIONS')
      .map((r) => `${r.method} ${r.path} ${r.body}`)
      .sort(),
    ['GET /3 ', 'GET /4 ', 'GET /7 ', 'POST /1 a=1', 'POST /2 two', 'POST /5 five', 'POST /6 six'],
  )
  assert.deepEqual(
    await page.run(() =>
      window.done
        .slice(5)
        .map(([name, value]) => name + ' ' + value)
        .sort(),
    ),
    ['1 /1', '2 200', '3 true', '4 true', '5 /5'],
  )
  assert.deepEqual(
    (await page.events('released')).map(({ path }) => path),
    ['/1', '/2', '/3', '/4', '/5', '/6', '/7'],
  )
})

test('requests: R-ALL-05 after a withdrawal new requests are held again', async () => {
  await page.apply(snapshot([]))
  browser.server.forget()
  await page.run((port) => {
    const u = (path) => `http://ads.localhost:${port}/${path}`
    window.answered = false
    fetch(u('w1')).then(() => (window.answered = true))
    new Image().src = u('w2.png')
    document.head.append(Object.assign(document.createElement('script'), { src: u('w3.js') }))
    const copy = document.createElement('div')
    copy.innerHTML = `<img src="${u('w4.png')}">`
  }, browser.server.port)
  await page.rest(300)
  assert.deepEqual(browser.server.asked(), [])
  assert.equal(await page.run(() => window.answered), false)
  await page.apply(snapshot(['marketing']))
  await page.rest(600)
  assert.deepEqual(browser.server.asked().sort(), [
    'ads/w1',
    'ads/w2.png',
    'ads/w3.js',
    'ads/w4.png',
  ])
})

test('requests: an element that loaded under a grant does not load again, moved or copied, after the withdrawal', async () => {
  await page.run((port) => {
    document.body.insertAdjacentHTML(
      'beforeend',
      `<div id="was"><img src="http://ads.localhost:${port}/v1.png"><iframe src="http://ads.localhost:${port}/v2.html"></iframe></div>`,
    )
  }, browser.server.port)
  await page.rest(400)
  await page.apply(snapshot([]))
  browser.server.forget()
  await page.run(() => {
    const was = document.getElementById('was')
    const copy = was.cloneNode(true)
    document.body.append(copy)
  })
  await page.rest(400)
  assert.deepEqual(browser.server.asked(), [])
})

test('requests: at most 64 beacons are kept; then sendBeacon says that it did not queue', async () => {
  const answers = await page.run((port) => {
    const answers = []
    for (let i = 0; i < 70; i++)
      answers.push(navigator.sendBeacon(`http://stats.localhost:${port}/b${i}`, 'x'))
    return answers
  }, browser.server.port)
  assert.deepEqual([answers.filter(Boolean).length, answers.indexOf(false)], [64, 64])
})

test('requests: an undeclared host stays held whatever is granted, and is reported once', async () => {
  browser.server.forget()
  await page.apply(snapshot(['all']))
  await page.run((port) => {
    for (const path of ['1', '2']) fetch(`http://undeclared.localhost:${port}/${path}`)
  }, browser.server.port)
  await page.rest(400)
  assert.deepEqual(browser.server.asked(/undeclared/), [])
  assert.deepEqual(
    (await page.events('undeclared')).filter(({ kind }) => kind === 'host'),
    [{ kind: 'host', host: 'undeclared.localhost' }],
  )
  await page.apply(snapshot(['all'], { unknown: 'report' }))
  await page.rest(400)
  assert.equal(browser.server.asked(/undeclared/).length, 2)
})
