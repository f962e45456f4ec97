// What page code replaces or writes after the gate ran changes no decision, no receipt's time and no key.
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

async function visit(t, script = '', storage = {}) {
  const watch =
    'window.told=[];document.addEventListener("kelisim:error",({detail})=>told.push(detail.code));'
  shop.pages['/'] = {
    body: html({ gateFile: 'kelisim.js', head: `<script>${watch}${script}</script>` }),
  }
  const context = await browser.newContext()
  t.after(() => context.close())
  await context.addInitScript((storage) => {
    for (const key in storage) localStorage.setItem(key, storage[key])
  }, storage)
  const page = await context.newPage()
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  return page
}
const bodyOf = (jws) => JSON.parse(Buffer.from(jws.split('.')[1], 'base64url'))
const receipt = async (page) => {
  shop.received.length = 0
  await page.evaluate(() => kelisim.refuse())
  await until(() => shop.accepted().length, 'the receipt')
  return bodyOf(shop.accepted()[0])
}

for (const [title, patch] of [
  [
    'JSON.stringify',
    `const { stringify } = JSON
     JSON.stringify = (value, ...more) =>
       stringify(value?.action === 'refuse_all' ? { ...value, action: 'grant_all', source: 'person' } : value, ...more)`,
  ],
  [
    'toJSON of all objects',
    `Object.defineProperty(Object.prototype, 'toJSON', { configurable: true, value() {
       return this.action === 'refuse_all' ? { ...this, action: 'grant_all', source: 'person', toJSON: undefined } : this } })`,
  ],
  [
    'String.prototype.replace',
    `const { replace } = String.prototype
     String.prototype.replace = function (...all) { return this == 'refuse_all' ? 'grant_all' : replace.apply(this, all) }`,
  ],
  [
    'JSON.parse',
    `const { parse } = JSON
     JSON.parse = (text, ...more) => parse(text.replaceAll('"run":false', '"run":true'), ...more)`,
  ],
  [
    'TextDecoder.prototype.decode',
    `const { decode } = TextDecoder.prototype
     TextDecoder.prototype.decode = function (...all) {
       return decode.apply(this, all).replaceAll('"run":false', '"run":true').replaceAll('"refused"', '"granted"') }`,
  ],
  [
    'TextEncoder.prototype',
    `const { encode, encodeInto } = TextEncoder.prototype
     const turn = (text) => (text ?? '').replace('refuse_all', 'grant_all')
     TextEncoder.prototype.encode = function (text) { return encode.call(this, turn(text)) }
     TextEncoder.prototype.encodeInto = function (text, into) { return encodeInto.call(this, turn(text), into) }`,
  ],
  [
    'what lists and bytes are read and written with',
    `const turn = (value) => (value === 'refuse_all' ? 'grant_all' : value)
     const { push } = Array.prototype
     Array.prototype.push = function (...all) { return push.apply(this, all.map(turn)) }
     const bytes = Object.getPrototypeOf(Uint8Array.prototype)
     const { subarray, set } = bytes
     bytes.subarray = function (...all) { return subarray.apply(new Uint8Array(new TextEncoder().encode('{"ok":true,"value":{}}')), [0]) }
     bytes.set = function () {}
     Object.defineProperty(WebAssembly.Memory.prototype, 'buffer', { get: () => new ArrayBuffer(1 << 20) })`,
  ],
])
  test(`a refusal stays one, whatever page code does to ${title}`, async (t) => {
    const page = await visit(t, patch)
    assert.equal((await receipt(page)).evidence.action, 'refuse_all')
    assert.equal(await page.evaluate(() => kelisim.allows('marketing')), false)
    assert.equal(
      await page.evaluate(() => localStorage.getItem('kelisim.snapshot').includes('"granted"')),
      false,
    )
  })

test('receipts are of the gate’s time, not of what page code calls time', async (t) => {
  const page = await visit(t, 'Date.now = () => 2524608000000')
  assert.equal(
    (await receipt(page)).event[0].event_time.slice(0, 4),
    String(new Date().getFullYear()),
  )
})

test('a key is made by the browser’s own call and cannot be taken out', async (t) => {
  const page = await visit(
    t,
    `const { generateKey } = SubtleCrypto.prototype
     window.made = []
     SubtleCrypto.prototype.generateKey = async function (algorithm, extractable, uses) {
       const pair = await generateKey.call(this, algorithm, true, uses)
       made.push(pair)
       return pair
     }`,
  )
  await receipt(page)
  assert.equal(await page.evaluate(() => made.length), 0)
})

test('a forged storage event with a forged snapshot opens nothing', async (t) => {
  const page = await visit(t)
  await page.evaluate(() => {
    const snapshot = {
      format: 'kelisim-snapshot-1',
      status: 'decided',
      categories: { marketing: 'granted' },
    }
    dispatchEvent(
      new StorageEvent('storage', { key: 'kelisim.snapshot', newValue: JSON.stringify(snapshot) }),
    )
  })
  assert.equal(await page.evaluate(() => kelisim.allows('marketing')), false)
})

test('an answer that waits in a page without a painted layer is nobody’s', async (t) => {
  const page = await visit(t, '', {
    'kelisim.pending': JSON.stringify({
      format: 'kelisim-pending-1',
      action: 'grant_all',
      at_ms: Date.now() - 3 * 86_400_000,
      layer_sha256: 'A'.repeat(43),
      lang: 'en',
      policy: 'fixture',
      edition: 'A'.repeat(43),
    }),
  })
  await until(() => page.evaluate(() => told.includes('pending_refused')), 'the error')
  assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
})

test('what page code puts into Object.prototype is not drawn', async (t) => {
  const page = await visit(t)
  const before = await widget(page, '.layer').innerHTML()
  await page.evaluate(() => {
    kelisim.close()
    Object.assign(Object.prototype, {
      note: 'Free gift',
      href: 'https://evil.example/',
      children: 'x',
    })
    return kelisim.open('notice')
  })
  assert.equal(await widget(page, '.layer').innerHTML(), before)
})

// Promise 8: what is stored has to be what the receipts say.
const stored = (page) =>
  page.evaluate(() =>
    Object.fromEntries(
      ['state', 'snapshot'].map((key) => [key, localStorage.getItem('kelisim.' + key)]),
    ),
  )
/** Writes as a page without the gate can: before it runs. */
const putBack = (context, values) =>
  context.addInitScript((values) => {
    for (const key in values) localStorage.setItem('kelisim.' + key, values[key])
  }, values)
const settled = (page, text) =>
  until(
    () => page.evaluate(() => sessionStorage.getItem('kelisim.compared') ?? ''),
    'the comparison',
  ).then((compared) => text && assert.equal(compared, text))

for (const [title, after] of [
  ['a withdrawal', (page) => page.evaluate(() => kelisim.withdraw())],
  ['a refusal', (page) => page.evaluate(() => kelisim.refuse())],
])
  test(`a state and a snapshot put back after ${title} are closed when the page idles, and the person is asked`, async (t) => {
    const page = await visit(t)
    await press(page, '[part=grant-all]')
    await settled(page)
    const before = await stored(page)
    await after(page)
    await until(
      () => page.evaluate(() => kelisim.receipts().then(({ length }) => length === 2)),
      'the receipt',
    )
    assert.equal(await page.evaluate(() => kelisim.allows('marketing')), false)
    await putBack(page.context(), before)
    await page.goto(shop.origin)
    await until(() => page.evaluate(() => told.includes('tampered')), 'the error')
    await widget(page, '[part=notice]').waitFor()
    assert.equal(await page.evaluate(() => kelisim.state().status), 'undecided')
    assert.equal(await page.evaluate(() => kelisim.allows('marketing')), false)
    const { state, snapshot } = await stored(page)
    assert.equal(state, null)
    assert.doesNotMatch(snapshot, /"granted"/)
    assert.equal(await page.evaluate(() => kelisim.receipts().then(({ length }) => length)), 2)
  })

test('a forged state without any receipt is closed', async (t) => {
  const donor = await visit(t)
  await press(donor, '[part=grant-all]')
  await settled(donor)
  const forged = await stored(donor)
  const context = await browser.newContext()
  t.after(() => context.close())
  await putBack(context, forged)
  const page = await context.newPage()
  await page.goto(shop.origin)
  await widget(page, '[part=notice]').waitFor()
  assert.ok(await page.evaluate(() => told.includes('tampered')))
  assert.equal(await page.evaluate(() => kelisim.allows('marketing')), false)
})

test('an honest state is compared once a session, told nowhere, and costs the next page nothing', async (t) => {
  const page = await visit(t)
  await press(page, '[part=grant-all]')
  await settled(page)
  await until(
    () => page.evaluate(() => localStorage.getItem('kelisim.drafts') === null),
    'nothing that waits',
  )
  const asked = []
  page.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await page.reload()
  await page.evaluate(() => kelisim.ready)
  await page.waitForTimeout(1500)
  assert.ok(!asked.some((path) => path.endsWith('kelisim-keep.js')), asked.join(' '))
  const next = await page.context().newPage()
  await next.goto(shop.origin)
  await settled(next)
  assert.ok(!(await next.evaluate(() => told.includes('tampered'))))
  assert.equal(await next.evaluate(() => kelisim.allows('marketing')), true)
})
