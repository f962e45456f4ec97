// The shops' pages: each host wears its shop, the install is the two lines, buying and signing in work.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shops } from '../../../examples/shop/shops/index.mjs'
import { shopsFor } from './visitor.mjs'

const paths = '/ /contacts /privacy /basket /signin /register'.split(' ')

for (const shop of shops)
  test(`${shop.name}: every page answers and begins with the two lines`, async (t) => {
    const { visitor, port } = await shopsFor(t)
    const someone = visitor(shop.host)
    for (const path of [...paths, ...shop.goods.map(({ slug }) => `/goods/${slug}`)]) {
      const { status, text, headers } = await someone.get(path)
      assert.equal(status, 200, path)
      assert.match(headers['content-type'], /^text\/html; charset=utf-8/)
      const [, first, second] = /<head>\s*(<script [^>]*><\/script>)\s*(<meta [^>]*><!-- -->)/.exec(
        text,
      )
      assert.equal(
        first,
        '<script src="/kelisim/kelisim.js" data-policy="/kelisim/policy.json" data-endpoint="http://127.0.0.1:4174/receipts"></script>',
      )
      const payment = shop.pay === 'halyk-epay' ? ` epay.homebank.kz.localhost:${port}` : ''
      assert.equal(
        second,
        `<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval' 127.0.0.1:4174${payment}"><!-- -->`,
      )
      assert.match(text, /<html lang="ru"/)
      assert.match(text, / data-kelisim-open/)
      for (const { host } of shops) assert.ok(text.includes(`http://${host}:${port}/`), host)
      assert.doesNotMatch(text, /undefined|\[object/, path)
    }
    for (const { slug } of shop.goods) {
      const { headers, text } = await someone.get(`/art/${slug}.svg`)
      assert.equal(headers['content-type'], 'image/svg+xml')
      assert.doesNotMatch(text, /NaN|undefined|<script/)
    }
  })

test('127.0.0.1 wears Alma, and a name nobody knows is refused', async (t) => {
  const { visitor } = await shopsFor(t)
  assert.match((await visitor('127.0.0.1').get('/')).text, /data-shop="alma"/)
  assert.match((await visitor('aster.localhost').get('/')).text, /data-shop="aster"/)
  assert.equal((await visitor('rebound.example').get('/')).status, 421)
})

test('pages that do not exist answer 404; files that do not exist are not pages', async (t) => {
  const { visitor } = await shopsFor(t)
  const someone = visitor('alma.localhost')
  assert.match((await someone.get('/nothing')).text, /Такой страницы нет/)
  for (const path of ['/kelisim/nothing.js', '/kelisim/../package.json', '/assets/../shop.mjs']) {
    const { status, headers } = await someone.get(path)
    assert.equal(status, 404, path)
    assert.equal(headers['content-type'], 'text/plain', path)
  }
})

test('names of our own scripts, styles, ids and classes are none that filter lists hide', async (t) => {
  const { visitor } = await shopsFor(t)
  for (const { host } of shops)
    for (const path of ['/', '/privacy', '/register']) {
      const { text } = await visitor(host).get(path)
      for (const [, name] of text.matchAll(/(?:src|href|id|class)="(\/?[^":]+)"/g))
        if (name !== '/privacy')
          assert.doesNotMatch(
            name,
            /cookie|consent|gdpr|\bcmp\b|privacy|analytic|track|\bad[sv]?\b|banner/i,
          )
    }
})

test('forms carry the ids of the policy’s forms, and only those', async (t) => {
  const { visitor } = await shopsFor(t)
  const marks = async (host, path) => {
    const someone = visitor(host)
    await someone.post('/basket', { slug: shops.find((shop) => shop.host === host).goods[0].slug })
    return [...(await someone.get(path)).text.matchAll(/data-kelisim-form="(\w+)"/g)].map(
      ([, id]) => id,
    )
  }
  const table = [
    ['alma.localhost', [], []],
    ['aster.localhost', ['account'], []],
    ['webpulse.localhost', [], ['application']],
    ['allur.localhost', ['account'], []],
    ['letoile.localhost', ['account'], ['order']],
  ]
  for (const [host, register, checkout] of table) {
    assert.deepEqual(await marks(host, '/register'), register, host)
    assert.deepEqual(await marks(host, '/checkout'), checkout, host)
  }
})

for (const [title, host, right, wrong, name] of [
  [
    'R-ASTER-03.3.1a sign-in with a password',
    'aster.localhost',
    { login: 'Aigerim@example.kz', password: 'alma2026' },
    { login: 'aigerim@example.kz', password: 'alma2027' },
    'PHPSESSID',
  ],
  [
    'R-ALLUR-03.3.1 sign-in with a password',
    'allur.localhost',
    { login: 'aigerim@example.kz', password: 'alma2026' },
    { login: 'nobody@example.kz', password: 'alma2026' },
    'laravel_session',
  ],
  [
    'R-LETO-07.4 sign-in by phone',
    'letoile.localhost',
    { login: '8 (701) 000-00-00', code: '2468' },
    { login: '+77010000000', code: '1234' },
    'PHPSESSID',
  ],
])
  test(`${title} sets the policy’s session cookie, HttpOnly, and a new one each time`, async (t) => {
    const { visitor } = await shopsFor(t)
    const someone = visitor(host)
    assert.equal((await someone.post('/signin', wrong)).status, 422)
    assert.equal(someone.cookies.size, 0)

    const entered = await someone.post('/signin', right)
    assert.match(entered.text, /Айгерим Сапарова/)
    assert.match(
      entered.sent.headers['set-cookie'][0],
      new RegExp(`^${name}=.*HttpOnly; SameSite=Lax$`),
    )
    const first = someone.cookies.get(name)
    await someone.post('/signin', right)
    assert.notEqual(someone.cookies.get(name), first)
    const thief = visitor(host)
    thief.cookies.set(name, first)
    assert.equal((await thief.get('/account')).status, 303, 'the old session is over')

    await someone.post('/signout', {})
    assert.equal((await someone.get('/account')).headers.location, '/signin')
  })

test('registration makes an account once, and signs in', async (t) => {
  const { visitor } = await shopsFor(t)
  const who = { name: 'Данияр', login: 'daniyar@example.kz', password: 'long enough' }
  const [one, two] = [visitor('aster.localhost'), visitor('aster.localhost')]
  assert.match((await one.post('/register', who)).text, /<h1>Данияр<\/h1>/)
  assert.match((await two.post('/register', who)).text, /уже есть/)
  assert.equal(
    (await two.post('/register', { ...who, login: 'x@example.kz', password: 'short' })).status,
    422,
  )
  assert.match((await two.post('/signin', who)).text, /<h1>Данияр<\/h1>/)
})

for (const shop of shops)
  test(`${shop.name}: from the basket to a paid order`, async (t) => {
    const { visitor, port } = await shopsFor(t)
    const someone = visitor(shop.host)
    const [one, two] = shop.goods
    await someone.post('/basket', { slug: one.slug })
    await someone.post('/basket', { slug: two.slug })
    const basket = await someone.post('/basket', { slug: two.slug, n: 3 })
    const sum = new Intl.NumberFormat('ru-RU').format(one.price + 3 * two.price)
    assert.ok(basket.text.includes(`${sum} ₸`))
    assert.equal((await someone.post('/checkout', { name: '', phone: '' })).status, 422)
    const made = await someone.post('/checkout', {
      name: 'Айгерим <b>',
      phone: '+7 701 000 00 00',
      mail: 'a@b.kz',
    })
    assert.match(made.location, /^\/orders\/\d+$/)
    assert.ok(made.text.includes(shop.words.thanks))
    const bank = shop.pay === 'halyk-epay' ? 'epay.homebank.kz' : 'pay.kaspi.kz'
    assert.ok(made.text.includes(`http://${bank}.localhost:${port}/`))
    assert.match((await someone.get(`${made.location}?paid=1`)).text, /Оплачено/)
    assert.equal(
      (await visitor(shop.host).get(made.location)).status,
      404,
      'orders are their maker’s',
    )
    assert.match((await someone.get('/basket')).text, new RegExp(shop.words.empty))
  })

test('what people type is shown as text', async (t) => {
  const { visitor } = await shopsFor(t)
  const someone = visitor('aster.localhost')
  const evil = '"><script>alert(1)</script>'
  const { text } = await someone.post('/signin', { login: evil, password: 'x' })
  assert.ok(!text.includes('<script>alert(1)'))
  assert.ok(text.includes('&quot;&gt;&lt;script&gt;alert(1)'))
})

test('a form from another origin, or one too large, is refused', async (t) => {
  const { visitor } = await shopsFor(t)
  const someone = visitor('alma.localhost')
  const slug = shops[0].goods[0].slug
  assert.equal(
    (await someone.post('/basket', { slug }, { origin: 'http://evil.example' })).status,
    403,
  )
  assert.equal((await someone.post('/basket', { slug, x: 'y'.repeat(17_000) })).status, 413)
  assert.equal((await someone.send('DELETE', '/basket')).status, 405)
})

test('the policy page shows the whole verbatim text without the widget', async (t) => {
  const { visitor } = await shopsFor(t)
  const { text } = await visitor('letoile.localhost').get('/privacy')
  assert.match(text, /<kelisim-policy>/)
  assert.ok(text.includes('Отказ от уведомлений о новых продуктах и услугах'))
})
