// Where it runs: strict policies, old browsers' gaps, elements inside the page, and the gate itself.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

async function visit(
  t,
  { headers, body, gate, gateFile, head, init, prepare = () => {}, context: options } = {},
) {
  const shop = await startShop({ headers })
  shop.pages['/'] = { body: html({ body, gate, gateFile, head }) }
  prepare(shop)
  const context = await browser.newContext(options)
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  const violations = []
  page.on('console', (message) => {
    if (/Content Security Policy|TrustedHTML|Trusted/i.test(message.text()))
      violations.push(message.text())
  })
  if (init) await page.addInitScript(init)
  await page.goto(shop.origin)
  return { shop, page, violations }
}

test("a strict policy: script-src 'self' 'wasm-unsafe-eval', Trusted Types required, nothing else allowed", async (t) => {
  const { shop, page, violations } = await visit(t, {
    headers: {
      'content-security-policy':
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self'; style-src 'none'; require-trusted-types-for 'script'; trusted-types kelisim",
    },
  })
  for (const layer of ['choices', 'policy', 'rights', 'receipts', 'notice']) {
    await widget(page, '[part=notice], [part=handle]').first().waitFor({ state: 'attached' })
    await page.waitForFunction(() => window.kelisim)
    await page.evaluate((wanted) => kelisim.open(wanted), layer)
    await widget(page, `[part=${layer}]`).waitFor()
  }
  assert.equal(
    await widget(page, 'dialog').evaluate((dialog) => getComputedStyle(dialog).position),
    'fixed',
    'it has its styles',
  )
  await press(page, '[part=grant-all]')
  await until(() => shop.accepted().length, 'the receipt')
  assert.deepEqual(violations, [])
})

test("without 'wasm-unsafe-eval' the plain build takes over", async (t) => {
  const { shop, page } = await visit(t, {
    headers: { 'content-security-policy': "script-src 'self'" },
  })
  await press(page, '[part=refuse-all]')
  await until(() => shop.accepted().length, 'the receipt')
  assert.ok(shop.requests.includes('/kelisim/kelisim-engine.plain.js'))
})

test('without constructable sheets the styles come in an element with the nonce', async (t) => {
  const { page } = await visit(t, {
    headers: {
      'content-security-policy':
        "script-src 'self' 'nonce-abc' 'wasm-unsafe-eval'; style-src 'nonce-abc'",
    },
    prepare: (shop) =>
      (shop.pages['/'].body = shop.pages['/'].body.replace(
        '<script src',
        '<script nonce="abc" src',
      )),
    init: () => delete window.CSSStyleSheet,
  })
  await widget(page, '[part=notice]').waitFor()
  assert.equal(
    await widget(page, 'dialog').evaluate((dialog) => getComputedStyle(dialog).position),
    'fixed',
  )
})

test('a page that styles everything does not reach the widget', async (t) => {
  const { page } = await visit(t, {
    head: '<style>*{color:red!important;font-size:40px!important;display:flex}html{font-size:62.5%}button{width:7px!important}dialog{display:none!important}</style>',
  })
  await widget(page, '[part=notice]').waitFor()
  const { size, width } = await widget(page, '[part=grant-all]').evaluate((button) => ({
    size: getComputedStyle(button).fontSize,
    width: button.offsetWidth,
  }))
  assert.equal(size, '14px')
  assert.ok(width > 60)
})

test('a page that writes its body anew keeps the widget', async (t) => {
  const { page } = await visit(t)
  await widget(page, '[part=notice]').waitFor()
  await page.evaluate(() => (document.body.innerHTML = '<p>another view of a single-page shop</p>'))
  assert.equal(await widget(page, '[part=notice]').isVisible(), true)
  await page.evaluate(() => document.querySelector('kelisim-widget').remove())
  await page.evaluate(() => kelisim.open('choices'))
  await widget(page, '[part=choices]').waitFor()
})

test('data-open="never" asks nobody by itself; the handle is there', async (t) => {
  const { page } = await visit(t, { gate: { open: 'never' } })
  await widget(page, '[part=handle]').waitFor()
  assert.equal(await widget(page, 'dialog').isVisible(), false)
  await widget(page, '[part=handle]').click()
  await widget(page, '[part=choices]').waitFor()
})

test('#kelisim in the address opens the choices', async (t) => {
  const { shop, page } = await visit(t)
  await page.goto(shop.origin + '/#kelisim')
  await widget(page, '[part=choices]').waitFor()
  await page.keyboard.press('Escape')
  await page.evaluate(() => (location.hash = ''))
  await page.evaluate(() => (location.hash = '#kelisim'))
  await widget(page, '[part=choices]').waitFor()
})

test('every colour, radius, font and gap is a custom property; parts can be styled, but not the answers', async (t) => {
  const { page } = await visit(t, {
    head: '<style>kelisim-widget{--kelisim-surface:rgb(1,2,3);--kelisim-answer:rgb(4,5,6);--kelisim-radius:0px;--kelisim-font:20px/1 serif}kelisim-widget::part(choose){text-transform:uppercase}kelisim-widget::part(handle){opacity:0.9}</style>',
  })
  await widget(page, '[part=notice]').waitFor()
  const look = await widget(page, 'dialog').evaluate((dialog) => {
    const { backgroundColor, borderTopLeftRadius, fontFamily } = getComputedStyle(dialog)
    const choose = getComputedStyle(dialog.querySelector('[part=choose]'))
    return [
      backgroundColor,
      borderTopLeftRadius,
      fontFamily,
      choose.backgroundColor,
      choose.textTransform,
      getComputedStyle(dialog.getRootNode().querySelector('.handle')).opacity,
    ]
  })
  assert.deepEqual(look, ['rgb(1, 2, 3)', '0px', 'serif', 'rgb(4, 5, 6)', 'none', '0.9'])
})

test('<kelisim-policy>: what is inside stays until the summary is there; lines open, clauses open, the text comes when asked', async (t) => {
  const { shop, page } = await visit(t, {
    body: '<kelisim-policy lang="kk"><a href="/privacy">Policy</a></kelisim-policy>',
  })
  const summary = page.locator('kelisim-policy')
  await summary.locator('[part=policy]').waitFor()
  assert.equal(await summary.locator('.layer').getAttribute('lang'), 'kk')
  assert.equal(await summary.locator('.close').isVisible(), false)
  assert.equal(await summary.locator('[part=back]').isVisible(), false)
  await summary.locator('summary').first().click()
  await summary.locator('.ref').first().click()
  await summary.locator('.said .words').waitFor()
  await summary.locator('[data-action=load_text]').click()
  await summary.locator('.clause').first().waitFor()
  assert.ok(shop.requests.includes('/policy.text.json'))
  await page.evaluate(() => document.querySelector('kelisim-policy').setAttribute('lang', 'en'))
  await until(
    async () => (await summary.locator('.layer').getAttribute('lang')) === 'en',
    'English',
  )
  await summary.evaluate((element) => element.remove())
})

test('<kelisim-policy> that cannot be drawn shows what is inside it', async (t) => {
  const { page } = await visit(t, {
    body: '<kelisim-policy><a href="/privacy">Policy</a></kelisim-policy>',
    prepare: (shop) => (shop.pages['/policy.json'] = { status: 404, body: '' }),
  })
  await until(() => page.evaluate(() => gate.error), 'the error')
  assert.equal(await page.locator('kelisim-policy a').isVisible(), true)
})

test('<kelisim-hold>: in the place of a held frame, moves nothing, grants that one service', async (t) => {
  const { shop, page } = await visit(t, {
    body: '<p id="above">above</p><iframe id="film" width="420" height="300"></iframe><p id="below">below</p>',
  })
  await press(page, '[part=refuse-all]')
  const places = () =>
    page.evaluate(() =>
      ['above', 'film', 'below']
        .map((id) => document.getElementById(id).getBoundingClientRect().top)
        .join(),
    )
  const before = await places()
  await page.evaluate(() => gate.hold(document.getElementById('film'), 'video'))
  const hold = page.locator('kelisim-hold')
  await hold.locator('[part=hold-grant]').waitFor()
  assert.equal(await places(), before)
  const [own, film] = [
    await hold.boundingBox(),
    await page.locator('#film').evaluate((frame) => frame.getBoundingClientRect().toJSON()),
  ]
  assert.deepEqual(
    [own.x, own.y, own.width, own.height].map(Math.round),
    [film.x, film.y, film.width, film.height].map(Math.round),
  )
  assert.match(await hold.locator('[part=hold]').textContent(), /Video Inc\..*USA/)
  await page.setViewportSize({ width: 380, height: 700 })
  await page.evaluate(() => (document.getElementById('film').style.width = '300px'))
  await until(async () => Math.round((await hold.boundingBox()).width) === 304, 'the new width')

  await hold.evaluate((element) => element.shadowRoot.querySelector('[part=hold-grant]').click())
  assert.equal(
    await page.evaluate(() => kelisim.allows('video')),
    false,
    'page code does not grant here either',
  )
  await page.waitForTimeout(600)
  await hold.locator('[part=hold-grant]').click()
  assert.deepEqual(await page.evaluate(() => [kelisim.allows('video'), kelisim.allows('pixel')]), [
    true,
    false,
  ])
  await until(() => shop.accepted().length === 2, 'the receipt')
  assert.equal(
    JSON.parse(Buffer.from(shop.accepted()[1].split('.')[1], 'base64url')).evidence.action,
    'grant_service',
  )
  await page.evaluate(() => {
    gate.held.length = 0
    document.dispatchEvent(new CustomEvent('kelisim:released'))
  })
  await until(async () => (await hold.count()) === 0, 'the placeholder to go')
  assert.equal(await page.locator('#film').evaluate((frame) => frame.style.visibility), '')
})

for (const [where, edge] of [
  ['below', ({ bottom }) => bottom + 8 - innerHeight],
  ['above', ({ top }) => top - 8],
])
  test(`<kelisim-hold> that is partly out of sight (${where}) grants as long as its own button can be seen`, async (t) => {
    const { page } = await visit(t, {
      body: '<div style="height:1500px"></div><iframe id="film" width="420" height="300"></iframe><div style="height:1500px"></div>',
    })
    await press(page, '[part=refuse-all]')
    await page.evaluate(() => gate.hold(document.getElementById('film'), 'video'))
    const button = page.locator('kelisim-hold').locator('[part=hold-grant]')
    await button.waitFor()
    await button.evaluate(
      (element, by) => scrollBy(0, new Function(`return ${by}`)()(element.getBoundingClientRect())),
      String(edge),
    )
    await page.waitForTimeout(700)
    const hold = await page.locator('kelisim-hold').boundingBox()
    const { y, height, x, width } = await button.boundingBox()
    const { height: screen } = page.viewportSize()
    assert.ok(hold.y < 0 || hold.y + hold.height > screen, 'part of it is out of sight')
    assert.ok(y >= 0 && y + height <= screen, `the button is in sight (${y})`)
    await page.mouse.click(x + width / 2, y + height / 2)
    assert.equal(await page.evaluate(() => kelisim.allows('video')), true)
  })

test('<kelisim-hold> that is gone is forgotten: nothing of the page holds on to it', async (t) => {
  const { page } = await visit(t, { body: '<iframe id="film" width="420" height="300"></iframe>' })
  await press(page, '[part=refuse-all]')
  await page.evaluate(() => gate.hold(document.getElementById('film'), 'video'))
  await page.locator('kelisim-hold').locator('[part=hold-grant]').waitFor()
  await page.evaluate(() => {
    window.gone = new WeakRef(document.querySelector('kelisim-hold'))
    gate.held.length = 0
    document.dispatchEvent(new CustomEvent('kelisim:released'))
  })
  await until(async () => (await page.locator('kelisim-hold').count()) === 0, 'it to go')
  const developer = await page.context().newCDPSession(page)
  await until(async () => {
    await developer.send('HeapProfiler.collectGarbage')
    return page.evaluate(() => window.gone.deref() === undefined)
  }, 'it to be forgotten')
})

test('<kelisim-hold> opens the choices', async (t) => {
  const { page } = await visit(t, { body: '<iframe id="film" width="420" height="300"></iframe>' })
  await press(page, '[part=refuse-all]')
  await page.evaluate(() => gate.hold(document.getElementById('film'), 'video'))
  await page.locator('kelisim-hold [data-action=open]').click()
  await widget(page, '[part=choices]').waitFor()
})

test('with the real gate: two lines, a question, an answer, a receipt, and a return visit that is open at once', async (t) => {
  const { shop, page } = await visit(t, {
    gateFile: 'kelisim.js',
    head: `<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"><!-- -->`,
    body: '<button id="settings" data-kelisim-open>Settings</button>',
  })
  await press(page, '[part=grant-all]')
  await until(() => shop.accepted().length, 'the receipt')
  assert.equal(await page.evaluate(() => kelisim.state().status), 'decided')
  assert.equal(await page.evaluate(() => kelisim.allows('pixel')), true)
  assert.ok(
    Object.isFrozen(await page.evaluateHandle(() => kelisim)) ||
      (await page.evaluate(() => Object.isFrozen(kelisim))),
  )
  await page.reload()
  assert.equal(
    await page.evaluate(() => kelisim.allows('pixel')),
    true,
    'from the snapshot, before the engine',
  )
  await page.evaluate(() => kelisim.ready)
  await page.click('#settings')
  await widget(page, '[part=choices]').waitFor()
  await widget(page, '[part=withdraw-all]').click()
  assert.equal(await page.evaluate(() => kelisim.allows('pixel')), false)
  await until(() => shop.accepted().length === 2, 'the receipt of the withdrawal')
})

test('with the real gate: refusing before the engine is there is carried out when it is', async (t) => {
  const { shop, page } = await visit(t, {
    gateFile: 'kelisim.js',
    init: () => sessionStorage.setItem('kelisim.line2', '1'),
  })
  const { receipt_id } = await page.evaluate(() => kelisim.refuse())
  await until(() => shop.accepted().length, 'the receipt')
  assert.ok(Buffer.from(shop.accepted()[0].split('.')[1], 'base64url').includes(receipt_id))
})

test('with the real gate: a held frame has its placeholder, and gets its address back when it is allowed', async (t) => {
  const { shop, page } = await visit(t, {
    gateFile: 'kelisim.js',
    init: () => sessionStorage.setItem('kelisim.line2', '1'),
    body: '<iframe id="film" width="420" height="300" src="http://video.example/embed/1"></iframe>',
  })
  await press(page, '[part=refuse-all]')
  const hold = page.locator('kelisim-hold')
  await hold.locator('[part=hold-grant]').waitFor()
  assert.equal(await page.locator('#film').getAttribute('src'), null)
  await page.waitForTimeout(600)
  await hold.locator('[part=hold-grant]').click()
  await until(async () => (await page.locator('#film').getAttribute('src')) !== null, 'the address')
  await until(async () => (await hold.count()) === 0, 'the placeholder to go')
  await until(() => shop.accepted().length === 2, 'the receipt')
})
