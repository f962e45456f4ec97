// What an answer does: enforced at once, stored before the layer goes, signed, sent, and never lost.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fromDist } from '../../support/dist.mjs'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

let browser
let kelisim
before(async () => {
  browser = await launch()
  kelisim = await (await import(fromDist('node/index.js'))).loadEngine()
})
after(() => browser?.close())

/** A visitor's context and a page of the shop in it. */
async function visit(t, { gate, gateFile, path = '/', shop: given, ...options } = {}) {
  const shop = given ?? (await startShop())
  shop.pages[path] = { body: html({ gate, gateFile }) }
  const context = await browser.newContext(options)
  t.after(() => Promise.all([context.close(), given ? null : shop.close()]))
  const page = await context.newPage()
  await page.goto(shop.origin + path)
  return { shop, context, page }
}

const state = (page) => page.evaluate(() => kelisim.state())
const runs = (page, id) =>
  page.evaluate((service) => gate.applied.at(-1).services.find((one) => one.id === service).run, id)
const asked = (page) => widget(page, '[part=notice]').waitFor()
const receipts = async (shop) => {
  const verified = await Promise.all(shop.accepted().map((jws) => kelisim.verifyReceipt(jws)))
  for (const one of verified) assert.ok(one.ok, one.message)
  return verified.map(({ body }) => body)
}

for (const [part, action, granted] of [
  ['grant-all', 'grant_all', true],
  ['refuse-all', 'refuse_all', false],
])
  test(`${action}: in force at once, the layer gone, one signed receipt at the endpoint`, async (t) => {
    const { shop, page } = await visit(t)
    await press(page, `[part=${part}]`)
    assert.equal(await widget(page, 'dialog').isVisible(), false)
    assert.equal(await runs(page, 'pixel'), granted)
    assert.equal((await state(page)).status, 'decided')
    await until(() => shop.accepted().length, 'the receipt')
    const [body] = await receipts(shop)
    assert.equal(body.evidence.action, action)
    assert.equal(body.evidence.layer, 'notice')
    assert.equal(body.evidence.origin, shop.origin)
    assert.equal(body.evidence.key, 'persistent')
    const told = () => page.evaluate(() => gate.events.map(({ type }) => type))
    await until(async () => (await told()).includes('sync'), 'the answer to arrive')
    const events = await told()
    for (const type of ['ready', 'change', 'receipt', 'sync'])
      assert.ok(events.includes(type), type)
    assert.ok(events.indexOf('change') < events.indexOf('receipt'))
    assert.equal(await widget(page, '[part=handle]').isVisible(), true)
  })

test('the order of an answer: stored, layer gone, gate, events', async (t) => {
  const { page } = await visit(t)
  await asked(page)
  await page.evaluate(() => {
    window.order = []
    const note = (what) =>
      order.push(
        what + (document.querySelector('kelisim-widget').dataset.layer ? ' open' : ' gone'),
      )
    const set = Storage.prototype.setItem
    Storage.prototype.setItem = function (key, value) {
      note('stored ' + key.slice(8))
      set.call(this, key, value)
    }
    gate.applied.push = function (snapshot) {
      note('applied')
      return Array.prototype.push.call(this, snapshot)
    }
    document.addEventListener('kelisim:change', () => note('change'))
    document.addEventListener('kelisim:receipt', () => note('receipt'))
  })
  await press(page, '[part=grant-all]')
  await until(() => page.evaluate(() => order.includes('receipt gone')), 'the receipt')
  assert.deepEqual((await page.evaluate(() => order)).slice(0, 6), [
    'stored drafts open',
    'stored state open',
    'stored snapshot open',
    'applied gone',
    'change gone',
    'receipt gone',
  ])
})

test('R-ALL-03: nothing is pre-ticked; what is chosen, and only that, is in force', async (t) => {
  const { shop, page } = await visit(t)
  await press(page, '[part=choose]')
  await widget(page, '[part=choices]').waitFor()
  assert.equal(await widget(page, 'input:checked:not(:disabled)').count(), 0)
  await widget(page, 'input[data-scope=purpose][data-id=statistics]').click()
  assert.equal(
    await widget(page, 'input[data-scope=category][data-id=analytics]').isChecked(),
    true,
  )
  await widget(page, 'input[data-scope=channel][data-id=news_shop]').click()
  await press(page, '[part=save]')
  const { categories, channels, transfers } = await state(page)
  assert.deepEqual(categories, { analytics: 'granted', marketing: 'refused' })
  assert.deepEqual([channels.news_shop, channels.email_channel], [true, false])
  assert.deepEqual(transfers, { cross_border: false })
  assert.deepEqual([await runs(page, 'counter'), await runs(page, 'pixel')], [true, false])
  await until(() => shop.accepted().length, 'the receipt')
  assert.equal((await receipts(shop))[0].evidence.action, 'save_choices')
})

test('a category half granted stands between', async (t) => {
  const shop = await startShop({
    policy: 'examples/policies/letoile.json',
    text: 'examples/policies/letoile.text.json',
  })
  t.after(() => shop.close())
  const { page } = await visit(t, { shop })
  await press(page, '[part=choose]')
  const category = widget(page, 'input[data-scope=category][data-id=analytics]')
  const purposes = widget(
    page,
    '.switch:has(> label input[data-id=analytics]) input[data-scope=purpose]',
  )
  await purposes.first().click()
  assert.equal(await category.evaluate((input) => input.indeterminate), true)
  await category.click()
  assert.equal(
    await category.evaluate((input) => [input.checked, input.indeterminate].join()),
    'true,false',
  )
  for (const purpose of await purposes.all()) assert.equal(await purpose.isChecked(), true)
})

test('R-ALL-04: withdrawing takes no more actions than granting, deletes, lists what stays, and offers a reload', async (t) => {
  const { shop, page } = await visit(t)
  await press(page, '[part=grant-all]')
  await until(() => shop.accepted().length === 1, 'the receipt')
  await page.evaluate(
    () => (gate.kept = [{ type: 'cookie', name: '_hard', match: 'exact', service: 'pixel' }]),
  )
  await widget(page, '[part=handle]').click()
  await widget(page, '[part=withdraw-all]').click()
  assert.equal(await runs(page, 'pixel'), false)
  assert.deepEqual((await page.evaluate(() => gate.deleted.map(({ name }) => name))).sort(), [
    '_cnt',
    '_px',
  ])
  await widget(page, '[data-action=reload]').waitFor()
  assert.match(await widget(page, '.layer').textContent(), /_hard/)
  await until(() => shop.accepted().length === 2, 'its receipt')
  const [, second] = await receipts(shop)
  assert.equal(second.evidence.action, 'withdraw_all')
  assert.equal((await kelisim.verifyChain(shop.accepted())).ok, true)
  await widget(page, '[data-action=reload]').click()
  await until(
    () => page.evaluate(() => window.gate?.attached !== undefined).catch(() => false),
    'the reload',
  )
  assert.equal(await runs(page, 'pixel'), false)
})

test('a person who has decided is not asked again, and what was granted is open from the start', async (t) => {
  const { page } = await visit(t)
  await press(page, '[part=grant-all]')
  await page.reload()
  await until(() => page.evaluate(() => gate.attached), 'the engine')
  await widget(page, '[part=handle]').waitFor()
  assert.equal(await widget(page, 'dialog').isVisible(), false)
  assert.equal(await runs(page, 'pixel'), true)
})

test('offline: the receipt is made, waits, and goes when the network is back', async (t) => {
  const { shop, context, page } = await visit(t)
  await asked(page)
  await until(
    () => shop.requests.includes('/kelisim/kelisim-keep.js'),
    'what keeps decisions, before it is needed',
  )
  await page.waitForTimeout(300)
  await context.setOffline(true)
  await press(page, '[part=refuse-all]')
  await until(
    async () => (await page.evaluate(() => kelisim.receipts())).length === 1,
    'the receipt',
  )
  assert.deepEqual(await page.evaluate(() => kelisim.sync()), { sent: 0, pending: 1, failed: 0 })
  await context.setOffline(false)
  await until(() => shop.accepted().length, 'the receipt to arrive by itself')
  assert.deepEqual(await page.evaluate(() => kelisim.sync()), { sent: 1, pending: 0, failed: 0 })
})

test('a dead endpoint: the page works, the receipt waits, and goes on a later visit', async (t) => {
  const { shop, page } = await visit(t)
  shop.answer = { status: 0 }
  await press(page, '[part=grant-all]')
  await until(
    () =>
      page.evaluate(() =>
        gate.events.some(({ type, detail }) => type === 'sync' && detail.pending === 1),
      ),
    'a vain try',
  )
  assert.equal(await runs(page, 'pixel'), true)
  shop.answer = { status: 200, body: '{}' }
  await page.waitForTimeout(2100)
  await page.reload()
  await until(() => shop.accepted().length, 'the receipt')
})

test('an endpoint that refuses: told as failed, kept, and nothing else breaks', async (t) => {
  const { shop, page } = await visit(t)
  shop.answer = { status: 403, body: '' }
  await press(page, '[part=refuse-all]')
  await until(
    () =>
      page.evaluate(() =>
        gate.events.some(({ type, detail }) => type === 'sync' && detail.failed === 1),
      ),
    'failed',
  )
  assert.equal((await page.evaluate(() => kelisim.receipts())).length, 1)
})

test('a page that describes another backend sends as it says, by code that no other page loads', async (t) => {
  const spec = {
    url: '/receipts',
    body: { json: { evidence: '{receipt}', what: '{/evidence/action}' } },
  }
  const head = `<script type="application/json" id="receipts-to">${JSON.stringify(spec)}</script>`
  const sent = async (of) => {
    const shop = await startShop()
    shop.pages['/'] = { body: html({ gateFile: 'kelisim.js', ...of }) }
    const context = await browser.newContext()
    t.after(() => Promise.all([context.close(), shop.close()]))
    const page = await context.newPage()
    await page.goto(shop.origin)
    await press(page, '[part=refuse-all]')
    await until(() => shop.received.length, 'the receipt')
    return { ...shop.received[0], asked: shop.requests.includes('/kelisim/kelisim-endpoint.js') }
  }
  const { body, asked } = await sent({ gate: { endpoint: '#receipts-to' }, head })
  assert.equal(body.what, 'refuse_all')
  assert.equal((await kelisim.verifyReceipt(body.evidence)).ok, true)
  assert.ok(asked)
  const plain = await sent({})
  assert.equal((await kelisim.verifyReceipt(plain.body.receipts[0])).ok, true)
  assert.ok(!plain.asked)
})

test('without an endpoint receipts are kept, and can be taken along', async (t) => {
  const { shop, page } = await visit(t, { gate: { endpoint: null } })
  await press(page, '[part=refuse-all]')
  const lines = await until(
    async () => (await page.evaluate(() => kelisim.export('jws'))).trim(),
    'the receipt',
  )
  assert.equal((await kelisim.verifyReceipt(lines)).ok, true)
  const {
    receipts: [face],
  } = JSON.parse(await page.evaluate(() => kelisim.export('json')))
  assert.equal((await kelisim.verifyReceipt(face)).jws, lines)
  assert.equal(shop.received.length, 0)
  await page.evaluate(() => kelisim.open('receipts'))
  const download = page.waitForEvent('download')
  await widget(page, '[data-action=save_receipts][data-target=jws]').click()
  assert.match((await download).suggestedFilename(), /^kelisim-.*\.jws$/)
  await assert.rejects(
    page.evaluate(() => kelisim.export('pdf')),
    /no format/,
  )
})

test('leaving at once after the answer loses nothing', async (t) => {
  const { shop, page } = await visit(t)
  await press(page, '[part=grant-all]')
  await page.goto('about:blank')
  await page.goto(shop.origin)
  await until(() => shop.accepted().length, 'the receipt')
  assert.equal(shop.accepted().length, 1)
  assert.equal((await receipts(shop))[0].evidence.action, 'grant_all')
})

test('two tabs: a choice in one closes the question in the other and is in force there; both make one chain', async (t) => {
  const { shop, context, page } = await visit(t)
  const other = await context.newPage()
  await other.goto(shop.origin)
  await asked(other)
  await press(page, '[part=grant-all]')
  await until(async () => !(await widget(other, 'dialog').isVisible()), 'the question to go')
  assert.equal(await runs(other, 'pixel'), true)
  assert.ok(
    await other.evaluate(() =>
      gate.events.some(
        ({ type, detail }) =>
          type === 'change' && detail.changed.categories.marketing === 'granted',
      ),
    ),
  )
  await Promise.all([
    page.evaluate(() => kelisim.withdraw(['statistics'])),
    other.evaluate(() => kelisim.withdraw(['advertising'])),
  ])
  await until(() => shop.accepted().length === 3, 'three receipts')
  const chain = await kelisim.verifyChain(
    (await receipts(shop))
      .sort((a, b) => a.seq - b.seq)
      .map(({ receipt_id }) =>
        shop
          .accepted()
          .find((jws) =>
            Buffer.from(jws.split('.')[1], 'base64url').includes(`"receipt_id":"${receipt_id}"`),
          ),
      ),
  )
  assert.deepEqual(chain.faults, [])
})

test('window.kelisim: answers about everything, refuses and withdraws, and has no way to grant', async (t) => {
  const { shop, page } = await visit(t, { gateFile: 'kelisim.js' })
  await asked(page)
  const allows = (...xs) => page.evaluate((names) => names.map((name) => kelisim.allows(name)), xs)
  assert.deepEqual(
    await allows(
      'necessary',
      'analytics',
      'statistics',
      'counter',
      'session',
      'email_channel',
      'https://counter.example/c.js',
      '/shop.js',
      'nonsense',
    ),
    [true, false, false, false, true, false, false, true, false],
  )
  await press(page, '[part=grant-all]')
  assert.deepEqual(
    await allows('analytics', 'counter', 'https://counter.example/c.js', 'email_channel'),
    [true, true, true, false],
  )
  const { receipt_id } = await page.evaluate(() => kelisim.refuse())
  assert.equal((await state(page)).categories.analytics, 'refused')
  await until(() => shop.accepted().length === 2, 'the receipts')
  const [, body] = await receipts(shop)
  assert.equal(body.receipt_id, receipt_id)
  assert.deepEqual([body.evidence.action, body.evidence.layer], ['refuse_all', 'none'])
  assert.equal(
    await page.evaluate(() =>
      Object.keys(kelisim).some((name) => /grant|accept|allow(?!s)/.test(name)),
    ),
    false,
  )
  await assert.rejects(
    page.evaluate(() => kelisim.withdraw(['nonsense'])),
    /act_unknown_id|has this id/,
  )
  await assert.rejects(
    page.evaluate(() => kelisim.open('sesame')),
    /no layer/,
  )
})

test('GPC is written down in the receipt, and decides nothing', async (t) => {
  const shop = await startShop()
  t.after(() => shop.close())
  const context = await browser.newContext()
  t.after(() => context.close())
  const page = await context.newPage()
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }),
  )
  await page.goto(shop.origin)
  await press(page, '[part=grant-all]')
  await until(() => shop.accepted().length, 'the receipt')
  assert.equal((await receipts(shop))[0].evidence.gpc, true)
  assert.equal(await runs(page, 'pixel'), true)
})

test('an answer given on a painted layer before the engine was up becomes a receipt of that very layer, once', async (t) => {
  const { shop, page } = await visit(t, { gate: { policy: '/nowhere.json' } })
  kelisim.loadPolicy((await import('../../support/dist.mjs')).readRepo('tests/vectors/policy.json'))
  kelisim.restore(null)
  const { tree, sha256 } = kelisim.view({ layer: 'notice', lang: 'ru' })
  const pending = {
    format: 'kelisim-pending-1',
    action: 'grant_all',
    at_ms: Date.now() - 2000,
    layer_sha256: sha256,
    lang: 'ru',
    policy: tree.policy,
    edition: tree.edition,
  }
  await page.evaluate(
    (value) => localStorage.setItem('kelisim.pending', JSON.stringify(value)),
    pending,
  )
  shop.pages['/'] = { body: html({ gate: { painted: '1' } }) }
  await page.reload()
  await until(() => shop.accepted().length, 'the receipt')
  const [body] = await receipts(shop)
  assert.equal(body.evidence.text_sha256, sha256)
  assert.equal(await widget(page, 'dialog').isVisible(), false)
  assert.equal(await page.evaluate(() => localStorage.getItem('kelisim.pending')), null)

  for (const [change, code] of [
    [{ layer_sha256: 'A'.repeat(43) }, 'pending_text'],
    [{ edition: 'A'.repeat(43) }, 'pending_edition'],
    [{ at_ms: Date.now() - 3 * 86_400_000 }, 'pending_refused'],
    [{ at_ms: Date.now() + 3_600_000 }, 'pending_refused'],
  ]) {
    await page.evaluate(
      (value) => {
        localStorage.clear()
        localStorage.setItem('kelisim.pending', JSON.stringify(value))
      },
      { ...pending, ...change },
    )
    await page.reload()
    await asked(page)
    assert.ok(
      await page.evaluate(
        (wanted) => gate.events.some(({ detail }) => detail?.code === wanted),
        code,
      ),
      code,
    )
    assert.equal(await runs(page, 'pixel'), false)
  }
})
