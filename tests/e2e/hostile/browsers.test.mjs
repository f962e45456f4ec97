// The other engines: a person grants there, with a dark mode too; with a style sheet that says more, nobody does, and it is told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as firefox from '../matrix/lanes/firefox.mjs'
import * as webkit from '../matrix/lanes/webkit.mjs'
import { page as html, startShop, until } from '../../support/shop.mjs'

const DARK = `.other-site { filter: invert(1) }
::placeholder { opacity: 0.5 !important }
:host { --darkreader-bg--answer: #192e2a; color: #e8e6e3 }
@media (min-width: 1px) { .layer { color: #e8e6e3 !important } }
dialog { background: #181a1b !important; border: 1px solid #393e40 !important; box-shadow: 0 4px 32px rgb(0 0 0 / 0.5) !important }
[data-tone="muted"] { color: #a9a297 }
button { border-color: transparent; background-image: none; background-color: initial; color: #93eddb }
[data-weight="equal"] { background: var(--darkreader-bg--answer) !important; border: 1px solid #7d7467 !important; color: #e8e6e3 !important }
.actions { background: #181a1b }
.actions::before, .layer:has(> .actions)::after { background: linear-gradient(transparent, #181a1b) }
[data-weight="equal"]:hover { box-shadow: rgba(96, 104, 108, 0.18) 0px 0px 0px 100em inset !important }`
const CASES = [
  ['nothing else', '', true],
  ['a dark mode', DARK, true],
  ['words of its own', '.label::before { content: "Free gift" }', false],
  ['a text pushed away', '.list { text-indent: -999px }', false],
  [
    'a text that waits for the pointer',
    'dialog:not(:has(button:hover)) h2 { color: transparent }',
    false,
  ],
  ['a shadow behind a word', '.list .label::after { box-shadow: 0 0 0 300px #fff }', false],
  ['a picture behind the words', '.list { background-image: linear-gradient(#000, #000) }', false],
]
/** A shop of its own each time: nothing is remembered of the one before. */
async function start(t) {
  const shop = await startShop()
  t.after(() => shop.close())
  const head =
    `<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'"><!-- -->` +
    '<script>window.told=[];document.addEventListener("kelisim:error",({detail})=>told.push(detail.message))</script>'
  shop.pages['/'] = { body: html({ gateFile: 'kelisim.js', head }) }
  return shop.origin + '/'
}

for (const engine of [firefox, webkit])
  test(`${engine.name}: a person grants, with a dark mode too, and nobody where a sheet says more`, async (t) => {
    let started
    try {
      started = await engine.start()
    } catch (error) {
      return t.skip(`${engine.name} cannot be had here: ${error.message}`)
    }
    t.after(() => started.close())
    const lane = await started.lane()
    t.after(() => lane.close())
    for (const way of ['style', 'adopted'])
      for (const [what, css, grants] of CASES) {
        await lane.fresh()
        await lane.open(await start(t))
        const run = (code) => lane.run(code)
        const root = "document.querySelector('kelisim-widget').shadowRoot"
        await until(
          () =>
            run(
              `!!document.querySelector('kelisim-widget')?.shadowRoot?.querySelector('[part=grant-all]')`,
            ).catch(() => false),
          'the notice',
        )
        await run(
          `(${(text, by, root) => {
            if (!text) return
            if (by === 'style') {
              const style = document.createElement('style')
              style.textContent = text
              root.prepend(style)
            } else {
              const sheet = new CSSStyleSheet()
              sheet.replaceSync(text)
              root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
            }
          }})(${JSON.stringify(css)}, ${JSON.stringify(way)}, ${root})`,
        )
        await new Promise((resolve) => setTimeout(resolve, 1500))
        const [x, y] = JSON.parse(
          await run(
            `(() => { const { x, y, width, height } = ${root}.querySelector('[part=grant-all]').getBoundingClientRect(); return JSON.stringify([x + width / 2, y + height / 2]) })()`,
          ),
        )
        await lane.click(x, y)
        await new Promise((resolve) => setTimeout(resolve, 300))
        const said = await run('JSON.stringify(window.told)')
        assert.equal(await run("kelisim.allows('marketing')"), grants, `${way}, ${what}: ${said}`)
        if (!grants)
          await until(() => run(`!!${root}.querySelector('[role=alert]')?.textContent`), 'the line')
      }
  })
