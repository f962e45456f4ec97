// What page code replaces or writes after the gate ran changes no decision, no receipt's time and no key.
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
