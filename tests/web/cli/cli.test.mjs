import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dist, fromDist, readRepo, repo } from '../../support/dist.mjs'

const folder = mkdtempSync(join(tmpdir(), 'kelisim-cli-'))
after(() => rmSync(folder, { recursive: true }))
const file = (name, text) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

function kelisim(words, input = '') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(dist, 'node/cli.js'), ...words],
    {
      cwd: repo,
      input,
      encoding: 'utf8',
    },
  )
  return { status, stdout, stderr }
}

let a
let b
let face
before(async () => {
  const { createSigner, loadEngine } = await import(fromDist('node/index.js'))
  const engine = await loadEngine()
  engine.loadPolicy(readRepo('tests/vectors/policy.json'))
  engine.restore(null)
  const signer = await createSigner()
  const host = { ...signer, origin: 'https://shop.example' }
  const first = engine.act({ action: 'grant_all', lang: 'ru' })
  const made = await engine.buildReceipt({ ...host, draft: first.receipt }, signer.sign)
  const second = engine.act({ action: 'withdraw_all', source: 'api', lang: 'ru' })
  a = made.jws
  face = made.face
  b = (await engine.buildReceipt({ ...host, draft: second.receipt, previous: a }, signer.sign)).jws
})

for (const [words, why] of [
  [[], /no command/],
  [['grant'], /unknown command "grant"/],
  [['check'], /one policy is needed/],
  [['check', 'a.json', 'b.json'], /one policy is needed/],
  [['check', '--loud', 'a.json'], /unknown option "--loud"/],
  [['check', '/nowhere/policy.json'], /no such file/],
  [['check', '.'], /\.: a folder, not a file/],
  [['split', 'text.md'], /one text and --out are needed/],
  [['verify'], /a file with receipts is needed/],
  [['verify', '/nowhere/r.jws'], /no such file/],
  [['verify', '--strict', 'r.jws'], /unknown option "--strict"/],
])
  test(`kelisim ${words.join(' ')}: exit code 2 and one clear sentence`, () => {
    const { status, stderr, stdout } = kelisim(words)
    assert.equal(status, 2)
    assert.match(stderr, why)
    assert.match(stderr, /kelisim help/)
    assert.equal(stdout, '')
    assert.doesNotMatch(stderr, /at .*\.js/)
  })

test('kelisim help names every command; --version the version', () => {
  const { status, stdout } = kelisim(['help'])
  assert.equal(status, 0)
  for (const word of ['check', 'scan', 'mark', 'verify', '--strict', '--json', 'Exit code'])
    assert.ok(stdout.includes(word), word)
  assert.match(kelisim(['--version']).stdout, /^\d+\.\d+\.\d+\n$/)
})

for (const name of ['alma-chocolates', 'aster', 'webpulse', 'allur', 'letoile'])
  test(`kelisim check examples/policies/${name}.json: a true policy passes, and not --strict`, () => {
    const path = `examples/policies/${name}.json`
    const { status, stdout } = kelisim(['check', path])
    assert.equal(status, 0, stdout)
    assert.match(stdout, /high {3}/)
    assert.match(stdout, /0 errors, \d+ findings \(\d+ high, \d+ of them not stated\)/)
    assert.match(stdout, /high {4}not-stated {2}\/rights\/\d+\/term/)
    const strict = kelisim(['check', '--strict', '--json', path])
    assert.equal(strict.status, 1)
    const report = JSON.parse(strict.stdout)
    assert.deepEqual(
      [report.ok, report.policy, report.text, report.errors],
      [false, name, 'matches', []],
    )
    const silent = report.findings.filter(({ code }) => code === 'not-stated')
    assert.ok(silent.length > 0 && silent.every(({ severity }) => severity === 'high'))
    assert.deepEqual(
      silent.map(({ path }) => path),
      report.not_stated,
    )
  })

test('kelisim check lists every error with its path', () => {
  const policy = JSON.parse(readRepo('tests/vectors/policy.json'))
  delete policy.operator.country
  policy.purposes[1].basis = 'whim'
  const path = file('broken.json', JSON.stringify(policy))
  const { status, stdout } = kelisim(['check', path])
  assert.equal(status, 1)
  assert.match(stdout, /refused/)
  assert.match(stdout, /\/operator\/country/)
  assert.match(stdout, /\/purposes\/1\/basis/)
  assert.ok(JSON.parse(kelisim(['check', '--json', path]).stdout).errors.length > 1)
})

for (const [title, text, why] of [
  ['no JSON', 'hello', /\(document\) {2}json_syntax: .*line 1, column 1$/m],
  [
    'JSON that breaks off, with line and column',
    '{\n  "name": "жоқ",\n  "x": ,\n}',
    /json_syntax: not JSON at byte \d+, line 3, column \d$/m,
  ],
  ['another version', '{"format":"kelisim-policy-9"}', /\/format {2}policy_version: /],
  ['another kind of document', '{"format":"kelisim-receipt-1"}', /\/format {2}policy_format: /],
  ['an empty file', '', /\(document\)/],
])
  test(`kelisim check refuses ${title} with exit code 1`, () => {
    const { status, stdout } = kelisim(['check', file('x.json', text)])
    assert.equal(status, 1)
    assert.match(stdout, why)
  })

test('kelisim check lists unknown services with the other errors', () => {
  const policy = JSON.parse(readRepo('tests/vectors/policy.json'))
  delete policy.operator.country
  policy.services.push({ id: 'nobody-knows' })
  const { stdout } = kelisim(['check', file('unknown.json', JSON.stringify(policy))])
  assert.match(stdout, /\/operator\/country/)
  assert.match(stdout, /service_unknown: "nobody-knows"/)
})

// A receipt used to write a line of its own, "all good", over the one that was about it.
const nasty = 'x\u001b[2K\r\nok all good\u202egnp\u200b\u0085\u2028'
const bad = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/

test('what a policy says cannot move the cursor, begin a line or turn the writing round', () => {
  const policy = JSON.parse(readRepo('tests/vectors/policy.json'))
  policy.edition.label = nasty
  policy.purposes[1].basis = nasty
  for (const words of [['check'], ['check', '--json']]) {
    const { stdout } = kelisim([...words, file('nasty.json', JSON.stringify(policy))])
    assert.doesNotMatch(stdout, bad)
    assert.doesNotMatch(stdout, /^ok all good/m)
  }
  delete policy.purposes[1]
  policy.purposes = policy.purposes.filter(Boolean)
  assert.doesNotMatch(
    kelisim(['check', file('nasty.json', JSON.stringify(policy))]).stdout,
    /^ok all good/m,
  )
})

test('what a receipt or a file name says cannot either', () => {
  const path = file('nasty.jws', `${nasty.replace(/\s/g, '')}\n${a}\n`)
  for (const words of [
    ['verify', path],
    ['verify', '--json', path],
    ['verify', nasty],
  ]) {
    const { stdout, stderr } = kelisim(words)
    assert.doesNotMatch(stdout + stderr, bad)
    assert.doesNotMatch(stdout + stderr, /^ok all good/m)
  }
})

test('kelisim check compares the text beside the policy: another text is an error, a missing one is said', () => {
  const path = file('policy.json', readRepo('tests/vectors/policy.json'))
  assert.match(kelisim(['check', path]).stdout, /not beside the policy/)
  const text = JSON.parse(readRepo('tests/vectors/policy.text.json'))
  const [first] = Object.keys(text.clauses)
  text.clauses[first] += ' и ещё'
  file('policy.text.json', JSON.stringify(text))
  const { status, stdout } = kelisim(['check', path])
  assert.equal(status, 1)
  assert.match(stdout, /text_hash/)
})

for (const [title, make] of [
  ['one compact JWS per line', () => `${a}\n\n${b}\r\n`],
  ['{"receipts":[…]}', () => JSON.stringify({ kelisim: 1, receipts: [a, b] })],
  ['a list in another order', () => JSON.stringify([b, a])],
  ['faces and JWS mixed', () => JSON.stringify({ receipts: [face, b] })],
])
  test(`kelisim verify takes ${title}`, () => {
    const { status, stdout } = kelisim(['verify', file('receipts', make())])
    assert.equal(status, 0, stdout)
    assert.match(stdout, /2 receipts: 0 bad; 1 chain: 0 broken/)
    assert.match(stdout, /grant_all/)
  })

test('kelisim verify puts several files together, the same receipt in two of them once', () => {
  const { status, stdout } = kelisim(['verify', file('1.jws', a), file('2.jws', `${a}\n${b}`)])
  assert.equal(status, 0, stdout)
  assert.match(stdout, /2 receipts, whole/)
})

test('kelisim verify reads standard input', () =>
  assert.equal(kelisim(['verify', '-'], `${a}\n${b}\n`).status, 0))

for (const [title, make, line] of [
  [
    'a forged signature',
    () => `${a}\n${b.slice(0, -10)}${b.at(-10) === 'A' ? 'B' : 'A'}${b.slice(-9)}`,
    /BAD .*:2 {2}receipt_forged/,
  ],
  ['a missing beginning', () => b, /BROKEN .*\n.*chain_start/],
  ['a line that is no receipt', () => `${a}\nhello`, /BAD .*:2 {2}receipt_parts/],
])
  test(`kelisim verify finds ${title}: exit code 1, and where`, () => {
    const path = file('bad.jws', make())
    const { status, stdout } = kelisim(['verify', path])
    assert.equal(status, 1)
    assert.match(stdout, line)
    assert.equal(JSON.parse(kelisim(['verify', '--json', path]).stdout).ok, false)
  })

for (const [title, text] of [
  ['nothing in it', '\n\n'],
  ['broken JSON', '{"receipts":['],
])
  test(`kelisim verify says so when a file has ${title}: exit code 2`, () =>
    assert.equal(kelisim(['verify', file('none', text)]).status, 2))

test('a reader that has had enough ends the command quietly', () => {
  const cli = join(dist, 'node/cli.js')
  const { stdout, stderr } = spawnSync(
    'sh',
    ['-c', '"$0" "$1" check examples/policies/letoile.json | head -1', process.execPath, cli],
    { cwd: repo, encoding: 'utf8' },
  )
  assert.match(stdout, /^examples/)
  assert.equal(stderr, '')
})

test('kelisim COMMAND --help says how all of them are used, and does nothing', () => {
  for (const words of [['check', '--help'], ['build', 'a.json', '-h'], ['help']]) {
    const { status, stdout } = kelisim(words)
    assert.equal(status, 0)
    assert.match(stdout, /kelisim check POLICY.json/)
  }
})

test('kelisim check: a policy whose receipts would be over 32 KiB is refused, in the language it is', () => {
  const policy = JSON.parse(readRepo('examples/policies/letoile.json'))
  const { services } = JSON.parse(readRepo('dist/catalogue.json'))
  const known = new Set(policy.services.map(({ id }) => id))
  for (const id of Object.keys(services)) if (!known.has(id)) policy.services.push({ id })
  const path = file('large.json', JSON.stringify(policy))
  const { status, stdout } = kelisim(['check', path])
  assert.equal(status, 1)
  assert.match(stdout, /receipt_size: a receipt in kk: /)
})
