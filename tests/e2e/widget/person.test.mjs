// Promise 8: only the person grants. Whatever page code does to the widget, nothing is granted by it, and it is told.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

let browser
let shop
before(async () => {
  browser = await launch()
  shop = await startShop()
})
after(() => Promise.all([browser?.close(), shop?.close()]))

async function visit(t, options) {
  shop.pages['/'] = { body: html(options) }
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  t.after(() => context.close())
  const page = await context.newPage()
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  return page
}
const tampered = (page) =>
  page.evaluate(() =>
    gate.events
      .filter(({ detail }) => detail?.code === 'tampered')
      .map(({ detail }) => detail.message),
  )
const nothingGranted = async (page, why) => {
  await until(async () => (await tampered(page)).length, 'the error')
  assert.match((await tampered(page)).join(), why)
  assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
  assert.equal(
    await page.evaluate(() => gate.applied.at(-1).services.find(({ id }) => id === 'pixel').run),
    false,
  )
  assert.equal(await page.evaluate(() => localStorage.getItem('kelisim.drafts')), null)
  assert.equal(await widget(page, '[part=notice]').isVisible(), true, 'the layer is there again')
}

test('a click made by page code grants nothing', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(500)
  await page.evaluate(() =>
    document.querySelector('kelisim-widget').shadowRoot.querySelector('[part=grant-all]').click(),
  )
  await nothingGranted(page, /untrusted/)
})

test('an event built by page code with a place on the button grants nothing', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(500)
  await page.evaluate(() => {
    const button = document
      .querySelector('kelisim-widget')
      .shadowRoot.querySelector('[part=grant-all]')
    const { x, y } = button.getBoundingClientRect()
    button.dispatchEvent(
      new PointerEvent('click', {
        bubbles: true,
        composed: true,
        clientX: x + 9,
        clientY: y + 9,
        detail: 1,
      }),
    )
  })
  await nothingGranted(page, /untrusted/)
})

test('a click in the first 300 ms grants nothing; a later one does', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => kelisim.close())
  await page.evaluate(() => {
    document.getElementById('buy').addEventListener('pointerdown', () => kelisim.open('notice'))
  })
  // The page pushes the layer under a pointer that is about to click somewhere else.
  await page.evaluate(() => kelisim.open('notice'))
  await widget(page, '[part=grant-all]').click({ noWaitAfter: true })
  const early = (await tampered(page)).length
  if (!early) return t.skip('the machine was too slow to click so soon')
  await nothingGranted(page, /early/)
  await page.waitForTimeout(500)
  await widget(page, '[part=grant-all]').click()
  assert.equal(await page.evaluate(() => kelisim.state().status), 'decided')
})

for (const [title, spoil, why] of [
  [
    'out of the top layer and made transparent with the whole page',
    () => {
      document.querySelector('kelisim-widget').shadowRoot.querySelector('dialog').hidePopover()
      document.documentElement.style.opacity = '0.02'
    },
    /invisible/,
  ],
  [
    'made transparent from inside',
    () =>
      document
        .querySelector('kelisim-widget')
        .shadowRoot.querySelector('dialog')
        .style.setProperty('opacity', '0.02', 'important'),
    /invisible/,
  ],
])
  test(`a layer ${title} grants nothing`, async (t) => {
    const page = await visit(t)
    await page.waitForTimeout(500)
    await page.evaluate(spoil)
    await page.waitForTimeout(400)
    await widget(page, '[part=grant-all]').click({ force: true })
    await nothingGranted(page, why)
  })

test('the page cannot make the widget itself transparent, move it or hide it', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => {
    const style = document.querySelector('kelisim-widget').style
    for (const [name, value] of [
      ['opacity', '0.02'],
      ['display', 'none'],
      ['visibility', 'hidden'],
      ['transform', 'scale(0)'],
    ])
      style.setProperty(name, value, 'important')
  })
  const { opacity, display, visibility, transform } = await page.evaluate(() => ({
    opacity: getComputedStyle(document.querySelector('kelisim-widget')).opacity,
    display: getComputedStyle(document.querySelector('kelisim-widget')).display,
    visibility: getComputedStyle(document.querySelector('kelisim-widget')).visibility,
    transform: getComputedStyle(document.querySelector('kelisim-widget')).transform,
  }))
  assert.deepEqual([opacity, display, visibility, transform], ['1', 'block', 'visible', 'none'])
})

test('a label of the page, clicked by the person, does not press the button for them', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(500)
  await page.evaluate(() => {
    document
      .getElementById('buy')
      .addEventListener('click', () =>
        document
          .querySelector('kelisim-widget')
          .shadowRoot.querySelector('[part=grant-all]')
          .click(),
      )
  })
  await page.click('#buy')
  await nothingGranted(page, /untrusted/)
})

test('a layer with other words grants nothing, and is drawn as it was', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(500)
  const before = await widget(page, '.layer').textContent()
  await page.evaluate(() => {
    const shadow = document.querySelector('kelisim-widget').shadowRoot
    shadow.querySelector('[part=grant-all]').textContent = 'Continue shopping'
  })
  await page.waitForTimeout(400)
  await widget(page, '[part=grant-all]').click()
  await nothingGranted(page, /text/)
  assert.equal(await widget(page, '.layer').textContent(), before)
})

test('a switch moved by page code does not move, and is not saved', async (t) => {
  const page = await visit(t)
  await press(page, '[part=choose]')
  await widget(page, '[part=choices]').waitFor()
  const input = widget(page, 'input[data-scope=category][data-id=marketing]')
  for (const press of [
    (element) => element.click(),
    (element) => element.closest('label').click(),
    (element) => {
      element.checked = true
      element.dispatchEvent(new Event('change', { bubbles: true }))
    },
  ]) {
    await input.evaluate(press)
    assert.equal(await input.isChecked(), false)
  }
  assert.deepEqual((await tampered(page)).length, 3)
  // Set without an event: seen when the choices are saved.
  await input.evaluate((element) => (element.checked = true))
  await press(page, '[part=save]')
  await until(async () => (await tampered(page)).length > 3, 'the error')
  assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
  assert.equal(await input.isChecked(), false)
})

test('a person moves a switch by itself or by its label, on and off', async (t) => {
  const page = await visit(t)
  await press(page, '[part=choose]')
  const input = widget(page, 'input[data-scope=category][data-id=marketing]')
  const label = widget(page, 'label:has(input[data-scope=category][data-id=marketing]) .label')
  for (const control of [input, label]) {
    await control.click()
    assert.equal(await input.isChecked(), true)
    await control.click()
    assert.equal(await input.isChecked(), false)
  }
  assert.deepEqual(await tampered(page), [])
})

test('something laid over the button stops the click from granting', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(500)
  const box = await widget(page, '[part=grant-all]').boundingBox()
  await page.evaluate(({ x, y, width, height }) => {
    const cover = document.createElement('div')
    cover.textContent = 'Get 50 % off'
    cover.popover = 'manual'
    cover.style.cssText = `position:fixed;inset:auto;margin:0;left:${x}px;top:${y}px;width:${width}px;height:${height}px;background:#fff`
    document.body.append(cover)
    cover.showPopover()
    // The click on the cover is handed on as if it were one on the button.
    cover.addEventListener('click', (event) => {
      const button = document
        .querySelector('kelisim-widget')
        .shadowRoot.querySelector('[part=grant-all]')
      button.dispatchEvent(new MouseEvent('click', event))
    })
  }, box)
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  // The widget has come on top of the cover again, and has to be seen there first.
  await nothingGranted(page, /untrusted|covered|early|invisible/)
})

test('refusing needs none of this: any click refuses, and the receipt says who it was', async (t) => {
  const page = await visit(t)
  shop.received.length = 0
  await page.evaluate(() =>
    document.querySelector('kelisim-widget').shadowRoot.querySelector('[part=refuse-all]').click(),
  )
  assert.equal(await page.evaluate(() => kelisim.state().status), 'decided')
  await until(() => shop.accepted().length, 'the receipt')
  const { evidence, event } = JSON.parse(Buffer.from(shop.accepted()[0].split('.')[1], 'base64url'))
  assert.equal(evidence.layer, 'none')
  assert.equal(event[0].entity_id, 'controller')
})

test('page code that replaces built-ins later does not get a grant', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(500)
  await page.evaluate(() => {
    Object.defineProperty(Event.prototype, 'isTrusted', { get: () => true, configurable: true })
    Document.prototype.elementFromPoint = () => document.querySelector('kelisim-widget')
  })
  await page.evaluate(() =>
    document.querySelector('kelisim-widget').shadowRoot.querySelector('[part=grant-all]').click(),
  )
  await nothingGranted(page, /untrusted/)
})
