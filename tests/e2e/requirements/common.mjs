// Requirements that hold in every shop: R-ALL, in the widget of the demo.
import assert from 'node:assert/strict'
import { labelled } from '../../support/shown.mjs'

const LINES = 'who why data whom term rights cookies contact edition'.split(' ')

export function commonRules(rule) {
  rule(
    'R-ALL-02: use taken as consent is a finding of the text, never the person’s act',
    (shown, say) => {
      for (const finding of say.policy.findings.filter(({ code }) => code === 'use-is-consent')) {
        const node = shown.policy.parts.findings.items.find(({ id }) => id === 'use-is-consent')
        assert.ok(node.text.includes(say.of(finding.text)))
        for (const quote of finding.quotes) assert.ok(node.text.includes(quote.text))
        assert.ok(node.clauses.length > 0)
      }
      assert.ok(
        !/finding/.test(
          [...shown.notice.switches, ...shown.choices.rows].map(({ kind }) => kind).join(),
        ),
      )
    },
  )
  rule(
    'R-ALL-03: three answers on the first layer, equal in size and contrast; everything optional starts off',
    (shown) => {
      const { answers } = shown.notice
      assert.deepEqual(
        answers.map(({ part }) => part),
        ['grant-all', 'refuse-all', 'choose'],
      )
      assert.equal(new Set(answers.map(({ box }) => box)).size, 1, JSON.stringify(answers))
      for (const one of shown.choices.switches)
        for (const { checked, disabled } of one.inputs) assert.equal(checked, disabled, one.text)
    },
  )
  rule(
    'R-ALL-04: withdrawing everything is one action in the choices, the policy and the rights',
    (shown) => {
      for (const layer of ['choices', 'policy', 'rights'])
        assert.ok(
          shown[layer].buttons.some(({ action }) => action === 'withdraw_all'),
          layer,
        )
    },
  )
  rule(
    'R-ALL-08: a line for each question, each with its clause, which opens the full text',
    (shown) => {
      for (const id of LINES) {
        const line = shown.policy.parts[id]
        assert.ok(line, id)
        assert.ok(line.clauses.length > 0 || line.silent > 0 || id === 'edition', id)
      }
      assert.ok(shown.full.clauseIds.length > 20)
    },
  )
  rule('R-ALL-09: where the policy is silent, the summary says so', (shown, say) => {
    for (const [id, line] of Object.entries(shown.policy.parts))
      if (line.silent) assert.ok(line.text.includes(say('not_stated')), id)
    assert.ok(Object.values(shown.policy.parts).some(({ silent }) => silent > 0))
  })
  rule(
    'R-ALL-10: what rests on contract or law has no switch; each consent has its own',
    (shown, say) => {
      const switched = shown.choices.switches
        .filter(({ scope }) => scope === 'purpose')
        .map(({ id }) => id)
      for (const { id, basis, category } of say.policy.purposes) {
        const kind = JSON.stringify(basis)
        if (switched.includes(id)) assert.ok(!/"(contract|law)"/.test(kind), id)
        if (category === 'necessary') assert.ok(!switched.includes(id), id)
      }
      assert.equal(new Set(switched).size, switched.length)
    },
  )
  rule(
    'R-ALL-12: the interface speaks the language, the text stays as it is and its language is named',
    (shown, say) => {
      assert.ok(shown.policy.text.includes(say('policy.title')))
      if (say.lang === 'ru') return
      assert.ok(shown.full.text.includes(say('lang.' + say.policy.language)))
    },
  )
  rule('R-ALL-14: the browser’s own settings are mentioned as an addition', (shown, say) => {
    const browser = labelled(shown.policy, 'cookies', say('browser.label'))
    if (browser) assert.equal(browser.note, say('browser.note'))
  })
}
