// What the receipts of the five shops say, made by a real browser from a person's clicks; and a browser that is killed on the way.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { fromDist, readRepo } from '../../support/dist.mjs'
import { launch, page as html, press, startShop, until, widget } from '../../support/shop.mjs'

let browser
let kelisim
before(async () => {
  browser = await launch()
  kelisim = await (await import(fromDist('node/index.js'))).loadEngine()
})
after(() => browser?.close())

async function visit(t, name, { lang = 'ru', shop: given, context: own } = {}) {
  const shop =
    given ??
    (await startShop({
      policy: `examples/policies/${name}.json`,
      text: `examples/policies/${name}.text.json`,
    }))
  shop.pages['/'] = { body: html({ lang }) }
  const context = own ?? (await browser.newContext())
  t.after(async () => {
    await context.close()
    if (!given) await shop.close()
  })
  const page = await context.newPage()
  await page.goto(shop.origin)
  return { shop, context, page }
}

/** Bodies of the receipts the shop has, each verified. */
async function bodies(shop, count) {
  await until(() => shop.accepted().length === count, `${count} receipts`)
  const verified = await Promise.all(shop.accepted().map((jws) => kelisim.verifyReceipt(jws)))
  for (const one of verified) assert.ok(one.ok, `${one.code} ${one.path}`)
  return verified.map(({ body }) => body)
}
const policyOf = (name) => JSON.parse(readRepo(`examples/policies/${name}.json`))
const entry = (body, id) => body.pii_processing.purposes.find(({ purpose_id }) => purpose_id === id)
const stateOf = (body, id) =>
  body.event.find(({ purpose_ids }) => purpose_ids.includes(id))?.event_state
const everyText = (value) =>
  typeof value === 'string'
    ? [value]
    : value && typeof value === 'object'
      ? Object.entries(value).flatMap(([key, inner]) => [key, ...everyText(inner)])
      : []

for (const name of ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile'])
  for (const [lang, part] of [
    ['kk', 'grant-all'],
    ['ru', 'refuse-all'],
  ])
    test(`R-ALL-06, R-ALL-07: ${name}, ${lang}, ${part}: everything that proves the choice, nothing about the person`, async (t) => {
      const { shop, page } = await visit(t, name, { lang })
      await press(page, `[part=${part}]`)
      const [body] = await bodies(shop, 1)
      const policy = policyOf(name)
      kelisim.loadPolicy(policy)
      kelisim.restore(null)
      const { privacy_notice, language } = body.pii_processing
      assert.equal(privacy_notice.policy_id, policy.id)
      assert.equal(privacy_notice.sha256, policy.edition.text.sha256)
      assert.ok(privacy_notice.version)
      assert.equal(language, lang)
      assert.equal(body.evidence.text_sha256, kelisim.view({ layer: 'notice', lang }).sha256)
      assert.equal(body.evidence.config_sha256, kelisim.canonical(policy).sha256)
      assert.equal(body.evidence.action, part.replace('-', '_'))
      assert.equal(body.evidence.origin, shop.origin)
      assert.match(body.evidence.widget, /^kelisim\/\d/)
      assert.ok(Math.abs(Date.parse(body.event[0].event_time) - Date.now()) < 60_000)
      assert.match(body.pii_principal_id, /^jkt:[\w-]{43}$/)
      assert.deepEqual([body.seq, body.prev], [1, null])
      const given = part === 'grant-all'
      for (const { purpose_id, clauses } of body.pii_processing.purposes) {
        assert.equal(stateOf(body, purpose_id), given ? 'given' : 'refused', purpose_id)
        assert.ok(clauses.length > 0 || purpose_id.includes(':'), `${purpose_id} has its clauses`)
      }
      for (const state of Object.values(body.categories))
        assert.equal(state, given ? 'granted' : 'refused')

      assert.equal(body.kz.subject_name, null)
      const { jwk } = JSON.parse(Buffer.from(shop.accepted()[0].split('.')[0], 'base64url'))
      assert.deepEqual(Object.keys(jwk).sort(), ['crv', 'kty', 'x', 'y'])
      // A random identifier may well end in twelve digits.
      const own = everyText({ ...body, party_identification: [], kz: {} })
        .join('\n')
        .replace(/\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g, 'uuid')
      assert.doesNotMatch(
        own,
        /\d{12}|\b\d{1,3}(\.\d{1,3}){3}\b(?!:)(?<!127\.0\.0\.1)|Mozilla|@\w+\.\w+/,
      )
    })

test('R-ALMA-00b, R-ALMA-01.3, R-ALMA-03.2c, R-ALL-13: the operator alone, the edition’s label and place, clauses with the printed number', async (t) => {
  const { shop, page } = await visit(t, 'alma-chocolates')
  await press(page, '[part=grant-all]')
  const [body] = await bodies(shop, 1)
  const controllers = body.party_identification.filter(
    ({ party_role }) => party_role === 'controller',
  )
  assert.deepEqual(
    controllers.map(({ party_name }) => party_name),
    ['ТОО «Alma Chocolates»'],
  )
  const { version, place } = body.pii_processing.privacy_notice
  assert.deepEqual([version, place], ['2019-10-15', 'end_of_text'])
  assert.deepEqual(entry(body, 'ad_targeting').clauses[0], '3.2.5 (printed 2.2.5)')
})

test('R-ASTER-04.1.10b: messages of the shop and of its partners are two decisions', async (t) => {
  const { shop, page } = await visit(t, 'aster')
  await press(page, '[part=choose]')
  await widget(page, 'input[data-scope=channel][data-id=news_shop]').click()
  await press(page, '[part=save]')
  const [body] = await bodies(shop, 1)
  assert.equal(stateOf(body, 'channel:news_shop'), 'given')
  assert.equal(stateOf(body, 'channel:news_partners'), 'refused')
  assert.notEqual(
    entry(body, 'channel:news_shop').purpose,
    entry(body, 'channel:news_partners').purpose,
  )
})

test('R-WEBP-00b, R-WEBP-05b: the operator alone; the transfer is a decision with its clause', async (t) => {
  const { shop, page } = await visit(t, 'webpulse')
  await press(page, '[part=refuse-all]')
  const [body] = await bodies(shop, 1)
  assert.equal(
    body.party_identification.filter(({ party_role }) => party_role === 'controller').length,
    1,
  )
  assert.equal(stateOf(body, 'transfer:cross_border'), 'refused')
  assert.deepEqual(entry(body, 'transfer:cross_border').clauses, ['5.¶1'])
  assert.deepEqual(body.transfers, { cross_border: 'refused' })
})

test('R-ALLUR-D: a choice made at one shop satisfies no other, though they share clauses', async (t) => {
  const { shop, page } = await visit(t, 'aster')
  await press(page, '[part=grant-all]')
  const [aster] = await bodies(shop, 1)
  const state = await page.evaluate(() => localStorage.getItem('kelisim.state'))
  const { shop: other, page: next } = await visit(t, 'allur')
  await next.evaluate((value) => localStorage.setItem('kelisim.state', value), state)
  await next.reload()
  await widget(next, '[part=notice]').waitFor()
  await press(next, '[part=refuse-all]')
  const [allur] = await bodies(other, 1)
  assert.notEqual(
    aster.pii_processing.privacy_notice.sha256,
    allur.pii_processing.privacy_notice.sha256,
  )
})

test('R-LETO-06.4c, R-LETO-07.8c, R-LETO-07.9c, R-LETO-07.10d, R-LETO-09.1: channels with state and time, service messages never, actions only, withdrawal in the chain, also offline', async (t) => {
  const { shop, context, page } = await visit(t, 'letoile')
  await widget(page, '[part=notice]').waitFor()
  await page.mouse.wheel(0, 500)
  await page.click('#buy')
  assert.equal(shop.received.length, 0, 'using the page makes no receipt')
  await press(page, '[part=choose]')
  await widget(page, 'input[data-scope=channel][data-id=sms]').click()
  await press(page, '[part=save]')
  const [first] = await bodies(shop, 1)
  const { messages } = policyOf('letoile')
  const shown = [...messages.topics, ...messages.channels].map(({ id }) => id).sort()
  assert.deepEqual(Object.keys(first.channels).sort(), shown)
  for (const [id, { state, changed_at }] of Object.entries(first.channels)) {
    assert.equal(state, id === 'sms' ? 'granted' : 'refused')
    assert.equal(changed_at, first.event[0].event_time)
  }
  assert.equal(entry(first, 'channel:service_messages'), undefined)
  assert.equal(entry(first, 'service_messages'), undefined)
  assert.equal(first.evidence.action, 'save_choices')
  assert.deepEqual(
    first.event.flatMap(({ event_type, purpose_ids }) =>
      event_type === 'explicit' ? purpose_ids : [],
    ),
    ['channel:sms'],
    'explicit is what was moved',
  )
  assert.match(first.pii_processing.privacy_notice.version, /^sha256:/)

  await context.setOffline(true)
  await page.waitForTimeout(1100)
  await page.evaluate(() => kelisim.withdraw())
  assert.equal(await page.evaluate(() => kelisim.state().channels.sms), false, 'at once')
  await context.setOffline(false)
  const [, second] = await bodies(shop, 2)
  assert.deepEqual([second.seq, second.record_id], [2, first.record_id])
  assert.equal((await kelisim.verifyChain(shop.accepted())).ok, true)
  assert.equal(stateOf(second, 'channel:sms'), 'withdrawn')
})

for (const [title, hold, reached] of [
  [
    'between the click and the signature',
    '**/kelisim-keep.js',
    (page) => page.evaluate(() => kelisim.state().status === 'decided'),
  ],
  [
    'between the signature and the sending',
    '**/receipts',
    async (page) => (await page.evaluate(() => kelisim.receipts())).length === 1,
  ],
])
  test(`the page killed ${title}: the next page goes on where it was, once`, async (t) => {
    const { shop, context, page } = await visit(t, 'alma-chocolates')
    await page.route(hold, () => {}) // never answered
    await press(page, '[part=grant-all]')
    await until(() => reached(page), 'the moment')
    const session = await context.newCDPSession(page)
    session.send('Page.crash').catch(() => {})
    await page.waitForEvent('crash')
    assert.equal(shop.accepted().length, 0)
    const next = await context.newPage()
    await next.goto(shop.origin)
    const [body] = await bodies(shop, 1)
    assert.deepEqual([body.seq, body.evidence.action], [1, 'grant_all'])
    assert.equal((await next.evaluate(() => kelisim.receipts())).length, 1)
    assert.equal(await next.evaluate(() => kelisim.state().status), 'decided')
  })

/** The main process of the browser whose profile this is. */
function mainProcess(profile) {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      if (
        words.includes(`--user-data-dir=${profile}`) &&
        !words.some((word) => word.startsWith('--type='))
      )
        return Number(pid)
    } catch {
      // it has ended meanwhile
    }
  throw new Error('no such browser')
}

/** A browser of its own over a shop; `kill` ends all of it at once, `start` begins again with what is left on the disk. */
async function ownBrowser(t) {
  const profile = mkdtempSync(join(tmpdir(), 'kelisim-profile-'))
  const shop = await startShop()
  shop.pages['/'] = { body: html({ gateFile: 'kelisim.js' }) }
  let context
  t.after(async () => {
    await context?.close().catch(() => {})
    await shop.close()
    rmSync(profile, { recursive: true, maxRetries: 5 })
  })
  return {
    shop,
    async start(hold) {
      context = await chromium.launchPersistentContext(profile, {
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox'],
      })
      const page = await context.newPage()
      if (hold) await page.route(hold, () => {}) // never answered
      await page.goto(shop.origin)
      return page
    },
    async kill() {
      const closed = new Promise((resolve) => context.on('close', resolve))
      process.kill(mainProcess(profile), 'SIGKILL')
      await closed
    },
  }
}
const signed = (page, count) =>
  until(
    async () => (await page.evaluate(() => kelisim.receipts())).length === count,
    `${count} receipts`,
  )

for (const [title, hold, wait] of [
  // Chromium writes localStorage to its file some seconds after a page wrote to it; what is killed before has decided nothing.
  ['between the click and the signature', '**/kelisim-keep.js', 8000],
  ['between the signature and the sending', '**/receipts', 0],
])
  test(
    `the whole browser killed ${title}: its next start sends the receipt, once`,
    { timeout: 90_000 },
    async (t) => {
      const { shop, start, kill } = await ownBrowser(t)
      const page = await start(hold)
      await press(page, '[part=refuse-all]')
      if (wait) await page.waitForTimeout(wait)
      else await signed(page, 1)
      await kill()
      assert.equal(shop.accepted().length, 0)
      await start()
      const [body] = await bodies(shop, 1)
      assert.deepEqual([body.seq, body.evidence.action], [1, 'refuse_all'])
    },
  )

for (const wait of [0, 300, 1500])
  test(
    `the whole browser killed ${wait} ms after a grant, before it was signed: granted with its receipt, or closed and asked again`,
    { timeout: 90_000 },
    async (t) => {
      const { shop, start, kill } = await ownBrowser(t)
      const page = await start('**/kelisim-keep.js')
      await press(page, '[part=grant-all]')
      await page.waitForTimeout(wait)
      await kill()
      const next = await start()
      // A page without the second line is loaded once more.
      const status = await until(
        () =>
          next
            .evaluate(() => kelisim.ready.then(() => kelisim.state().status))
            .catch(() => undefined),
        'the engine',
      )
      if (status === 'decided') await bodies(shop, 1)
      else {
        assert.equal(status, 'undecided')
        await widget(next, '[part=notice]').waitFor()
        assert.equal(await next.evaluate(() => kelisim.allows('marketing')), false)
        assert.equal(shop.accepted().length, 0)
      }
    },
  )

test(
  'the whole browser killed as soon as a withdrawal is signed: whatever is left on the disk, nothing stays granted',
  { timeout: 90_000 },
  async (t) => {
    const { shop, start, kill } = await ownBrowser(t)
    const page = await start()
    await press(page, '[part=grant-all]')
    await bodies(shop, 1)
    await page.waitForTimeout(8000) // the grant is on the disk
    await page.evaluate(() => void kelisim.withdraw())
    await signed(page, 2)
    await kill()
    const next = await start()
    await until(
      () =>
        next
          .evaluate(() => kelisim.ready.then(() => !kelisim.allows('marketing')))
          .catch(() => false),
      'closed',
    )
    assert.doesNotMatch(
      await next.evaluate(() => localStorage.getItem('kelisim.snapshot') ?? ''),
      /"granted"/,
    )
    const [, withdrawn] = await bodies(shop, 2)
    assert.equal(withdrawn.evidence.action, 'withdraw_all')
  },
)
