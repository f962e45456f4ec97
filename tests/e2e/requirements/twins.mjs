// Requirements that the policies of aster and allur have in common, in the widget of the demo.
import assert from 'node:assert/strict'
import {
  byId,
  isInformation,
  items,
  labelled,
  named,
  switchIds,
  switchOf,
} from '../../support/shown.mjs'

/** @param id  a requirement's name in this shop, or null where the shop has none of it */
export function twinRules(rule, id) {
  const when = (name, title, check) => name && rule(`${name}: ${title}`, check)
  const name = (say, list, of) => say.of(byId(say.policy[list], of).name)
  const right = (policy, say, of) =>
    named(
      policy,
      'rights',
      say.of(say.policy.rights.find((one) => one.right === of || one.id === of).name),
    )

  when(id('03.3a'), 'six pixel items, called collected by scripts', ({ policy }) => {
    for (let i = 1; i <= 6; i++) assert.equal(items(policy, 'data', '3.3.•' + i).length, 1)
    assert.ok(policy.parts.pixel)
  })
  when(id('03.3b'), 'pixels under marketing, statistics under analytics, off', ({ choices }) => {
    const inside = (category) =>
      switchOf(choices, 'category', category).inputs.map((input) => input.id)
    assert.ok(
      inside('marketing').includes('meta-pixel') &&
        inside('analytics').includes('google-analytics'),
    )
    assert.ok(!inside('analytics').includes('meta-pixel'))
  })
  when(id('03.3.2'), 'IP statistics are information the widget does not control', (shown, say) => {
    assert.ok(isInformation(shown, say, 'ip_checks'))
    assert.ok(
      named(shown.policy, 'data', name(say, 'data', 'ip_statistics')).marks.includes(
        say('mark.not_controlled'),
      ),
    )
  })
  when(id('04.1.4'), 'location has a line of its own', (shown, say) => {
    assert.deepEqual(
      named(shown.policy, 'why', name(say, 'purposes', 'location_security')).clauses,
      ['4.1.4'],
    )
    assert.ok(isInformation(shown, say, 'location_security'))
  })
  when(id('04.1.6'), 'the account form is apart from the choices', ({ choices }) => {
    assert.equal(switchOf(choices, 'purpose', 'account'), undefined)
    assert.ok(choices.rows.some((row) => row.id === 'account'))
  })
  when(id('04.1.8'), 'credit line, tax and payments in one line', ({ policy }) =>
    assert.equal(items(policy, 'why', '4.1.8').length, 1),
  )
  when(id('04.1.10'), 'messages of the shop and of partners apart, off', ({ choices }, say) => {
    assert.deepEqual(switchIds(choices, 'channel'), ['news_shop', 'news_partners'])
    assert.ok(
      switchOf(choices, 'channel', 'news_partners').marks.includes(say('mark.from_partners')),
    )
  })
  when(id('04.1.11'), 'advertising is a switch apart from messages', ({ choices }) => {
    assert.ok(switchOf(choices, 'purpose', 'advertising').clauses.includes('4.1.11'))
    assert.ok(
      !switchOf(choices, 'category', 'marketing').inputs.some(({ scope }) => scope === 'channel'),
    )
  })
  when(id('05.1'), 'the term is without limit', ({ policy }, say) =>
    assert.deepEqual(named(policy, 'term', say('term.unlimited')).clauses, ['5.1']),
  )
  when(id('05.2'), 'three kinds of recipients for the order', ({ policy }) =>
    assert.equal(items(policy, 'whom', '5.2').length, 3),
  )
  when(id('05.4'), 'the promise to tell about loss is among the rights', ({ policy }, say) =>
    assert.ok(right(policy, say, 'breach_notice').clauses.includes('5.4')),
  )
  when(id('08'), 'a claim first, an answer in 30 calendar days', ({ policy }, say) => {
    assert.ok(policy.parts.disputes.short.startsWith(say('disputes.claim_first')))
    assert.match(labelled(policy, 'disputes', say('disputes.answer')).words, /30/)
  })
}
