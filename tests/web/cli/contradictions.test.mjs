// `kelisim verify` of bodies that were signed as they should be and contradict themselves: one receipt a rule.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dist, repo } from '../../support/dist.mjs'
import { Visitor } from '../../support/shop-receipts.mjs'

/** What is changed in the body of a refusal of everything, and what is said against it. */
const rules = [
  [
    'a refusal that grants',
    (body) => (body.event[0].event_state = 'given'),
    'receipt_',
    '/body/event/0/purpose_ids/0',
  ],
  [
    'a refusal of everything with something given',
    (body) => give(body, 'service'),
    'receipt_action',
    '/body/evidence/action',
  ],
  [
    'a withdrawal of everything with something given',
    (body) => ((body.evidence.action = 'withdraw_all'), give(body, 'service')),
    'receipt_action',
    '/body/evidence/action',
  ],
  [
    'a grant of everything with something refused',
    (body) => (body.evidence.action = 'grant_all'),
    'receipt_action',
    '/body/evidence/action',
  ],
  [
    'a category that stands otherwise than its purposes',
    (body) => (body.categories.analytics = 'granted'),
    'receipt_event_after',
  ],
  [
    'a transfer that stands otherwise than its event',
    (body) => (body.transfers.cross_border = 'granted'),
    'receipt_event_after',
  ],
  ['a purpose nobody decided', (body) => body.event[0].purpose_ids.pop(), 'receipt_event_none'],
  [
    'a consent of 999 years',
    (body) => (body.event[0].validity_duration = 'P999Y'),
    'receipt_pattern',
    '/body/event/0/validity_duration',
  ],
  [
    'a consent_term of 99 years',
    (body) => (body.kz.consent_term = 'P99Y'),
    'receipt_pattern',
    '/body/kz/consent_term',
  ],
  [
    'a withdrawal_method that runs',
    (body) => (body.pii_processing.purposes[0].withdrawal_method = 'javascript:alert(1)'),
    'receipt_pattern',
    '/body/pii_processing/purposes/0/withdrawal_method',
  ],
  [
    'an address of the notice that runs',
    (body) => (body.pii_processing.privacy_notice.url = 'javascript:alert(1)'),
    'receipt_pattern',
    '/body/pii_processing/privacy_notice/url',
  ],
  [
    'an address of a party that runs',
    (body) => (body.party_identification[0].party_url = 'javascript:alert(1)'),
    'receipt_pattern',
    '/body/party_identification/0/party_url',
  ],
  [
    'an origin with a path',
    (body) => (body.evidence.origin += '/path'),
    'receipt_pattern',
    '/body/evidence/origin',
  ],
  [
    'the 31st of February',
    (body) => (body.event[0].event_time = '2026-02-31T10:00:00Z'),
    'receipt_pattern',
    '/body/event/0/event_time',
  ],
  [
    'a mail address in a member of one’s own',
    (body) => (body.evidence.who = 'me@mail.kz'),
    'receipt_contact',
    '/body/evidence/who',
  ],
  [
    'a telephone number in a member of one’s own',
    (body) => (body.later = { call: '+7 (701) 123-45-67' }),
    'receipt_contact',
    '/body/later/call',
  ],
  [
    'twelve digits in a member of one’s own',
    (body) => (body.kz.other = '901231300123'),
    'receipt_twelve_digits',
    '/body/kz/other',
  ],
]

/** One service of a refused purpose is given. */
function give(body, scope) {
  const entry = structuredClone(body.pii_processing.purposes[0])
  entry.purpose_id = scope + ':metrica'
  body.pii_processing.purposes.push(entry)
  body.event.push({ ...body.event[0], event_state: 'given', purpose_ids: [entry.purpose_id] })
}

const folder = mkdtempSync(join(tmpdir(), 'kelisim-contradictions-'))
after(() => rmSync(folder, { recursive: true }))

let told
before(async () => {
  const visitor = await Visitor.of('letoile')
  await visitor.act({ action: 'refuse_all' })
  const [head, payload] = visitor.jws[0].split('.')
  const resigned = async (change) => {
    const body = JSON.parse(Buffer.from(payload, 'base64url'))
    change(body)
    const { text } = visitor.kelisim.canonical(body)
    const input = `${head}.${Buffer.from(text).toString('base64url')}`
    return `${input}.${await visitor.signer.sign(input)}`
  }
  const receipts = await Promise.all(
    [['sound', () => {}], ...rules].map(([, change]) => resigned(change)),
  )
  const file = join(folder, 'receipts.jws')
  writeFileSync(file, receipts.join('\n'))
  try {
    execFileSync(process.execPath, [join(dist, 'node/cli.js'), 'verify', file, '--json'], {
      cwd: repo,
      stdio: 'pipe',
    })
    assert.fail('exit code 0')
  } catch ({ status, stdout }) {
    assert.equal(status, 1)
    told = JSON.parse(stdout).receipts
  }
})

test('kelisim verify: the same body, not changed, is sound', () => assert.equal(told[0].ok, true))
for (const [i, [title, , code, path = '']] of rules.entries())
  test(`kelisim verify refuses ${title}`, () => {
    const { ok, code: said, message } = told[i + 1]
    assert.equal(ok, false)
    assert.ok(said.startsWith(code), said)
    assert.ok(message.startsWith(path), message)
  })
