// The layer of receipts: what was decided, what became of each receipt, and a check that every one holds; and answers that weigh the same
// whatever the page sets.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { dist, launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

const words = Object.fromEntries(
  ['kk', 'ru', 'en'].map((lang) => [
    lang,
    JSON.parse(readFileSync(`${dist}/locales/${lang}.json`, 'utf8')).strings,
  ]),
)
let browser
before(async () => (browser = await launch()))
after(() => browser?.close())

async function visit(
  t,
  { status, lang = 'en', page: given = {}, answer = 'refuse-all', options } = {},
) {
  const shop = await startShop()
  if (status !== undefined) shop.answer.status = status
  shop.pages['/'] = { body: html({ lang, ...given }) }
  const context = await browser.newContext(options)
  t.after(() => Promise.all([context.close(), shop.close()]))
  const page = await context.newPage()
  await page.goto(shop.origin)
  if (answer) await press(page, `[part=${answer}]`)
  return { shop, page }
}
const open = async (page) => {
  await page.evaluate(() => kelisim.open('receipts'))
  await widget(page, '[part=receipts] .item').first().waitFor()
}
const text = (page) => widget(page, '[part=receipts]').innerText()
const told = (pattern) => new RegExp(pattern.replace('{status}', '\\d+').replace(/[.()]/g, '\\$&'))

for (const lang of ['kk', 'ru', 'en'])
  test(`${lang}: a decision is listed in words with when and where its receipt was sent, and a check says that it holds`, async (t) => {
    const { shop, page } = await visit(t, { lang })
    await until(() => shop.accepted().length, 'the receipt')
    await open(page)
    const say = words[lang]
    await until(
      async () => (await text(page)).includes(say['sent.sent']),
      'the layer follows the sending',
    )
    const seen = await text(page)
    for (const piece of [say['action.refuse_all'], say['event.refused'], new URL(shop.origin).host])
      assert.ok(seen.includes(piece), piece)
    await widget(page, '[data-action=verify_receipts]').click()
    await widget(page, '[data-id=checked]').waitFor()
    assert.ok((await text(page)).includes(say['check.holds']))
    assert.equal(
      await widget(page, '[role=status]').textContent(),
      await widget(page, '[data-id=checked]').innerText(),
    )
  })

for (const [timezoneId, lang] of [
  ['Asia/Almaty', 'kk'],
  ['Asia/Almaty', 'ru'],
  ['America/New_York', 'en'],
  ['Asia/Kolkata', 'en'],
  ['UTC', 'en'],
])
  test(`${timezoneId}, ${lang}: times are the person’s own, with the hours from UTC; the signed receipt keeps UTC`, async (t) => {
    const { shop, page } = await visit(t, { lang, options: { timezoneId } })
    await until(() => shop.accepted().length, 'the receipt')
    await open(page)
    const said = words[lang]['sent.sent']
    await until(async () => (await text(page)).includes(said), 'the layer follows the sending')
    const body = JSON.parse(Buffer.from(shop.accepted()[0].split('.')[1], 'base64url'))
    const [{ event_time }] = body.event
    assert.match(event_time, /T\d\d:\d\d:\d\dZ$/)
    const at = new Intl.DateTimeFormat('en', {
      timeZone: timezoneId,
      ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: '2-digit', minute: '2-digit' },
      ...{ hourCycle: 'h23', timeZoneName: 'shortOffset' },
    }).formatToParts(new Date(event_time))
    const part = (name) => at.find(({ type }) => type === name)?.value
    const offset = part('timeZoneName').replace('GMT', 'UTC').replace('-', '−').replace(/\+0$/, '')
    const want = `${part('hour')}:${part('minute')} ${offset}`
    const label = await widget(page, '.item .label').first().innerText()
    assert.ok(label.includes(want), `${label}, not ${want}`)
    assert.ok(label.includes(part('day')) && label.includes(part('year')), label)
    assert.ok(label.includes(words[lang].months.split('|')[part('month') - 1]), label)
    // When it was sent as well, a moment later.
    const times = (await text(page)).match(/\d\d:\d\d UTC[+−\d:]*/g)
    assert.equal(times.length, 2)
    assert.ok(
      times.every((time) => time.endsWith(offset)),
      times.join(),
    )
  })

for (const [status, key, label] of [
  [400, 'sent.refused', 'sent.failed'],
  [403, 'sent.unwelcome', 'sent.failed'],
  [404, 'sent.nowhere', 'sent.failed'],
  [413, 'sent.large', 'sent.failed'],
  [422, 'sent.fork', 'sent.failed'],
  [503, 'sent.later', 'sent.pending'],
  [0, 'sent.offline', 'sent.pending'],
])
  test(`a receipt the endpoint answers with ${status || 'nothing'}: ${key}`, async (t) => {
    const { page } = await visit(t, { status })
    await open(page)
    await until(async () => told(words.en[key]).test(await text(page)), words.en[key])
    assert.ok((await text(page)).includes(words.en[label]))
    const failed = label === 'sent.failed'
    assert.equal(await widget(page, '.item [data-tone=warning]').count(), failed ? 1 : 0)
  })

test('without an endpoint it is said that receipts stay on the device', async (t) => {
  const { page } = await visit(t, { page: { gate: { endpoint: null } } })
  await open(page)
  assert.ok((await text(page)).includes(words.en['receipts.local']))
  assert.ok(!(await text(page)).includes(words.en['sent.pending']))
})

/** Changes the stored receipt of a place in the chain, as code of the page could. */
const tamper = (page, seq, how) =>
  page.evaluate(
    async ([at, what]) => {
      const database = await new Promise((resolve) => {
        const request = indexedDB.open('kelisim')
        request.onsuccess = () => resolve(request.result)
      })
      const store = database.transaction('receipts', 'readwrite').objectStore('receipts')
      const rows = await new Promise((resolve) => {
        const request = store.getAll()
        request.onsuccess = () => resolve(request.result)
      })
      const row = rows.find((one) => one.seq === at)
      if (what === 'remove') store.delete(row.id)
      else {
        const [header, body, signature] = row.jws.split('.')
        const other = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1)
        row.jws = what === 'signature' ? [header, body, other].join('.') : 'no receipt'
        store.put(row)
      }
      await new Promise((resolve) => (store.transaction.oncomplete = resolve))
      database.close()
    },
    [seq, how],
  )

for (const [how, seq, key] of [
  ['signature', 1, 'check.forged'],
  ['remove', 1, 'check.chain'],
  ['body', 2, 'check.unreadable'],
])
  test(`a check finds a receipt that was tampered with (${how}), and says so`, async (t) => {
    const { page } = await visit(t)
    await page.evaluate(() => kelisim.sync())
    await page.evaluate(() => kelisim.open('choices'))
    await press(page, '[part=choices] [part=grant-all]')
    await until(async () => (await page.evaluate(() => kelisim.receipts())).length === 2, 'both')
    await page.evaluate(() => kelisim.sync())
    await tamper(page, seq, how)
    await open(page)
    await widget(page, '[data-action=verify_receipts]').click()
    await widget(page, '[data-id=checked]').waitFor()
    assert.ok((await text(page)).includes(words.en[key]), await text(page))
    assert.ok((await text(page)).includes(words.en['check.some']))
  })

test('receipts are saved as they were signed, and to be read', async (t) => {
  const { page } = await visit(t)
  await page.evaluate(() => kelisim.sync())
  await open(page)
  for (const [target, name, content] of [
    ['jws', /\.jws$/, /^eyJ[\w-]+\.[\w-]+\.[\w-]+\n$/],
    ['json', /\.json$/, /"receipts"/],
  ]) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      widget(page, `[data-action=save_receipts][data-target=${target}]`).click(),
    ])
    assert.match(download.suggestedFilename(), name)
    assert.match(readFileSync(await download.path(), 'utf8'), content)
  }
})

const errors = (page) =>
  page.evaluate(() =>
    gate.events.filter(({ type }) => type === 'error').map(({ detail }) => detail.code),
  )
const looks = (page) =>
  widget(page, '[data-weight=equal]').evaluateAll((all) =>
    all.map((button) => {
      const { color, backgroundColor, fontSize } = getComputedStyle(button)
      return [color, backgroundColor, fontSize].join()
    }),
  )

for (const [what, style] of [
  ['nobody can read', '--kelisim-answer: #eee; --kelisim-on-answer: #fff'],
  ['that are see-through', '--kelisim-answer: transparent'],
  ['of six pixels', '--kelisim-font: 6px sans-serif'],
])
  test(`answers ${what} get the widget’s own looks back before anybody answers, and that is told`, async (t) => {
    const { page } = await visit(t, {
      answer: null,
      page: { head: `<style>kelisim-widget { ${style} }</style>` },
    })
    await until(async () => (await errors(page)).includes('answers_unequal'), 'the error')
    const { page: plain } = await visit(t, { answer: null })
    await widget(plain, '[part=notice]').waitFor()
    assert.deepEqual(await looks(page), await looks(plain))
    await press(page, '[part=grant-all]')
    assert.equal(await page.evaluate(() => kelisim.state().categories.analytics), 'granted')
  })

test('colours of the page’s own that can be read are left as they are', async (t) => {
  const { page } = await visit(t, {
    answer: null,
    page: {
      head: '<style>kelisim-widget { --kelisim-answer: #5b1420; --kelisim-on-answer: #fff }</style>',
    },
  })
  await widget(page, '[part=notice]').waitFor()
  await page.waitForTimeout(300)
  assert.deepEqual(await errors(page), [])
  assert.match((await looks(page))[0], /rgb\(91, 20, 32\)/)
})
