import assert from 'node:assert/strict'
import { test } from 'node:test'
import Ajv from 'ajv/dist/2020.js'
import { readRepo } from '../../support/dist.mjs'
import { answer, FakeOrigin, openTab } from '../../support/fake-tab.mjs'

test('Session: before any choice only what is necessary runs, and the gate is told so', async () => {
  const tab = await openTab(new FakeOrigin())
  assert.deepEqual(
    tab.applied.at(-1).services.map(({ id, run }) => [id, run]),
    [
      ['counter', false],
      ['pixel', false],
      ['video', false],
      ['session', true],
    ],
  )
  assert.equal(tab.session.state().ask, true)
})

test('Session: state, snapshot and draft are stored before the layer is closed', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  answer(tab, 'grant_all')
  assert.equal(tab.layers, 1)
  assert.equal(JSON.parse(origin.local.get('state')).purposes.statistics, 'granted')
  assert.equal(JSON.parse(origin.local.get('snapshot')).status, 'decided')
  assert.equal(JSON.parse(origin.local.get('drafts')).drafts.length, 1)
})

test('Session: a choice is there again after a reload', async () => {
  const origin = new FakeOrigin()
  answer(await openTab(origin), 'grant_all')
  const next = await openTab(origin)
  assert.equal(next.session.state().status, 'decided')
  assert.ok(next.applied.at(-1).services.every(({ run }) => run))
})

test('Session: a choice made in one tab is in force in all', async () => {
  const origin = new FakeOrigin()
  const [a, b] = [await openTab(origin), await openTab(origin)]
  answer(a, 'grant_all')
  assert.equal(b.session.state().purposes.advertising, true)
  assert.equal(b.applied.at(-1).status, 'decided')
  assert.deepEqual(b.events.find(({ type }) => type === 'change').detail.changed.categories, {
    analytics: 'granted',
    marketing: 'granted',
  })
})

test('Session: a tab that did not hear of a change acts on what is stored, not on what it knew', async () => {
  const origin = new FakeOrigin()
  const [a, b] = [await openTab(origin), await openTab(origin)]
  origin.tabs = []
  answer(a, 'grant_all')
  b.session.act({
    action: 'withdraw_some',
    ids: ['advertising'],
    source: 'api',
    layer: 'none',
    lang: 'ru',
  })
  const { purposes } = b.session.state()
  assert.deepEqual(purposes, { statistics: true, advertising: false })
})

test('Session: with localStorage full a choice is in force, is told, and survives the page in the database', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  origin.fullKeys = new Set(['state', 'snapshot', 'drafts'])
  answer(tab, 'refuse_all')
  assert.ok(tab.errors.includes('storage_full'))
  assert.equal(tab.session.state().status, 'decided')
  await tab.receipts.make()
  assert.equal((await tab.receipts.all()).length, 1)
  const next = await openTab(origin)
  assert.equal(next.session.state().status, 'decided')
})

test('Session: what cannot be written leaves nothing older behind, least of all a grant', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  answer(tab, 'grant_all')
  origin.fullKeys = new Set(['state', 'snapshot'])
  tab.session.act({ action: 'withdraw_all', source: 'api', layer: 'none', lang: 'ru' })
  assert.equal(origin.local.has('state'), false)
  assert.equal(origin.local.has('snapshot'), false)
  origin.fullKeys.clear()
  await new Promise((resolve) => setTimeout(resolve, 20))
  const next = await openTab(origin)
  assert.equal(next.session.state().purposes.advertising, false)
  assert.equal(next.session.state().status, 'decided')
  assert.ok(origin.local.has('state'), 'it is written again once there is room')
})

for (const [title, state] of [
  ['is not JSON', '{'],
  ['is of another version', '{"format":"kelisim-state-9"}'],
  [
    'is of another policy',
    '{"format":"kelisim-state-1","policy":"other","edition":"x","decided_at_ms":null,"expires_at_ms":null,"purposes":{},"services":{},"channels":{},"transfers":{},"forms":{}}',
  ],
])
  test(`Session: a stored state that ${title} is told of and closes`, async () => {
    const origin = new FakeOrigin()
    origin.local.set('state', state)
    const tab = await openTab(origin)
    assert.match(tab.errors.join(), /^state_/)
    assert.equal(tab.session.state().status, 'undecided')
    assert.equal(tab.applied.at(-1).services.find(({ id }) => id === 'pixel').run, false)
  })

test('Session: page code can refuse and withdraw, and cannot grant', async () => {
  const tab = await openTab(new FakeOrigin())
  const api = { source: 'api', layer: 'none', lang: 'ru' }
  assert.throws(() => tab.session.act({ action: 'grant_all', ...api }), { code: 'not_a_person' })
  assert.equal(tab.session.state().status, 'undecided')
  assert.ok(tab.session.act({ action: 'refuse_all', ...api }))
  assert.equal(tab.session.state().status, 'decided')
})

test('Session: when the decision runs out while the page is open, everything optional closes', async () => {
  const origin = new FakeOrigin()
  const tab = await openTab(origin)
  answer(tab, 'grant_all')
  origin.now = Date.parse(tab.session.state().expires_at)
  tab.timers.at(-1).callback()
  assert.equal(tab.applied.at(-1).status, 'expired')
  assert.equal(tab.applied.at(-1).services.find(({ id }) => id === 'pixel').run, false)
})

test('Session: a reload writes no new snapshot while nothing changed', async () => {
  const origin = new FakeOrigin()
  answer(await openTab(origin), 'grant_all')
  const before = origin.local.get('snapshot')
  origin.now += 60_000
  const tab = await openTab(origin)
  tab.session.enforce()
  assert.equal(tab.applied.length, 1)
  assert.equal(
    JSON.parse(origin.local.get('snapshot')).made_at_ms - JSON.parse(before).made_at_ms,
    60_000,
  )
})

test('what is stored fits its schemas: state, snapshot, drafts', async () => {
  const ajv = new Ajv({ strict: false })
  const origin = new FakeOrigin()
  answer(await openTab(origin), 'grant_all')
  for (const [key, schema] of [
    ['state', 'src/consent/state.schema.json'],
    ['snapshot', 'src/enforce/snapshot.schema.json'],
    ['drafts', 'web/shell/drafts.schema.json'],
  ]) {
    const validate = ajv.compile(JSON.parse(readRepo(schema)))
    assert.ok(validate(JSON.parse(origin.local.get(key))), key + ajv.errorsText(validate.errors))
  }
})

for (const [title, granted, ids, action, states] of [
  ['refusing some where nothing was given', false, ['statistics'], 'save_choices', ['refused']],
  ['refusing some that were given', true, ['statistics'], 'withdraw_some', ['withdrawn']],
  [
    'refusing messages after a grant of everything else',
    true,
    ['email_channel'],
    'save_choices',
    ['refused'],
  ],
])
  test(`Session: ${title} is ${action} in the receipt, ${states}`, async () => {
    const tab = await openTab(new FakeOrigin())
    if (granted) answer(tab, 'grant_all')
    tab.session.act({ action: 'withdraw_some', ids, source: 'api', layer: 'none', lang: 'ru' })
    const { draft } = tab.drafts.all().at(-1)
    assert.equal(draft.action, action)
    assert.deepEqual(
      draft.decisions.map(({ state }) => state),
      states,
    )
    assert.equal(tab.session.state().status, granted ? 'decided' : 'undecided')
  })

test('Session: withdrawing everything where nothing was given is a refusal of everything', async () => {
  const tab = await openTab(new FakeOrigin())
  tab.session.act({ action: 'withdraw_all', source: 'api', layer: 'none', lang: 'ru' })
  assert.equal(tab.drafts.all()[0].draft.action, 'refuse_all')
})
