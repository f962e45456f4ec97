// The install: one line, two lines, late, under strict policies; the shell's coming; the public object before the engine.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { document_, line1, line2, startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

const counted = `<script>sessionStorage.setItem('loads', 1 + Number(sessionStorage.getItem('loads') || 0))</script>`
const loads = (page) => page.run(() => sessionStorage.getItem('loads'))

test('install: a page with one line is loaded once more, is whole, and says scanner_leak', async () => {
  for (const body of [
    '<p id="p">text</p>',
    '<p id="p">text</p><!-- a comment of the page --><p>more</p>',
  ]) {
    const page = await browser.open({
      gate: counted.replace('script', 'script type="text/x"') + line1,
      head: counted,
      body,
      path: '/one-line',
      wait: 'commit',
    })
    await page.rest(800)
    assert.deepEqual(
      await page.run(() => [
        document.getElementById('p')?.textContent,
        document.title,
        document.querySelectorAll('#end').length,
      ]),
      ['text', 'shop', 1],
    )
    assert.equal(browser.server.requests.filter((r) => r.path === '/one-line').length, 2)
    assert.deepEqual(
      (await page.events('error')).map(({ code }) => code),
      ['scanner_leak'],
    )
    assert.deepEqual((await page.events('error'))[0].path, '')
    // The next page of the session does not try again.
    await page.page.goto(browser.server.origin + '/one-line')
    await page.rest(300)
    assert.equal(browser.server.requests.filter((r) => r.path === '/one-line').length, 3)
    await page.close()
  }
})

test('install: a second line without its closing comment is found out, and the page is whole and closed', async () => {
  for (const [path, body] of [
    ['/open-1', '<p id="p">text</p>'],
    ['/open-2', '<p id="p">text</p><!-- a comment of the page --><p>more</p>'],
  ]) {
    const page = await browser.open({
      gate: line1 + line2.replace('<!-- -->', ''),
      head: '<script src="http://ads.localhost:PORT/a.js"></script>',
      body,
      path,
      wait: 'commit',
    })
    await page.rest(800)
    assert.equal(await page.run(() => document.getElementById('p')?.textContent), 'text')
    assert.equal(browser.server.requests.filter((r) => r.path === path).length, 2)
    assert.deepEqual(
      (await page.events('error')).map(({ code }) => code),
      ['second_line_open'],
    )
    assert.deepEqual(browser.server.asked(), [])
    await page.close()
  }
})

test('install: with one line third parties are asked ahead of the gate at most, and never run', async () => {
  const page = await browser.open({
    gate: line1,
    head: '<script src="http://ads.localhost:PORT/a.js"></script>',
    wait: 'commit',
  })
  await page.rest(800)
  assert.equal(await page.run(() => window.ran), undefined)
  await page.apply(snapshot(['marketing']))
  await page.rest(400)
  assert.deepEqual(await page.run(() => window.ran), ['a.js'])
  await page.close()
})

test('install: a page that empties the session storage on every load is not loaded again and again', async () => {
  const page = await browser.open({
    gate: line1,
    body: '<p id="p">text</p>',
    headers: { 'Clear-Site-Data': '"storage"' },
    path: '/clearing',
    wait: 'commit',
  })
  await page.rest(2000)
  assert.equal(browser.server.requests.filter((r) => r.path === '/clearing').length, 2)
  assert.equal(await page.run(() => document.getElementById('p')?.textContent), 'text')
  await page.close()
})

test('install: where session storage is blocked no comment is opened', async () => {
  const page = await browser.open({
    gate: line1,
    body: '<p id="p">text</p>',
    init: () => {
      Object.defineProperty(window, 'sessionStorage', {
        get() {
          throw new DOMException('blocked', 'SecurityError')
        },
      })
    },
  })
  await page.rest(300)
  assert.equal(await page.run(() => document.getElementById('p').textContent), 'text')
  assert.deepEqual(
    (await page.events('error')).map(({ code }) => code),
    ['scanner_leak'],
  )
  await page.close()
})

test('install: with two lines no policy is in force and the page is loaded once', async () => {
  const page = await browser.open({
    path: '/two-lines',
    head: counted,
    body: '<!-- c --><p id="p">text</p>',
  })
  await page.rest(300)
  assert.equal(await loads(page), '1')
  assert.equal(browser.server.requests.filter((r) => r.path === '/two-lines').length, 1)
  assert.equal(await page.run(() => document.getElementById('p').textContent), 'text')
  assert.deepEqual(await page.events('error'), [])
  await page.page.reload()
  assert.equal(browser.server.requests.filter((r) => r.path === '/two-lines').length, 2)
  await page.close()
})

test('install: a gate that is not the first script says late_gate; a data block before it is no script', async () => {
  for (const [before, want] of [
    ['<script>1</script>', ['late_gate']],
    ['<script src="/own.js"></script>', ['late_gate']],
    ['<script type="module">1</script>', ['late_gate']],
    ['<script type="application/json" id="p">{}</script>', []],
  ]) {
    const page = await browser.open({ gate: before + line1 + line2 })
    await page.rest(100)
    assert.deepEqual(
      (await page.events('error')).map(({ code }) => code),
      want,
      before,
    )
    await page.close()
  }
})

test('install: a gate put in later, or twice, breaks nothing', async () => {
  const page = await browser.open({
    html: document_({
      gate: '',
      body: '<script>document.head.append(Object.assign(document.createElement("script"), { src: "/kelisim/kelisim.js" }))</script>',
    }),
  })
  await page.page.waitForFunction(() => window.kelisim)
  await page.rest(200)
  assert.ok((await page.events('error')).some(({ code }) => code === 'late_gate'))
  await page.run(() => {
    window.first = window.kelisim
    document.head.append(
      Object.assign(document.createElement('script'), { src: '/kelisim/kelisim.js?2' }),
    )
  })
  await page.rest(200)
  assert.equal(
    await page.run(
      () => window.first === window.kelisim && document.querySelectorAll('#end').length,
    ),
    1,
  )
  assert.deepEqual(page.errors, [])
  await page.close()
})

for (const [title, policy] of [
  ['with a nonce', `script-src 'nonce-abc' 'strict-dynamic'; object-src 'none'; base-uri 'none'`],
  [
    'with Trusted Types',
    `script-src 'self' 'nonce-abc' *.localhost:*; require-trusted-types-for 'script'; trusted-types kelisim page`,
  ],
])
  test(`install: works under a strict policy ${title}`, async () => {
    browser.server.own('/own.js', 'text/javascript', `(window.ran ||= []).push('own')`)
    const page = await browser.open({
      headers: { 'Content-Security-Policy': policy },
      gate: line1.replace('<script', '<script nonce="abc"') + line2,
      head: `<script nonce="abc" src="/own.js"></script><script nonce="abc" src="http://ads.localhost:PORT/1.js"></script>
<script nonce="abc" type="text/plain" data-category="marketing">(window.ran ||= []).push('marked')</script>`,
      body: `<div id="box"></div><script nonce="abc">
        const policy = window.trustedTypes ? trustedTypes.createPolicy('page', { createHTML: (s) => s, createScriptURL: (s) => s }) : { createHTML: String, createScriptURL: String }
        const s = document.createElement('script')
        s.src = policy.createScriptURL('http://ads.localhost:PORT/2.js')
        document.head.append(s)
        document.getElementById('box').innerHTML = policy.createHTML('<img src="http://ads.localhost:PORT/3.png"><b>own</b>')
        const f = document.createElement('iframe')
        f.srcdoc = policy.createHTML('<img src="http://ads.localhost:PORT/4.png">')
        document.body.append(f)
        window.refused = 0
        if (document.location.search !== 'x') try { document.createElement('div').innerHTML = '<img src="http://ads.localhost:PORT/never.png">' } catch { window.refused = 1 }
      </script>`,
    })
    await page.rest(400)
    assert.deepEqual(browser.server.asked(), [])
    assert.equal(await page.run(() => document.querySelector('#box b').textContent), 'own')
    await page.apply(snapshot(['marketing']))
    await page.rest(900)
    const never = /Types/.test(title) ? [] : ['ads/never.png']
    assert.equal(await page.run(() => window.refused), /Types/.test(title) ? 1 : 0)
    assert.deepEqual(browser.server.asked().sort(), [
      'ads/1.js',
      'ads/2.js',
      'ads/3.png',
      'ads/4.png',
      ...never,
    ])
    assert.deepEqual(await page.run(() => window.ran), ['own', '1.js', 'marked', '2.js'])
    assert.deepEqual(page.errors, [])
    await page.close()
  })

test('install: the shell comes at once to ask, when idle where the choice is made, and when somebody asks for it', async () => {
  const undecided = await browser.open({})
  await undecided.page.waitForFunction(() => window.link, null, { timeout: 2000 })
  await undecided.close()

  const decided = await browser.open({
    stored: snapshot(['all']),
    body: '<img src="/slow.png?delay=1500"><a href="#x" data-kelisim-open="policy">p</a>',
    wait: 'domcontentloaded',
  })
  await decided.rest(500)
  assert.equal(browser.server.requests.filter((r) => r.path.endsWith('shell.js')).length, 0)
  await decided.page.click('a')
  await decided.page.waitForFunction(() => window.link)
  assert.equal(new URL(decided.page.url()).hash, '')
  assert.deepEqual(
    await decided.run(
      () =>
        new Promise((resolve) =>
          link.attach({
            open: (layer) => (resolve(layer), Promise.resolve()),
            state: () => 'shell',
            allows: () => true,
          }),
        ),
    ),
    'policy',
  )
  assert.deepEqual(
    await decided.run(async () => [(await kelisim.ready) === kelisim, kelisim.state()]),
    [true, 'shell'],
  )
  await decided.close()

  const idle = await browser.open({ stored: snapshot(['all']) })
  await idle.page.waitForFunction(() => window.link, null, { timeout: 5000 })
  await idle.close()
})

test('install: a shell that does not come is said, and everything stays closed', async () => {
  browser.server.own('/kelisim/kelisim-shell.js', 'text/javascript', null)
  const page = await browser.open({
    head: '<script src="http://ads.localhost:PORT/a.js"></script>',
  })
  await page.rest(800)
  assert.deepEqual(
    (await page.events('error')).map(({ code }) => code),
    ['shell_unavailable'],
  )
  assert.ok(page.logged.some((line) => line.startsWith('kelisim: shell_unavailable ')))
  assert.equal(
    await page.run(() =>
      Promise.all([kelisim.ready, kelisim.refuse()].map((p) => p.catch((e) => e.code))).then(
        String,
      ),
    ),
    'shell_unavailable,shell_unavailable',
  )
  assert.deepEqual(browser.server.asked(), [])
  assert.deepEqual(page.errors, [])
  await page.close()
  browser.server.reset()
})

test('install: before the engine window.kelisim answers from the snapshot, and queues what needs it', async () => {
  const empty = await browser.open({})
  assert.deepEqual(
    await empty.run(() => [
      kelisim.state().status,
      kelisim.state().categories.marketing,
      kelisim.allows('marketing'),
      kelisim.allows('necessary'),
      kelisim.allows('/own'),
      kelisim.allows('https://x.example/'),
      kelisim.allows('nobody'),
    ]),
    ['undecided', 'refused', false, true, true, false, false],
  )
  const refused = empty.run(() => kelisim.refuse(['ads']))
  await empty.page.waitForFunction(() => window.link)
  await empty.run(() => link.attach({ refuse: async (ids) => ({ receipt_id: 'r-' + ids }) }))
  assert.deepEqual(await refused, { receipt_id: 'r-ads' })
  await empty.close()

  const stored = await browser.open({
    stored: snapshot(['analytics'], { expires_at_ms: 4102444800000 }),
  })
  assert.deepEqual(
    await stored.run((port) => {
      const s = kelisim.state()
      s.categories.marketing = 'granted'
      return [
        s.status,
        s.expires_at,
        s.decided_at,
        s.services,
        kelisim.state().categories.marketing,
        kelisim.allows('analytics'),
        kelisim.allows('stats'),
        kelisim.allows('counting'),
        kelisim.allows('advertising'),
        kelisim.allows('mail'),
        kelisim.allows(`http://stats.localhost:${port}/x`),
      ]
    }, browser.server.port),
    [
      'decided',
      '2100-01-01T00:00:00Z',
      null,
      { ads: false, stats: true, maps: false, pay: true, captcha: true },
      'refused',
      true,
      true,
      true,
      false,
      false,
      true,
    ],
  )
  assert.deepEqual(
    await stored.run(async () => {
      const got = []
      const off = kelisim.on('change', ({ detail }) => got.push(detail))
      window.dataLayer = []
      await new Promise((done) =>
        window.link ? done() : document.addEventListener('test:shell', done),
      )
      link.emit('change', { state: 1 })
      off()
      link.emit('change', { state: 2 })
      // Behind what vendors are told of the same choice.
      await new Promise((done) => setTimeout(done, 20))
      return [got, window.dataLayer]
    }),
    [
      [{ state: 1 }],
      [
        { event: 'kelisim_change', state: 1 },
        { event: 'kelisim_change', state: 2 },
      ],
    ],
  )
  await stored.close()
})

test('install: a choice made in another tab is followed', async () => {
  const page = await browser.open({
    stored: snapshot([]),
    head: '<script src="http://ads.localhost:PORT/a.js"></script>',
  })
  assert.deepEqual(browser.server.asked(), [])
  const other = await page.context.newPage()
  await other.goto(browser.server.origin + '/blank')
  await other.evaluate(
    (text) => localStorage.setItem('kelisim.snapshot', text),
    JSON.stringify(snapshot(['all'])),
  )
  await page.rest(600)
  assert.deepEqual(browser.server.asked(), ['ads/a.js'])
  await page.close()
})

test('install: allow_on_action services load on a trusted action in the form or marked element they belong to', async () => {
  const page = await browser.open({
    stored: snapshot([]),
    head: '<script src="http://captcha.localhost:PORT/head.js"></script>',
    body: `<form id="a"><input id="in-a"></form>
<form id="b"><input id="in-b"><iframe src="http://captcha.localhost:PORT/box.html"></iframe></form>
<script>for (const id of ['a', 'b']) document.getElementById('in-' + id).dispatchEvent(new Event('input', { bubbles: true }))</script>`,
  })
  await page.rest(300)
  browser.server.forget()
  assert.deepEqual(
    (await page.held()).map(({ why }) => why),
    ['on_action', 'on_action'],
  )
  await page.page.fill('#in-a', 'x')
  await page.page.click('#in-a')
  await page.rest(300)
  assert.deepEqual(browser.server.asked(), [], 'another form')
  await page.page.click('#in-b')
  await page.rest(500)
  assert.deepEqual(browser.server.asked().sort(), ['captcha/box.html', 'captcha/head.js'])
  await page.close()

  const marked = await browser.open({
    stored: snapshot([]),
    head: '<script src="http://captcha.localhost:PORT/head.js"></script>',
    body: `<button data-service="captcha">check</button>`,
  })
  await marked.rest(200)
  await marked.run(() => document.querySelector('button').click())
  await marked.rest(300)
  assert.deepEqual(browser.server.asked(), [], 'a click by code is no trusted action')
  await marked.page.click('button')
  await marked.rest(500)
  assert.deepEqual(browser.server.asked(), ['captcha/head.js'])
  await marked.close()
})

test('install: an attribute with a value that does not exist is told, and the usual one is in force', async () => {
  const gate =
    '<script src="/kelisim/kelisim.js" data-policy="/kelisim/policy.json" data-open="x" data-unknown="blok" data-lang="deutsch" data-mode="seal"></script>\n' +
    line2
  const page = await browser.open({ gate })
  await page.page.waitForFunction(() => window.link)
  assert.deepEqual(
    await page.run(() => ['open', 'unknown', 'lang', 'mode'].map((name) => link.config[name])),
    ['auto', 'hold', '', 'live'],
  )
  const told = (await page.events('error')).filter(({ code }) => code === 'install_attribute')
  assert.deepEqual(told.map(({ message }) => message).sort(), [
    'data-lang is one of [a-z]{2,3}, not "deutsch"',
    'data-mode is one of live|sealed, not "seal"',
    'data-open is one of auto|never, not "x"',
    'data-unknown is one of hold|report, not "blok"',
  ])
  const lines = page.logged.filter((line) => line.startsWith('kelisim: install_attribute '))
  assert.equal(lines.length, 4)
  await page.close()
})

// docs/install.md promised it; the console said nothing.
test('install: what the gate finds wrong stands in the console as well', async () => {
  // Found out before, so that the page is loaded once.
  const page = await browser.open({
    gate: '<script>1</script>' + line1,
    init: () => sessionStorage.setItem('kelisim.line2', '1'),
  })
  await page.rest(600)
  const codes = (await page.events('error')).map(({ code }) => code)
  assert.ok(codes.includes('late_gate') && codes.includes('scanner_leak'), codes.join())
  for (const code of codes)
    assert.equal(page.logged.filter((line) => line.startsWith(`kelisim: ${code} `)).length, 1, code)
  await page.close()
})

test('install: state() knows before the engine when the decision was made', async () => {
  const page = await browser.open({
    stored: snapshot(['analytics'], { expires_at_ms: 4102444800000 }),
    init: () =>
      location.pathname === '/shop' &&
      localStorage.setItem('kelisim.state', JSON.stringify({ decided_at_ms: 1800000000000 })),
  })
  const state = await page.run(() => kelisim.state())
  assert.equal(state.decided_at, '2027-01-15T08:00:00Z')
  assert.equal(await page.run(() => kelisim.allows('necessary')), true)
  await page.close()
})
