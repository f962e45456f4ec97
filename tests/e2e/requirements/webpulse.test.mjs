// Requirements of the policy of webpulse in the real widget.
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

const rule = shownIn('webpulse')
commonRules(rule)
const recipient = (policy, say, id) =>
  named(policy, 'whom', say.of(byId(say.policy.recipients, id).name))

rule(
  'R-WEBP-00a: the administrator of webpulse.kz; the legal name is not said',
  ({ policy }, say) => {
    assert.match(policy.parts.who.short, /webpulse\.kz/)
    assert.equal(labelled(policy, 'who', say('who.legal_name')).words, say('not_stated'))
  },
)
rule('R-WEBP-01: stored on servers in Kazakhstan', ({ policy }, say) => {
  assert.ok(policy.parts.transfer.short.includes(say('country.KZ')))
  assert.deepEqual(labelled(policy, 'transfer', say('transfer.stored')).clauses, ['1.¶6'])
})
rule('R-WEBP-02.1.1: three items, a pseudonym will do for the name', ({ policy }, say) => {
  const found = items(policy, 'data', '2.1.1')
  assert.deepEqual(
    found.map(({ marks }) => marks.includes(say('mark.pseudonym'))),
    [false, true, false],
  )
})
rule('R-WEBP-02.1.2: seven automatic items', ({ policy }) =>
  assert.equal(items(policy, 'data', '2.1.2').length, 7),
)
rule('R-WEBP-02.2: six bases, each purpose names its own', ({ policy }, say) => {
  for (let i = 1; i <= 6; i++) assert.ok(items(policy, 'why', '2.2.' + i).length >= 1)
  const requests = named(policy, 'why', say.of(byId(say.policy.purposes, 'state_requests').name))
  assert.ok(requests.text.includes(say('basis.law')))
})
rule('R-WEBP-02.3: no special or biometric data', ({ policy }) =>
  assert.equal(items(policy, 'data', '2.3').length, 1),
)
rule('R-WEBP-03.1a: four switches, the others information', (shown, say) => {
  assert.deepEqual(switchIds(shown.choices, 'purpose'), [
    'personalisation',
    'site_improvement',
    'statistics',
    'ad_targeting',
  ])
  for (const id of ['contract', 'state_requests', 'identification', 'requests_notices'])
    assert.ok(isInformation(shown, say, id), id)
})
rule('R-WEBP-03.1.2: requests of state bodies, no switch', (shown, say) => {
  assert.ok(isInformation(shown, say, 'state_requests'))
  assert.ok(recipient(shown.policy, say, 'state_bodies').marks.includes(say('mark.state_body')))
})
rule('R-WEBP-04.1a: the application form is no switch of the choices', ({ choices }) => {
  assert.equal(switchOf(choices, 'purpose', 'application'), undefined)
  assert.ok(choices.rows.some(({ id }) => id === 'application'))
})
rule('R-WEBP-04.4: five conditions, the anonymised one marked', ({ policy }, say) => {
  const ids = [
    'with_consent',
    'for_contract',
    'state_bodies',
    'rights_protection',
    'anonymised_statistics',
  ]
  ids.forEach((id, i) => {
    assert.deepEqual(recipient(policy, say, id).clauses, ['4.4.•' + (i + 1)])
    assert.equal(recipient(policy, say, id).marks.includes(say('mark.anonymised')), i === 4)
  })
})
rule('R-WEBP-05a: cross-border transfer is a switch of its own, off', ({ choices }) => {
  const transfer = switchOf(choices, 'transfer', 'cross_border')
  assert.equal(transfer.inputs[0].checked, false)
  assert.ok(transfer.clauses.includes('5.¶1'))
})
rule('R-WEBP-06: change by mail or phone; erasure and withdrawal not said', ({ policy }, say) => {
  const right = (id) =>
    named(policy, 'rights', say.of(say.policy.rights.find((one) => one.right === id).name))
  for (const link of ['mailto:sales@webpulse.kz', 'tel:+77078405161'])
    assert.ok(right('rectification').links.includes(link))
  for (const id of ['withdrawal', 'erasure']) assert.ok(right(id).text.includes(say('not_stated')))
})
rule('R-WEBP-07.1: functional, analytics, marketing from the uses of 7.1', ({ choices }) => {
  for (const id of ['functional', 'analytics', 'marketing'])
    assert.ok(switchOf(choices, 'category', id).clauses.includes('7.1'))
})
rule('R-WEBP-07.6: browser settings are an addition', ({ policy }, say) =>
  assert.equal(labelled(policy, 'cookies', say('browser.label')).note, say('browser.note')),
)
rule('R-WEBP-09: the link to policy.pdf and the fingerprint a receipt binds', ({ policy }) => {
  assert.ok(policy.parts.edition.links.includes('https://webpulse.kz/policy.pdf'))
  assert.match(policy.parts.edition.text, /sha256:[\w-]{43}/)
})
rule('R-WEBP-10.2: a claim first; the term is not said', ({ policy }, say) => {
  assert.ok(policy.parts.disputes.short.startsWith(say('disputes.claim_first')))
  assert.equal(labelled(policy, 'disputes', say('disputes.answer')).words, say('not_stated'))
})
rule('R-WEBP-11: mail and phone as links', ({ policy }) => {
  for (const link of ['mailto:sales@webpulse.kz', 'tel:+77078405161'])
    assert.ok(policy.parts.contact.links.includes(link))
})
