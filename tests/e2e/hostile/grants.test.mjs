// Promise 8 against code that runs after the gate: whatever it reaches, moves, covers or repaints, only the person grants.
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

async function visit(t, { head = '', body = '', gate, first = '[part=notice]' } = {}) {
  const watch =
    '<script>window.told=[];document.addEventListener("kelisim:error",({detail})=>told.push(detail))</script>'
  shop.pages['/'] = { body: html({ gateFile: 'kelisim.js', head: watch + head, body, gate }) }
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  t.after(() => context.close())
  const page = await context.newPage()
  await page.goto(shop.origin)
  if (first) await widget(page, first).waitFor()
  return page
}
const told = (page, code = 'tampered') =>
  page.evaluate((code) => told.filter((error) => error.code === code).length, code)
const status = (page) => page.evaluate(() => kelisim.state().status)
const marketing = (page) => page.evaluate(() => kelisim.allows('marketing'))
const refused = async (page) => {
  await until(() => told(page), 'the error')
  assert.equal(await marketing(page), false)
  assert.equal(await status(page), 'undecided')
  assert.equal(await page.evaluate(() => localStorage.getItem('kelisim.drafts')), null)
}
const shadow = "document.querySelector('kelisim-widget').shadowRoot"
/** Where a control is, and a click there that nothing of the test tool looks at first. */
const centre = async (page, selector) => {
  const { x, y, width, height } = await widget(page, selector).boundingBox()
  return [x + width / 2, y + height / 2]
}
const clickAt = async (page, selector) => page.mouse.click(...(await centre(page, selector)))

test('no object a page can reach grants: neither element classes nor elements carry the shell', async (t) => {
  const page = await visit(t, {
    body: '<kelisim-policy></kelisim-policy>',
    head: `<script>
      window.caught = []
      const { define } = customElements
      const hook = (type) => {
        for (const name of Object.getOwnPropertyNames(type.prototype)) {
          const { value } = Object.getOwnPropertyDescriptor(type.prototype, name)
          if (typeof value === 'function' && name !== 'constructor')
            type.prototype[name] = function (...given) { caught.push(...given, this); return value.apply(this, given) }
        }
      }
      customElements.define = function (name, type, options) { hook(type); return define.call(this, name, type, options) }
    </script>`,
  })
  await page.waitForFunction(() => document.querySelector('kelisim-policy').shadowRoot)
  await page.waitForTimeout(300)
  const reached = await page.evaluate(() => {
    const found = []
    const seen = new Set()
    const look = (value, path, depth) => {
      if (value === null || !/object|function/.test(typeof value) || seen.has(value)) return
      seen.add(value)
      if (
        typeof value.answer === 'function' ||
        typeof value.move === 'function' ||
        value.natives ||
        value.engine
      )
        found.push(path)
      if (depth < 4 && !(value instanceof Node && path.includes('.')))
        for (const name of Object.getOwnPropertyNames(value))
          try {
            look(value[name], path + '.' + name, depth + 1)
          } catch {}
    }
    for (const name of ['kelisim-widget', 'kelisim-policy', 'kelisim-hold']) {
      look(customElements.get(name), name, 0)
      look(customElements.get(name).prototype, name + ':prototype', 0)
    }
    for (const element of document.querySelectorAll('kelisim-widget, kelisim-policy'))
      look(element, element.localName, 0)
    caught.forEach((value, index) => look(value, 'caught' + index, 0))
    return found
  })
  assert.deepEqual(reached, [])
})

test('an element the page defined under our name is refused and given nothing', async (t) => {
  const page = await visit(t, {
    first: null,
    head: `<script>
      window.given = []
      for (const name of ['kelisim-widget', 'kelisim-hold', 'kelisim-policy'])
        customElements.define(name, class extends HTMLElement {
          start(...all) { given.push(...all) }
          cover(...all) { given.push(...all) }
          set host(host) { given.push(host) }
        })
    </script>`,
  })
  await until(() => told(page, 'element_taken'), 'element_taken')
  await page.evaluate(() => kelisim.ready)
  await page.waitForTimeout(300)
  assert.equal(await page.evaluate(() => given.length), 0)
  assert.equal(await page.evaluate(() => document.querySelectorAll('kelisim-widget').length), 0)
  assert.equal(await status(page), 'undecided')
  // Refusing needs no element.
  assert.equal(
    await page.evaluate(() => kelisim.refuse().then(() => kelisim.state().status)),
    'decided',
  )
})

for (const [title, spoil] of [
  [
    'an attribute of the button',
    (root) => (root.querySelector('[part=refuse-all]').dataset.action = 'grant_all'),
  ],
  [
    'the buttons, with their texts and attributes swapped',
    (root) => {
      const [grant, refuse] = ['grant-all', 'refuse-all'].map((part) =>
        root.querySelector(`[part=${part}]`),
      )
      const attributes = [grant, refuse].map((one) =>
        [...one.attributes].map(({ name, value }) => [name, value]),
      )
      const texts = [refuse.textContent, grant.textContent]
      ;[grant, refuse].forEach((one, at) => {
        for (const [name, value] of attributes[1 - at]) one.setAttribute(name, value)
        one.textContent = texts[at]
      })
      const mark = document.createElement('i')
      grant.replaceWith(mark)
      refuse.replaceWith(grant)
      mark.replaceWith(refuse)
    },
  ],
  [
    'closest(), which finds another button',
    (root) => {
      const grant = root.querySelector('[part=grant-all]')
      Element.prototype.closest = () => grant
    },
  ],
])
  test(`"Only necessary" never grants, whatever the page does to ${title}`, async (t) => {
    const page = await visit(t)
    await page.waitForTimeout(400)
    await page.evaluate(`(${spoil})(${shadow})`)
    // What says "Only necessary" is pressed, whatever it is now.
    await widget(page, 'button').filter({ hasText: 'Only necessary' }).first().click()
    await page.waitForTimeout(100)
    assert.equal(await marketing(page), false)
  })

test('a switch means what was drawn, not what its attributes say now', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => kelisim.open('choices'))
  await widget(page, '[part=choices]').waitFor()
  await page.waitForTimeout(400)
  await page.evaluate(`{
    const one = ${shadow}.querySelector('input[data-scope=category][data-id=analytics]')
    const other = ${shadow}.querySelector('input[data-scope=category][data-id=marketing]')
    one.dataset.id = 'marketing'; other.dataset.id = 'analytics'
  }`)
  await widget(page, 'input[data-scope=category][data-id=analytics]').first().click()
  await page.waitForTimeout(400)
  await widget(page, '[part=save]').click()
  await page.waitForTimeout(100)
  assert.equal(await status(page), 'undecided')
  assert.equal(await told(page), 1)
})

test('what the page does to the calls that draw a layer does not change what may be granted', async (t) => {
  const page = await visit(t, {
    head: `<script>
      const { append } = Element.prototype
      const swap = (one) => (one === 'Allow all' || one === 'Accept all' ? 'Continue' : one)
      Element.prototype.append = function (...all) { return append.apply(this, all.map(swap)) }
    </script>`,
  })
  assert.doesNotMatch(await widget(page, '[part=grant-all]').textContent(), /Continue/)
})

const repaint = [
  [
    'one answer hidden, the other relabelled',
    `kelisim-widget::part(refuse-all){display:none!important}
     kelisim-widget::part(grant-all){font-size:0!important}
     kelisim-widget::part(grant-all)::after{content:"Only necessary";font-size:16px}`,
  ],
  ['filter', 'kelisim-widget::part(dialog){filter:opacity(0)}'],
  [
    'mask',
    'kelisim-widget::part(dialog){-webkit-mask:linear-gradient(transparent,transparent);mask:linear-gradient(transparent,transparent)}',
  ],
  ['clip-path', 'kelisim-widget::part(notice){clip-path:inset(100%)}'],
  [
    'order and place',
    'kelisim-widget::part(grant-all){order:-1;position:relative;left:20px;transform:scale(1.3)}',
  ],
  [
    'font and colour',
    'kelisim-widget::part(refuse-all){font-size:6px;color:#fff;background:#fff;border:0;padding:0;min-height:0;width:20px;flex:none}',
  ],
  [
    'text pushed away',
    'kelisim-widget::part(notice){text-indent:-9999px;font-size:1px;line-height:0;letter-spacing:-1em}',
  ],
  [
    'keyframes',
    '@keyframes k{to{opacity:0;transform:translateX(-999px)}}kelisim-widget::part(refuse-all){animation:k .01s forwards}',
  ],
]
for (const [title, css] of repaint)
  test(`no style of the page changes the answers: ${title}`, async (t) => {
    const look = (page) =>
      page.evaluate(`['grant-all','refuse-all','choose'].map((part) => {
        const one = ${shadow}.querySelector('[part=' + part + ']')
        const { x, y, width, height } = one.getBoundingClientRect()
        const style = getComputedStyle(one)
        return [x, y, width, height, style.color, style.backgroundColor, style.fontSize, style.opacity, getComputedStyle(one, '::after').content,
          getComputedStyle(one.closest('dialog')).filter, getComputedStyle(one.closest('.layer')).fontSize, getComputedStyle(one.closest('.layer')).textIndent].join(' ')
      })`)
    const plain = await visit(t)
    await plain.waitForTimeout(200)
    const want = await look(plain)
    const page = await visit(t, { head: `<style>${css}</style>` })
    await page.waitForTimeout(200)
    assert.deepEqual(await look(page), want)
  })

for (const [title, css] of [
  ['text in the colour of nothing', ':root{--kelisim-text:transparent}'],
  ['text in the colour of its ground', ':root{--kelisim-text:#fff;--kelisim-surface:#fff}'],
])
  test(`nobody grants what nobody can read: ${title}; it can be read before a press counts`, async (t) => {
    const page = await visit(t, { head: `<style>${css}</style>` })
    await until(() => told(page, 'answers_unequal'), 'the layer to be judged')
    // The page has its way again, and it is looked at when it matters.
    await page.evaluate(() => document.querySelector('kelisim-widget').removeAttribute('style'))
    await page.waitForTimeout(400)
    await clickAt(page, '[part=grant-all]')
    await refused(page)
    await page.waitForTimeout(600)
    await clickAt(page, '[part=grant-all]')
    assert.equal(await marketing(page), true)
  })

test('nobody grants what nobody can read: answers in the colour of their ground, painted over after they were looked at', async (t) => {
  const page = await visit(t, {
    head: '<style>:root{--kelisim-answer:#fff;--kelisim-on-answer:#eee}</style>',
  })
  await until(() => told(page, 'answers_unequal'), 'the layer to be judged')
  await page.waitForTimeout(300)
  await page.evaluate(() => document.querySelector('kelisim-widget').removeAttribute('style'))
  await page.waitForTimeout(400)
  await clickAt(page, '[part=grant-all]')
  await refused(page)
})

for (const [title, style] of [
  [
    'style sheet in the shadow root',
    "Object.assign(document.createElement('style'), { textContent: '[part=refuse-all]{display:none!important}' })",
  ],
  [
    'element beside the layer',
    "Object.assign(document.createElement('div'), { textContent: 'Free gift' })",
  ],
])
  test(`nobody grants in a shadow root with a page's ${title}`, async (t) => {
    const page = await visit(t)
    await page.waitForTimeout(400)
    await page.evaluate(`${shadow}.append(${style})`)
    await page.waitForTimeout(400)
    await clickAt(page, '[part=grant-all]')
    await refused(page)
  })

const cover = (style, popover = true) => `{
  const one = document.createElement('div')
  one.id = 'cover'
  one.textContent = 'Press Enter to start'
  one.style.cssText = 'position:fixed;inset:0;margin:0;width:100%;height:100%;border:0;z-index:2147483647;background:#fff;${style}'
  ${popover ? "one.popover = 'manual'" : ''}
  document.body.append(one)
  ${popover ? 'one.showPopover()' : ''}
}`
test('an opaque popover that lets clicks through does not stand between the person and the question', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(400)
  const place = await centre(page, '[part=grant-all]')
  await page.evaluate(cover('pointer-events:none'))
  await page.mouse.click(...place)
  await page.waitForTimeout(100)
  assert.equal(await marketing(page), false)
})

test('nor does one in a closed shadow root', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(400)
  const place = await centre(page, '[part=grant-all]')
  await page.evaluate(`{
    const host = document.createElement('div')
    document.body.append(host)
    const root = host.attachShadow({ mode: 'closed' })
    root.innerHTML = '<div popover=manual style="position:fixed;inset:0;margin:0;width:100%;height:100%;background:#fff;pointer-events:none">Start</div>'
    root.firstChild.showPopover()
  }`)
  await page.waitForTimeout(400)
  await page.mouse.click(...place)
  await page.waitForTimeout(100)
  assert.equal(await marketing(page), false)
})

for (const [title, style, popover] of [
  ['a popover', '', true],
  ['a popover that lets clicks through', 'pointer-events:none', true],
  ['a box of the page', '', false],
])
  test(`a key grants nothing behind ${title}`, async (t) => {
    const page = await visit(t)
    await page.waitForTimeout(400)
    await page.evaluate(
      cover(style, popover) + `;${shadow}.querySelector('[part=grant-all]').focus()`,
    )
    await page.keyboard.press('Enter')
    await page.waitForTimeout(100)
    assert.equal(await marketing(page), false)
  })

test('a key right after page code moved the focus grants nothing', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(400)
  await page.evaluate(
    `addEventListener('keydown', () => ${shadow}.querySelector('[part=grant-all]').focus(), { capture: true, once: true })`,
  )
  const began = Date.now()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  if (Date.now() - began > 250) return t.skip('the machine was too slow to press so soon')
  await page.waitForTimeout(50)
  assert.equal(await marketing(page), false)
})

test('a second click that a moved layer catches grants nothing', async (t) => {
  const page = await visit(t)
  await page.waitForTimeout(400)
  const [x, y] = await centre(page, '[part=grant-all]')
  await page.evaluate(
    ([x, y]) => {
      const root = document.querySelector('kelisim-widget').shadowRoot
      const dialog = root.querySelector('dialog')
      dialog.style.setProperty('translate', '0 -300px', 'important')
      dialog.style.setProperty('transform', 'translateY(-300px)', 'important')
      dialog.style.setProperty('inset', 'auto 0 300px', 'important')
      const bait = document.createElement('button')
      bait.style.cssText = `position:fixed;left:${x - 20}px;top:${y - 20}px;width:40px;height:40px;z-index:2147483647`
      document.body.append(bait)
      bait.addEventListener('mouseup', () => {
        bait.remove()
        dialog.removeAttribute('style')
      })
    },
    [x, y],
  )
  await page.waitForTimeout(400)
  await page.mouse.click(x, y)
  await page.waitForTimeout(60)
  await page.mouse.click(x, y)
  await page.waitForTimeout(100)
  assert.equal(await marketing(page), false)
})

for (const [title, patch] of [
  ['performance.now', 'performance.now = () => -1e9'],
  [
    'requestAnimationFrame',
    'window.requestAnimationFrame = (work) => setTimeout(() => work(-1e9))',
  ],
  ['timeStamp', "Object.defineProperty(Event.prototype, 'timeStamp', { get: () => 1e9 })"],
])
  test(`a click in the first 300 ms grants nothing with another ${title}`, async (t) => {
    const page = await visit(t)
    await page.evaluate(patch)
    const place = await centre(page, '[part=grant-all]')
    await page.evaluate(() => {
      kelisim.close()
    })
    await page.waitForTimeout(400)
    await page.evaluate(() => kelisim.open('notice'))
    await widget(page, '[part=notice]').waitFor()
    const began = Date.now()
    await page.mouse.click(...place)
    if (Date.now() - began > 250) return t.skip('the machine was too slow to click so soon')
    await page.waitForTimeout(100)
    assert.equal(await marketing(page), false)
  })

test('a person who reads and clicks, or tabs and presses, grants', async (t) => {
  for (const act of [
    async (page) => clickAt(page, '[part=grant-all]'),
    async (page) => {
      await widget(page, '[part=refuse-all]').focus()
      await page.keyboard.press('Shift+Tab')
      assert.equal(
        await page.evaluate(`${shadow}.activeElement?.getAttribute('part')`),
        'grant-all',
      )
      await page.keyboard.press('Enter')
    },
  ]) {
    const page = await visit(t)
    await page.waitForTimeout(400)
    await act(page)
    await until(() => marketing(page), 'the grant')
    assert.equal(await told(page), 0)
  }
})

for (const [title, lie, mend] of [
  [
    'the words of the two answers changed places',
    (root) => {
      const [all, none] = ['grant-all', 'refuse-all'].map(
        (part) => root.querySelector(`[part=${part}]`).firstChild,
      )
      window.words = [all, none, all.data, none.data]
      ;[all.data, none.data] = [none.data, all.data]
    },
    () => ([words[0].data, words[1].data] = [words[2], words[3]]),
  ],
  [
    'a sheet hid what is asked',
    (root) => {
      window.sheet = new CSSStyleSheet()
      sheet.replaceSync('h2, p, ul { visibility: hidden !important }')
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    },
    () => sheet.replaceSync(''),
  ],
])
  test(`${title} until the press: nothing is granted`, async (t) => {
    const page = await visit(t)
    await page.evaluate(
      ([lie, mend]) => {
        const { shadowRoot } = document.querySelector('kelisim-widget')
        ;(0, eval)(`(${lie})`)(shadowRoot)
        addEventListener('pointerdown', (0, eval)(`(${mend})`), { capture: true, once: true })
      },
      [String(lie), String(mend)],
    )
    await page.waitForTimeout(900)
    const { x, y } = await widget(page, '[part=grant-all]').boundingBox()
    await page.mouse.click(x + 20, y + 10)
    await page.waitForTimeout(200)
    assert.equal(await marketing(page), false)
    assert.equal(await status(page), 'undecided')
  })

test('what the layer stands in is dressed in no style of the page’s', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => {
    const { style } = document.querySelector('kelisim-widget').shadowRoot.querySelector('.box')
    style.setProperty('text-indent', '-9999px')
  })
  await page.waitForTimeout(900)
  const { x, y } = await widget(page, '[part=grant-all]').boundingBox()
  await page.mouse.click(x + 20, y + 10)
  await page.waitForTimeout(200)
  assert.equal(await marketing(page), false)
})

test('page code that stops its own click moves no switch on a person’s account', async (t) => {
  const page = await visit(t)
  await widget(page, '[part=choose]').click()
  await widget(page, '[part=choices]').waitFor()
  await page.evaluate(() => {
    const stop = (event) => event.isTrusted || event.stopPropagation()
    addEventListener('click', stop, true)
    const input = document
      .querySelector('kelisim-widget')
      .shadowRoot.querySelector('[data-scope=category][data-id=marketing]')
    addEventListener('pointerdown', () => input.click(), true)
    addEventListener('click', (event) => event.isTrusted && input.click())
  })
  await widget(page, 'h2').click()
  await widget(page, '[part=save]').click()
  await page.waitForTimeout(200)
  assert.equal(await marketing(page), false)
})
