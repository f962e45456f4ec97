// kelisim init and build: what is printed and written is all a page needs.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dist, repo } from '../../support/dist.mjs'

const out = mkdtempSync(join(tmpdir(), 'kelisim-build-'))
after(() => rmSync(out, { recursive: true }))
const kelisim = (...words) =>
  spawnSync(process.execPath, [join(dist, 'node/cli.js'), ...words], {
    cwd: repo,
    encoding: 'utf8',
  })
const read = (name) => readFileSync(join(out, name), 'utf8')
const POLICY = 'examples/policies/letoile.json'
const ARABIC = 'tests/support/locales/ar.json'
let printed
before(() => (printed = kelisim('build', POLICY, '--out', out, '--endpoint', '/receipts')))

test('init prints the two lines with edition, endpoint and the hosts that are necessary', () => {
  const { status, stdout } = kelisim('init', POLICY, '--endpoint=/receipts')
  assert.equal(status, 0)
  const [first, second] = stdout.split('\n')
  assert.match(
    first,
    /^<script src="\/kelisim\/kelisim\.js" .*data-edition="[\w-]{43}" data-endpoint="\/receipts"><\/script>$/,
  )
  assert.match(
    second,
    /^<meta http-equiv="Content-Security-Policy" content="default-src [^"]*epay\.homebank\.kz[^"]*"><!-- -->$/,
  )
})

test('build writes every file a page asks for, and the printed hashes are those of what it wrote', () => {
  assert.equal(printed.status, 0, printed.stdout + printed.stderr)
  for (const name of 'kelisim.js kelisim-shell.js kelisim-keep.js kelisim-engine.js kelisim-engine.wasm kelisim-engine.plain.js policy.json letoile.text.json catalogue.json locales/kk.json head.html body.kk.html body.ru.html body.en.html'.split(
    ' ',
  ))
    assert.ok(existsSync(join(out, name)), name)
  const { csp, integrity } = JSON.parse(read('install.json'))
  const [, script] = /<script [^>]*>([^]*?)<\/script>/.exec(read('head.html'))
  const [, style] = /<style>([^]*?)<\/style>/.exec(read('body.ru.html'))
  const hash = (type, text) => `${type}-${createHash(type).update(text).digest('base64')}`
  assert.ok(csp['script-src'].includes(hash('sha256', script)))
  assert.ok(csp['style-src'].includes(hash('sha256', style)))
  assert.equal(integrity['kelisim.js'], hash('sha384', readFileSync(join(out, 'kelisim.js'))))
  assert.ok(printed.stdout.includes(csp['style-src']))
})

test('an inline gate cannot end or nest its script', () =>
  assert.doesNotMatch(
    /<script [^>]*>([^]*?)<\/script>\n<meta/.exec(read('head.html'))[1],
    /<!--|<\/?script/i,
  ))

test('editions holds the text and every layer, each named by its hash', () => {
  const { edition } = JSON.parse(read('install.json'))
  const names = readdirSync(join(out, 'editions'))
  for (const name of names)
    assert.equal(JSON.parse(read('editions/' + name)).sha256 + '.json', name)
  assert.ok(names.includes(edition + '.json'))
  assert.ok(names.length > 40)
})

test('kelisim build takes a language from a file: its layer, its locale, its editions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-'))
  const { status, stdout } = kelisim('build', POLICY, '--out', folder, '--lang', `ru,${ARABIC}`)
  assert.equal(status, 0, stdout)
  const file = (name) => readFileSync(join(folder, name), 'utf8')
  assert.match(file('body.ar.html'), /<kelisim-widget lang="ar" dir="rtl"/)
  assert.match(file('body.ar.html'), /<section class="layer"[^>]* lang="ar" dir="rtl"/)
  assert.equal(JSON.parse(file('locales/ar.json')).lang, 'ar')
  assert.match(file('kelisim.js'), /"ar":\["/)
  const shown = readdirSync(join(folder, 'editions'))
    .map((name) => JSON.parse(file('editions/' + name)))
    .filter(({ kind, value }) => kind === 'view' && value.lang === 'ar')
  assert.ok(shown.length >= 5)
  rmSync(folder, { recursive: true })
})

test('kelisim build refuses a language that lacks a sentence, and names it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-'))
  const locale = JSON.parse(readFileSync(ARABIC, 'utf8'))
  delete locale.strings['notice.title']
  const file = join(folder, 'ar.json')
  writeFileSync(file, JSON.stringify(locale))
  const { status, stderr } = kelisim('build', POLICY, '--out', folder, '--lang', file)
  assert.equal(status, 2)
  assert.match(stderr, /lacks notice\.title/)
  writeFileSync(file, JSON.stringify({ ...locale, plural: { few: 'n>2' } }))
  assert.match(kelisim('build', POLICY, '--out', folder, '--lang', file).stderr, /ar\.json.*plural/)
  rmSync(folder, { recursive: true })
})

for (const [words, why] of [
  [['build', POLICY], /--out/],
  [['build', POLICY, '--out'], /takes a value/],
  [['build', POLICY, '--out', out, '--lang', 'de'], /no language "de"/],
  [['build', POLICY, '--out', out, '--layout', 'popup'], /--layout is one of/],
  [['init', 'a', 'b'], /at most one policy/],
])
  test(`kelisim ${words.join(' ').replace(out, 'DIR')}: exit code 2 and one clear sentence`, () => {
    const { status, stderr } = kelisim(...words)
    assert.equal(status, 2)
    assert.match(stderr, why)
  })

test('a policy with errors is refused whole: every error, exit code 1, nothing to paste', () => {
  const { status, stdout } = kelisim('build', 'package.json', '--out', join(out, 'never'))
  assert.equal(status, 1)
  assert.match(stdout, /error .*policy_|error .*\/format/)
  assert.ok(!existsSync(join(out, 'never')))
})
