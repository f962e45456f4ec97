import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { fromDist } from '../../support/dist.mjs'
import { answer, FakeOrigin, openTab } from '../../support/fake-tab.mjs'

let kelisim
before(async () => {
  const { loadEngine } = await import(fromDist('node/index.js'))
  kelisim = await loadEngine()
})

const inOrder = async (tab) => (await tab.receipts.all()).reverse().map(({ jws }) => jws)
const withdraw = (tab) =>
  tab.session.act({ action: 'withdraw_all', source: 'api', layer: 'none', lang: 'ru' })

test('Receipts: each choice becomes one signed receipt, chained to the one before; its draft goes', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  const id = answer(tab, 'grant_all')
  const stored = tab.receipts.stored(id)
  await tab.receipts.make()
  assert.deepEqual(await stored, { receipt_id: id })
  origin.now += 1000
  withdraw(tab)
  await tab.receipts.make()
  const chain = await kelisim.verifyChain(await inOrder(tab))
  assert.deepEqual([chain.ok, chain.receipts], [true, 2])
  assert.deepEqual(tab.drafts.all(), [])
  assert.equal(tab.drafts.unsent(), 2, 'that something is to be sent is said before the drafts go')
  const [first] = await inOrder(tab)
  const { body } = await kelisim.verifyReceipt(first)
  assert.equal(body.receipt_id, id)
  assert.equal(body.evidence.origin, 'https://shop.example')
  assert.equal(body.evidence.key, 'persistent')
})

test('Receipts: a choice whose page was closed before it was signed gets its receipt on the next page', async () => {
  const origin = new FakeOrigin()
  const first = await openTab(origin)
  const id = answer(first, 'refuse_all')
  first.close()
  const next = await openTab(origin)
  await next.receipts.make()
  assert.deepEqual(
    (await next.receipts.all()).map((row) => row.id),
    [id],
  )
})

test('Receipts: a receipt that was stored and whose draft was not yet removed is not made twice', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  answer(tab, 'refuse_all')
  const drafts = origin.local.get('drafts')
  await tab.receipts.make()
  origin.local.set('drafts', drafts)
  const next = await openTab(origin)
  await next.receipts.make()
  assert.equal((await next.receipts.all()).length, 1)
  assert.equal(next.drafts.all().length, 0)
})

test('Receipts: where nothing can sign drafts wait, it is said once, and the promise does not hang', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin, { subtle: null })
  const id = answer(tab, 'refuse_all')
  const stored = tab.receipts.stored(id)
  await tab.receipts.make()
  await tab.receipts.make()
  assert.deepEqual(await stored, { receipt_id: id })
  assert.deepEqual(tab.errors, ['signer_unavailable'])
  assert.equal(tab.drafts.all().length, 1)
  const next = await openTab(origin)
  await next.receipts.make()
  assert.deepEqual(
    (await next.receipts.all()).map((row) => row.id),
    [id],
  )
})

test('Receipts: a choice made on an edition that is gone by the time it is signed is signed for that edition', async () => {
  const origin = new FakeOrigin()
  const old = await openTab(origin)
  await old.receipts.keepPolicy()
  answer(old, 'grant_all')
  old.close()
  const { edition, ...rest } = JSON.parse(origin.policy)
  const text = { ...edition.text, sha256: 'A'.repeat(42) + 'A' }
  origin.policy = JSON.stringify({ ...rest, edition: { ...edition, text } })
  const next = await openTab(origin)
  await next.receipts.keepPolicy()
  await next.receipts.make()
  const [jws] = await inOrder(next)
  const { body } = await kelisim.verifyReceipt(jws)
  assert.equal(body.pii_processing.privacy_notice.sha256, edition.text.sha256)
  assert.equal(next.session.state().edition, text.sha256, 'the policy of today is back')
  assert.equal(next.session.state().status, 'stale')
})

test('Receipts: a draft nobody can read is told of and dropped; the others are made', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  answer(tab, 'refuse_all')
  const drafts = JSON.parse(origin.local.get('drafts'))
  drafts.drafts.unshift({ receipt_id: 'x', gpc: false, draft: { at_ms: 1 } }, 'no draft at all')
  origin.local.set('drafts', JSON.stringify(drafts))
  const next = await openTab(origin)
  await next.receipts.make()
  assert.match(next.errors.join(), /draft_/)
  assert.equal((await next.receipts.all()).length, 1)
  assert.deepEqual(next.drafts.all(), [])
})

test('Receipts: who waits for a receipt that cannot be made is told why', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  tab.drafts.add({ receipt_id: 'x', gpc: false, draft: { at_ms: 1 } })
  const stored = assert.rejects(tab.receipts.stored('x'), ({ code }) => /^draft_/.test(code))
  await tab.receipts.make()
  await stored
})

test('Receipts: where the database takes no keys the receipt says its key was ephemeral', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  origin.databases.refuseClones = true
  answer(tab, 'refuse_all')
  await tab.receipts.make()
  const [jws] = await inOrder(tab)
  assert.equal((await kelisim.verifyReceipt(jws)).body.evidence.key, 'ephemeral')
})

test('Receipts: two tabs that decide at the same time make one chain, without a fork', async () => {
  const origin = new FakeOrigin()
  const tabs = [await openTab(origin), await openTab(origin)]
  for (let round = 0; round < 3; round++) {
    origin.now += 1000
    for (const tab of tabs) withdraw(tab)
    await Promise.all(tabs.map((tab) => tab.receipts.make()))
  }
  const chain = await kelisim.verifyChain(
    (await tabs[0].receipts.all()).sort((a, b) => a.seq - b.seq).map(({ jws }) => jws),
  )
  assert.deepEqual(chain.faults, [])
  assert.equal(chain.receipts, 6)
})

test('Receipts: what only memory could keep has its draft until the endpoint has it', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  origin.databases.full = true
  answer(tab, 'refuse_all')
  await tab.receipts.make()
  assert.equal(JSON.parse(origin.local.get('drafts')).drafts.length, 1)
  origin.answer = () => 503
  await tab.outbox.run()
  assert.equal(JSON.parse(origin.local.get('drafts')).drafts.length, 1)
  origin.answer = () => 200
  await tab.outbox.run(true)
  await tab.receipts.make()
  origin.now += 1_000_000
  await tab.outbox.run(true)
  assert.equal(origin.accepted.size, 1)
  assert.equal(origin.local.has('drafts'), false)
})

// The next receipt was made as the first of the record, which every receiver refuses for good.
test('Receipts: while what is kept cannot be read no receipt is made, no key either; the draft waits, and the chain goes on', async () => {
  for (const table of ['receipts', 'keys']) {
    const origin = new FakeOrigin()
    answer(await openTab(origin), 'refuse_all')
    await origin.tabs[0].receipts.make()
    const tab = await openTab(origin)
    origin.databases.deaf = [table]
    origin.now += 1000
    answer(tab, 'grant_all')
    await tab.receipts.make()
    assert.deepEqual([tab.errors.at(-1), tab.drafts.all().length], ['receipt_failed', 1], table)
    origin.databases.deaf = []
    await tab.receipts.make()
    assert.equal(tab.drafts.all().length, 0)
    const { ok, receipts } = await kelisim.verifyChain(await inOrder(tab))
    assert.deepEqual([ok, receipts], [true, 2], table)
  }
})
