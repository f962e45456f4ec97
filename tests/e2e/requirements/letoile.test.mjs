// Requirements of the policy of letoile in the real widget.
import assert from 'node:assert/strict'
import {
  byId,
  isInformation,
  items,
  labelled,
  named,
  shownIn,
  switchIds,
  switchOf,
} from '../../support/shown.mjs'
import { commonRules } from './common.mjs'

const rule = shownIn('letoile')
commonRules(rule)
const right = (policy, say, id) =>
  named(
    policy,
    'rights',
    say.of(say.policy.rights.find((one) => one.id === id || one.right === id).name),
  )
const mailed = (entry, subject) =>
  entry.links.includes(`mailto:inform@letoile.kz?subject=${subject}`)
const WITHDRAWAL = 'Отзыв согласия на обработку персональных данных'
const NEWS = 'Отказ от уведомлений о новых продуктах и услугах и специальных предложениях'

rule('R-LETO-01a: operator with BIN and address, and the site', ({ policy }, say) => {
  assert.match(policy.parts.who.short, /^Alkor Kazakhstan Ltd\., letoile\.kz/)
  assert.equal(labelled(policy, 'who', say('who.bin')).words, '221240900498')
  assert.match(labelled(policy, 'who', say('who.address')).words, /^010016/)
})
rule('R-LETO-01b: five named acts', ({ policy }) => {
  for (let i = 1; i <= 5; i++) assert.equal(items(policy, 'laws', '1.•' + i).length, 1)
})
rule('R-LETO-02.15: no biometric data', ({ policy }) =>
  assert.equal(items(policy, 'data', '2.15').length, 1),
)
rule('R-LETO-03.2a: staff data are in the full text only', ({ policy, full }) => {
  for (const clause of ['3.2.¶1', '3.3.•1', '3.3.•2', '3.3.•3', '3.3.•4', '3.3.•5']) {
    assert.ok(
      !policy.parts.data.clauses.includes(clause) && !policy.parts.why.clauses.includes(clause),
    )
    assert.ok(full.clauseIds.includes(clause))
  }
})
rule('R-LETO-04.2: two purposes of 4.2', ({ policy }) =>
  assert.equal(items(policy, 'why', '4.2').length, 2),
)
for (const [name, id, clause] of [
  ['R-LETO-04.3.2', 'events_surveys', '4.3.2'],
  ['R-LETO-04.4a', 'product_news', '4.4'],
  ['R-LETO-07.3a', 'store_promotions', '7.3'],
])
  rule(`${name}: ${id} is a switch under messages, off`, (shown, say) => {
    const one = switchOf(shown.choices, 'channel', id)
    assert.ok(one.clauses.includes(clause) && !one.inputs[0].checked)
    assert.ok(isInformation(shown, say, 'order_fulfilment'))
  })
rule(
  'R-LETO-04.4b: refusing product notices by mail with exactly that subject',
  ({ policy, rights }, say) => {
    assert.ok(
      mailed(right(policy, say, 'refuse_news'), NEWS) && mailed(policy.parts.messages, NEWS),
    )
    assert.ok(rights.links.some((link) => link.endsWith(NEWS)))
  },
)
rule('R-LETO-04.5: statistics declared anonymised still have a switch', ({ choices }) =>
  assert.ok(switchOf(choices, 'purpose', 'web_statistics').clauses.includes('4.5')),
)
rule('R-LETO-05.1a: eight rights in their order', ({ policy }) => {
  const labels = policy.parts.rights.labels.filter((label) => /^5\.1\.\d \(/.test(label))
  assert.deepEqual(
    [...new Set(labels)],
    [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `5.1.${n} (${n})`),
  )
})
rule('R-LETO-05.2: the duty to update data, by mail', ({ policy }) =>
  assert.ok(
    items(policy, 'also', '5.2.•2')[0].links.some((link) =>
      link.startsWith('mailto:inform@letoile.kz'),
    ),
  ),
)
rule('R-LETO-06.2c: both sentences next to each other with their numbers', ({ policy }) => {
  const finding = policy.parts.whom.items.find(({ id }) => id === 'third-party-conflict')
  assert.equal(finding.quotes.length, 2)
  assert.deepEqual(
    [finding.clauses.includes('6.2'), finding.clauses.includes('7.10')],
    [true, true],
  )
})
rule('R-LETO-06.3: updating by mail with exactly that subject', ({ policy }, say) =>
  assert.ok(mailed(right(policy, say, 'update'), 'Актуализация персональных данных')),
)
rule(
  'R-LETO-06.4a: without limit; withdrawal by mail with exactly that subject',
  ({ policy }, say) => {
    assert.ok(named(policy, 'term', say('term.unlimited')).clauses.includes('6.4'))
    assert.ok(mailed(right(policy, say, 'withdrawal'), WITHDRAWAL))
  },
)
rule(
  'R-LETO-06.4b: one action withdraws what the widget holds, the mail stands beside it',
  (shown, say) => {
    for (const layer of ['choices', 'policy', 'rights']) {
      const section = shown[layer].parts.withdraw
      assert.ok(
        section.buttons.some(({ action }) => action === 'withdraw_all') &&
          mailed(section, WITHDRAWAL),
      )
      assert.ok(section.text.includes(say('withdraw.given')))
    }
  },
)
rule('R-LETO-07.2: nine client items, other information as a warning', ({ policy }) => {
  for (let i = 1; i <= 9; i++)
    assert.equal(items(policy, 'data', '7.2.•' + i)[0].tone === 'warning', i === 9)
})
rule('R-LETO-07.5: change and delete in the cabinet', ({ policy }, say) => {
  for (const id of ['cabinet_change', 'cabinet_delete'])
    assert.ok(right(policy, say, id).links.includes('https://www.letoile.kz/'))
})
rule('R-LETO-07.6: full deletion through the desk, number and term not said', ({ policy }, say) => {
  const item = right(policy, say, 'full_deletion')
  assert.ok(item.clauses.includes('7.6') && item.text.split(say('not_stated')).length > 2)
})
rule('R-LETO-07.7: the disclaimer is in the full text', ({ policy, full }) => {
  assert.ok(!policy.clauses.includes('7.7') && full.clauseIds.includes('7.7'))
})
rule('R-LETO-07.8a: one switch per channel, each off', ({ choices }) => {
  const channels = choices.parts.channels.inputs
  assert.deepEqual(
    channels.map(({ id }) => id),
    ['email', 'sms', 'call', 'messenger', 'push'],
  )
  assert.ok(channels.every(({ checked }) => !checked))
})
rule('R-LETO-07.8b: refusing all messages is one action', ({ choices }) => {
  const { target } = choices.buttons.find(({ action }) => action === 'withdraw_some')
  assert.deepEqual(target.split(' '), switchIds(choices, 'channel'))
})
rule(
  'R-LETO-07.9a: service messages are a locked row with four occasions and the reason',
  ({ choices }, say) => {
    const row = choices.rows.find(({ id }) => id === 'service_messages')
    const { occasions, reason } = say.policy.messages.service[0]
    for (const occasion of occasions) assert.ok(row.text.includes(say.of(occasion)))
    assert.ok(row.text.includes(say.of(reason)))
  },
)
rule('R-LETO-07.9b: service messages have no switch', (shown, say) =>
  assert.ok(isInformation(shown, say, 'service_messages')),
)
rule(
  'R-LETO-07.10a: three categories; third-party statistics under analytics, the recipient named',
  ({ choices }) => {
    const inside = (category) => switchOf(choices, 'category', category).inputs.map(({ id }) => id)
    assert.ok(
      inside('functional').includes('easier_use') &&
        inside('marketing').includes('ad_optimisation'),
    )
    assert.ok(inside('analytics').includes('third_party_statistics'))
    assert.match(switchOf(choices, 'category', 'analytics').text, /Google/)
  },
)
rule('R-LETO-07.10c: that cookies hold nothing confidential is not repeated', ({ policy }) =>
  assert.doesNotMatch(policy.parts.cookies.text, /онфиденциальн|onfidential|ұпия/),
)
rule('R-LETO-07.11: the IP line', ({ policy }, say) =>
  assert.ok(
    named(policy, 'data', say.of(byId(say.policy.data, 'ip_address').name)).clauses.includes(
      '7.11',
    ),
  ),
)
rule(
  'R-LETO-07.12: calls may be recorded: in the data and next to the phone',
  ({ policy, choices }, say) => {
    assert.equal(items(policy, 'data', '7.12').length, 2)
    const { note } = byId(say.policy.messages.channels, 'call')
    assert.ok(switchOf(choices, 'channel', 'call').text.includes(say.of(note)))
  },
)
rule('R-LETO-08.1: the seller', ({ policy }, say) =>
  assert.equal(labelled(policy, 'who', say('role.seller')).words, '«Продавец»'),
)
