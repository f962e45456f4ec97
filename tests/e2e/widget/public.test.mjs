// What a page is told and can ask, with the real gate: the same before the engine is up and after, on a first visit and later ones.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

const LINES = '<meta http-equiv="Content-Security-Policy" content="default-src \'self\'"><!-- -->'
const EVENTS = `<script>
  window.told = []
  for (const type of ['ready', 'change', 'error'])
    document.addEventListener('kelisim:' + type, ({ detail }) => told.push([type, detail]))
</script>`

async function visit(t, { body = '', head = '', pages = {}, init } = {}) {
  const shop = await startShop()
  shop.pages['/'] = { body: html({ gateFile: 'kelisim.js', head: LINES + EVENTS + head, body }) }
  Object.assign(shop.pages, pages)
  // __Host- cookies want https, or localhost.
  const origin = shop.origin.replace('127.0.0.1', 'localhost')
  const context = await browser.newContext()
  t.after(() => Promise.all([context.close(), shop.close()]))
  if (init) await context.addInitScript(init)
  await context.route(/example\//, (route) => route.abort())
  const page = await context.newPage()
  await page.goto(origin)
  return { shop, context, page }
}
const told = (page, type) =>
  page.evaluate(
    (wanted) => window.told.filter(([one]) => one === wanted).map(([, detail]) => detail),
    type,
  )

test('an embed that is there on the first visit gets its placeholder before anything is decided', async (t) => {
  const { page } = await visit(t, {
    body: '<iframe src="https://video.example/a" width="300" height="200"></iframe>',
  })
  await page.locator('kelisim-hold').waitFor()
  assert.equal(await page.locator('kelisim-hold').getAttribute('data-service'), 'video')
})

test('each error is an event of its own with code, path and message, and nothing else', async (t) => {
  const { page } = await visit(t, {
    pages: { '/policy.json': { body: '{"format":"kelisim-policy-1"}', type: 'application/json' } },
  })
  const errors = await until(async () => {
    const list = await told(page, 'error')
    return list.length > 2 && list
  }, 'the errors of the policy')
  for (const error of errors)
    assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'path'])
})

test('what kelisim:ready and kelisim:change tell is what state() says', async (t) => {
  const { page } = await visit(t)
  await page.evaluate(() => kelisim.ready)
  await page.evaluate(() =>
    kelisim.on('change', ({ detail }) => (window.same = [detail.state, kelisim.state()])),
  )
  const [ready] = await told(page, 'ready')
  assert.deepEqual(ready, await page.evaluate(() => kelisim.state()))
  await press(page, '[part=refuse-all]')
  const [said, state] = await until(() => page.evaluate(() => window.same), 'the change')
  // When it was decided, the receipt says, which is made after the paint.
  assert.deepEqual(Object.keys(said), Object.keys(state))
  assert.deepEqual(said.categories, state.categories)
})

for (const word of ['', 'true', 'zz'])
  test(`data-kelisim-open="${word}" opens the choices`, async (t) => {
    const { page } = await visit(t, {
      body: `<button id="open" data-kelisim-open="${word}">Settings</button>`,
    })
    await page.evaluate(() => kelisim.ready)
    await page.click('#open')
    await widget(page, '[part=choices]').waitFor()
  })

test('who has answered: allows() and the services of state() say the same before the engine is up and after, whatever is asked', async (t) => {
  const asked = [
    ...[
      'necessary',
      'marketing',
      'counter',
      'session',
      'nobody',
      '',
      'x/y.js',
      '/own',
      'about:blank',
    ],
    ...[
      'http://[bad',
      'data:text/plain,x',
      'mailto:a@b.kz',
      'javascript:1',
      'https://video.example/x',
    ],
    ...['https://pixel.example/p?x=1', '//counter.example/c.js', 'https://nobody.example/'],
  ]
  const first = (list) => {
    document.addEventListener('DOMContentLoaded', () => {
      const say = () => [list.map((x) => kelisim.allows(x)), kelisim.state().services]
      window.before = say()
      kelisim.ready.then(() => (window.after = say()))
    })
  }
  const { page } = await visit(t, { init: `(${first})(${JSON.stringify(asked)})` })
  await press(page, '[part=refuse-all]')
  await until(() => page.evaluate(() => localStorage.getItem('kelisim.state')), 'the choice')
  await page.reload()
  const now = await until(() => page.evaluate(() => window.after), 'the engine')
  assert.deepEqual(now, await page.evaluate(() => window.before))
})

test('the cookie for the server says what is in force: a choice that is gone takes it away', async (t) => {
  const { page } = await visit(t, {
    init: 'window.clearAll = Storage.prototype.clear.bind(localStorage)',
  })
  await press(page, '[part=grant-all]')
  const cookie = () =>
    page.evaluate(() => /__Host-kelisim=([^;]*)/.exec(document.cookie)?.[1] ?? '')
  assert.match(await until(cookie, 'the cookie'), /\.011\./)
  await until(() => page.evaluate(() => kelisim.receipts().then(({ length }) => length)), 'receipt')
  await page.evaluate(() => clearAll())
  await page.reload()
  await page.evaluate(() => kelisim.ready)
  assert.equal((await page.evaluate(() => kelisim.state())).status, 'undecided')
  assert.equal(await cookie(), '')
})
