// Requirements of the policy of allur in the real widget.
import assert from 'node:assert/strict'
import { byId, items, labelled, named, shownIn } from '../../support/shown.mjs'
import { commonRules } from './common.mjs'
import { twinRules } from './twins.mjs'

const rule = shownIn('allur')
commonRules(rule)
twinRules(rule, (id) => 'R-ALLUR-' + id)

rule('R-ALLUR-00: the operator is named; BIN and address are not said', ({ policy }, say) => {
  assert.match(policy.parts.who.short, /^ТОО «Аллюр Авто», allur\.kz/)
  for (const key of ['who.bin', 'who.address'])
    assert.equal(labelled(policy, 'who', say(key)).words, say('not_stated'))
})
rule('R-ALLUR-03.2: six form items in five clauses', ({ policy }) => {
  let number = 0
  for (let i = 1; i <= 5; i++) number += items(policy, 'data', '3.2.' + i).length
  assert.equal(number, 6)
})
rule(
  'R-ALLUR-03.2.1a: the IIN on its own line, marked as the national identifier',
  ({ policy }, say) => {
    const iin = named(policy, 'data', say.of(byId(say.policy.data, 'iin').name))
    assert.ok(iin.clauses.includes('3.2.1') && iin.marks.includes(say('mark.national_id')))
  },
)
rule('R-ALLUR-07.1: liability with its three exceptions', ({ policy }, say) => {
  const [item] = items(policy, 'also', '7.1')
  assert.equal(item.label, say('topic.liability'))
})
rule('R-ALLUR-09.3: the contact mail', ({ policy }) =>
  assert.ok(policy.parts.contact.links.includes('mailto:info@allur.kz')),
)
