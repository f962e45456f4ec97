// The frame of every page: the two lines of the install, the shop's tags, header, footer and the panel "What happens".
import { html, raw } from './html.mjs'
import { originOf } from './hosts.mjs'
import { footTags, forgotten, headTags, necessaryHosts } from './tags.mjs'

const marks = {
  apple:
    '<path d="M16 10c-3-3-11-2-11 6 0 7 5 12 8 12 1.5 0 2-1 3-1s1.5 1 3 1c3 0 8-5 8-12 0-8-8-9-11-6Z" fill="#b3202d"/><path d="M16.5 9c0-4 3-7 7-7 0 4-3 7-7 7Z" fill="#5d7a35"/>',
  aster:
    '<path d="M16 2l3.5 9.5L29 8l-5 8 5 8-9.5-3.5L16 30l-3.5-9.5L3 24l5-8-5-8 9.5 3.5Z" fill="#f07d1a"/>',
  pulse:
    '<rect width="32" height="32" rx="9" fill="#6d4cff"/><path d="M4 17h6l3-8 6 15 3-7h6" fill="none" stroke="#37e0c8" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>',
  allur:
    '<path d="M16 3 30 28H22L16 17 10 28H2Z" fill="#1f8a70"/><path d="m16 21 4 7h-8Z" fill="#d3a548"/>',
  star: '<path d="M16 1c1.5 9 5.5 13.5 15 15-9.5 1.5-13.5 6-15 15-1.5-9-5.5-13.5-15-15C10.5 14.5 14.5 10 16 1Z" fill="#c9266b"/>',
}
export const logo = (shop) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">${marks[shop.mark]}</svg>`

/** The two lines, first in <head>. */
export const install = (shop, port, receiver, shape = 'box') =>
  raw(
    `<script src="/kelisim/kelisim.js" data-policy="/kelisim/policy.json" data-endpoint="${receiver}/receipts"${shape === 'box' ? '' : ` data-layout="${shape}"`}></script>
<meta http-equiv="Content-Security-Policy" content="default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval' ${necessaryHosts(shop, port, receiver).join(' ')}"><!-- -->`,
  )

/** Collects what the widget says from the first moment, for the panel. */
const listening = raw(
  `<script>window.liveLog=[];"ready change receipt held released undeclared sync error".split(" ").forEach(function(t){document.addEventListener("kelisim:"+t,function(e){liveLog.push([t,e.detail,Date.now()])})})</script>`,
)

const count = (session) => [...(session?.basket.values() ?? [])].reduce((sum, n) => sum + n, 0)

const contactOf = (shop) =>
  shop.document.contacts
    .filter(({ value }) => typeof value === 'string')
    .map(({ kind, value }) => ({ kind, value }))
    .filter((one, i, all) => all.findIndex(({ value }) => value === one.value) === i)
    .map(({ kind, value }) =>
      kind === 'mail'
        ? html`<a href="mailto:${value}">${value}</a>`
        : kind === 'phone'
          ? html`<a href="tel:${value.replace(/[^\d+]/g, '')}">${value}</a>`
          : html`<span>${value}</span>`,
    )

/** One entry of the switcher: the five shops on one port. */
const others = (shop, { shops, port }) =>
  shops.map(
    (one) =>
      html`<li>
        <a href="${originOf(one.host, port)}/" ${one.id === shop.id && html`aria-current="true"`}
          >${raw(logo(one))}${one.name}</a
        >
      </li>`,
  )

/**
 * @param {object} view  { shop, shops, port, receiver, session }
 * @param {string} title
 * @param {object} main  html of the page
 */
export function layout(view, title, main) {
  const { shop, port, receiver, session, shape } = view
  const { words } = shop
  return String(
    html`<!doctype html>
      <html lang="ru" data-shop="${shop.id}">
        <head>
          ${install(shop, port, receiver, shape)}
          <meta charset="utf-8" />
          ${listening}
          <title>${title} — ${shop.name}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/shop.css" />
          <link rel="stylesheet" href="/assets/live.css" />
          ${headTags(shop, port)}
          <script src="/assets/shop.js" defer></script>
          <script src="/assets/live.js" type="module"></script>
        </head>
        <body>
          <a class="skip" href="#main">К содержанию</a>
          <header class="top">
            <div class="wide">
              <a class="logo" href="/">${raw(logo(shop))}<span>${shop.name}</span></a>
              <nav aria-label="Разделы">
                <a href="/#goods">${words.goods}</a>
                <a href="/contacts">Контакты</a>
              </nav>
              <nav class="own" aria-label="Покупателю">
                ${session?.account ? html`<a href="/account">${session.account.name.split(' ')[0]}</a>` : html`<a href="/signin">Войти</a>`}
                <a class="basket" href="/basket"
                  >${words.basket}${count(session) > 0 && html` <b>${count(session)}</b>`}</a
                >
              </nav>
            </div>
          </header>
          <main id="main" class="wide">${main}</main>
          <footer class="bottom">
            <div class="wide">
              <section>
                <p class="logo">${raw(logo(shop))}<span>${shop.name}</span></p>
                <p>${shop.document.operator.name}</p>
                <p class="contacts">${contactOf(shop)}</p>
              </section>
              <section>
                <h2>Ваши данные</h2>
                <p><a href="/privacy">Политика конфиденциальности</a></p>
                <p><a href="/privacy" data-kelisim-open>Изменить мой выбор</a></p>
                <p><a href="/themes">Оформление окна</a></p>
              </section>
              <section>
                <h2>Магазины демонстрации</h2>
                <ul class="others">
                  ${others(shop, view)}
                </ul>
              </section>
              <p class="small">
                Демонстрация: товары и заказы вымышлены, тексты политик настоящие. Третьи стороны —
                двойники на этом же компьютере.
              </p>
            </div>
            ${forgotten(port)}
          </footer>
          <aside
            class="live"
            id="live"
            aria-label="Что происходит"
            data-receiver="${receiver}"
          ></aside>
          ${footTags(shop, port)}
        </body>
      </html> `,
  )
}
