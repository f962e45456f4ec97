// `kelisim scan` of the demo's shops: what their pages ask for without Kelisim in the way, and what the policy does not declare.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from 'node:http'
import { after, before, test } from 'node:test'
import { startDemo } from '../../../tools/start.mjs'
import { dist, readRepo } from '../../support/dist.mjs'

const folder = mkdtempSync(join(tmpdir(), 'kelisim-scan-'))
let demo
before(async () => {
  demo = await startDemo({ port: 0, receiverPort: 0, data: join(folder, 'receipts.sqlite') })
})
after(async () => {
  await demo.close()
  rmSync(folder, { recursive: true })
})

const kelisim = (...words) =>
  new Promise((done) =>
    execFile(process.execPath, [join(dist, 'node/cli.js'), ...words], (error, stdout, stderr) =>
      done({ status: error?.code ?? 0, stdout, stderr }),
    ),
  )

test('scan finds the third parties of a shop, and the counter that nobody declares', async () => {
  const { url } = demo.shop.shops[0]
  const port = new URL(url).port
  const path = join(folder, 'policy.json')
  writeFileSync(path, await (await fetch(`http://127.0.0.1:${port}/kelisim/policy.json`)).text())
  demo.shop.log.clear('127.0.0.1')
  const { status, stdout, stderr } = await kelisim(
    ...['scan', `http://127.0.0.1:${port}/`, '--policy', path, '--wait', '1.5', '--json'],
  )
  assert.equal(status, 1, stderr)
  const report = JSON.parse(stdout)
  assert.equal(report.ok, false)
  const arrived = new Set(demo.shop.log.of('127.0.0.1').map(({ host }) => `${host}.localhost`))
  const requested = report.hosts.filter(({ requests }) => requests > 0)
  for (const host of arrived)
    assert.ok(
      requested.some((one) => one.host === host),
      host,
    )
  const open = report.hosts.filter(({ state }) => state === 'undeclared')
  assert.deepEqual(
    open.map(({ host }) => host),
    ['counter.yadro.ru.localhost'],
  )
  for (const service of ['yandex-metrica', 'google-analytics', 'meta-pixel'])
    assert.ok(
      report.hosts.some((one) => one.service === service && one.state === 'declared'),
      service,
    )
  const cookie = (name) => report.stored.find((one) => one.name === name)
  assert.equal(cookie('_ga').service, 'google-analytics')
  assert.equal(cookie('_ga').party, 'first')
  assert.equal(cookie('fr').party, 'third')
  assert.equal(cookie('fr').service, 'meta-pixel')
  assert.equal(report.stored.filter(({ state }) => state === 'undeclared').length, 0)
  assert.deepEqual(report.audit, [])
})

test('scan --draft has what was found, valid against the schema, and leaves open what it cannot know', async () => {
  const address = `http://127.0.0.1:${demo.shop.port}/`
  const { status, stdout, stderr } = await kelisim('scan', address, '--draft', '--wait=1')
  assert.equal(status, 0)
  const services = JSON.parse(stdout)
  const { default: Ajv } = await import('ajv/dist/2020.js')
  const schema = JSON.parse(readRepo('src/policy/policy.schema.json'))
  const ajv = new Ajv({ strict: false })
  const validate = ajv.compile({ ...schema.properties.services, $defs: schema.$defs })
  assert.ok(validate(services), JSON.stringify(validate.errors))
  const counter = services.find(({ id }) => id === 'counter-yadro-ru-localhost')
  assert.deepEqual(counter.hosts, ['counter.yadro.ru.localhost'])
  assert.equal(counter.category, undefined)
  assert.match(stderr, /counter-yadro-ru-localhost: operator, operator_country and category/)
  // Names in storage are the real ones, so the catalogue knows them.
  assert.ok(services.some(({ id }) => id === 'yandex-metrica'))
})

test('scan lists what page code cannot stop: HttpOnly and server cookies, redirects, Link headers, report addresses', async (t) => {
  const server = createServer((request, response) => {
    const port = server.address().port
    const third = `http://third.localhost:${port}`
    if (request.url === '/out') return response.writeHead(302, { location: `${third}/x.png` }).end()
    if (request.url !== '/') return response.writeHead(204).end()
    response.writeHead(200, {
      'content-type': 'text/html',
      'set-cookie': ['sid=1; HttpOnly', 'plain=1'],
      link: `<${third}/font.css>; rel=preload; as=style, </own.css>; rel=preload; as=style`,
      'content-security-policy-report-only': `default-src 'self'; report-uri ${third}/csp`,
    })
    response.end(
      '<!doctype html><title>x</title><img src="/out"><script>localStorage.mine = 1</script>',
    )
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  const address = `http://127.0.0.1:${server.address().port}/`
  const policy = join(folder, 'fixture.json')
  writeFileSync(policy, readRepo('tests/vectors/policy.json'))
  const words = ['scan', address, '--wait=0.5', '--policy', policy]
  const { status, stdout } = await kelisim(...words, '--json')
  assert.equal(status, 1)
  const report = JSON.parse(stdout)
  const codes = report.audit.map(
    ({ code, name, url }) => `${code} ${name ?? new URL(url).pathname}`,
  )
  assert.deepEqual(codes.sort(), [
    'http_only_cookie sid',
    'link_header /font.css',
    'own_redirect /x.png',
    'report_address /csp',
    'server_cookie plain',
    'server_cookie sid',
  ])
  const stored = Object.fromEntries(report.stored.map(({ name, state }) => [name, state]))
  assert.deepEqual(stored, { sid: 'necessary', plain: 'undeclared', mine: 'undeclared' })
  const text = await kelisim(...words)
  assert.match(text.stdout, /Beyond page code/)
  assert.match(text.stdout, /UNDECLARED {2}link_header {2}127\.0\.0\.1 names it in a Link header/)
})
