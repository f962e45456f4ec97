// The verifying page: opened as a file, without a network, a file dropped, read in plain words in three languages.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fromDist, readRepo } from '../../support/dist.mjs'
import { signCompact } from '../../../examples/receiver/jose.mjs'
import { importSignKey, makeSignKey } from '../../../examples/receiver/sign-key.mjs'
import { launch } from '../../support/shop.mjs'
import { Visitor } from '../../support/shop-receipts.mjs'
import { words } from '../../../web/verify/words.ts'

const folder = mkdtempSync(join(tmpdir(), 'kelisim-page-'))
let browser
let visitor
before(async () => {
  browser = await launch()
  visitor = await Visitor.of('letoile', { lang: 'ru' })
  await visitor.act({ action: 'grant_all' })
  await visitor.act({ action: 'withdraw_all', source: 'api' })
})
after(async () => {
  rmSync(folder, { recursive: true })
  await browser?.close()
})

async function opened(t, lang) {
  const context = await browser.newContext({ locale: lang, offline: true })
  t.after(() => context.close())
  const page = await context.newPage()
  const asked = []
  const faults = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  await page.goto(fromDist('kelisim-verify.html'))
  const read = async (text) => {
    const file = join(folder, 'mine.jws')
    writeFileSync(file, text)
    await page.setInputFiles('input[type=file]', file)
    await page.locator('article, main > .bad').first().waitFor()
    return page.locator('main').innerText()
  }
  return { page, read, asked, faults }
}

for (const lang of ['kk', 'ru', 'en'])
  test(`${lang}: what was agreed, to whom, and that it holds; nothing is asked of any network`, async (t) => {
    const { page, read, asked, faults } = await opened(t, lang)
    const text = await read(visitor.jws.join('\n') + '\n')
    const say = words[lang]
    assert.equal(await page.title(), say.title)
    for (const part of [say.good, say.whole, 'Alkor'])
      assert.ok(text.includes(part), `${part}\n${text}`)
    assert.equal(await page.locator('article').count(), 2)
    assert.equal(text.split(say.good).length - 1, 2)
    const { strings: said } = JSON.parse(readRepo(`web/locales/${lang}.json`))
    for (const action of ['grant_all', 'withdraw_all'])
      assert.ok(text.includes(said[`action.${action}`]), action)
    assert.deepEqual(faults, [])
    assert.equal(asked.length, 1, asked.join())
  })

test('the JSON face reads the same; the language is changed by a button and the file stays', async (t) => {
  const { page, read } = await opened(t, 'ru')
  const faces = visitor.jws.map((jws) => JSON.parse(visitor.kelisim.engine.inspect({ jws }).json))
  await read(JSON.stringify({ kelisim: 1, receipts: faces }))
  await page.locator('button[lang=en]').click()
  await page.getByText(words.en.whole).waitFor()
  assert.equal(await page.locator('article').count(), 2)
})

test('what the shop signed about a receipt is no receipt', async (t) => {
  const { page, read } = await opened(t, 'en')
  const signKey = importSignKey(makeSignKey())
  const payload = { typ: 'kelisim-ack-1', receipt: 'sha256:x', received_at: '2026-11-27T00:00:00Z' }
  const acks = [signCompact(signKey, 'consent-ack+jws', payload)]
  const text = await read(JSON.stringify({ kelisim: 1, receipts: visitor.jws, acks }))
  assert.equal(await page.locator('article').count(), 2)
  assert.ok(!text.includes(words.en.bad))
})

test('the file is chosen by keyboard in the language of the page; everything fits 360 px', async (t) => {
  const { page } = await opened(t, 'kk')
  await page.setViewportSize({ width: 360, height: 640 })
  for (let n = 0; n < 4; n++) await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.type), 'file')
  assert.ok(await page.getByText(words.kk.choose).isVisible())
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  for (const control of await page.locator('button, .file').all())
    assert.ok((await control.boundingBox()).height >= 24)
})

for (const [title, spoil, say] of [
  [
    'a changed letter',
    ([a]) => a.slice(0, 900) + (a[900] === 'A' ? 'B' : 'A') + a.slice(901),
    'bad',
  ],
  [
    'another signature',
    ([a, b]) => a.slice(0, a.lastIndexOf('.')) + b.slice(b.lastIndexOf('.')),
    'bad',
  ],
  ['a receipt that is missing', ([, b]) => b, 'broken'],
  ['no receipt', () => '', 'unreadable'],
  ['something else', () => '{"a":', 'unreadable'],
])
  test(`${title} is said`, async (t) => {
    const { read } = await opened(t, 'en')
    const text = await read(spoil(visitor.jws))
    assert.ok(text.includes(words.en[say]), text)
    if (say === 'bad') assert.ok(!text.includes(words.en.good))
  })

test('every language says everything', () => {
  for (const lang of ['kk', 'ru']) assert.deepEqual(Object.keys(words[lang]), Object.keys(words.en))
})
