// Cookies by their declared names, Kelisim's own keys, deletion.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

const cookies = (page) => page.run(() => document.cookie.split('; ').filter(Boolean).sort())

test('storage: declared names wait for their service and are written in order; others are written and reported once', async () => {
  const page = await browser.open({ stored: snapshot([]) })
  await page.run(() => {
    document.cookie = '_ads=1; path=/'
    document.cookie = '_ads=2; path=/'
    document.cookie = '_stats_x=1; path=/'
    document.cookie = '=_ads=3; path=/'
    document.cookie = 'pay=1; path=/'
    document.cookie = 'session=1; path=/'
    document.cookie = 'session=2; path=/'
    Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call(
      document,
      '_ads=4; path=/',
    )
    document.cookie = '__Host-kelisim=forged; path=/; secure'
  })
  assert.deepEqual(await cookies(page), ['pay=1', 'session=2'])
  await page.rest(100)
  assert.deepEqual(await page.events('undeclared'), [{ kind: 'cookie', name: 'session' }])
  assert.deepEqual(
    (await page.events('held')).map(({ kind, path, why, service }) =>
      [kind, path, why, service].join(' '),
    ),
    [
      'cookie _ads not_granted ads',
      'cookie _ads not_granted ads',
      'cookie _stats_x not_granted stats',
      'cookie _ads not_granted ads',
      'cookie _ads not_granted ads',
    ],
  )
  await page.apply(snapshot(['marketing']))
  await page.rest(300)
  assert.deepEqual(await cookies(page), ['_ads=4', 'pay=1', 'session=2'])
  await page.close()
})

test('storage: what was set before the policy was there is taken back when the policy says so, and comes with the grant', async () => {
  const page = await browser.open({
    head: '<script>document.cookie = "_ads=1"; document.cookie = "mine=1"</script>',
  })
  assert.deepEqual(await cookies(page), ['_ads=1', 'mine=1'])
  await page.apply(snapshot([]))
  assert.deepEqual(await cookies(page), ['mine=1'])
  await page.apply(snapshot(['marketing']))
  await page.rest(300)
  assert.deepEqual(await cookies(page), ['_ads=1', 'mine=1'])
  await page.close()
})

test("storage: others cannot write, remove or clear Kelisim's keys", async () => {
  const page = await browser.open({ stored: snapshot([]) })
  assert.deepEqual(
    await page.run(() => {
      localStorage.setItem('mine', '1')
      const before = localStorage.getItem('kelisim.snapshot')
      localStorage.setItem('kelisim.snapshot', 'forged')
      localStorage.setItem({ toString: () => 'kelisim.snapshot' }, 'forged')
      localStorage.removeItem('kelisim.snapshot')
      localStorage.clear()
      return [localStorage.getItem('kelisim.snapshot') === before, localStorage.getItem('mine')]
    }),
    [true, null],
  )
  assert.deepEqual(
    await page.run(() => {
      link.store.set('drafts', 'x')
      const got = link.store.get('drafts')
      link.store.remove('drafts')
      return [got, link.store.get('drafts')]
    }),
    ['x', null],
  )
  await page.close()
})

test('storage: R-ALL-05 deletion reaches every path and parent domain, and says what is left', async () => {
  const page = await browser.open({ path: '/a/b/shop', stored: snapshot([]) })
  await page.page.waitForFunction(() => window.link)
  await page.context.addCookies([
    { name: '_ga_http', value: '1', url: browser.server.origin + '/a/b/', httpOnly: true },
  ])
  const left = await page.run(() => {
    document.cookie = '_ga=1; path=/'
    document.cookie = '_ga=2; path=/a'
    document.cookie = '_ga=3; path=/a/'
    document.cookie = '_ga_X=4; path=/a/b'
    document.cookie = '_ga_Y=5; path=/a/b/shop'
    document.cookie = 'keep=1; path=/'
    localStorage.setItem('stats.a', '1')
    sessionStorage.setItem('stats.b', '1')
    localStorage.setItem('other', '1')
    return link.deleteStorage([
      { type: 'cookie', name: '_ga', match: 'prefix', service: 'stats' },
      { type: 'local', name: 'stats', match: 'prefix', service: 'stats' },
      { type: 'session', name: 'stats.b', match: 'exact', service: 'stats' },
    ])
  })
  assert.deepEqual(left, [])
  assert.deepEqual(await cookies(page), ['keep=1'])
  assert.deepEqual(
    await page.run(() => [Object.keys(localStorage).sort(), Object.keys(sessionStorage)]),
    [['kelisim.snapshot', 'other'], ['kelisim.line2']],
  )
  await page.close()
})

test('storage: the cookie beside the snapshot is written past the gate, and only by it', async () => {
  const page = await browser.open({ stored: snapshot([]) })
  await page.page.waitForFunction(() => window.link)
  await page.run(() => link.writeCookie('1.x', Date.now() + 60_000))
  const names = async () =>
    (await page.context.cookies()).map(({ name, value }) => name + '=' + value)
  // Plain http: the browser refuses Secure there except on localhost names.
  const written = await names()
  await page.run(() => link.writeCookie('', 0))
  assert.deepEqual(await names(), [])
  assert.ok(written.length === 0 || written[0] === '__Host-kelisim=1.x')
  await page.close()
})
