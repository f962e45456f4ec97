// Five shops and their third parties behind one port: which host wears what, and what each address does.
import { createServer } from 'node:http'
import { files } from './files.mjs'
import * as forms from './forms.mjs'
import { nameOf, originOf, portOf } from './hosts.mjs'
import { layout, logo } from './layout.mjs'
import * as pages from './pages.mjs'
import { createPeople } from './people.mjs'
import { catalogue, readPolicy } from './policies.mjs'
import { shops as wears } from './shops/index.mjs'
import { shapeOf, themesPage } from './themes.mjs'
import { createLog, isThirdParty, serveThirdParty } from './third-parties.mjs'

const maxForm = 16 * 1024

/** Names of the shop's session in the policies are different: PHPSESSID here, laravel_session there. */
const sessionName = ({ services }) =>
  services.find(({ id }) => id === 'shop_session').storage.find(({ type }) => type === 'cookie')
    .name

/** The numbers a provider would have given to this shop. */
const numbersOf = (i) => ({ ym: 94000001 + i, ga: `G-DEMO${i + 1}`, fb: `10000000000${i + 1}` })

function readShops() {
  const known = catalogue()
  return wears.map((shop, i) => {
    const { policy: document, mapped, text, clauses, services } = readPolicy(shop.policy, known)
    const art = new Map(shop.goods.map(({ slug, art }) => [slug, art()]))
    return {
      ...shop,
      ...{ document, mapped, text, clauses, services, art, numbers: numbersOf(i) },
      people: createPeople(),
      sessionName: sessionName({ services }),
    }
  })
}

const redirect = (location, headers = {}) => ({ status: 303, headers: { location, ...headers } })

/**
 * @param {object} parts
 * @param {string} parts.receiver  origin of the receiver the pages send their receipts to
 * @param {(origin: string) => object[] | Promise<object[]>} [parts.receipts]  what the receiver holds of a page's origin, newest first
 * @returns {import('node:http').Server & { log: object }}  not listening yet; log: what reached the third parties
 */
export function createShop({ receiver, receipts = () => [] }) {
  const shops = readShops()
  const byName = new Map(shops.map((shop) => [shop.host, shop]))
  for (const name of ['127.0.0.1', 'localhost', '[::1]']) byName.set(name, shops[0])
  const log = createLog()

  /** What really happened, for the panel: what reached third parties from this page's host, what the receiver holds. */
  async function truth({ shop, name, origin }) {
    const hits = log.of(name)
    const services = shop.services
      .filter(({ hosts = [], paths = [] }) => hosts.length + paths.length > 0)
      .map(({ id, name, kind, category }) => ({ id, name, kind, category }))
    const nobody = { id: 'liveinternet', name: 'LiveInternet', kind: 'counter', category: null }
    return {
      services: [...services, nobody].map((service) => ({
        ...service,
        requests: hits
          .filter((hit) => hit.service === service.id)
          .map(({ host, path, kind }) => ({ host, path, kind })),
      })),
      unknown: hits.filter(({ service }) => service === 'unknown').length,
      receipts: (await receipts(origin)).map(
        ({ receipt_id, record_id, action, seq, received_at }) => ({
          ...{ receipt_id, record_id, action, seq, received_at },
        }),
      ),
    }
  }

  async function get(view, url) {
    const { shop, session, origin } = view
    const show = (title, main, status = 200) => ({ status, html: layout(view, title, main) })
    const path = url.pathname
    const good = shop.goods.find(({ slug }) => path === `/goods/${slug}`)
    if (path === '/') return show(shop.title, pages.home(view))
    if (good) return show(good.name, pages.goods(view, good))
    if (path === '/themes') {
      const html = layout(
        { ...view, shape: shapeOf(url.searchParams) },
        'Оформление окна',
        themesPage(url.searchParams),
      )
      return { status: 200, html }
    }
    if (path === '/contacts') return show('Контакты', pages.contacts(view))
    if (path === '/privacy') return show('Политика конфиденциальности', pages.policy(view))
    if (path === '/basket')
      return show(shop.words.basket, forms.basket(view, url.searchParams.has('added')))
    if (path === '/checkout') return show(shop.words.checkout, forms.checkout(view))
    if (path === '/signin')
      return session?.account ? redirect('/account') : show('Вход', forms.signIn(view))
    if (path === '/register') return show('Регистрация', forms.register(view))
    if (path === '/account')
      return session?.account ? show('Кабинет', forms.account(view)) : redirect('/signin')
    if (path === '/demo/truth.json') return { status: 200, json: await truth(view) }

    const number = /^\/orders\/(\d{1,9})$/.exec(path)?.[1]
    const made = number && shop.people.orderOf(session, number)
    if (made) {
      if (url.searchParams.has('paid')) made.paid = true
      return show(`${shop.words.order} № ${number}`, forms.order(view, made, origin))
    }
    const file = files(shop, path, logo)
    if (file || /\.\w+$/.test(path)) return file ?? { status: 404, body: '', type: 'text/plain' }
    return show('Нет такой страницы', pages.missing(), 404)
  }

  async function post(view, url, values) {
    const { shop, session, name } = view
    const { people } = shop
    const bad = (title, form, error) => ({
      status: 422,
      html: layout(view, title, form(view, { values, error })),
    })
    const enter = (account) => {
      const fresh = people.begin(session)
      fresh.account = account
      return redirect('/account', remember(shop, fresh))
    }
    switch (url.pathname) {
      case '/basket': {
        if (!shop.goods.some(({ slug }) => slug === values.slug)) return redirect('/basket')
        const own = session ?? people.begin()
        const n = values.n === undefined ? (own.basket.get(values.slug) ?? 0) + 1 : Number(values.n)
        if (Number.isInteger(n) && n >= 1 && n <= 99) own.basket.set(values.slug, n)
        else if (n === 0) own.basket.delete(values.slug)
        return redirect(
          values.n === undefined ? '/basket?added' : '/basket',
          session ? {} : remember(shop, own),
        )
      }
      case '/checkout': {
        if (!session || session.basket.size === 0) return redirect('/basket')
        if (!values.name?.trim() || !/\d{5,}/.test((values.phone ?? '').replace(/\D/g, '')))
          return bad(
            shop.words.checkout,
            forms.checkout,
            'Нужны имя и телефон, чтобы мы могли связаться с вами.',
          )
        return redirect(`/orders/${people.order(session, values).number}`)
      }
      case '/signin': {
        const account =
          shop.signIn === 'phone'
            ? people.byCode(values.login ?? '', values.code ?? '')
            : people.byPassword(values.login ?? '', values.password ?? '')
        return account
          ? enter(account)
          : bad('Вход', forms.signIn, 'Не подходит. Проверьте, что ввели.')
      }
      case '/register': {
        const short = shop.signIn === 'mail' && (values.password ?? '').length < 8
        if (!values.name?.trim() || !values.login?.trim() || short)
          return bad(
            'Регистрация',
            forms.register,
            'Заполните все поля; пароль не короче восьми знаков.',
          )
        const account = people.register(values)
        return account
          ? enter(account)
          : bad('Регистрация', forms.register, 'Такая учётная запись уже есть.')
      }
      case '/signout':
        if (session) people.end(session)
        return redirect('/', {
          'set-cookie': `${shop.sessionName}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`,
        })
      case '/demo/reset':
        log.clear(name)
        return { status: 204, headers: { 'clear-site-data': '"cookies", "storage"' } }
      default:
        return { status: 404, html: layout(view, 'Нет такой страницы', pages.missing()) }
    }
  }

  async function answer(request, url, name) {
    const shop = byName.get(name)
    const port = portOf(request.headers.host)
    const origin = originOf(name, port)
    const id = new RegExp(`(?:^|; )${shop.sessionName}=([\\w-]{24})`).exec(
      request.headers.cookie ?? '',
    )?.[1]
    const view = {
      shop,
      shops,
      name,
      port,
      origin,
      receiver,
      session: id && shop.people.session(id),
    }
    if (request.method === 'GET' || request.method === 'HEAD') return get(view, url)
    if (request.method !== 'POST') return { status: 405, headers: { allow: 'GET, HEAD, POST' } }
    if ((request.headers.origin ?? origin) !== origin) return { status: 403 }
    const values = await readForm(request)
    return values ? post(view, url, values) : { status: 413 }
  }

  const server = createServer(async (request, response) => {
    const name = nameOf(request.headers.host)
    const url = URL.parse(request.url, 'http://shop.invalid')
    if (!url) return response.writeHead(400).end()
    if (isThirdParty(name)) return serveThirdParty(request, response, name, url, log)
    // Any other name is somebody who made his own domain point here.
    if (!byName.has(name)) return response.writeHead(421).end()
    try {
      send(request, response, await answer(request, url, name))
    } catch (error) {
      console.error(error)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    }
  })
  return Object.assign(server, { log })
}

const remember = (shop, session) => ({
  'set-cookie': `${shop.sessionName}=${session.id}; Path=/; HttpOnly; SameSite=Lax`,
})

async function readForm(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > maxForm) return null
    chunks.push(chunk)
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
}

function send(request, response, answer) {
  const { status, headers = {}, html, json, body, type, tag } = answer
  const content = html ?? (json === undefined ? body : JSON.stringify(json))
  const as = type ?? (html === undefined ? 'application/json' : 'text/html; charset=utf-8')
  if (tag && request.headers['if-none-match'] === tag)
    return response.writeHead(304, { etag: tag }).end()
  response.writeHead(status, {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cache-control': tag ? 'no-cache' : 'no-store',
    ...(tag && { etag: tag }),
    ...(content !== undefined && { 'content-type': as }),
    ...headers,
  })
  response.end(request.method === 'HEAD' ? undefined : content)
}
