// Vendors' own consent switches: told the default before anything, and each decision once; Global Privacy Control.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => (browser = await startBrowser()))
after(() => browser.close())

const calls = {
  default: [
    ['gtag', 'consent', 'default', { ad_storage: 'denied' }],
    ['uetq.push', 'consent', 'default', { ad_storage: 'denied' }],
    ['fbq', 'consent', 'revoke'],
    ['ttq.holdConsent'],
  ],
  update: [],
}
const granted = {
  ...calls,
  update: [
    ['gtag', 'consent', 'update', { ad_storage: 'granted' }],
    ['uetq.push', 'consent', 'update', { ad_storage: 'granted' }],
    ['~clarity', 'consentv2', { ad_Storage: 'granted' }],
    ['fbq', 'consent', 'grant'],
    ['ttq.grantConsent'],
    ['nobody.method'],
    ['=disableYaCounter', '', 'yaCounter', false],
  ],
}
const withdrawn = {
  ...calls,
  update: [
    ['gtag', 'consent', 'update', { ad_storage: 'denied' }],
    ['=disableYaCounter', '', 'yaCounter', true],
    ['ym*', '', 'yaCounter', 'destruct'],
    ['=ga-disable-G-', 'google_tag_manager', 'G-', true],
  ],
}
const snippets = `<script>
  window.dataLayer = window.dataLayer || []
  function gtag() { dataLayer.push(arguments) }
  gtag('js', 1)
  gtag('config', 'G-ABC')
  window.told = []
  window.fbq = (...given) => told.push(['fbq', ...given])
  window.ttq = { holdConsent: () => told.push(['hold']), grantConsent: () => told.push(['grant']) }
  window.ym = (...given) => told.push(['ym', ...given])
</script>`
const layer = (page) =>
  page.run(() =>
    window.dataLayer?.map((entry) => [Object.prototype.toString.call(entry), ...entry]),
  )

test('signals: on a first visit the default stands in front of what the page queued before; a decision is told once, before its tags', async () => {
  const page = await browser.open({
    head: snippets + `<script src="http://ads.localhost:${browser.server.port}/tag.js"></script>`,
  })
  await page.apply(snapshot([], { signals: calls }))
  await page.rest(150)
  assert.deepEqual(await layer(page), [
    ['[object Arguments]', 'consent', 'default', { ad_storage: 'denied' }],
    ['[object Arguments]', 'js', 1],
    ['[object Arguments]', 'config', 'G-ABC'],
  ])
  assert.deepEqual(await page.run(() => told), [['fbq', 'consent', 'revoke'], ['hold']])
  await page.run(() => {
    new MutationObserver(() => {}).observe(document, { childList: true })
    Object.defineProperty(window, 'ran', {
      set(list) {
        window.queueWhenRun ??= dataLayer.length
        Object.defineProperty(window, 'ran', { value: list, writable: true })
      },
      get: () => undefined,
      configurable: true,
    })
  })
  const all = snapshot(['all'], { signals: granted, expires_at_ms: 9e15 })
  await page.apply(all)
  await page.apply(all)
  await page.rest()
  const list = await layer(page)
  assert.deepEqual(list.slice(3), [
    ['[object Arguments]', 'consent', 'update', { ad_storage: 'granted' }],
  ])
  assert.equal(await page.run(() => window.queueWhenRun), 4, 'the tag ran after the update')
  assert.deepEqual(await page.run(() => uetq), [
    'consent',
    'default',
    { ad_storage: 'denied' },
    'consent',
    'update',
    { ad_storage: 'granted' },
  ])
  assert.deepEqual(await page.run(() => clarity.q.map((one) => [...one])), [
    ['consentv2', { ad_Storage: 'granted' }],
  ])
  assert.deepEqual((await page.run(() => told)).slice(2), [['fbq', 'consent', 'grant'], ['grant']])
  assert.deepEqual(page.errors, [])
  await page.close()
})

test('signals: on a later visit default and update stand in the queue before the first script of the page', async () => {
  const page = await browser.open({
    stored: snapshot(['all'], { signals: granted, expires_at_ms: 9e15 }),
    head:
      `<script>window.first = [...(window.dataLayer || [])].map((entry) => [...entry])</script>` +
      snippets,
  })
  assert.deepEqual(await page.run(() => first), [
    ['consent', 'default', { ad_storage: 'denied' }],
    ['consent', 'update', { ad_storage: 'granted' }],
  ])
  await page.close()
})

test('signals: withdrawal sets the flag of each counter that is there, and destroys it', async () => {
  const page = await browser.open({
    stored: snapshot(['all'], { signals: granted, expires_at_ms: 9e15 }),
    head: snippets,
  })
  await page.run(() => {
    window.yaCounter123 = {}
    window.google_tag_manager = { 'G-ABC': {}, other: {} }
  })
  await page.apply(snapshot([], { signals: withdrawn, expires_at_ms: 8e15 }))
  await page.rest(150)
  assert.equal(await page.run(() => window.disableYaCounter123), true)
  assert.equal(await page.run(() => window['ga-disable-G-ABC']), true)
  assert.deepEqual(await page.run(() => told), [['ym', 123, 'destruct']])
  await page.close()
})

test('signals: a page without declared vendors gets no name of theirs', async () => {
  const page = await browser.open({ stored: snapshot(['all']) })
  assert.deepEqual(
    await page.run(() =>
      ['dataLayer', 'uetq', 'clarity', 'fbq', 'ttq', 'gtag', '_paq'].filter(
        (name) => name in window,
      ),
    ),
    [],
  )
  await page.close()
})

test('GPC: a snapshot with marketing from before the signal opens nothing; one made with it does', async () => {
  const init = () =>
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true })
  const head = `<script src="http://ads.localhost:${browser.server.port}/a.js"></script>`
  const ran = (page) => page.run(() => window.ran)
  for (const [more, wanted] of [
    [{}, undefined],
    [{ gpc: true }, ['a.js']],
  ]) {
    const page = await browser.open({ stored: snapshot(['all'], more), head, init })
    await page.rest(200)
    assert.deepEqual(await ran(page), wanted)
    await page.close()
  }
})

test('GPC: where nobody declares marketing the signal closes nothing', async () => {
  const { marketing, ...categories } = snapshot(['analytics']).categories
  assert.equal(marketing, 'refused')
  const page = await browser.open({
    stored: snapshot(['analytics'], { categories }),
    head: `<script src="http://stats.localhost:${browser.server.port}/a.js"></script>`,
    init: () =>
      Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
  })
  await page.rest(200)
  assert.deepEqual(await page.run(() => window.ran), ['a.js'])
  await page.close()
})

test('signals: a stored choice that has ended is told as no grant; one that is closed after a grant is told as refused', async () => {
  const ended = await browser.open({
    stored: snapshot(['all'], { signals: granted, expires_at_ms: 1000 }),
    head: snippets,
  })
  assert.deepEqual(
    (await layer(ended)).map((entry) => entry[2]),
    ['default', 1, 'G-ABC'],
  )
  await ended.close()

  const page = await browser.open({
    stored: snapshot(['all'], { signals: granted, expires_at_ms: 9e15 }),
    head: snippets,
  })
  await page.apply(snapshot([], { signals: withdrawn }))
  await page.rest(150)
  assert.deepEqual(
    (await layer(page))
      .filter((entry) => entry[1] === 'consent')
      .at(-1)
      .slice(2),
    ['update', { ad_storage: 'denied' }],
  )
  await page.close()
})
