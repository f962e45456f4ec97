// What is drawn: the same elements the engine writes as HTML, readable by everybody, and no harm to the page.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { fromDist, readRepo } from '../../support/dist.mjs'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

/** A page of a shop with one of the real policies. */
async function open(name, { lang = 'ru', options = {}, shop: given = {} } = {}) {
  const shop = await startShop({
    policy: `examples/policies/${name}.json`,
    text: `examples/policies/${name}.text.json`,
    ...given,
  })
  shop.pages['/'] = { body: html({ lang }) }
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  return { shop, page, close: () => Promise.all([context.close(), shop.close()]) }
}

/** The layer's elements without what only behaviour adds. */
const drawn = (page) =>
  page.evaluate(() => {
    const layer = document
      .querySelector('kelisim-widget')
      .shadowRoot.querySelector('.layer')
      .cloneNode(true)
    for (const element of layer.querySelectorAll('[aria-expanded]'))
      element.removeAttribute('aria-expanded')
    for (const element of layer.querySelectorAll('#k-about')) element.removeAttribute('id')
    return layer.outerHTML
  })

/** Equal, or where the two part. */
function same(got, want, what) {
  if (got === want) return
  let at = 0
  while (got[at] === want[at]) at++
  assert.fail(
    `${what}, at ${at}: drawn …${got.slice(at - 60, at + 120)}… written …${want.slice(at - 60, at + 120)}…`,
  )
}

/** HTML text as the browser itself would write it. */
const normal = (page, text) =>
  page.evaluate((markup) => {
    const parsed = new DOMParser().parseFromString(markup, 'text/html')
    return parsed.body.innerHTML
  }, text)

/** The same layer as the engine in Node writes it. */
async function engineFor(name) {
  const { loadEngine } = await import(fromDist('node/index.js'))
  const kelisim = await loadEngine()
  kelisim.loadPolicy(readRepo(`examples/policies/${name}.json`))
  kelisim.restore(null)
  kelisim.loadText(readRepo(`examples/policies/${name}.text.json`))
  return kelisim
}

for (const name of ['alma-chocolates', 'letoile'])
  for (const lang of ['kk', 'ru', 'en'])
    test(`${name}, ${lang}: every layer is the elements of its HTML`, async () => {
      const { page, close } = await open(name, { lang })
      const kelisim = await engineFor(name)
      for (const layer of ['notice', 'choices', 'policy', 'rights', 'receipts']) {
        await page.evaluate((wanted) => kelisim.open(wanted), layer)
        await widget(page, `[part=${layer}]`).waitFor()
        same(await drawn(page), await normal(page, kelisim.renderSummary({ layer, lang })), layer)
      }
      await page.evaluate(() => kelisim.open('policy'))
      await widget(page, '[data-action=load_text]').click()
      await widget(page, '.clause').first().waitFor()
      same(
        await drawn(page),
        await normal(page, kelisim.renderSummary({ lang, text: true })),
        'full text',
      )
      await close()
    })

for (const scheme of ['light', 'dark'])
  for (const name of ['alma-chocolates', 'letoile'])
    test(`${name}, ${scheme}: axe finds nothing in any layer`, async () => {
      const { page, close } = await open(name, { options: { colorScheme: scheme } })
      await page.addScriptTag({ content: axe })
      for (const layer of ['notice', 'choices', 'policy', 'rights', 'receipts']) {
        await page.evaluate((wanted) => kelisim.open(wanted), layer)
        await widget(page, `[part=${layer}]`).waitFor()
        await page.waitForTimeout(200)
        for (const summary of await widget(page, 'details').all())
          await summary.evaluate((element) => (element.open = true))
        const { violations } = await page.evaluate(() => axe.run('kelisim-widget'))
        assert.deepEqual(
          violations.map(
            ({ id, nodes }) =>
              `${layer}: ${id}: ${nodes.map(({ html, failureSummary }) => html.slice(0, 120) + failureSummary.slice(0, 200)).join('\n')}`,
          ),
          [],
        )
      }
      await close()
    })

test('the notice does not move the page, is not its largest paint, and takes no focus', async () => {
  const shop = await startShop()
  const text = '<p>' + 'Milk chocolate with hazelnuts from Almaty. '.repeat(12) + '</p>'
  shop.pages['/'] = { body: html({ body: text }) }
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(() => {
    window.paints = []
    window.shifts = []
    new PerformanceObserver((list) =>
      paints.push(...list.getEntries().map(({ element, size }) => [element?.tagName, size])),
    ).observe({ type: 'largest-contentful-paint', buffered: true })
    new PerformanceObserver((list) =>
      shifts.push(...list.getEntries().map(({ value }) => value)),
    ).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  await page.waitForTimeout(500)
  assert.deepEqual(await page.evaluate(() => shifts), [])
  assert.deepEqual((await page.evaluate(() => paints)).map(([tag]) => tag).slice(-1), ['P'])
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BODY')
  await Promise.all([context.close(), shop.close()])
})

test('no global style and no name leak into the page', async () => {
  const shop = await startShop()
  const context = await browser.newContext()
  const page = await context.newPage()
  shop.pages['/bare'] = { body: '<!doctype html><title>Shop</title>' }
  await page.goto(shop.origin + '/bare')
  const bare = await page.evaluate(() => Object.keys(window))
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  const added = (await page.evaluate(() => Object.keys(window))).filter(
    (name) => !bare.includes(name),
  )
  assert.deepEqual(added.sort(), ['gate', 'kelisim'])
  assert.equal(
    await page.evaluate(() => document.styleSheets.length + document.adoptedStyleSheets.length),
    0,
  )
  await Promise.all([context.close(), shop.close()])
})

for (const [width, height] of [
  [320, 568],
  [360, 740],
  [768, 1024],
  [1280, 800],
])
  test(`${width} × ${height}: nothing is cut off or runs out of the page, every target is 24 px, answers are equal`, async () => {
    const { page, close } = await open('letoile', {
      lang: 'kk',
      options: { viewport: { width, height } },
    })
    for (const layer of ['notice', 'choices']) {
      await page.evaluate((wanted) => kelisim.open(wanted), layer)
      await widget(page, `[part=${layer}]`).waitFor()
      const found = await page.evaluate(() => {
        const root = document.querySelector('kelisim-widget').shadowRoot
        const dialog = root.querySelector('dialog')
        const box = dialog.getBoundingClientRect()
        const rect = (element) => element.getBoundingClientRect()
        const shown = [...root.querySelectorAll('.layer *')].filter((element) =>
          element.checkVisibility(),
        )
        return {
          sideways:
            dialog.scrollWidth > dialog.clientWidth ||
            document.documentElement.scrollWidth > innerWidth,
          outside: shown
            .filter(
              (element) => rect(element).right > box.right + 1 || rect(element).left < box.left - 1,
            )
            .map((element) => element.outerHTML.slice(0, 80)),
          small: shown
            .filter((element) => element.matches('button, summary, input'))
            .map((element) => (element.matches('input') ? element.closest('label') : element))
            .filter((element) => rect(element).height < 24 || rect(element).width < 24)
            .map((element) => element.outerHTML.slice(0, 80)),
          answers: [...root.querySelectorAll('[data-weight=equal]')].map((element) => {
            const { width: w, height: h } = rect(element)
            const { color, backgroundColor, fontSize, fontWeight, borderColor } =
              getComputedStyle(element)
            return [
              Math.round(w),
              Math.round(h),
              color,
              backgroundColor,
              fontSize,
              fontWeight,
              borderColor,
            ].join()
          }),
        }
      })
      assert.deepEqual([found.sideways, found.outside, found.small], [false, [], []], layer)
      assert.equal(found.answers.length, 3)
      assert.equal(new Set(found.answers).size, 1, found.answers.join('\n'))
    }
    await close()
  })

test('with text at 200 % nothing is lost at 640 px', async () => {
  const { page, close } = await open('letoile', {
    lang: 'ru',
    options: { viewport: { width: 640, height: 720 } },
  })
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-reduced-motion', value: 'reduce' }],
  })
  await page.evaluate(() =>
    document
      .querySelector('kelisim-widget')
      .style.setProperty('--kelisim-font', '32px/1.45 sans-serif'),
  )
  for (const part of ['grant-all', 'refuse-all', 'choose']) {
    const button = widget(page, `[part=${part}]`)
    await button.scrollIntoViewIfNeeded()
    assert.ok(await button.isVisible())
  }
  const sideways = await widget(page, 'dialog').evaluate(
    (dialog) => dialog.scrollWidth > dialog.clientWidth,
  )
  assert.equal(sideways, false)
  await close()
})

test('R-ALL-08: a clause button opens the verbatim clause under its line, in its own language, and closes it', async () => {
  const { shop, page, close } = await open('alma-chocolates', { lang: 'en' })
  await page.evaluate(() => kelisim.open('policy'))
  const line = widget(page, 'details.line').nth(2)
  await line.locator('summary').click()
  assert.ok(
    !shop.requests.some((path) => path.endsWith('.text.json')),
    'the text is fetched when it is asked for',
  )
  const ref = line.locator('.ref').first()
  assert.equal(await ref.getAttribute('aria-expanded'), 'false')
  await ref.click()
  const said = line.locator('.said')
  await said.locator('.words').waitFor()
  assert.equal(await said.locator('.words').getAttribute('lang'), 'ru')
  assert.ok((await said.textContent()).length > 20)
  assert.equal(await ref.getAttribute('aria-expanded'), 'true')
  await ref.click()
  assert.equal(await said.count(), 0)
  await close()
})

test('R-ALLUR-03.3a: the full text can be searched, and letters that look alike are the same', async () => {
  const { page, close } = await open('allur')
  await page.evaluate(() => kelisim.open('policy'))
  await widget(page, '[data-action=load_text]').click()
  const search = widget(page, '[type=search]')
  await search.fill('IP')
  await search.press('Enter')
  await until(async () => (await widget(page, '.clause').count()) < 30, 'fewer clauses')
  assert.ok(
    (await widget(page, '.clause').allTextContents()).some((text) => text.startsWith('3.3')),
  )
  await close()
})

test('a text that is not the one the policy names is not shown, and the error is told', async () => {
  const { page, close } = await open('alma-chocolates', {
    lang: 'en',
    shop: { text: 'examples/policies/letoile.text.json' },
  })
  await page.evaluate(() => kelisim.open('policy'))
  await widget(page, 'summary').first().click()
  await widget(page, '.ref').first().click()
  await widget(page, '.said [data-tone=warning], .said p').first().waitFor()
  assert.match(await widget(page, '.said').first().textContent(), /not the text|did not load/)
  assert.ok(
    (await page.evaluate(() => gate.events)).some(
      ({ type, detail }) => type === 'error' && /^text_/.test(detail.code),
    ),
  )
  await close()
})

test('the language follows data-lang, then the page, and changes with the page', async () => {
  const shop = await startShop()
  shop.pages['/lang'] = { body: html({ gate: { lang: 'kk' }, lang: 'en' }) }
  shop.pages['/page'] = { body: html({ lang: 'en-GB' }) }
  shop.pages['/none'] = { body: html({ lang: '' }) }
  const context = await browser.newContext({ locale: 'de-DE' })
  const page = await context.newPage()
  const spoken = async (path) => {
    await page.goto(shop.origin + path)
    await widget(page, '[part=notice]').waitFor()
    return widget(page, '.layer').getAttribute('lang')
  }
  assert.equal(await spoken('/lang'), 'kk')
  assert.equal(await spoken('/none'), 'ru', 'neither page nor browser speak one of ours')
  assert.equal(await spoken('/page'), 'en')
  await page.evaluate(() => (document.documentElement.lang = 'ru'))
  await until(async () => (await widget(page, '.layer').getAttribute('lang')) === 'ru', 'Russian')
  await Promise.all([context.close(), shop.close()])
})

test('forced colours and reduced motion are respected', async () => {
  const { page, close } = await open('letoile', {
    options: { forcedColors: 'active', reducedMotion: 'reduce' },
  })
  await press(page, '[part=choose]')
  const { width, animation } = await widget(page, 'input:not(:disabled)')
    .first()
    .evaluate((input) => ({
      width: getComputedStyle(input).borderTopWidth,
      animation: getComputedStyle(input.getRootNode().querySelector('.box')).animationDuration,
    }))
  assert.notEqual(width, '0px')
  assert.equal(animation, '0.001s')
  await close()
})
