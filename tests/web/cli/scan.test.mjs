// kelisim scan of saved pages: hosts, tags, what the policy does not declare, and the draft. Browsers: tests/e2e/demo/scan.test.mjs.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import Ajv from 'ajv/dist/2020.js'
import { barePage } from '../../../web/cli/markup/bare.ts'
import { draftOf } from '../../../web/cli/draft.ts'
import { dist, readRepo, repo } from '../../support/dist.mjs'

const folder = mkdtempSync(join(tmpdir(), 'kelisim-scan-'))
after(() => rmSync(folder, { recursive: true }))
const POLICY = 'examples/policies/letoile.json'
const kelisim = (...words) =>
  spawnSync(process.execPath, [join(dist, 'node/cli.js'), ...words], {
    cwd: repo,
    encoding: 'utf8',
  })
const pages = join(folder, 'site')
mkdirSync(join(pages, 'assets'), { recursive: true })
const save = (name, text) => {
  writeFileSync(join(pages, name), text)
  return join(pages, name)
}
const index = save(
  'index.html',
  `<!doctype html><title>Дүкен</title>
<script src="/kelisim/kelisim.js" data-policy="/policy.json"></script>
<script>(function(d){var s=d.createElement('script');s.src='https://mc.yandex.ru/metrika/tag.js';d.head.append(s)})(document)</script>
<script type="text/plain" data-service="youtube" data-src="https://www.youtube.com/iframe_api"></script>
<img src="https://counter.yadro.ru/hit"><img src="https://stranger.example/1.png?visitor=7">
<a href="https://friends.example/">friends</a><script>var friends = 'https://friends.example/'</script>
`,
)
save('assets/shop.css', `@font-face { src: url(https://fonts.gstatic.com/f.woff2) }`)
save('assets/shop.js', `fetch('https://api.stranger.example/x'); load("https://vk.com/rtrg?p=1")`)
save('assets/kelisim.js', `"https://connect.facebook.net/"`)

test('scan of a folder lists hosts, tags and lines, and what the policy does not declare', () => {
  const { status, stdout } = kelisim('scan', pages, '--policy', POLICY, '--json')
  assert.equal(status, 1)
  const report = JSON.parse(stdout)
  const states = Object.fromEntries(
    report.hosts.map(({ host, state, service, named }) => [host, [state, service, named ?? false]]),
  )
  assert.deepEqual(states, {
    'mc.yandex.ru': ['declared', 'yandex-metrica', true],
    'www.youtube.com': ['declared', 'youtube', false],
    'counter.yadro.ru': ['catalogue', 'liveinternet', false],
    'stranger.example': ['undeclared', undefined, false],
    'fonts.gstatic.com': ['catalogue', 'google-fonts', false],
    'vk.com': ['declared', 'vk-pixel', true],
  })
  const [hit] = report.tags.filter(({ host }) => host === 'counter.yadro.ru')
  assert.deepEqual(
    [hit.file, hit.line, hit.column, hit.tag, hit.marked],
    [index, 5, 1, 'img', false],
  )
  assert.equal(report.tags.find(({ host }) => host === 'www.youtube.com').marked, true)
  assert.equal(report.undeclared, 3)
  assert.ok(!stdout.includes('visitor=7'), 'a query can be about a person')
})

test('scan without a policy asks the catalogue, and nothing is wrong', () => {
  const { status, stdout } = kelisim('scan', index)
  assert.equal(status, 0)
  assert.match(stdout, /CATALOGUE +mc\.yandex\.ru +yandex-metrica/)
  assert.match(stdout, /UNDECLARED +stranger\.example/)
  assert.match(stdout, /No policy was given/)
})

test('scan is content with a page whose third parties the policy declares', () => {
  const page = save('declared.html', '<iframe src="https://www.youtube.com/embed/x"></iframe>')
  const { status, stdout } = kelisim('scan', page, '--policy', POLICY)
  assert.equal(status, 0, stdout)
  assert.match(stdout, /Everything is declared/)
})

const validate = (() => {
  const schema = JSON.parse(readRepo('src/policy/policy.schema.json'))
  return new Ajv({ strict: false }).compile({ ...schema.properties.services, $defs: schema.$defs })
})()

test('scan --draft: the policy’s services with what was found, valid, and refused by check until a person has said the rest', () => {
  const { status, stdout, stderr } = kelisim('scan', pages, '--policy', POLICY, '--draft')
  assert.equal(status, 1)
  const services = JSON.parse(stdout)
  assert.ok(validate(services), JSON.stringify(validate.errors))
  const policy = JSON.parse(readRepo(POLICY))
  assert.deepEqual(services.slice(0, policy.services.length), policy.services)
  assert.deepEqual(services.slice(policy.services.length), [
    { id: 'google-fonts' },
    { id: 'liveinternet' },
    {
      id: 'stranger-example',
      name: 'stranger.example',
      gate: 'block',
      hosts: ['stranger.example'],
    },
  ])
  assert.match(
    stderr,
    /stranger-example: operator, operator_country and category are for you to say/,
  )

  cpSync(join(repo, 'examples/policies/letoile.text.json'), join(folder, 'letoile.text.json'))
  const file = join(folder, 'drafted.json')
  writeFileSync(file, JSON.stringify({ ...policy, services }))
  const open = kelisim('check', file)
  assert.equal(open.status, 1)
  assert.match(open.stdout, /service_unknown/)
  services.at(-1).operator = 'Stranger'
  services.at(-1).operator_country = 'KZ'
  services.at(-1).category = 'analytics'
  writeFileSync(file, JSON.stringify({ ...policy, services }))
  assert.equal(kelisim('check', file).status, 0)
  assert.equal(kelisim('scan', pages, '--policy', file).status, 0)
})

test('a draft parts names by whose they are, and gives ids that are free and allowed', () => {
  const stored = (kind, name, host, party, state = 'undeclared', more = {}) => ({
    kind,
    name,
    host,
    party,
    state,
    ...more,
  })
  const known = { fact: () => ({ name: 'GA', operator: 'Google', category: 'analytics' }) }
  const found = {
    tags: [],
    audit: [],
    hosts: [
      { host: 'a.b-c.example', state: 'undeclared', kinds: [] },
      { host: '[::1]', state: 'undeclared', kinds: [] },
    ],
    stored: [
      stored('cookie', 'mine', 'shop.kz', 'first', 'undeclared', { max_age_s: 60 }),
      stored('local', 'mine', 'shop.kz', 'first'),
      stored('database', 'shelf', 'shop.kz', 'first'),
      stored('cookie', 'theirs', 'a.b-c.example', 'third'),
      stored('cookie', '_ga', 'shop.kz', 'first', 'catalogue', { service: 'google-analytics' }),
    ],
  }
  const { services, open } = draftOf(found, [{ id: 'a-b-c-example' }], known)
  assert.ok(validate(services), JSON.stringify(validate.errors))
  const item = (type, name, party, max_age_s) => ({ type, name, match: 'exact', party, max_age_s })
  assert.deepEqual(services, [
    { id: 'a-b-c-example' },
    { id: 'google-analytics' },
    {
      ...{ id: 'a-b-c-example-2', name: 'a.b-c.example', gate: 'block', hosts: ['a.b-c.example'] },
      storage: [item('cookie', 'theirs', 'third', null)],
    },
    {
      ...{ id: 'own_storage', name: 'own_storage' },
      storage: [
        item('cookie', 'mine', 'first', 60),
        item('local', 'mine', 'first', null),
        item('local', 'shelf', 'first', null),
      ],
    },
  ])
  assert.ok(open.some((sentence) => sentence.startsWith('[::1]: not a name')))
})

for (const [title, page, bare] of [
  [
    'the two lines go',
    `<script src="/kelisim/kelisim.js" data-policy="/p.json"></script>\n<meta http-equiv="Content-Security-Policy" content="default-src 'self'"><!-- --><p>`,
    `\n<!-- --><p>`,
  ],
  [
    'an inline gate goes, a policy of the page’s own stays',
    `<script data-policy="/p.json">gate()</script><p><meta http-equiv="Content-Security-Policy" content="x">`,
    `<p><meta http-equiv="Content-Security-Policy" content="x">`,
  ],
  [
    'marked tags are in force',
    `<script type="text/plain" data-service="x" data-type="module" data-src="https://x.kz/a.js"></script><img data-kelisim-src='https://x.kz/b'>`,
    `<script  data-service="x" type="module" src="https://x.kz/a.js"></script><img src='https://x.kz/b'>`,
  ],
  [
    'a lazy image nobody marked stays lazy',
    `<img data-src="https://x.kz/a.png"><script type="text/plain">x</script>`,
    `<img data-src="https://x.kz/a.png"><script type="text/plain">x</script>`,
  ],
])
  test(`scan sees a page without Kelisim: ${title}`, () => assert.equal(barePage(page), bare))

for (const [words, why] of [
  [[], /an address, a folder or a page is needed/],
  [['/nowhere'], /no such file or folder/],
  [[index, '--wait', 'long'], /--wait is a number of seconds/],
  [
    ['http://127.0.0.1:1/', '--browser', '/nowhere/chromium'],
    /\/nowhere\/chromium: no such browser/,
  ],
  [['http://127.0.0.1:1/'], /127\.0\.0\.1:1\/: .*ERR_/],
])
  test(`kelisim scan ${words.join(' ').replaceAll(folder, 'DIR')}: exit code 2 and one clear sentence`, () => {
    const { status, stderr, stdout } = kelisim('scan', ...words)
    assert.equal(status, 2, stdout)
    assert.match(stderr, why)
    assert.equal(stdout, '')
  })

test('kelisim scan of an address without playwright-core says what to install', () => {
  // A copy of dist/ below a folder from where no package is found.
  const lonely = join(folder, 'lonely')
  cpSync(dist, lonely, { recursive: true })
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(lonely, 'node/cli.js'), 'scan', 'http://127.0.0.1:1/'],
    { cwd: lonely, encoding: 'utf8' },
  )
  assert.equal(status, 2)
  assert.match(stderr, /npm install --save-dev playwright-core/)
})
