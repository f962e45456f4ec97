// A later script that replaces built-ins, or looks for untouched ones, changes nothing of what the gate does.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

/** Replaces the methods and accessors the gate could use by ones that lie or throw. */
function poison() {
  const define = Object.defineProperty
  const describe = Object.getOwnPropertyDescriptor
  const names = Object.getOwnPropertyNames
  const lie = (owner, name, value) => {
    const before = describe(owner, name)
    if (!before || before.configurable)
      define(owner, name, { __proto__: null, configurable: true, writable: true, value })
  }
  const throws = () => {
    throw new Error('poisoned')
  }
  for (const [owner, keys, value] of [
    [
      String.prototype,
      [
        'indexOf',
        'slice',
        'startsWith',
        'endsWith',
        'toLowerCase',
        'charCodeAt',
        'split',
        'replace',
        'match',
        'trim',
        'includes',
      ],
      () => '',
    ],
    [RegExp.prototype, ['test', 'exec'], () => null],
    [Function.prototype, ['call', 'apply', 'bind'], throws],
    [Reflect, names(Reflect), throws],
    [
      Element.prototype,
      ['getAttribute', 'hasAttribute', 'removeAttribute', 'closest', 'querySelectorAll'],
      () => null,
    ],
    [Document.prototype, ['querySelectorAll', 'createElement', 'createRange'], () => null],
    [EventTarget.prototype, ['addEventListener', 'dispatchEvent'], () => null],
    [MutationObserver.prototype, ['observe', 'disconnect', 'takeRecords'], () => null],
    [Storage.prototype, ['getItem'], () => null],
    [Set.prototype, names(Set.prototype), throws],
    [WeakMap.prototype, names(WeakMap.prototype), throws],
    [Map.prototype, ['set', 'clear', 'delete'], throws],
    [Map.prototype, ['get', 'has'], () => ({ decision: { allow: true }, allow: true })],
    [JSON, ['parse'], () => ({})],
    [Date, ['now'], () => 0],
    [window, ['queueMicrotask', 'MutationObserver', 'CustomEvent'], throws],
    [
      window,
      ['URL'],
      function () {
        return { href: 'about:blank' }
      },
    ],
    [Object, names(Object), throws],
    [Object.prototype, ['allow', 'get', 'set', 'value'], true],
    [
      Array.prototype,
      names(Array.prototype).filter((name) => !/length|constructor/.test(name)),
      throws,
    ],
  ])
    for (let i = 0; i < keys.length; i++) if (keys[i] !== 'constructor') lie(owner, keys[i], value)
  for (let i = 0; i < 9; i++)
    define(Array.prototype, i, {
      __proto__: null,
      configurable: true,
      get: () => ({ allow: true }),
      set: throws,
    })
  lie(Array.prototype, Symbol.iterator, throws)
  document.title += ' poisoned'
}

/** Asks in every way, with what page code has left. */
const attempts = `
  const u = (path) => 'http://ads.localhost:PORT/' + path
  const tries = [
    () => { const s = make('script'); s.src = u('1.js'); document.head.append(s) },
    () => { const s = make('script'); s.setAttribute('src', u('2.js')); document.head.appendChild(s) },
    () => { new Image().src = u('3.png') },
    () => { const d = make('div'); d.innerHTML = '<img src="' + u('4.png') + '">' },
    () => { document.body.insertAdjacentHTML('beforeend', '<iframe src="' + u('5.html') + '"></iframe>') },
    () => { fetch(u('6')) },
    () => { const x = new XMLHttpRequest(); x.open('GET', u('7')); x.send() },
    () => { navigator.sendBeacon(u('8'), 'x') },
    () => { const f = make('iframe'); document.body.append(f); f.contentWindow.fetch(u('9')) },
    () => { const f = make('iframe'); document.body.append(f); const i = new window[0].Image(); i.src = u('10.png') },
    () => { document.write('<script src="' + u('11.js') + '"></' + 'script>') },
    () => { document.cookie = '_ads=1' },
  ]
  for (let i = 0; i < tries.length; i++) try { tries[i]() } catch (error) { document.title += ' ' + i + ' ' + error.message }
  document.title += ' tried'
`

test('hostile: replaced built-ins open nothing', async () => {
  const page = await browser.open({
    stored: snapshot(['analytics']),
    body: `<script>const make = document.createElement.bind(document); window.make = make;(${poison})(); window.tried = 1</script><script>${attempts}</script><script src="http://ads.localhost:PORT/12.js"></script>
<img src="http://ads.localhost:PORT/13.png">`,
  })
  await page.page.waitForTimeout(700)
  assert.equal(await page.page.title(), 'shop poisoned tried')
  assert.deepEqual(browser.server.asked(), [])
  assert.deepEqual(await page.context.cookies(), [])
  await page.close()
})

test('hostile: replaced accessors of the nodes the gate looks at open nothing', async () => {
  const page = await browser.open({
    stored: snapshot(['analytics']),
    body: `<script>
      for (const owner of [Node, Element, Attr, Document, HTMLScriptElement, MutationRecord, NodeList, Event, URL])
        for (const [name, d] of Object.entries(Object.getOwnPropertyDescriptors(owner.prototype)))
          if (d.get && d.configurable && !/^(src|innerHTML|body|head|cookie|documentElement)$/.test(name))
            Object.defineProperty(owner.prototype, name, { configurable: true, get: () => null, set: d.set })
      window.make = document.createElement.bind(document)
    </script><script>${attempts}</script>`,
  })
  await page.rest(700)
  assert.deepEqual(browser.server.asked(), [])
  await page.close()
})

test('hostile: wrapped functions look like the built-ins they stand for', async () => {
  const page = await browser.open({})
  assert.deepEqual(
    await page.run(() => {
      const frame = document.body.appendChild(document.createElement('iframe')).contentWindow
      const of = (owner, name) => Object.getOwnPropertyDescriptor(owner, name)
      const faults = []
      for (const [title, f, name, length] of [
        ['fetch', fetch, 'fetch', 1],
        ['setAttribute', Element.prototype.setAttribute, 'setAttribute', 2],
        ['append', Element.prototype.append, 'append', 0],
        ['open', XMLHttpRequest.prototype.open, 'open', 2],
        ['src', of(HTMLImageElement.prototype, 'src').set, 'set src', 1],
        ['cookie', of(Document.prototype, 'cookie').set, 'set cookie', 1],
        [
          'contentWindow',
          of(HTMLIFrameElement.prototype, 'contentWindow').get,
          'get contentWindow',
          0,
        ],
        ['toString', Function.prototype.toString, 'toString', 0],
        ["a frame's fetch", frame.fetch, 'fetch', 1],
      ]) {
        if (f.name !== name) faults.push(`${title}: name ${f.name}`)
        if (f.length !== length) faults.push(`${title}: length ${f.length}`)
        const source = `function ${name}() { [native code] }`
        for (const w of [window, frame])
          if (w.Function.prototype.toString.call(f) !== source)
            faults.push(`${title}: source ${w.Function.prototype.toString.call(f)}`)
        if ('prototype' in f) faults.push(`${title}: has a prototype`)
        try {
          new f()
          faults.push(`${title}: can be constructed`)
        } catch (error) {
          if (!(error instanceof TypeError)) faults.push(`${title}: ${error}`)
        }
      }
      const errors = []
      for (const bad of [
        () => document.body.setAttribute('src'),
        () => document.body.appendChild(),
        () => document.body.appendChild('x'),
        () => document.body.insertBefore(document.createElement('i')),
        () => new XMLHttpRequest().open('GET'),
        () => of(HTMLImageElement.prototype, 'src').set.call({}, 'x'),
        () => Element.prototype.setAttribute.call({}, 'src', 'x'),
        () => document.body.setAttribute('0 0', 'x'),
        () => document.createElement('img').setAttribute('src', Symbol('x')),
        () => document.body.insertAdjacentHTML('nowhere', 'x'),
      ])
        try {
          bad()
          errors.push('none')
        } catch (error) {
          errors.push(error.name)
        }
      for (const key of ['src', 'innerHTML', 'outerHTML']) {
        const d = of(key === 'src' ? HTMLImageElement.prototype : Element.prototype, key)
        if (!d.enumerable || !d.configurable) faults.push(key + ': flags')
      }
      return [faults, errors]
    }),
    [
      [],
      [
        'TypeError',
        'TypeError',
        'TypeError',
        'TypeError',
        'TypeError',
        'TypeError',
        'TypeError',
        'InvalidCharacterError',
        'TypeError',
        'SyntaxError',
      ],
    ],
  )
  await page.close()
})

test('hostile: window.kelisim cannot be replaced or changed, and grants nothing', async () => {
  const page = await browser.open({})
  assert.deepEqual(
    await page.run(() => {
      'use strict'
      const before = window.kelisim
      const attempts = [
        () => (window.kelisim = {}),
        () => delete window.kelisim,
        () => Object.defineProperty(window, 'kelisim', { value: {} }),
        () => (window.kelisim.allows = () => true),
      ]
      const thrown = attempts.map((attempt) => {
        try {
          attempt()
          return 'no'
        } catch (error) {
          return error.name
        }
      })
      return [
        thrown,
        before === window.kelisim,
        Object.keys(window.kelisim).sort(),
        'grant' in window.kelisim,
      ]
    }),
    [
      ['TypeError', 'TypeError', 'TypeError', 'TypeError'],
      true,
      [
        'allows',
        'close',
        'export',
        'on',
        'open',
        'ready',
        'receipts',
        'refuse',
        'state',
        'sync',
        'withdraw',
      ],
      false,
    ],
  )
  await page.close()
})

test('hostile: a promise replaced by page code does not get the link to the shell', async () => {
  const page = await browser.open({
    head: `<script>
      window.caught = 0
      const then = Promise.prototype.then
      Promise.prototype.then = function (yes, no) { return then.call(this, (value) => { if (value && value.start) window.caught++; return yes && yes({ start(link) { window.caught++ } }) }, no) }
      Promise.prototype.constructor = function () {}
    </script>`,
  })
  await page.page.waitForFunction(() => window.link)
  assert.equal(await page.run(() => window.caught), 0)
  await page.close()
})
