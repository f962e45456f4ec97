// Requirements of the policy of alma-chocolates in the real widget.
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

const rule = shownIn('alma-chocolates')
commonRules(rule)
const uses = (say, id) => say.of(byId(say.policy.cookies.uses, id).name)

rule('R-ALMA-00a: operator and site; BIN, address and phone are not said', ({ policy }, say) => {
  assert.match(policy.parts.who.short, /^ТОО «Alma Chocolates», almachocolates\.kz/)
  for (const key of ['who.bin', 'who.address', 'who.phone'])
    assert.equal(labelled(policy, 'who', say(key)).words, say('not_stated'))
})
rule('R-ALMA-01.2: the law with its number', ({ policy }) => {
  assert.match(policy.parts.laws.text, /94-V/)
  assert.equal(items(policy, 'laws', '1.2').length, 1)
})
rule('R-ALMA-02.1.1: required and free data told apart', ({ policy }, say) => {
  const marks = items(policy, 'data', '2.1.1').map((item) => item.marks.join())
  assert.ok(
    marks[0].includes(say('necessity.required')) && marks[1].includes(say('necessity.optional')),
  )
})
rule('R-ALMA-02.1.2: exactly seven automatic items', ({ policy }) =>
  assert.equal(items(policy, 'data', '2.1.2').length, 7),
)
rule('R-ALMA-02.2: other sites are not covered', ({ policy }, say) =>
  assert.equal(items(policy, 'also', '2.2')[0].label, say('topic.links')),
)
rule('R-ALMA-03.2a: six purposes, printed numbers visible', ({ policy }) => {
  for (let i = 1; i <= 6; i++)
    assert.equal(items(policy, 'why', '3.2.' + i).length, i === 2 ? 2 : 1)
  assert.ok(policy.parts.why.labels.includes('3.2.2 (2.2.2)'))
})
rule('R-ALMA-03.2b: two for information, four switches', (shown, say) => {
  for (const id of ['identification', 'notices_requests', 'contract'])
    assert.ok(isInformation(shown, say, id), id)
  assert.deepEqual(switchIds(shown.choices, 'purpose'), [
    'personalisation',
    'site_improvement',
    'statistics',
    'ad_targeting',
  ])
})
rule('R-ALMA-04.2a: seven conditions of transfer, one anonymised', ({ policy }, say) => {
  for (let i = 1; i <= 7; i++) assert.ok(items(policy, 'whom', '4.2.' + i).length >= 1)
  assert.ok(
    items(policy, 'whom', '4.2.7').some(({ marks }) => marks.includes(say('mark.anonymised'))),
  )
})
rule('R-ALMA-04.2b: whoever is outside the conditions has a switch, off', ({ choices }) => {
  for (const id of ['meta-pixel', 'jivo', 'yandex-metrica'])
    assert.equal(switchOf(choices, 'service', id).inputs[0].checked, false)
})
rule(
  'R-ALMA-04.2c: sale of the business and protection of rights need no consent',
  ({ policy }, say) => {
    for (const id of ['business_acquirer', 'rights_protection'])
      assert.ok(
        named(policy, 'whom', say.of(byId(say.policy.recipients, id).name)).marks.includes(
          say('mark.no_consent'),
        ),
      )
  },
)
rule(
  'R-ALMA-05.1: change by mail; withdrawal not said, the widget’s own beside it',
  ({ policy }, say) => {
    const right = (id) =>
      named(policy, 'rights', say.of(say.policy.rights.find((one) => one.right === id).name))
    assert.ok(right('rectification').links.includes('mailto:info@almachocolates.kz'))
    assert.ok(
      right('withdrawal').text.includes(say('not_stated')) &&
        right('withdrawal').text.includes(say('rights.here')),
    )
  },
)
rule('R-ALMA-06.1a: cookie switches by use', ({ choices }, say) => {
  assert.deepEqual(
    switchIds(choices, 'category').filter((id) => id !== 'necessary'),
    ['functional', 'analytics', 'marketing'],
  )
  for (const use of say.policy.cookies.uses)
    assert.ok(switchOf(choices, 'category', use.category).text.includes(say.of(use.name)), use.id)
})
rule('R-ALMA-06.5a: a counter for the site’s working is analytics', ({ choices }, say) =>
  assert.ok(
    switchOf(choices, 'category', 'analytics').text.includes(uses(say, 'counters_operation')),
  ),
)
rule('R-ALMA-07.1: the security sentence in the full text only', ({ policy, full }) => {
  assert.ok(!policy.clauses.includes('7.1'))
  assert.ok(full.clauseIds.includes('7.1'))
})
rule('R-ALMA-08.1: the policy’s link is https, the printed one beside it', ({ policy }) => {
  assert.ok(policy.parts.edition.links.includes('https://almachocolates.kz/privacy.pdf'))
  assert.ok(policy.parts.edition.text.includes('http://almachocolates.kz/privacy.pdf'))
})
rule('R-ALMA-09.1: the contact is a mail link', ({ policy }) =>
  assert.ok(policy.parts.contact.links.includes('mailto:info@almachocolates.kz')),
)
