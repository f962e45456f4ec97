// Others' style sheets in the widget's shadow root: those of dark modes let a person grant, those that change what is said do not.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { buildShop, serveBuilt } from '../../support/built-shop.mjs'
import { compare } from '../../support/pixels.mjs'
import { launch, page as html, startShop, until, widget } from '../../support/shop.mjs'

let browser
let shop
before(async () => {
  browser = await launch()
  shop = await startShop()
  const watch =
    '<script>window.told=[];document.addEventListener("kelisim:error",({detail})=>told.push(detail.message))</script>'
  shop.pages['/'] = { body: html({ gateFile: 'kelisim.js', head: watch }) }
})
after(() => Promise.all([browser?.close(), shop?.close()]))

async function visit(t, origin = shop.origin) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  t.after(() => context.close())
  context.setDefaultTimeout(8000)
  const page = await context.newPage()
  await page.goto(origin)
  await widget(page, '[part=notice]').waitFor()
  return page
}
/** The ways a sheet gets into a shadow root. */
const WAYS = {
  'a style element': (css) => {
    const { shadowRoot } = document.querySelector('kelisim-widget')
    const style = document.createElement('style')
    style.textContent = css
    shadowRoot.prepend(style)
  },
  'rules put into an empty one': (css) => {
    const { shadowRoot } = document.querySelector('kelisim-widget')
    const style = document.createElement('style')
    shadowRoot.prepend(style)
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    for (const { cssText } of sheet.cssRules)
      style.sheet.insertRule(cssText, style.sheet.cssRules.length)
  },
  'an adopted sheet': (css) => {
    const { shadowRoot } = document.querySelector('kelisim-widget')
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    shadowRoot.adoptedStyleSheets.push(sheet)
  },
}
const press = async (page) => {
  await page.waitForTimeout(500)
  const { x, y, width, height } = await widget(page, '[part=grant-all]').boundingBox()
  await page.mouse.click(x + width / 2, y + height / 2)
  await page.waitForTimeout(100)
}
const granted = (page) => page.evaluate(() => kelisim.allows('marketing'))

// What the best known dark mode writes into a root, as it does: for elements with styles of their own, for other sites, and in the
// place of our own colours.
const DARK = `[data-dark-inline-bgimage] { background-image: var(--darkreader-x) !important }
[data-dark-inline-invert] { filter: invert(100%) hue-rotate(180deg) }
.other-site > img, ::-webkit-calendar-picker-indicator { filter: invert(100%) !important }
::placeholder { opacity: 0.5 !important }
:host { color: #e8e6e3; --darkreader-bg--surface: #181a1b; --darkreader-text--text: #d4d0cb; --darkreader-border--line: #393e40 }
@media (min-width: 1px) { :host { --darkreader-bg--answer: #192e2a } }
ul { list-style-image: initial }
dialog { background: var(--darkreader-bg--surface) !important; border: 1px solid var(--darkreader-border--line) !important; box-shadow: 0 .25em 2em rgb(0 0 0 / .5) !important }
.layer { color: #e8e6e3 !important }
[data-tone="muted"] { color: #a9a297 }
button { border-color: transparent; background-image: none; background-color: initial; color: #93eddb }
[data-weight="equal"] { background: var(--darkreader-bg--answer) !important; border: 1px solid #7d7467 !important; color: #e8e6e3 !important }
[data-weight="equal"]:hover { box-shadow: rgba(96, 104, 108, 0.18) 0px 0px 0px 100em inset !important }
.actions { background: var(--darkreader-bg--surface) }
.actions::before { background: linear-gradient(transparent, var(--darkreader-bg--surface)) }
summary::marker { color: #a9a297 }
dialog.modal::backdrop { background: rgba(12, 16, 20, 0.45) }`

for (const [way, insert] of Object.entries(WAYS))
  test(`a person with a dark mode grants: ${way}`, async (t) => {
    const page = await visit(t)
    await page.evaluate(insert, DARK)
    // What stands before ours in the cascade loses where ours is important; it counts as well.
    const ground = await widget(page, 'dialog').evaluate(
      (dialog) => getComputedStyle(dialog).backgroundColor,
    )
    if (way === 'an adopted sheet') assert.equal(ground, 'rgb(24, 26, 27)', 'it is dark')
    await press(page)
    assert.deepEqual(
      (await page.evaluate(() => told)).filter((said) => /grant/.test(said)),
      [],
    )
    assert.equal(await granted(page), true)
  })

test('a person with a dark mode grants on a built page, and what it wrote before the engine came stays', async (t) => {
  const built = await serveBuilt(buildShop('alma-chocolates'))
  t.after(() => built.close())
  const page = await visit(t, built.origin)
  await page.evaluate(WAYS['a style element'], DARK)
  await page.evaluate(() => kelisim.ready)
  await page.waitForTimeout(300)
  await page.evaluate(WAYS['an adopted sheet'], DARK)
  await press(page)
  assert.equal(await granted(page), true)
})

const HOSTILE = {
  'one answer gone': '[part=refuse-all] { display: none !important }',
  'words of its own before ours': '.label::before { content: "Free gift" }',
  'a picture for our words': '.words { content: url("data:image/svg+xml,<svg/>") }',
  'a text pushed away': 'p { text-indent: -9999px !important }',
  'a text of no size': '.list { font-size: 0 !important }',
  'a text as dots': '.words { -webkit-text-security: disc }',
  'a font of its own':
    '@font-face { font-family: x; src: local("Arial") } .words { font-family: x !important }',
  'a first line nobody sees': 'p::first-line { color: transparent }',
  'a picture behind the words': '.list { background-image: linear-gradient(#000, #000) }',
  'letters in each other': '.words { letter-spacing: -1em }',
  'letters the other way round': '.words { unicode-bidi: bidi-override; direction: rtl }',
  'a box with no room': '.list { max-height: 0; overflow: hidden }',
  'the answers in another order': '[part=grant-all] { order: 3; grid-row: 2 }',
  'what moves by itself': '@keyframes x { to { opacity: 0 } } .list { animation: x 1ms forwards }',
  'a measure of ours': '.layer { --kelisim-gap: 3em !important }',
  'an outline over the lines around': '.label { outline: 40px solid #fff }',
  'a frame over the lines around': '.label { border: 40px solid #fff }',
  'a shadow over the text before': '.actions { box-shadow: 0 -300px 0 300px #fff }',
  'a ground in the form of the letters':
    '.words { background: #000 text !important; color: #fff !important }',
  'half black over white, many times':
    '.list, .item, .words { background-color: rgba(0, 0, 0, 0.9) !important }',
  'one answer paler':
    '[part=refuse-all] { color: #777 !important; background-color: #999 !important }',
  'text in the colour of its ground': '.words { color: #fff !important; background-color: #fff }',
  'a mark with words of its own': 'p { display: list-item } p::marker { content: "Free gift" }',
  'a selected text nobody sees': '::selection { color: transparent }',
  'everything small': ':host { zoom: 0.5 }',
  'a sheet from elsewhere': '@import "/more.css";',
  'rules inside rules': 'dialog { color: #000; .words { visibility: collapse } }',
  'texts hidden until the pointer is over the answer':
    'dialog:not(:has([part=grant-all]:hover)) :is(h2, p, ul) { visibility: hidden !important }',
  'texts without colour until the pointer is over the answer':
    'dialog:not(:has([part=grant-all]:hover)) * { color: transparent !important }',
  'a text that is there while the mouse is down': '.box:not(:active) h2 { color: transparent }',
  'a text that is there once another has lost the focus': ':focus-visible { color: transparent }',
  'a device asked for its pointer': '@media (any-hover: hover) { h2 { color: #000 } }',
  'a rule inside a rule about nothing':
    '.nothing { color: red; :is(.words):not(&) { letter-spacing: -1em } }',
  'a selector that goes on behind a brace': '.nothing[x="{"], .words { letter-spacing: -1em }',
  'a selector that goes on behind an at': '.nothing[x="@"], .words { letter-spacing: -1em }',
  'a selector with a state behind a name': '.x\\;, .box:not(:active) h2 { color: #000 }',
  'a shadow of what stands behind a word': '.list .label::after { box-shadow: 0 0 0 300px #fff }',
  'a frame that pushes the text away': '.list { border-left: 2000px solid #fff }',
  'a layer below all': '@layer x { .words { text-transform: uppercase } }',
}
const ways = Object.entries(WAYS)
Object.entries(HOSTILE).forEach(([what, css], number) => {
  // Each by one way, in turn; a browser imports nothing into a sheet that is made by hand.
  const [way, insert] = ways[css.startsWith('@import') ? 0 : number % ways.length]
  test(`nobody grants with ${what} (${way}); then it is said, ours is back, and a person grants`, async (t) => {
    const page = await visit(t)
    await page.waitForTimeout(100)
    const clean = await widget(page, 'dialog').screenshot()
    const { x, y, width, height } = await widget(page, '[part=grant-all]').boundingBox()
    await page.evaluate(insert, css)
    await page.waitForTimeout(500)
    // Where it is now, or where it was.
    const now = await widget(page, '[part=grant-all]').boundingBox()
    const at = now.width ? now : { x, y, width, height }
    await page.mouse.click(at.x + at.width / 2, at.y + at.height / 2)
    await until(() => page.evaluate(() => told.some((said) => /not taken/.test(said))), 'the error')
    assert.equal(await granted(page), false)
    await widget(page, '[role=alert]').waitFor()
    await widget(page, 'h2').click()
    await page.mouse.move(1, 1)
    await page.waitForTimeout(200)
    const { count } = compare(clean, await widget(page, 'dialog').screenshot())
    assert.ok(count < 40, `${count} pixels are not as they were`)
    await press(page)
    assert.equal(await granted(page), true)
  })
})

const CHOICES = {
  'a shadow of the strip over the text':
    '.layer::before { box-shadow: 0 200px 0 160px #fff !important }',
  'a picture of other words in the strip': `.layer::before { background: #fff url("data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>") no-repeat !important; box-shadow: 0 0 0 400px #fff !important }`,
  'switches the other way round by shadows': `[type=checkbox] { border-color: #0f5c4c !important; background: #0f5c4c !important }
[type=checkbox]::before { background: transparent !important; box-shadow: 18px 0 0 0 #fff !important }
[type=checkbox]:checked { background: #fff !important; border-color: #59636e !important }
[type=checkbox]:checked::before { box-shadow: -18px 0 0 0 #59636e !important }`,
  'switches the other way round by colours': `[type=checkbox] { border-color: #0f5c4c !important; background: #0f5c4c !important }
[type=checkbox]::before { background: #0f5c4c !important }
[type=checkbox]:checked { background: #fff !important; border-color: #59636e !important }
[type=checkbox]:checked::before { background: #fff !important }`,
  'switches on that look like switches off': `[type=checkbox]:checked { background: #fff !important }`,
  'switches filled while they are off': `[type=checkbox] { background: #0f5c4c !important }
[type=checkbox]::before { background: #fff !important }
[type=checkbox]:checked { background: #fff !important }
[type=checkbox]:checked::before { background: #59636e !important }`,
  'knobs under a frame': '[type=checkbox]::before { border: 4px solid #fff !important }',
}
// What the dark mode makes of our switches: dim, but on is still on and off is off.
const DIM = `:host(kelisim-widget) { color: #e8e6e3 !important }
dialog { background: #181a1b !important }
[data-tone="muted"] { color: #a9a297 }
.note, .mark, .nums, .refs { color: #a9a297 }
button { background: none; color: #93eddb }
a { color: #93eddb }
[data-tone="warning"] .words, [data-tone="high"] .words { color: #ffb066 }
[data-weight="equal"] { background: #192e2a !important; border: 1px solid #7d7467 !important; color: #e8e6e3 !important }
[type="checkbox"] { border: 2px solid #4c5457; background: #181a1b }
[type="checkbox"]::before { background: #4b4f54 }
[type="checkbox"]:checked { border-color: #0c4a3d; background: #0c4a3d }
[type="checkbox"]:checked::before { background: #181a1b }
[type="checkbox"]:indeterminate::before { background: #0c4a3d }
[data-weight="equal"]:hover { box-shadow: rgba(96, 104, 108, 0.18) 0px 0px 0px 100em inset !important }
:focus-visible { outline: 3px solid #8ab4f8 }
.layer:has(> .close)::before { background: #181a1b }
.close { background: #181a1b; color: #e8e6e3 }
.said { background: #1b1e20 }
.actions { background: #181a1b }
.actions::before, .layer:has(> .actions)::after { border-block-end: 1px solid #4c5457; background: linear-gradient(transparent, #181a1b) }`
const choose = async (t) => {
  const page = await visit(t)
  await widget(page, '[part=choose]').click()
  await widget(page, '[part=save]').waitFor()
  return page
}
for (const [what, css] of Object.entries(CHOICES))
  test(`nobody grants in the choices with ${what}; a person does once ours is back`, async (t) => {
    const page = await choose(t)
    await page.evaluate(WAYS['an adopted sheet'], css)
    await press(page)
    await until(() => page.evaluate(() => told.some((said) => /not taken/.test(said))), 'the error')
    assert.equal(await granted(page), false)
    await press(page)
    assert.equal(await granted(page), true)
  })
for (const [way, insert] of ways)
  test(`a person with a dark mode grants in the choices: ${way}`, async (t) => {
    const page = await choose(t)
    const states = () =>
      widget(page, '[data-scope]').evaluateAll((all) => all.map((one) => one.checked))
    const before = await states()
    await page.evaluate(insert, DIM)
    await press(page)
    assert.deepEqual(
      (await page.evaluate(() => told)).filter((said) => /grant/.test(said)),
      [],
    )
    assert.equal(await granted(page), true)
    await page.evaluate(() => void kelisim.open('choices'))
    await widget(page, '[part=save]').waitFor()
    assert.notDeepEqual(await states(), before)
  })

for (const [what, css, ticked] of [
  ['nothing else', '', true],
  [
    'a dark mode',
    `${DIM}
:host { background: #181a1b; color: #e8e6e3 !important }
[data-scope="form"]::before { background: none }
[data-scope="form"]:checked::before { border: solid #303436; border-width: 0 0.17em 0.17em 0; background: none }`,
    true,
  ],
  [
    'boxes that look the same in either state',
    `[data-scope=form] { background: #0f5c4c !important }
[data-scope="form"]:checked::before { border-color: #0f5c4c !important }`,
    false,
  ],
  [
    'a box that looks ticked before it is',
    '[data-scope=form]::before { background: #0f5c4c !important }',
    false,
  ],
  [
    'a shadow in the place of a tick',
    '[data-scope=form] { box-shadow: 0 0 0 4px #fff inset }',
    false,
  ],
])
  test(`a person ${ticked ? 'ticks' : 'does not tick'} the box of a form with ${what}`, async (t) => {
    const page = await visit(t)
    await widget(page, '[part=refuse-all]').click()
    await page.evaluate(() =>
      document
        .querySelector('main')
        .insertAdjacentHTML(
          'afterbegin',
          '<form data-kelisim-form=account method=post action=/x><input name=q></form>',
        ),
    )
    const box = page.locator('kelisim-form input')
    await box.waitFor()
    await page.evaluate((css) => {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(css)
      document.querySelector('kelisim-form').shadowRoot.adoptedStyleSheets.push(sheet)
    }, css)
    await page.waitForTimeout(500)
    const { x, y, width, height } = await box.boundingBox()
    await page.mouse.click(x + width / 2, y + height / 2)
    await page.waitForTimeout(100)
    assert.equal(await box.isChecked(), ticked)
  })

test('nobody grants once a page has written into the widget’s own sheet', async (t) => {
  for (const write of [
    (sheet) => sheet.insertRule('.label::before { content: "Free gift" }', sheet.cssRules.length),
    (sheet) =>
      [...sheet.cssRules]
        .find((rule) => rule.selectorText === '.label')
        .style.setProperty('font-size', '0'),
    (sheet) => {
      sheet.deleteRule(sheet.cssRules.length - 1)
      sheet.insertRule('.list { text-indent: -999px }', sheet.cssRules.length)
    },
  ]) {
    const page = await visit(t)
    await page.evaluate(
      `(${write})(document.querySelector('kelisim-widget').shadowRoot.adoptedStyleSheets[0])`,
    )
    await press(page)
    assert.equal(await granted(page), false)
    await press(page)
    assert.equal(await granted(page), true, 'ours came back')
  }
})

test('a style that is put back again and again never grants, and refusing works all the while', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => {
    const { shadowRoot } = document.querySelector('kelisim-widget')
    const put = () => {
      if (shadowRoot.querySelector('style')) return
      const style = document.createElement('style')
      style.textContent = '.label::before { content: "Free gift" }'
      shadowRoot.prepend(style)
    }
    new MutationObserver(put).observe(shadowRoot, { childList: true })
    put()
  })
  for (let n = 0; n < 3; n++) await press(page)
  assert.equal(await granted(page), false)
  await widget(page, '[role=alert]').waitFor()
  await widget(page, '[part=refuse-all]').click()
  assert.equal(await page.evaluate(() => kelisim.state().status), 'decided')
  assert.equal(await granted(page), false)
})
