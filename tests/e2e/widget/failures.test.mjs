// What happens when something is missing or broken: the gate stays closed, the page works, and it is said what is wrong.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fromDist, readRepo } from '../../support/dist.mjs'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

async function visit(t, { prepare = () => {}, init, gate, context: options } = {}) {
  const shop = await startShop()
  shop.pages['/'] = { body: html({ gate }) }
  prepare(shop)
  const context = await browser.newContext(options)
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  const logged = []
  page.on('console', (message) => logged.push(message.text()))
  if (init) await page.addInitScript(init)
  await page.goto(shop.origin)
  return { shop, page, context, logged }
}
const errors = (page) =>
  page.evaluate(() =>
    (window.gate?.events ?? []).filter(({ type }) => type === 'error').map(({ detail }) => detail),
  )
const gone = { status: 404, body: '' }

/** Closed: nothing was opened by the shell, no layer, and the page works. */
async function closed(page, code) {
  const [error] = await until(async () => {
    const list = await errors(page)
    return list.length ? list : null
  }, 'an error')
  assert.equal(error.code, code)
  assert.equal(typeof error.path, 'string')
  assert.ok(error.message.length > 5)
  assert.deepEqual(await page.evaluate(() => gate.applied), [])
  assert.equal(await page.evaluate(() => gate.attached), null)
  assert.equal(await page.evaluate(() => gate.error.code), code)
  await page.click('#buy')
  return error
}

for (const [title, spoil] of [
  ['is missing', (shop) => (shop.pages['/kelisim/kelisim-engine.wasm'] = gone)],
  [
    'is broken',
    (shop) =>
      (shop.pages['/kelisim/kelisim-engine.wasm'] = {
        type: 'application/wasm',
        body: 'no module',
      }),
  ],
  ['has lost its glue', (shop) => (shop.pages['/kelisim/kelisim-engine.js'] = gone)],
])
  test(`the module ${title}: the plain build takes over, everything works`, async (t) => {
    const { shop, page, logged } = await visit(t, { prepare: spoil })
    await press(page, '[part=refuse-all]')
    await until(() => shop.accepted().length, 'the receipt')
    assert.ok(shop.requests.includes('/kelisim/kelisim-engine.plain.js'))
    assert.deepEqual(
      (await errors(page)).map(({ code }) => code),
      ['engine_wasm_unavailable'],
    )
    assert.ok(logged.some((line) => line.startsWith('kelisim: engine_wasm_unavailable ')))
  })

test('the media type of the module is wrong: it is taken as bytes', async (t) => {
  const { readFileSync } = await import('node:fs')
  const { dist } = await import('../../support/shop.mjs')
  const { shop, page } = await visit(t, {
    prepare: (shop) =>
      (shop.pages['/kelisim/kelisim-engine.wasm'] = {
        type: 'application/octet-stream',
        body: readFileSync(dist + '/kelisim-engine.wasm'),
      }),
  })
  await widget(page, '[part=notice]').waitFor()
  assert.ok(!shop.requests.includes('/kelisim/kelisim-engine.plain.js'))
})

test('a policy that forbids WebAssembly is a way to run: the plain build, and nothing is told', async (t) => {
  const { shop, page } = await visit(t, {
    prepare: (shop) => (shop.headers['content-security-policy'] = "script-src 'self'"),
  })
  await press(page, '[part=refuse-all]')
  await until(() => shop.accepted().length, 'the receipt')
  assert.ok(shop.requests.includes('/kelisim/kelisim-engine.plain.js'))
  assert.deepEqual(await errors(page), [])
})

test('no WebAssembly at all: the plain build', async (t) => {
  const { shop, page } = await visit(t, { init: () => delete window.WebAssembly })
  await press(page, '[part=grant-all]')
  await until(() => shop.accepted().length, 'the receipt')
  assert.ok(!shop.requests.includes('/kelisim/kelisim-engine.wasm'))
})

test('neither build can be had: engine_unavailable, closed, the page works', async (t) => {
  const { page } = await visit(t, {
    prepare: (shop) => {
      shop.pages['/kelisim/kelisim-engine.wasm'] = gone
      shop.pages['/kelisim/kelisim-engine.plain.js'] = gone
    },
  })
  await closed(page, 'engine_unavailable')
  assert.equal(await page.locator('kelisim-widget').count(), 0)
})

for (const [title, prepare, code] of [
  ['a dead policy address', (shop) => (shop.pages['/policy.json'] = gone), 'policy_unavailable'],
  [
    'a policy that is no JSON',
    (shop) => (shop.pages['/policy.json'] = { body: '<h1>404</h1>' }),
    /^json_/,
  ],
  [
    'a policy of an unknown version',
    (shop) =>
      (shop.pages['/policy.json'] = {
        body: readRepo('tests/vectors/policy.json').replace('kelisim-policy-1', 'kelisim-policy-2'),
      }),
    /^policy_/,
  ],
])
  test(`${title}: closed, and it is said`, async (t) => {
    const { page, logged } = await visit(t, { prepare })
    if (typeof code === 'string') await closed(page, code)
    else {
      const [error] = await until(
        async () => ((await errors(page)).length ? errors(page) : null),
        'an error',
      )
      assert.match(error.code, code)
      await closed(page, error.code)
    }
    assert.ok(logged.some((line) => line.startsWith('kelisim: ')))
  })

test('a broken policy is refused whole, with an event and a line in the console for every error', async (t) => {
  const { page, logged } = await visit(t, {
    prepare: (shop) => {
      const policy = JSON.parse(readRepo('tests/vectors/policy.json'))
      delete policy.operator.country
      policy.purposes[1].basis = 'whim'
      shop.pages['/policy.json'] = { body: JSON.stringify(policy) }
    },
  })
  await until(async () => (await errors(page)).length, 'the error')
  const told = await errors(page)
  const paths = told.map(({ path }) => path)
  assert.ok(
    paths.includes('/operator/country') && paths.includes('/purposes/1/basis'),
    paths.join(),
  )
  for (const path of paths) assert.ok(logged.some((line) => line.includes(path)))
  await closed(page, told[0].code)
})

test('no policy named: policy_missing', async (t) => {
  const { page } = await visit(t, { gate: { policy: null } })
  await closed(page, 'policy_missing')
})

test('an inline policy works, also when it stands below the script', async (t) => {
  const policy = JSON.stringify(JSON.parse(readRepo('tests/vectors/policy.json'))).replace(
    /</g,
    '\\u003c',
  )
  const { page } = await visit(t, {
    prepare: (shop) =>
      (shop.pages['/'] = {
        body: html({
          gate: { policy: '#policy' },
          body: `<script type="application/json" id="policy">${policy}</script>`,
        }),
      }),
  })
  await widget(page, '[part=notice]').waitFor()
})

test('the language cannot be had: told, no layer, and the gate and window.kelisim work', async (t) => {
  const { page } = await visit(t, {
    prepare: (shop) => {
      for (const lang of ['en', 'ru']) shop.pages[`/kelisim/locales/${lang}.json`] = gone
    },
  })
  await until(async () => (await errors(page)).length, 'the error')
  assert.equal((await errors(page))[0].code, 'locale_unavailable')
  assert.equal(await page.evaluate(() => kelisim.state().categories.analytics), 'refused')
  assert.ok((await page.evaluate(() => kelisim.refuse())).receipt_id)
  assert.equal(await page.evaluate(() => gate.applied.at(-1).status), 'decided')
})

test('a policy that needs the catalogue, and no catalogue: closed, and it is said', async (t) => {
  const { page } = await visit(t, {
    prepare: (shop) => {
      shop.pages['/policy.json'] = { body: readRepo('examples/policies/letoile.json') }
      shop.pages['/kelisim/catalogue.json'] = gone
    },
  })
  await closed(page, 'catalogue_unavailable')
})

test('localStorage is denied: that is what is said, and the choice is in force', async (t) => {
  const { shop, page } = await visit(t, {
    prepare: (shop) => {
      const head = `<script>window.told=[];document.addEventListener('kelisim:error',({detail})=>told.push(detail.code))</script>`
      shop.pages['/'] = { body: html({ gateFile: 'kelisim.js', head }) }
    },
    init: () =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError')
        },
      }),
  })
  await press(page, '[part=grant-all]')
  await until(() => shop.accepted().length, 'the receipt')
  assert.equal(await page.evaluate(() => kelisim.allows('marketing')), true)
  const told = await page.evaluate(() => told)
  assert.ok(told.includes('storage_denied') && !told.includes('storage_full'), told.join())
})

test('localStorage is full: the choice is in force, it is said, the receipt is made, and the next page knows it', async (t) => {
  const { shop, page } = await visit(t, {
    init: () => {
      try {
        localStorage.setItem('filler', '')
        for (let size = 1 << 20; size; size >>= 1)
          try {
            while (true)
              localStorage.setItem('filler', localStorage.getItem('filler') + 'x'.repeat(size))
          } catch {
            // as much as fits
          }
      } catch {
        // blocked
      }
    },
  })
  await press(page, '[part=grant-all]')
  assert.equal(
    await page.evaluate(() => gate.applied.at(-1).services.find(({ id }) => id === 'pixel').run),
    true,
  )
  assert.ok((await errors(page)).some(({ code }) => code === 'storage_full'))
  await until(() => shop.accepted().length, 'the receipt')
  await page
    .context()
    .addCookies([
      {
        name: '__Host-kelisim',
        value: '1',
        url: shop.origin.replace('http:', 'https:'),
        secure: true,
      },
    ])
    .catch(() => {})
  await page.evaluate(() => (document.cookie = '__Host-kelisim=1; Path=/; Secure'))
  await page.reload()
  await until(() => page.evaluate(() => gate.attached), 'the engine')
  assert.equal(await page.evaluate(() => kelisim.state().status), 'decided')
  assert.equal(await widget(page, 'dialog').isVisible(), false)
})

test('no storage of any kind: the choice is in force, signed with a key of this page, and sent', async (t) => {
  const { shop, page } = await visit(t, {
    gate: { 'no-database': '1' },
    init: () => {
      const block = () => {
        throw new DOMException('blocked', 'SecurityError')
      }
      Storage.prototype.setItem = block
      Storage.prototype.getItem = block
    },
  })
  await press(page, '[part=refuse-all]')
  await until(() => shop.accepted().length, 'the receipt')
  const { evidence } = JSON.parse(Buffer.from(shop.accepted()[0].split('.')[1], 'base64url'))
  assert.equal(evidence.key, 'ephemeral')
})

test('no IndexedDB: receipts live in localStorage and survive a reload', async (t) => {
  const { shop, page } = await visit(t, { gate: { 'no-database': '1' } })
  shop.answer = { status: 503 }
  await press(page, '[part=refuse-all]')
  await until(async () => (await page.evaluate(() => kelisim.receipts())).length, 'the receipt')
  await page.reload()
  await until(() => page.evaluate(() => gate.attached), 'the engine')
  assert.equal((await page.evaluate(() => kelisim.receipts())).length, 1)
})

test('no crypto.subtle: the library signs, the key and the chain outlive the page', async (t) => {
  const { shop, page } = await visit(t, { gate: { 'no-subtle': '1' } })
  await press(page, '[part=refuse-all]')
  await until(() => shop.accepted().length === 1, 'the receipt')
  await page.reload()
  await until(() => page.evaluate(() => gate.attached), 'the engine')
  await page.evaluate(() => kelisim.withdraw())
  await until(() => shop.accepted().length === 2, 'the second receipt')
  const { loadEngine } = await import(fromDist('node/index.js'))
  const chain = await (await loadEngine()).verifyChain(shop.accepted())
  assert.deepEqual(chain.faults, [])
  assert.deepEqual(await errors(page), [])
  assert.equal((await page.evaluate(() => kelisim.receipts()))[0].evidence.key, 'persistent')
})

test('neither crypto.subtle nor the library: the choice is in force and waits unsigned, which is said once', async (t) => {
  const { shop, page } = await visit(t, {
    gate: { 'no-subtle': '1' },
    prepare: (shop) => (shop.pages['/kelisim/kelisim-signer.js'] = gone),
  })
  await press(page, '[part=refuse-all]')
  await until(async () => (await errors(page)).length, 'the error')
  await page.evaluate(() => kelisim.withdraw())
  assert.deepEqual(
    (await errors(page)).map(({ code }) => code),
    ['signer_unavailable'],
  )
  assert.equal(
    await page.evaluate(() => JSON.parse(localStorage.getItem('kelisim.drafts')).drafts.length),
    2,
  )
  shop.pages['/'] = { body: html() }
  await page.reload()
  await until(() => shop.accepted().length === 2, 'both receipts')
})

test('what keeps decisions cannot be had: the choice is in force and waits; the next page makes its receipt', async (t) => {
  const { shop, page } = await visit(t, {
    prepare: (shop) => (shop.pages['/kelisim/kelisim-keep.js'] = gone),
  })
  await press(page, '[part=grant-all]')
  await until(
    async () => (await errors(page)).some(({ code }) => code === 'keep_unavailable'),
    'the error',
  )
  assert.equal(await page.evaluate(() => gate.applied.at(-1).status), 'decided')
  delete shop.pages['/kelisim/kelisim-keep.js']
  await page.reload()
  await until(() => shop.accepted().length, 'the receipt')
})

test('a stored state that was tampered with is refused: closed, and the person is asked again', async (t) => {
  const { page } = await visit(t)
  await press(page, '[part=refuse-all]')
  await page.evaluate(() => {
    const state = JSON.parse(localStorage.getItem('kelisim.state'))
    state.purposes.advertising = 'yes'
    localStorage.setItem('kelisim.state', JSON.stringify(state))
  })
  await page.reload()
  await widget(page, '[part=notice]').waitFor()
  await until(async () => (await errors(page)).some(({ code }) => /^state_/.test(code)), 'state_*')
  assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
})

// The link used to be dead, and the rejection nobody's.
test('where the policy cannot be had a link leads where it leads, and a button says a sentence', async (t) => {
  const { shop, page, logged } = await visit(t, {
    prepare(shop) {
      shop.pages['/policy.json'] = gone
      shop.pages['/privacy'] = { body: '<title>Privacy</title>' }
      shop.pages['/'] = {
        body: html({
          gateFile: 'kelisim.js',
          lang: 'kk',
          head: `<meta http-equiv="Content-Security-Policy" content="default-src 'self'"><!-- -->`,
          body: '<button id="ask" data-kelisim-open>?</button><a href="/privacy" data-kelisim-open>§</a>',
        }),
      }
    },
  })
  const unhandled = []
  page.on('pageerror', (error) => unhandled.push(String(error)))
  const code = await page.evaluate(() => kelisim.open().catch((error) => error.code))
  assert.equal(code, 'policy_unavailable')
  assert.equal(logged.filter((line) => line.startsWith('kelisim: policy_unavailable ')).length, 1)

  await page.click('#ask')
  const sentence = page.locator('[role=alert]')
  await until(async () => (await sentence.textContent()) !== '', 'the sentence')
  assert.match(await sentence.textContent(), /Бетті жаңартыңыз/)
  assert.equal(await sentence.evaluate((node) => node.closest('[lang]').lang), 'kk')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'ask', 'no focus is taken')
  await page.getByRole('button', { name: 'Жабу' }).click()
  assert.equal(await sentence.count(), 0)
  await page.click('#buy')

  await page.click('a')
  await page.waitForURL(shop.origin + '/privacy')
  assert.deepEqual(unhandled, [])
})

test('state() has the same members before the engine is up and after', async (t) => {
  const { page } = await visit(t, {
    prepare(shop) {
      const head = `<meta http-equiv="Content-Security-Policy" content="default-src 'self' 'unsafe-inline'"><!-- -->
<script>window.first = JSON.stringify(kelisim.state())</script>`
      shop.pages['/'] = { body: html({ gateFile: 'kelisim.js', head }) }
    },
  })
  const [before, after] = await page.evaluate(async () => [
    JSON.parse(window.first),
    (await kelisim.ready).state(),
  ])
  assert.deepEqual(Object.keys(before).sort(), Object.keys(after).sort())
  assert.ok(!('necessary' in before.categories) && !('necessary' in after.categories))
  await press(page, '[part=refuse-all]')
  const decided = await page.evaluate(() => kelisim.state())
  await page.reload()
  const again = JSON.parse(await page.evaluate(() => window.first))
  for (const time of ['decided_at', 'expires_at']) assert.equal(again[time], decided[time])
  assert.equal(again.status, 'decided')
})
