// A built page: its first layer paints with it, an answer counts before the engine is there, and the engine takes over unseen.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildShop, builtPage, serveBuilt } from '../../support/built-shop.mjs'
import { compare } from '../../support/pixels.mjs'
import { launch, page as html, startShop, until, widget } from '../../support/shop.mjs'

const tracker =
  '<script data-category="analytics" type="text/plain">window.counted = (window.counted ?? 0) + 1</script>'
let browser
let built
before(async () => {
  built = buildShop('alma-chocolates')
  browser = await launch()
})
after(() => browser?.close())

/** Opens the page; `hold` keeps the engine away until it is called. */
async function visit(t, { page: given = {}, headers, options = {}, late = true } = {}) {
  const shop = await serveBuilt(built, { body: tracker, ...given }, headers)
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, ...options })
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  let come
  const coming = new Promise((resolve) => (come = resolve))
  if (late)
    await page.route('**/kelisim-shell.js', async (route) => {
      await coming
      await route.continue()
    })
  await page.addInitScript(() => {
    window.seen = { shifts: [], paints: [], events: [] }
    const observe = (type, note) =>
      new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({
        type,
        buffered: true,
      })
    observe('layout-shift', ({ value }) => seen.shifts.push(value))
    observe('largest-contentful-paint', ({ element, size }) =>
      seen.paints.push([element?.localName ?? 'shadow', size]),
    )
    for (const type of ['ready', 'change', 'receipt', 'error'])
      document.addEventListener('kelisim:' + type, ({ detail }) =>
        seen.events.push([type, detail?.code ?? detail?.action ?? '']),
      )
  })
  await page.goto(shop.origin)
  return { shop, context, page, come }
}
const events = (page, type) =>
  page.evaluate((wanted) => seen.events.filter(([name]) => name === wanted), type)
const notice = (page) => widget(page, '[part=notice]')

test('the first layer is there before any script of the shell, and nothing is granted by it', async (t) => {
  const { page } = await visit(t)
  await notice(page).waitFor()
  assert.match(await notice(page).textContent(), /Alma Chocolates/)
  assert.deepEqual(await events(page, 'ready'), [])
  assert.equal(await page.evaluate(() => window.counted), undefined)
  assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
})

for (const [part, action, runs] of [
  ['grant-all', 'grant_all', 1],
  ['refuse-all', 'refuse_all', undefined],
])
  test(`${part} before the engine is there counts at once, and once: one receipt of that moment`, async (t) => {
    const { page, shop, come } = await visit(t)
    await notice(page).waitFor()
    await page.waitForTimeout(500)
    await widget(page, `[part=${part}]`).click()
    await notice(page).waitFor({ state: 'hidden' })
    const at = Date.now()
    await until(async () => (await page.evaluate(() => window.counted)) === runs, 'the tag')
    const pending = await page.evaluate(() => JSON.parse(localStorage.getItem('kelisim.pending')))
    assert.equal(pending.action, action)
    assert.ok(Math.abs(pending.at_ms - at) < 3000)
    await page.waitForTimeout(300)
    come()
    await until(() => shop.accepted().length, 'the receipt')
    await page.waitForTimeout(300)
    assert.equal(shop.accepted().length, 1)
    const body = JSON.parse(Buffer.from(shop.accepted()[0].split('.')[1], 'base64url'))
    assert.equal(body.evidence.action, action)
    assert.deepEqual(await events(page, 'error'), [])
    assert.equal(await page.evaluate(() => localStorage.getItem('kelisim.pending')), null)
    assert.equal(await notice(page).count(), 0, 'the layer does not come back')
    assert.equal(await page.evaluate(() => window.counted), runs)
    const hashes = built.read(`editions/${body.evidence.text_sha256 ?? pending.layer_sha256}.json`)
    assert.match(hashes, /"layer":"notice"/)
  })

test('an answer survives a page that goes before the engine comes', async (t) => {
  const { page, shop, come } = await visit(t)
  await notice(page).waitFor()
  await page.waitForTimeout(500)
  await widget(page, '[part=grant-all]').click()
  await page.reload()
  await until(async () => (await page.evaluate(() => window.counted)) === 1, 'the tag')
  assert.equal(await notice(page).isVisible(), false)
  come()
  await until(() => shop.accepted().length === 1, 'the receipt')
})

test('an answer too early, by page code, or on another text grants nothing and is told', async (t) => {
  const { page } = await visit(t)
  await notice(page).waitFor()
  const press = () => widget(page, '[part=grant-all]').click()
  await page.evaluate(() =>
    document.querySelector('kelisim-widget').shadowRoot.querySelector('[part=grant-all]').click(),
  )
  await page.waitForTimeout(500)
  await page.evaluate(
    () =>
      (document
        .querySelector('kelisim-widget')
        .shadowRoot.querySelector('[part=grant-all]').textContent = 'Continue'),
  )
  await press()
  assert.equal((await events(page, 'error')).length, 2)
  assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
  assert.equal(await page.evaluate(() => window.counted), undefined)
  assert.equal(await page.evaluate(() => localStorage.getItem('kelisim.pending')), null)
})

test('the engine takes over the very elements: nothing moves, nothing is drawn anew, a waiting button keeps the focus', async (t) => {
  const { page, come } = await visit(t)
  await notice(page).waitFor()
  await widget(page, '[part=refuse-all]').focus()
  await page.evaluate(() => {
    const root = document.querySelector('kelisim-widget').shadowRoot
    window.before = [root, root.querySelector('dialog'), root.querySelector('.layer')]
    window.changes = 0
    // What is said to a screen reader is no drawing; the painted styles give way to the same in a sheet.
    const isDrawing = ({ target, removedNodes }) =>
      target.className !== 'live' && removedNodes[0]?.localName !== 'style'
    new MutationObserver((records) => (window.changes += records.filter(isDrawing).length)).observe(
      root,
      {
        childList: true,
        subtree: true,
        characterData: true,
      },
    )
  })
  await page.waitForTimeout(300)
  const shot = await page.screenshot({ caret: 'initial' })
  come()
  await until(async () => (await events(page, 'ready')).length, 'the engine')
  await page.waitForTimeout(400)
  assert.equal(
    compare(shot, await page.screenshot({ caret: 'initial' })).count,
    0,
    'not one pixel is another',
  )
  const [same, changes] = await page.evaluate(() => {
    const root = document.querySelector('kelisim-widget').shadowRoot
    const now = [root, root.querySelector('dialog'), root.querySelector('.layer')]
    return [now.every((node, at) => node === before[at]), changes]
  })
  assert.deepEqual([same, changes], [true, 0])
  assert.equal(
    await page.evaluate(
      () => document.querySelector('kelisim-widget').shadowRoot.activeElement.part.value,
    ),
    'refuse-all',
  )
  assert.deepEqual(await page.evaluate(() => seen.shifts), [])
  // Visible since before the engine: no second wait.
  await widget(page, '[part=grant-all]').click()
  await until(async () => (await page.evaluate(() => window.counted)) === 1, 'the tag')
  assert.deepEqual(await events(page, 'error'), [])
})

test('the painted layer is never the largest paint, even of a page with almost no text', async (t) => {
  const { page, come } = await visit(t)
  await notice(page).waitFor()
  come()
  await until(async () => (await events(page, 'ready')).length, 'the engine')
  await page.waitForTimeout(300)
  const paints = await page.evaluate(() => seen.paints)
  assert.ok(paints.length > 0)
  assert.deepEqual(
    paints.filter(([name]) => name === 'shadow' || name === 'kelisim-widget'),
    [],
  )
})

test('"Choose" before the engine is there opens the choices as soon as it is', async (t) => {
  const { page, come } = await visit(t)
  await notice(page).waitFor()
  await widget(page, '[part=choose]').click()
  assert.equal(await widget(page, '[part=choose]').getAttribute('aria-busy'), 'true')
  come()
  await widget(page, '[part=choices]').waitFor()
})

test('Escape before the engine is there puts the layer away and decides nothing', async (t) => {
  const { page } = await visit(t)
  await notice(page).waitFor()
  await widget(page, '[part=choose]').focus()
  await page.keyboard.press('Escape')
  await notice(page).waitFor({ state: 'hidden' })
  await widget(page, '[part=handle]').waitFor()
  assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
})

test('who has chosen loads the gate only: no shell, no engine, no policy; the handle is there and fetches them', async (t) => {
  const { page, shop, come } = await visit(t)
  await notice(page).waitFor()
  come()
  await page.waitForTimeout(500)
  await widget(page, '[part=refuse-all]').click()
  await until(() => shop.accepted().length, 'the receipt')
  shop.requests.length = 0
  await page.reload()
  await widget(page, '[part=handle]').waitFor()
  assert.equal(await notice(page).isVisible(), false)
  await page.waitForTimeout(1500)
  assert.deepEqual(
    shop.requests.filter((path) => path.startsWith('/kelisim')),
    [],
  )
  await widget(page, '[part=handle]').click()
  await widget(page, '[part=choices]').waitFor()
})

test('promise 8: who has chosen and loads the gate only is compared once a session, ten seconds later; what was put back after a withdrawal is closed', async (t) => {
  const { shop, context, page } = await visit(t, { late: false })
  await widget(page, '[part=grant-all]').waitFor()
  await page.waitForTimeout(400)
  await widget(page, '[part=grant-all]').click()
  const compared = (page) =>
    page.evaluate(
      () => sessionStorage.getItem('kelisim.compared') === localStorage.getItem('kelisim.state'),
    )
  await until(() => shop.accepted().length === 1, 'the receipt')
  await until(() => compared(page), 'the comparison')
  const before = await page.evaluate(() =>
    ['kelisim.state', 'kelisim.snapshot'].map((key) => [key, localStorage.getItem(key)]),
  )
  const cookies = await context.cookies()
  await page.evaluate(() => kelisim.withdraw())
  await until(() => shop.accepted().length === 2, 'the withdrawal')
  // The cookie alone keeps a built page closed, so it is put back as well.
  await context.addCookies(cookies)
  await context.addInitScript((values) => {
    for (const [key, value] of values) localStorage.setItem(key, value)
  }, before)
  await page.goto(shop.origin)
  await until(() => page.evaluate(() => window.counted === 1), 'open at first, by the gate alone')
  await until(
    () => page.evaluate(() => seen.events.some(([, code]) => code === 'tampered')),
    'the comparison',
    20_000,
  )
  await notice(page).waitFor()
  assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
  assert.doesNotMatch(
    await page.evaluate(() => localStorage.getItem('kelisim.snapshot')),
    /"(functional|analytics|marketing)":"granted"/,
  )
})

test('without localStorage the gate opens what its cookie says, and without both it asks', async (t) => {
  const { page, shop, context, come } = await visit(t)
  await notice(page).waitFor()
  come()
  await page.waitForTimeout(500)
  await widget(page, '[part=grant-all]').click()
  await until(() => shop.accepted().length, 'the receipt')
  // The gate refuses page code's own attempts at its keys.
  const devtools = await context.newCDPSession(page)
  const forget = () =>
    devtools.send('Storage.clearDataForOrigin', {
      origin: shop.origin,
      storageTypes: 'local_storage,indexeddb',
    })
  const cookies = await context.cookies()
  if (cookies.some(({ name }) => name === '__Host-kelisim')) {
    await forget()
    await page.reload()
    await until(async () => (await page.evaluate(() => window.counted)) === 1, 'the tag')
  }
  await context.clearCookies()
  await forget()
  await page.reload()
  await notice(page).waitFor()
  assert.equal(await page.evaluate(() => window.counted), undefined)
})

test('under a strict Content-Security-Policy with the printed hashes everything works', async (t) => {
  const { csp } = built.install
  const policy = `default-src 'none'; img-src 'self'; ${Object.entries(csp)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')}`
  const { page, shop, come } = await visit(t, {
    headers: { 'content-security-policy': policy },
    page: { body: '' },
  })
  const refused = []
  page.on('console', (message) => {
    if (/Content Security Policy|Refused/.test(message.text())) refused.push(message.text())
  })
  await notice(page).waitFor()
  const { position } = await widget(page, 'dialog').evaluate((dialog) => getComputedStyle(dialog))
  assert.equal(position, 'fixed')
  come()
  await page.waitForTimeout(400)
  await widget(page, '[part=grant-all]').click()
  await until(() => shop.accepted().length, 'the receipt')
  assert.deepEqual(refused, [])
})

test('where the gate does not run, or scripts are off, the layer stays away and the page works', async (t) => {
  const shop = await serveBuilt(built)
  shop.pages['/'] = {
    body: builtPage(built).replace(/<script data-cfasync[^>]*>[^]*?<\/script>/, ''),
  }
  const context = await browser.newContext()
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  await page.goto(shop.origin)
  assert.equal(await notice(page).isVisible(), false)
  assert.ok(await page.locator('#buy').isVisible())
})

test('what a page says in another language than it was built in is drawn by the engine', async (t) => {
  const { page, come } = await visit(t, { page: { lang: 'kk' }, late: false })
  come()
  await until(async () => (await events(page, 'ready')).length, 'the engine')
  await page.evaluate(() => (document.documentElement.lang = 'en'))
  await until(async () => /Your data/.test(await notice(page).textContent()), 'English')
})

test('too early or covered, before the engine is there: it is said over the answers, in the page’s language, and the next click is free', async (t) => {
  const { page, come } = await visit(t)
  await notice(page).waitFor()
  await page.waitForTimeout(500)
  const words = JSON.parse(built.read('locales/ru.json')).strings
  const line = widget(page, '[role=alert]')
  const place = () => widget(page, '[part=grant-all]').boundingBox()
  const before = await place()
  await page.evaluate(() =>
    document.querySelector('kelisim-widget').shadowRoot.append(document.createElement('style')),
  )
  await page.waitForTimeout(400)
  await widget(page, '[part=grant-all]').click()
  await until(async () => (await line.innerText()) === words['error.tampered'], 'the line')
  assert.deepEqual(await place(), before)
  assert.deepEqual(await events(page, 'error'), [['error', 'tampered']])
  assert.equal(await page.evaluate(() => window.counted), undefined)
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('kelisim-widget')
    shadowRoot.querySelectorAll('style')[1].remove()
    // It moves, and is pressed at once.
    shadowRoot.querySelector('dialog').style.setProperty('inset', 'auto 0 40px', 'important')
    const { x, y } = shadowRoot.querySelector('[part=grant-all]').getBoundingClientRect()
    window.place = [x + 9, y + 9]
  })
  await page.mouse.click(...(await page.evaluate(() => window.place)))
  await until(async () => (await line.innerText()) === words['error.early'], 'the line')
  assert.equal(await line.count(), 1)
  await page.evaluate(() =>
    document
      .querySelector('kelisim-widget')
      .shadowRoot.querySelector('dialog')
      .removeAttribute('style'),
  )
  await page.waitForTimeout(500)
  await widget(page, '[part=grant-all]').click()
  await until(async () => (await page.evaluate(() => window.counted)) === 1, 'the tag')
  come()
})

test('the first of the body’s elements is the page’s own: the layer moves out of the body before anything is painted', async (t) => {
  const first = `<style>body > :first-child { margin-top: 77px } body > :first-of-type { color: red } body > * + * { margin-left: 33px }</style>`
  const { page, come } = await visit(t, { page: { head: first } })
  await notice(page).waitFor()
  const look = () =>
    page.evaluate(() => {
      const main = document.querySelector('main')
      const { marginTop, marginLeft, color } = getComputedStyle(main)
      return [marginTop, marginLeft, color, document.body.firstElementChild.localName].join()
    })
  assert.equal(await look(), '77px,0px,rgb(255, 0, 0),main')
  come()
  await until(async () => (await events(page, 'ready')).length, 'the engine')
  await page.waitForTimeout(300)
  assert.equal(await look(), '77px,0px,rgb(255, 0, 0),main')
  assert.deepEqual(await page.evaluate(() => seen.shifts), [])
})

test('without the build the two lines draw the same layer, to the pixel', async (t) => {
  const { page, come } = await visit(t, { late: false })
  come()
  const policy = 'examples/policies/alma-chocolates.json'
  const shop = await startShop({ policy, text: policy.replace('.json', '.text.json') })
  shop.pages['/'] = { body: html({ lang: 'ru', gateFile: 'kelisim.js' }) }
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  t.after(() => Promise.all([context.close(), shop.close()]))
  const other = await context.newPage()
  await other.goto(shop.origin)
  const shots = []
  for (const one of [page, other]) {
    await notice(one).waitFor()
    await one.waitForTimeout(400)
    shots.push(await widget(one, 'dialog').screenshot())
  }
  assert.equal(compare(...shots).count, 0)
})
