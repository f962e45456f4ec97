// Reached, read and hit by everybody: names of clause buttons, sizes of targets, large text, and a sign that a text goes on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { launch, page as html, startShop, widget } from '../../support/shop.mjs'

let browser
/** With the reader's own text at 200 %. */
let large
before(async () => {
  browser = await launch()
  large = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--blink-settings=defaultFontSize=32'],
  })
})
after(() => Promise.all([browser?.close(), large?.close()]))

async function visit(t, { lang = 'ru', name = 'letoile', options = {}, by = browser } = {}) {
  const shop = await startShop({
    policy: `examples/policies/${name}.json`,
    text: `examples/policies/${name}.text.json`,
  })
  shop.pages['/'] = { body: html({ lang }) }
  const context = await by.newContext({ viewport: { width: 360, height: 640 }, ...options })
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  return page
}
async function unfolded(page) {
  await page.evaluate(() => kelisim.open('policy'))
  await widget(page, '[part=policy]').waitFor()
  for (const details of await widget(page, 'details').all())
    await details.evaluate((element) => (element.open = true))
}

for (const [lang, number, name] of [
  ['kk', '7.10', '7.10-тармақ'],
  ['ru', '7.10', 'Пункт 7.10'],
  ['en', '7.10', 'Clause 7.10'],
])
  test(`${lang}: a clause button is called "${name}" and shows "${number}"`, async (t) => {
    const page = await visit(t, { lang })
    await unfolded(page)
    const button = page.getByRole('button', { name, exact: true }).first()
    assert.equal(await button.textContent(), number)
    const nameless = await widget(page, '.ref').evaluateAll(
      (refs) =>
        refs.filter(
          (ref) =>
            /^\d/.test(ref.ariaLabel ?? ref.textContent) && !/\p{L}/u.test(ref.ariaLabel ?? ''),
        ).length,
    )
    assert.equal(nameless, 0)
  })

for (const name of ['alma-chocolates', 'letoile'])
  for (const lang of ['kk', 'ru', 'en'])
    test(`${name}, ${lang}: every target of the policy layer is 24 × 24 px at 360 px`, async (t) => {
      const page = await visit(t, { lang, name })
      await unfolded(page)
      const small = await widget(page, ':is(button, summary, input, a)').evaluateAll((all) =>
        all
          .filter((element) => element.checkVisibility())
          .map((element) => [element.getBoundingClientRect(), element.outerHTML.slice(0, 100)])
          .filter(([{ width, height }]) => width < 24 || height < 24)
          .map(([{ width, height }, what]) => `${width} × ${height} ${what}`),
      )
      assert.deepEqual(small, [])
    })

for (const lang of ['kk', 'ru', 'en'])
  test(`${lang}: the three answers are one size at 360 px, with text at 200 % too`, async (t) => {
    for (const by of [browser, large]) {
      const page = await visit(t, { lang, by })
      const found = await widget(page, '[data-weight=equal]').evaluateAll((all) =>
        all.map((answer) => {
          const { width, height } = answer.getBoundingClientRect()
          const { fontSize } = getComputedStyle(answer)
          return [width, height, answer.scrollWidth > answer.clientWidth, fontSize].join()
        }),
      )
      assert.equal(found.length, 3)
      assert.equal(new Set(found).size, 1, found.join('\n'))
      assert.match(found[0], by === large ? /,false,28px$/ : /,false,14px$/)
    }
  })

/** How the edge over the answers looks with the text at its start, on the way and at its end. */
const edge = async (page) => {
  const seen = []
  for (const part of [0, 0.5, 1])
    seen.push(
      await widget(page, '.box').evaluate(async (box, at) => {
        box.scrollTop = at * (box.scrollHeight - box.clientHeight)
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
        const above = getComputedStyle(box.querySelector('.actions'), '::before')
        const style =
          above.content === 'none'
            ? getComputedStyle(box.querySelector('.layer'), '::after')
            : above
        return [style.content === 'none' ? 0 : +style.opacity, style.borderBottomWidth]
      }, part),
    )
  return seen
}

for (const [what, options] of [
  ['colours of its own', {}],
  ['forced colours', { forcedColors: 'active' }],
  ['answers that stay in sight', { viewport: { width: 1000, height: 500 } }],
])
  test(`${what}: a text that goes on below the answers, or below the screen, shows it, until its end`, async (t) => {
    const page = await visit(t, { lang: 'kk', options, by: large })
    const { over } = await widget(page, '.box').evaluate((box) => ({
      over: box.scrollHeight - box.clientHeight,
    }))
    assert.ok(over > 40, `${over} px`)
    const seen = await edge(page)
    assert.deepEqual(
      seen.map(([opacity]) => opacity),
      [1, 1, 0],
    )
    if (options.forcedColors) assert.notEqual(seen[0][1], '0px')
  })

test('a text that is all in sight has no such edge', async (t) => {
  const page = await visit(t, { options: { viewport: { width: 800, height: 1000 } } })
  assert.deepEqual(
    (await edge(page)).map(([opacity]) => opacity),
    [0, 0, 0],
  )
})

/** What could be hit where the cross is, if that were not there, in all positions of the scrolled text. */
const underCross = (page) =>
  widget(page, '.box').evaluate((box) => {
    const close = box.querySelector('.close')
    const { left, top, width, height } = close.getBoundingClientRect()
    const found = new Set()
    close.style.setProperty('visibility', 'hidden', 'important')
    for (let at = 0; at < box.scrollHeight; at += 7) {
      box.scrollTop = at
      for (let i = 0; i < 16; i++) {
        const x = left + width * (0.02 + 0.32 * (i % 4))
        const y = top + height * (0.02 + 0.32 * ((i / 4) | 0))
        const hit = box.getRootNode().elementFromPoint(x, y)
        const control = hit?.closest('input, label, button, summary, a')
        if (control) found.add(`${control.outerHTML.slice(0, 60)} at ${at}`)
      }
    }
    close.removeAttribute('style')
    return [...found].slice(0, 3)
  })
for (const [what, width, text] of [
  ['360 px', 360],
  ['320 px', 320],
  ['640 px', 640],
  ['1280 px', 1280],
  ['360 px with text at 200 %', 360, true],
  ['1280 px with text at 200 %', 1280, true],
])
  test(`${what}: no control is ever behind the cross, however far the text is scrolled`, async (t) => {
    for (const lang of ['kk', 'ru']) {
      const page = await visit(t, {
        ...{ lang, name: 'letoile', by: text ? large : browser },
        options: { viewport: { width, height: 640 } },
      })
      for (const layer of ['choices', 'policy', 'rights']) {
        await page.evaluate((to) => kelisim.open(to), layer)
        await widget(page, `[part=${layer}]`).waitFor()
        assert.deepEqual(await underCross(page), [], `${layer} ${lang}`)
        await widget(page, '.box').evaluate((box) => (box.scrollTop = 0))
        // The strip behind it hides nothing of what stands at the start.
        const hidden = await widget(page, '.layer').evaluate((layer) =>
          [...layer.querySelectorAll(':scope > :not(.close)')]
            .slice(0, 3)
            .filter((element) => {
              const { x, y, width } = element.getBoundingClientRect()
              const hit = layer.getRootNode().elementFromPoint(x + width / 2, y + 3)
              return hit !== element && !element.contains(hit)
            })
            .map((element) => element.outerHTML.slice(0, 60)),
        )
        assert.deepEqual(hidden, [], `${layer} ${lang}`)
      }
    }
  })

for (const [what, size, text] of [
  ['360 × 640', [360, 640]],
  ['360 × 640 with text at 200 %', [360, 640], true],
  ['320 × 568 with text at 200 %', [320, 568], true],
  ['390 × 844 with text at 200 %', [390, 844], true],
  ['640 × 360', [640, 360]],
  ['320 × 256', [320, 256]],
  ['1280 × 800 with text at 200 %', [1280, 800], true],
])
  test(`${what}: at least half of a layer with answers is for reading, in every language`, async (t) => {
    const [width, height] = size
    for (const lang of ['kk', 'ru', 'en']) {
      const page = await visit(t, {
        ...{ lang, by: text ? large : browser },
        options: { viewport: { width, height } },
      })
      for (const layer of ['notice', 'choices']) {
        await page.evaluate((to) => kelisim.open(to), layer)
        await widget(page, `[part=${layer}]`).waitFor()
        const share = await widget(page, '.box').evaluate((box) => {
          // In the middle of the text, where everything that stays does.
          box.scrollTop = (box.scrollHeight - box.clientHeight) / 2
          const frame = box.getBoundingClientRect()
          const actions = box.querySelector('.actions')
          const { top, bottom } = actions.getBoundingClientRect()
          const strip = getComputedStyle(box.querySelector('.layer'), '::before')
          const stays =
            (getComputedStyle(actions).position === 'sticky'
              ? Math.min(bottom, frame.bottom) - top
              : 0) + (strip.position === 'sticky' ? parseFloat(strip.height) : 0)
          return stays / frame.height
        })
        assert.ok(share <= 0.5, `${layer} ${lang}: ${Math.round(share * 100)} % stay`)
      }
    }
  })
