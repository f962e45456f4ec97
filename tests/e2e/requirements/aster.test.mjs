// Requirements of the policy of aster in the real widget.
import assert from 'node:assert/strict'
import { byId, items, labelled, named, shownIn } from '../../support/shown.mjs'
import { commonRules } from './common.mjs'
import { twinRules } from './twins.mjs'

const rule = shownIn('aster')
commonRules(rule)
const names = { '04.1.10': 'R-ASTER-04.1.10a', '08': 'R-ASTER-08.1' }
twinRules(rule, (id) => names[id] ?? 'R-ASTER-' + id)

rule('R-ASTER-00a: the group; legal person, BIN and contacts are not said', ({ policy }, say) => {
  assert.match(policy.parts.who.short, /«ASTER»/)
  assert.equal(labelled(policy, 'who', say('who.bin')).words, say('not_stated'))
  assert.equal(policy.parts.contact.short, say('not_stated'))
})
rule('R-ASTER-03.2: five form items with their clauses', ({ policy }) => {
  for (let i = 1; i <= 5; i++) assert.equal(items(policy, 'data', '3.2.' + i).length, 1)
})
rule('R-ASTER-03.3.1b: what stops working is named, login is not among it', ({ choices }, say) => {
  const text = say.of(say.policy.cookies.stops_working.text)
  assert.ok(choices.text.includes(text))
  assert.doesNotMatch(text, /вход|авториз|login|log in|кіру/i)
})
rule('R-ASTER-03.4: purchase history, browser and system are stored', ({ policy }, say) => {
  for (const id of ['purchase_history', 'browsers', 'operating_systems'])
    assert.ok(policy.parts.stored.text.includes(say.of(byId(say.policy.data, id).name)))
})
rule('R-ASTER-04.1.12: links to partners are marked as leaving the shop', ({ policy }, say) => {
  const { name, note } = byId(say.policy.purposes, 'partner_access')
  assert.equal(named(policy, 'why', say.of(name)).note, say.of(note))
})
rule('R-ASTER-05.3: state bodies, by law', ({ policy }, say) => {
  const item = named(policy, 'whom', say.of(byId(say.policy.recipients, 'state_bodies').name))
  assert.ok(item.marks.includes(say('mark.state_body')) && item.clauses.includes('5.3'))
})
rule('R-ASTER-06.2.4: the right to blocking during a check', ({ policy }, say) => {
  const right = say.policy.rights.find((one) => one.right === 'blocking' || one.id === 'blocking')
  assert.ok(named(policy, 'rights', say.of(right.name)).clauses.includes('6.2.4'))
})
