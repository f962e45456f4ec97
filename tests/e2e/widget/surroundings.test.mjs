// Pages that are built in other ways than a widget would like: grids, effects, names of their own, views that replace everything, frames.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildShop, builtPage, serveBuilt } from '../../support/built-shop.mjs'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

const policy = 'examples/policies/alma-chocolates.json'
const text = policy.replace('.json', '.text.json')
const SECOND = `<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"><!-- -->`
const LONG = '<div style="height:3000px"></div>'
let browser
let built
before(async () => {
  browser = await launch()
  built = buildShop('alma-chocolates')
})
after(() => browser?.close())

const twoLines = (given) =>
  html({ lang: 'ru', gateFile: 'kelisim.js', ...given, head: SECOND + (given.head ?? '') })
const WAYS = {
  'two lines': {
    start: () => startShop({ policy, text }),
    page: (given) => twoLines(given),
  },
  built: {
    start: () => serveBuilt(built, {}),
    page: (given) => builtPage(built, given),
  },
}

async function visit(t, way, given = {}, init, options = {}) {
  const shop = await WAYS[way].start()
  shop.pages['/'] = { body: WAYS[way].page(given) }
  shop.pages['/bare'] = {
    body: shop.pages['/'].body.replace(/<(script|kelisim-widget)[^]*?<\/\1>/g, ''),
  }
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  t.after(() => Promise.all([context.close(), shop.close()]))
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  if (init) await page.addInitScript(init)
  await page.addInitScript(() => {
    window.shift = 0
    window.errors = []
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) window.shift += value
    }).observe({ type: 'layout-shift', buffered: true })
    document.addEventListener('kelisim:error', ({ detail }) => window.errors.push(detail.code))
  })
  await page.goto(shop.origin)
  await page.evaluate(() => kelisim.ready)
  return { shop, page }
}
const status = (page) => page.evaluate(() => kelisim.state().status)
const inSight = async (page, selector) => {
  const box = await widget(page, selector).boundingBox()
  return Boolean(box && box.y >= 0 && box.y + box.height <= 800)
}

const LAYOUTS = {
  'html is a grid': 'html{display:grid;grid-template-columns:1fr 1fr;gap:40px}',
  'html is a flex box': 'html{display:flex;flex-direction:column;gap:40px}',
  'body is a grid': 'body{display:grid;grid-template-rows:auto 1fr auto;gap:50px;min-height:90vh}',
  'body is a flex box': 'body{display:flex;gap:100px}',
}
for (const way of Object.keys(WAYS))
  for (const [title, css] of Object.entries(LAYOUTS))
    test(`${way}: ${title}, and nothing of the page makes room for the widget`, async (t) => {
      const { shop, page } = await visit(t, way, { head: `<style>${css}</style>` })
      await widget(page, '[part=notice]').waitFor()
      await page.waitForTimeout(200)
      const place = () =>
        page.evaluate(() => {
          const { x, y, width, height } = document.querySelector('main').getBoundingClientRect()
          return [x, y, width, height].join()
        })
      const [own, shift] = [await place(), await page.evaluate(() => window.shift)]
      await page.goto(shop.origin + '/bare')
      assert.equal(own, await place())
      assert.equal(shift, 0)
    })

const EFFECTS = {
  'html is transformed': 'html{transform:scale(0.98)}',
  'body is transformed': 'body{transform:translateX(30px)}',
  'html has more contrast, as sites for weak eyes have it': 'html{filter:contrast(1.2)}',
  'body is faint': 'body{opacity:0.3}',
  'body is cut and blended': 'body{clip-path:inset(0 0 50% 0);mix-blend-mode:multiply}',
}
for (const way of Object.keys(WAYS))
  for (const [title, css] of Object.entries(EFFECTS))
    test(`${way}: ${title}, and the notice is in sight and its answer counts`, async (t) => {
      const { page } = await visit(t, way, { head: `<style>${css}</style>`, body: LONG })
      await until(() => inSight(page, '[part=notice] .actions'), 'the notice in the window')
      await page.waitForTimeout(500)
      const press = async () => {
        const { x, y, width, height } = await widget(page, '[part=grant-all]').boundingBox()
        await page.mouse.click(x + width / 2, y + height / 2)
        await page.waitForTimeout(400)
      }
      await press()
      // Where the page's effects lay on the painted layer the first press brings it on top of them.
      if (way === 'built' && (await status(page)) !== 'decided') await press()
      assert.equal(await status(page), 'decided')
    })

test('names the widget uses for itself mean nothing in the page’s own styles, and its direction is its own', async (t) => {
  const look = async (css) => {
    const { page } = await visit(t, 'two lines', { head: `<style>${css}</style>` })
    await widget(page, '[part=notice]').waitFor()
    await page.evaluate(() => kelisim.open('choices'))
    await widget(page, '[part=choices]').waitFor()
    return widget(page, 'dialog').evaluate((dialog) => {
      const of = getComputedStyle(dialog)
      const { x, y, width, height } = dialog.getBoundingClientRect()
      return [of.backgroundColor, of.color, of.font, of.direction, x, y, width, height].join()
    })
  }
  const names =
    'surface text muted line field accent answer on-answer warning focus radius gap font'
  const hostile = names.split(' ').map((name) => `--${name}:9em!important`)
  assert.equal(await look(`*{direction:rtl!important;${hostile.join(';')}}`), await look(''))
})

for (const [title, replace] of Object.entries({
  'its body anew': () => (document.body.innerHTML = '<p>another view</p>'),
  'another body': () =>
    document.documentElement.replaceChild(document.createElement('body'), document.body),
  'all of itself': () =>
    (document.documentElement.innerHTML = '<head></head><body><p>another view</p></body>'),
}))
  for (const way of Object.keys(WAYS))
    test(`${way}: a page that writes ${title} keeps the question, the choices half made, and the handle`, async (t) => {
      const { page } = await visit(t, way)
      await widget(page, '[part=notice]').waitFor()
      await page.evaluate(replace)
      await until(() => inSight(page, '[part=notice] .actions'), 'the notice')
      await press(page, '[part=choose]')
      await widget(page, '[part=choices] [role=switch]:not([disabled])').first().click()
      await page.waitForTimeout(1100)
      await page.evaluate(replace)
      await until(() => inSight(page, '[part=choices] .actions'), 'the choices')
      assert.ok(await widget(page, '[role=switch]:not([disabled])').first().isChecked())
      assert.ok(await widget(page, 'dialog').evaluate((dialog) => dialog.matches(':modal')))
      await press(page, '[part=refuse-all]')
      await until(async () => (await status(page)) === 'decided', 'the decision')
      await page.reload()
      await widget(page, '[part=handle]').waitFor()
      await page.waitForTimeout(1100)
      await page.evaluate(replace)
      await until(() => inSight(page, '[part=handle]'), 'the handle')
      await widget(page, '[part=handle]').click()
      await widget(page, '[part=choices]').waitFor()
    })

test('a page that takes the widget out again and again is not fought with', async (t) => {
  const { page } = await visit(t, 'built')
  const taken = await page.evaluate(async () => {
    let times = 0
    new MutationObserver(() => {
      const found = document.querySelector('kelisim-widget')
      if (!found) return
      times++
      found.remove()
    }).observe(document, { childList: true, subtree: true })
    document.body.append('one')
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      document.body.append('more')
    }
    return times
  })
  assert.ok(taken >= 1 && taken <= 4, String(taken))
})

for (const way of Object.keys(WAYS))
  test(`${way}: under a modal dialog of the page the notice waits below it, and works once that is closed`, async (t) => {
    const { page } = await visit(t, way, {
      body: `<dialog id="city" style="inset:auto 0 0 auto;margin:0;width:460px;height:400px">Your city?</dialog><script>city.showModal()</script>`,
    })
    await widget(page, '[part=notice]').waitFor()
    await page.waitForTimeout(200)
    const onTop = () =>
      page.evaluate(() => {
        const { shadowRoot } = document.querySelector('kelisim-widget')
        const { x, y } = shadowRoot.querySelector('[part=refuse-all]').getBoundingClientRect()
        return document.elementFromPoint(x + 5, y + 5).localName
      })
    const city = (act) => page.evaluate((act) => document.getElementById('city')[act](), act)
    assert.equal(await onTop(), 'dialog', 'it was there first')
    await city('close')
    await until(async () => (await onTop()) === 'kelisim-widget', 'the notice')
    await city('showModal')
    await page.waitForTimeout(300)
    assert.equal(await onTop(), 'dialog', 'it came later')
    await page.evaluate(() => kelisim.open('notice'))
    await page.waitForTimeout(100)
    assert.equal(await onTop(), 'dialog', 'the notice was asked for')
    await city('close')
    await page.waitForTimeout(100)
    assert.equal(await onTop(), 'kelisim-widget')
    await press(page, '[part=grant-all]')
    assert.equal(await status(page), 'decided')
  })

for (const colorScheme of ['light', 'dark'])
  for (const way of Object.keys(WAYS))
    test(`${way}: who has the system's own colours forced (${colorScheme}) can answer, in the notice and in the choices`, async (t) => {
      for (const layer of ['notice', 'choices']) {
        const { page } = await visit(t, way, {}, () => {}, { forcedColors: 'active', colorScheme })
        if (layer === 'choices') await press(page, '[part=choose]')
        await widget(page, `[part=${layer}]`).waitFor()
        await press(page, '[part=grant-all]')
        assert.equal(await status(page), 'decided', layer)
      }
    })

test('where Web Locks are denied, as in frames of other sites, the receipt is made all the same', async (t) => {
  const { shop, page } = await visit(t, 'two lines', {}, () => {
    navigator.locks.request = () =>
      Promise.reject(new DOMException('The request was denied.', 'SecurityError'))
  })
  await press(page, '[part=refuse-all]')
  await until(() => shop.accepted().length, 'the receipt')
  assert.deepEqual(await page.evaluate(() => window.errors), [])
})

test('in a frame without an origin of its own the gate runs: closed, and who answers is heard', async (t) => {
  const shop = await startShop({ policy, text })
  const context = await browser.newContext()
  t.after(() => Promise.all([context.close(), shop.close()]))
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  shop.headers = { 'access-control-allow-origin': '*' }
  shop.pages['/inner'] = { body: twoLines({}) }
  shop.pages['/'] = {
    body: `<!doctype html><iframe src="/inner" width="500" height="600" sandbox="allow-scripts"></iframe>`,
  }
  await page.goto(shop.origin)
  const frame = page.frames()[1]
  await frame.waitForFunction(() => window.kelisim)
  assert.equal(await frame.evaluate(() => kelisim.allows('https://mc.yandex.ru/x')), false)
  const errors = []
  page.on('console', (message) => errors.push(message.text()))
  const notice = frame.locator('kelisim-widget').locator('[part=notice]')
  await notice.waitFor()
  await page.waitForTimeout(500)
  await notice.locator('[part=grant-all]').click()
  await until(() => frame.evaluate(() => kelisim.state().status === 'decided'), 'the decision')
  assert.equal(await frame.evaluate(() => kelisim.allows('https://mc.yandex.ru/x')), true)
  assert.deepEqual(
    errors.filter((said) => said.includes('act_failed')),
    [],
  )
})

test('lang="kz", which many pages of Kazakhstan have, is Kazakh', async (t) => {
  const { shop, page } = await visit(t, 'two lines', { lang: 'kz' })
  await widget(page, '[part=notice][lang=kk]').waitFor()
  assert.ok(!shop.requests.includes('/kelisim/locales/kz.json'))
})

test('built: a page in a language without a file asks for none, and speaks the next', async (t) => {
  const { shop, page } = await visit(t, 'built', {}, () => {}, { locale: 'kk-KZ' })
  shop.pages['/'].body = shop.pages['/'].body.replace('<html lang="ru"', '<html lang="de"')
  shop.requests.length = 0
  await page.reload()
  await page.evaluate(() => kelisim.ready)
  await page.evaluate(() => kelisim.open('choices'))
  await widget(page, '[part=choices][lang=kk]').waitFor()
  assert.deepEqual(
    shop.requests.filter((path) => path.includes('/locales/')),
    ['/kelisim/locales/kk.json'],
  )
})
