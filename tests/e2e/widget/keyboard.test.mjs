// The whole way with the keyboard alone, and where the focus goes.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, page as html, startShop, until, widget } from '../../support/shop.mjs'

let browser
let shop
before(async () => {
  browser = await launch()
  shop = await startShop()
})
after(() => Promise.all([browser?.close(), shop?.close()]))

async function visit(t, options) {
  shop.pages['/'] = { body: html(options) }
  const context = await browser.newContext()
  t.after(() => context.close())
  const page = await context.newPage()
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  await page.waitForTimeout(500)
  return page
}
/** What has the focus: part, action or id. */
const focused = (page) =>
  page.evaluate(() => {
    let active = document.activeElement
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement
    return active.getAttribute('part') ?? active.dataset.action ?? (active.id || active.tagName)
  })
const status = (page) => page.evaluate(() => kelisim.state().status)
async function tabTo(page, what, most = 60) {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press('Tab')
    if ((await focused(page)) === what) return
  }
  assert.fail(`Tab never reached ${what}`)
}

test('the first Tab is in the notice, whose answers come in their order; then the page goes on', async (t) => {
  const page = await visit(t)
  const way = []
  for (let n = 0; n < 5; n++) {
    await page.keyboard.press('Tab')
    way.push(await focused(page))
  }
  assert.deepEqual(way, ['grant-all', 'refuse-all', 'choose', 'open', 'buy'])
})

for (const [key, part, want] of [
  ['Enter', 'grant-all', 'granted'],
  [' ', 'refuse-all', 'refused'],
])
  test(`${part} with the ${key === ' ' ? 'space bar' : 'Enter key'}`, async (t) => {
    const page = await visit(t)
    await tabTo(page, part)
    // From the page into the widget it could have been page code that moved the focus: it has to have rested there.
    await page.waitForTimeout(500)
    await page.keyboard.press(key)
    assert.equal(await page.evaluate(() => kelisim.state().categories.analytics), want)
    assert.equal(await widget(page, 'dialog').isVisible(), false)
  })

test('choosing: into the dialog, a switch with the space bar, saved, and back on the handle', async (t) => {
  const page = await visit(t)
  await tabTo(page, 'choose')
  await page.keyboard.press('Enter')
  await until(async () => (await focused(page)) === 'dialog', 'the focus in the dialog')
  await tabTo(page, 'switch')
  await page.keyboard.press(' ')
  assert.equal(
    await widget(page, 'input[data-scope=category][data-id=analytics]').isChecked(),
    true,
  )
  await page.waitForTimeout(500)
  await tabTo(page, 'save')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => kelisim.state().categories.analytics), 'granted')
  assert.equal(await widget(page, 'dialog').isVisible(), false)
})

test('the dialog keeps the focus inside, and Shift+Tab goes back', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => kelisim.open('choices'))
  await widget(page, '[part=choices]').waitFor()
  for (let n = 0; n < 40; n++) {
    await page.keyboard.press(n % 3 ? 'Tab' : 'Shift+Tab')
    assert.notEqual(await focused(page), 'buy')
  }
})

for (const layer of ['notice', 'choices', 'policy', 'rights', 'receipts'])
  test(`Escape closes ${layer} and decides nothing`, async (t) => {
    const page = await visit(t)
    if (layer === 'notice') await tabTo(page, 'refuse-all')
    else {
      await page.evaluate((wanted) => kelisim.open(wanted), layer)
      await widget(page, `[part=${layer}]`).waitFor()
    }
    await page.keyboard.press('Escape')
    await until(async () => !(await widget(page, 'dialog').isVisible()), 'the dialog to close')
    assert.equal(await status(page), 'undecided')
    assert.deepEqual(await page.evaluate(() => kelisim.receipts()), [])
    assert.equal(await page.evaluate(() => localStorage.getItem('kelisim.state')), null)
    assert.equal(await widget(page, '[part=handle]').isVisible(), true)
  })

test('Escape pressed again and again closes one dialog, not the widget for good', async (t) => {
  const page = await visit(t)
  for (let n = 0; n < 3; n++) {
    await page.evaluate(() => kelisim.open('choices'))
    await widget(page, '[part=choices]').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await until(async () => !(await widget(page, 'dialog').isVisible()), 'the dialog to close')
  }
})

test('Escape with the focus in the page closes the notice and decides nothing', async (t) => {
  const page = await visit(t)
  await page.focus('#buy')
  await page.keyboard.press('Escape')
  await until(async () => !(await widget(page, 'dialog').isVisible()), 'the notice to close')
  assert.equal(await focused(page), 'buy')
  assert.equal(await status(page), 'undecided')
  assert.deepEqual(await page.evaluate(() => kelisim.receipts()), [])
  assert.equal(await page.evaluate(() => localStorage.getItem('kelisim.state')), null)
})

for (const [what, prepare] of [
  ['a handler', () => addEventListener('keydown', (event) => event.preventDefault(), true)],
  [
    'a dialog',
    () => {
      document.body.insertAdjacentHTML('beforeend', '<dialog id="own"><button>OK</button></dialog>')
      document.getElementById('own').showModal()
    },
  ],
  [
    'a popover',
    () => {
      document.body.insertAdjacentHTML('beforeend', '<div id="own" popover>Sizes</div>')
      document.getElementById('own').showPopover()
    },
  ],
  [
    'an open element with the role of a dialog',
    () => document.body.insertAdjacentHTML('beforeend', '<div role="dialog">Sizes</div>'),
  ],
])
  test(`Escape that is for ${what} of the page leaves the notice alone`, async (t) => {
    const page = await visit(t)
    await page.focus('#buy')
    await page.evaluate(prepare)
    await page.keyboard.press('Escape')
    await page.waitForTimeout(100)
    assert.equal(await widget(page, 'dialog').isVisible(), true)
  })

test('a hidden element with the role of a dialog takes no Escape', async (t) => {
  const page = await visit(t)
  await page.evaluate(() =>
    document.body.insertAdjacentHTML('beforeend', '<div role="dialog" hidden>Sizes</div>'),
  )
  await page.focus('#buy')
  await page.keyboard.press('Escape')
  await until(async () => !(await widget(page, 'dialog').isVisible()), 'the notice to close')
})

for (const part of ['grant-all', 'refuse-all', 'choose'])
  test(`after ${part} by keyboard the focus is on the handle, not lost`, async (t) => {
    const page = await visit(t)
    await tabTo(page, part)
    await page.waitForTimeout(500)
    await page.keyboard.press('Enter')
    if (part === 'choose') {
      await until(async () => (await focused(page)) === 'dialog', 'the focus in the dialog')
      await page.keyboard.press('Escape')
    }
    await until(async () => !(await widget(page, 'dialog').isVisible()), 'the dialog to close')
    await page.waitForTimeout(100)
    assert.equal(await focused(page), 'handle')
  })

test('an opener that is gone gives the focus to the handle', async (t) => {
  const page = await visit(t)
  await page.focus('#buy')
  await page.evaluate(() => kelisim.open('choices'))
  await widget(page, '[part=choices]').waitFor()
  await page.evaluate(() => document.getElementById('buy').remove())
  await page.keyboard.press('Escape')
  await until(async () => (await focused(page)) === 'handle', 'the handle')
})

test('the focus returns to whatever opened the dialog', async (t) => {
  const page = await visit(t)
  await page.evaluate(() =>
    document.getElementById('buy').addEventListener('click', () => kelisim.open('policy')),
  )
  await page.focus('#buy')
  await page.keyboard.press('Enter')
  await widget(page, '[part=policy]').waitFor()
  await page.keyboard.press('Escape')
  await until(async () => (await focused(page)) === 'buy', 'the focus to return')

  await page.evaluate(() => kelisim.close())
  await widget(page, '[part=handle]').focus()
  await page.keyboard.press('Enter')
  await widget(page, '[part=choices]').waitFor()
  await page.keyboard.press('Escape')
  await until(async () => (await focused(page)) === 'handle', 'the handle')
})

test('back goes to the layer before; close and Escape go all the way', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => kelisim.open('choices'))
  await widget(page, '[data-action=open][data-target=policy]').click()
  await widget(page, '[part=policy]').waitFor()
  await widget(page, '[part=back]').click()
  await widget(page, '[part=choices]').waitFor()
  await widget(page, '[data-action=open][data-target=rights]').click()
  await widget(page, '[part=rights]').waitFor()
  await widget(page, '.close').click()
  assert.equal(await widget(page, 'dialog').isVisible(), false)
  assert.equal(await status(page), 'undecided')
})

test('positions of switches survive a look at another layer and a layer that was closed without an answer; nothing is granted by them, and a decision ends them', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => kelisim.open('choices'))
  const analytics = widget(page, 'input[data-scope=category][data-id=analytics]')
  await analytics.click()
  await widget(page, '[data-action=open][data-target=policy]').click()
  await widget(page, '[part=back]').click()
  await widget(page, '[part=choices]').waitFor()
  assert.equal(await analytics.isChecked(), true)
  for (const close of [() => page.keyboard.press('Escape'), () => widget(page, '.close').click()]) {
    await close()
    await until(async () => !(await widget(page, 'dialog').isVisible()), 'the dialog to close')
    assert.equal(await status(page), 'undecided')
    assert.equal(await page.evaluate(() => kelisim.state().categories.analytics), 'refused')
    await page.evaluate(() => kelisim.open('choices'))
    await widget(page, '[part=choices]').waitFor()
    assert.equal(await analytics.isChecked(), true)
  }
  await page.evaluate(() => kelisim.refuse())
  await page.evaluate(() => kelisim.open('choices'))
  await widget(page, '[part=choices]').waitFor()
  assert.equal(await analytics.isChecked(), false)
})

test('the notice is a dialog with a name and a description that is not modal; the choices are modal', async (t) => {
  const page = await visit(t)
  await page.getByRole('dialog', { name: /Your data on shop.example/ }).waitFor()
  assert.equal(await widget(page, 'dialog').evaluate((dialog) => dialog.matches(':modal')), false)
  assert.ok(
    (
      await widget(page, 'dialog').evaluate(
        (dialog) =>
          dialog.getRootNode().getElementById(dialog.getAttribute('aria-describedby')).textContent,
      )
    ).length > 20,
  )
  await page.evaluate(() => kelisim.open('choices'))
  await page.getByRole('dialog', { name: 'Choose what to allow' }).waitFor()
  assert.equal(await widget(page, 'dialog').evaluate((dialog) => dialog.matches(':modal')), true)
  await page.getByRole('switch', { name: 'Statistics' }).click()
  assert.equal(await page.getByRole('checkbox', { name: 'Analytics' }).isChecked(), true)
  await page.keyboard.press('Escape')
  assert.equal(await page.getByRole('button', { name: 'Your data settings' }).isVisible(), true)
})

for (const [lang, words] of [
  ['en', /^Your data on shop\.example\. .*choice/],
  ['ru', /^Ваши данные на shop\.example\. .*выбор/],
  ['kk', /^shop\.example сайтындағы деректеріңіз\. .*таңдау/],
])
  test(`${lang}: a notice nobody asked for is announced politely and takes no focus`, async (t) => {
    const page = await visit(t, { lang })
    const said = () => widget(page, '[role=status]').textContent()
    await until(said, 'words')
    assert.match(await said(), words)
    assert.equal(await focused(page), 'BODY')
    await page.keyboard.press('Escape')
    assert.equal(await said(), '')
  })

test('what was decided is announced politely', async (t) => {
  const page = await visit(t)
  await widget(page, '[part=refuse-all]').click()
  await until(
    async () => /saved/.test(await widget(page, '[role=status]').textContent()),
    'the words',
  )
})

test('a notice the person asked for takes the focus and gives it back', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => kelisim.close())
  await page.evaluate(() =>
    document.getElementById('buy').addEventListener('click', () => kelisim.open('notice')),
  )
  await page.focus('#buy')
  await page.keyboard.press('Enter')
  await until(async () => (await focused(page)) === 'dialog', 'the focus in the notice')
  await page.keyboard.press('Escape')
  await until(async () => (await focused(page)) === 'buy', 'the focus to return')
})
