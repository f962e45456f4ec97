// `kelisim editions` and `kelisim verify` over folders, a receiver's address, texts and acknowledgements.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { dist, repo } from '../../support/dist.mjs'
import { shopOrigin, Visitor } from '../../support/shop-receipts.mjs'
import { Device, receiverFor } from '../receiver/receipts.mjs'

const folder = mkdtempSync(join(tmpdir(), 'kelisim-verify-'))
after(() => rmSync(folder, { recursive: true }))
const path = (...parts) => join(folder, ...parts)

const kelisim = (words, env = {}) =>
  new Promise((resolve) =>
    execFile(
      process.execPath,
      [join(dist, 'node/cli.js'), ...words],
      { cwd: repo, env: { ...process.env, ...env } },
      (error, stdout, stderr) => resolve({ status: error?.code ?? 0, stdout, stderr }),
    ),
  )
const report = async (words, env) => {
  const { status, stdout } = await kelisim([...words, '--json'], env)
  return { status, ...JSON.parse(stdout) }
}

let visitor
let other
before(async () => {
  visitor = await Visitor.of('letoile', { lang: 'kk' })
  await visitor.act({ action: 'grant_all' })
  await visitor.save(['category', 'analytics', true])
  await visitor.act({ action: 'withdraw_all', source: 'api' })
  other = await Visitor.of('letoile', { lang: 'ru' })
  await other.act({ action: 'refuse_all' })
  mkdirSync(path('receipts', 'deeper'), { recursive: true })
  writeFileSync(path('receipts', 'a.jws'), visitor.jws.join('\n') + '\n')
  writeFileSync(path('receipts', 'deeper', 'b.json'), JSON.stringify(other.jws))
  writeFileSync(path('receipts', 'notes.txt'), 'not looked at')
  const made = await kelisim([
    'editions',
    'examples/policies/letoile.json',
    '--out',
    path('editions'),
  ])
  assert.equal(made.status, 0, made.stderr)
})

test('kelisim editions writes the policy’s text, the document and every layer in three languages, each named by its hash', async () => {
  const files = readdirSync(path('editions'))
  assert.ok(files.every((name) => /^[\w-]{43}\.json$/.test(name)))
  const editions = files.map((name) => JSON.parse(readFileSync(path('editions', name), 'utf8')))
  const kinds = Object.groupBy(editions, ({ kind }) => kind)
  assert.deepEqual([kinds.text.length, kinds.config.length], [1, 1])
  for (const lang of ['kk', 'ru', 'en'])
    for (const layer of ['notice', 'choices', 'policy', 'rights'])
      assert.ok(
        kinds.view.some(({ value }) => value.lang === lang && value.layer === layer),
        `${lang} ${layer}`,
      )
})

test('kelisim verify reads folders, and finds every text behind the hashes', async () => {
  const { status, ok, receipts, records, texts } = await report([
    'verify',
    path('receipts'),
    '--editions',
    path('editions'),
  ])
  assert.deepEqual([status, ok, receipts.length], [0, true, 4])
  assert.deepEqual(records.map((record) => record.receipts).sort(), [1, 3])
  assert.deepEqual(new Set(texts.map(({ kind }) => kind)), new Set(['policy', 'config', 'shown']))
  assert.ok(
    texts.every(({ state }) => state === 'found'),
    JSON.stringify(texts),
  )
})

test('a text that is missing and one that was changed are told: exit code 1', async () => {
  cpSync(path('editions'), path('spoiled'), { recursive: true })
  const { texts } = await report(['verify', path('receipts'), '--editions', path('editions')])
  const of = (kind) => path('spoiled', texts.find((text) => text.kind === kind).sha256 + '.json')
  rmSync(of('config'))
  const spoil = (file, from, to) =>
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to))
  spoil(of('shown'), 'Letoile', 'Letoilе')
  const shown = JSON.parse(readFileSync(of('shown'), 'utf8'))
  shown.value.title += '!'
  writeFileSync(of('shown'), JSON.stringify(shown))
  const text = JSON.parse(readFileSync(of('policy'), 'utf8'))
  const [first] = Object.keys(text.value.text.clauses)
  text.value.text.clauses[first] += ' '
  writeFileSync(of('policy'), JSON.stringify(text))
  const spoiled = await report(['verify', path('receipts'), '--editions', path('spoiled')])
  assert.equal(spoiled.status, 1)
  const states = Object.groupBy(spoiled.texts, ({ state }) => state)
  assert.equal(states.missing.length, 1)
  assert.equal(states.differs.length, 2)
  const { stdout } = await kelisim(['verify', path('receipts'), '--editions', path('spoiled')])
  assert.match(stdout, /^TEXT .*: missing$/m)
  assert.match(stdout, /^TEXT .*: differs$/m)
  const both = ['--editions', path('nowhere'), '--editions', path('editions')]
  assert.equal((await report(['verify', path('receipts'), ...both])).status, 0)
})

test('gaps and forks are told with the record they are in: exit code 1', async () => {
  const [first, second, third] = visitor.jws
  writeFileSync(path('gap.jws'), [first, third].join('\n'))
  const gap = await report(['verify', path('gap.jws')])
  assert.deepEqual([gap.status, gap.records[0].faults[0].code], [1, 'chain_gap'])
  const twin = Object.assign(new Visitor(), visitor, { jws: [first] })
  await twin.act({ action: 'grant_all' })
  writeFileSync(path('fork.jws'), [first, second, twin.jws[1]].join('\n'))
  const fork = await report(['verify', path('fork.jws')])
  assert.equal(fork.status, 1)
  assert.ok(fork.records[0].faults.some(({ code }) => code === 'chain_fork'))
})

test('a receiver’s address: its receipts with its token; acknowledgements with its key; its texts', async (t) => {
  const token = 'a-long-secret-of-the-operator'
  const receiver = await receiverFor(t, {
    token,
    origins: [shopOrigin],
    editions: path('editions'),
  })
  const { acks } = (
    await receiver.postRaw(JSON.stringify({ kelisim: 1, receipts: visitor.jws }), {
      origin: shopOrigin,
    })
  ).body
  const env = { KELISIM_RECEIVER_TOKEN: token }
  const all = await report(['verify', receiver.url, '--editions', receiver.url + '/editions/'], env)
  assert.deepEqual([all.status, all.receipts.length], [0, 3])
  assert.ok(all.texts.every(({ state }) => state === 'found'))
  const denied = await kelisim(['verify', receiver.url], { KELISIM_RECEIVER_TOKEN: '' })
  assert.deepEqual([denied.status, /401/.test(denied.stderr)], [2, true])

  const file = (name, value) => (writeFileSync(path(name), JSON.stringify(value)), path(name))
  const keys = ['--keys', receiver.url + '/.well-known/jwks.json']
  const states = async (name, value, more = keys) => {
    const { status, acks: told } = await report(['verify', file(name, value), ...more])
    return [status, told.map(({ state }) => state).join()]
  }
  const receipts = visitor.jws
  assert.deepEqual(await states('1.json', { receipts, acks }), [0, 'holds,holds,holds'])
  assert.deepEqual(await states('2.json', { receipts, acks }, []), [0, 'unasked,unasked,unasked'])
  assert.deepEqual(
    await states('3.json', { receipts: receipts.slice(0, 2), acks }),
    [1, 'holds,holds,receipt_missing'],
    'what was cut off at the end is seen by its acknowledgement',
  )
  const flipped = acks[0].slice(0, -9) + (acks[0].at(-9) === 'A' ? 'B' : 'A') + acks[0].slice(-8)
  assert.deepEqual(await states('4.json', { receipts, acks: [flipped] }), [1, 'forged'])
})

for (const [words, why] of [
  [['verify', 'x.jws', '--editions'], /--editions takes a value/],
  [['verify', 'http://127.0.0.1:9/'], /127\.0\.0\.1:9/],
  [['verify', 'package.json', '--keys', 'package.json'], /no \{"keys"/],
  [['editions', 'examples/policies/letoile.json'], /--out are needed/],
])
  test(`kelisim ${words.join(' ')}: exit code 2 and one clear sentence`, async () => {
    const { status, stderr } = await kelisim(words)
    assert.equal(status, 2)
    assert.match(stderr, why)
  })

// The file said "refused" to whoever read it, and `kelisim verify` called it good: what was signed stood behind it once more.
test('a JSON file in which a member stands twice is refused, whatever the signatures say', async () => {
  const { kelisim: engine, jws } = visitor
  const face = (one) => engine.engine.inspect({ jws: one }).json
  const [first, second] = jws.map(face)
  const twice = first.replace(
    '"event_state":"given"',
    '"event_state":"refused","event_state":"given"',
  )
  assert.notEqual(twice, first)
  for (const [name, text, status] of [
    ['sound.json', `{"receipts":[${first}, ${second}]}`, 0],
    ['twice.json', twice, 1],
    ['list.json', `[${twice},${second}]`, 1],
    ['export.json', `{"receipts":[${twice}],"acks":[]}`, 1],
    ['members.json', `{"receipts":[],"receipts":[${first}]}`, 1],
    ['surrogate.json', first.replace('"action":"', '"x":"\\ud800","action":"'), 1],
  ]) {
    writeFileSync(path(name), text)
    const told = await report(['verify', path(name)])
    assert.equal(told.status, status, name)
    if (status) assert.match(told.receipts[0].code, /^json_/, name)
  }
})

// One long record, and everything else in the file went unchecked.
test('a chain of more receipts than a call once took is checked whole', async () => {
  const device = await Device.make()
  const chain = []
  const long = 'я'.repeat(2000)
  for (let i = 0; i < 120; i += 1)
    chain.push(await device.next({ a: long, b: long, c: long, d: long }))
  assert.ok(chain.join('').length > 2 * 1024 * 1024)
  writeFileSync(path('long.jws'), chain.join('\n'))
  const { status, records } = await report(['verify', path('long.jws')])
  assert.deepEqual([status, records[0].receipts], [0, 120])
  writeFileSync(path('cut.jws'), chain.toSpliced(60, 1).join('\n'))
  const cut = await report(['verify', path('cut.jws')])
  assert.deepEqual(
    cut.records[0].faults.map(({ code }) => code),
    ['chain_gap'],
  )
})

test('texts and keys that are nonsense differ, and stop nothing', async () => {
  mkdirSync(path('nonsense'), { recursive: true })
  const { texts } = await report(['verify', path('receipts'), '--editions', path('editions')])
  const bad = [
    `{"format":"kelisim-edition-1","kind":"view","value":${'['.repeat(20000)}${']'.repeat(20000)}}`,
    '{"format":"kelisim-edition-1","kind":"text","value":null}',
    '{"format":"kelisim-edition-1","kind":"text","value":{"policy":1,"text":[]}}',
    '{"format":"kelisim-edition-1","kind":"config"}',
    '[]',
    'null',
  ]
  for (const [i, { sha256 }] of texts.entries())
    writeFileSync(path('nonsense', sha256 + '.json'), bad[i % bad.length])
  const told = await report(['verify', path('receipts'), '--editions', path('nonsense')])
  assert.equal(told.status, 1)
  assert.ok(told.texts.every(({ state }) => state === 'differs' || state === 'missing'))
  writeFileSync(path('keys.json'), '{"keys":[null,1,"a",[],{"kty":"EC"}]}')
  assert.equal((await report(['verify', path('receipts'), '--keys', path('keys.json')])).status, 0)
})

test('the operator’s token goes to the receiver and nowhere else', async (t) => {
  const token = 'a-long-secret-of-the-operator'
  const receiver = await receiverFor(t, { token, origins: [shopOrigin] })
  await receiver.postRaw(JSON.stringify({ kelisim: 1, receipts: visitor.jws }), {
    origin: shopOrigin,
  })
  const heard = []
  const stranger = createServer(({ headers }, response) => {
    heard.push(headers.authorization)
    response.end('{"keys":[]}')
  }).listen(0, '127.0.0.1')
  await once(stranger, 'listening')
  t.after(() => stranger.close())
  const url = `http://127.0.0.1:${stranger.address().port}`
  await report(
    ['verify', receiver.url, '--editions', `${url}/editions/`, '--keys', `${url}/jwks.json`],
    {
      KELISIM_RECEIVER_TOKEN: token,
    },
  )
  assert.ok(heard.length > 1)
  assert.ok(heard.every((one) => one === undefined))
})
