// The pages that only show: catalogue, goods, contacts, policy, not found.
import { html, raw } from './html.mjs'
import { adBox, mapOf, videoOf } from './tags.mjs'

const tenge = new Intl.NumberFormat('ru-RU')
export const price = (n) => html`<span class="price">${tenge.format(n)} ₸</span>`

const picture = ({ slug, name }, lazy) =>
  html`<img
    src="/art/${slug}.svg"
    alt="${name}"
    width="640"
    height="480"
    ${lazy && html`loading="lazy"`}
  />`

export const addForm = ({ slug, name }, words) =>
  html`<form method="post" action="/basket">
    <input type="hidden" name="slug" value="${slug}" />
    <button class="button" aria-label="${words.add}: ${name}">${words.add}</button>
  </form>`

const card = (one, words) =>
  html`<li class="card">
    <a href="/goods/${one.slug}"
      >${picture(one, true)}
      <h3>${one.name}</h3></a
    >
    <p class="unit">${one.unit}</p>
    <div class="buy">${price(one.price)}${addForm(one, words)}</div>
  </li>`

export const home = ({ shop, port }) =>
  html` <section class="hero">
      <div>
        <h1>${shop.title}</h1>
        <p>${shop.lead}</p>
        <a class="button big" href="#goods">${shop.words.goods}</a>
      </div>
      ${picture(shop.goods[1], false)}
    </section>
    <ul class="notes">
      ${shop.notes.map(([head, text]) => html`<li><b>${head}</b> ${text}</li>`)}
    </ul>
    <section>
      <h2 id="goods">${shop.goodsTitle}</h2>
      <ul class="goods">
        ${shop.goods.map((one) => card(one, shop.words))}
      </ul>
    </section>
    ${adBox(shop)}
    <section class="film">
      <h2>${shop.video}</h2>
      ${videoOf(shop, port)}
    </section>`

export const goods = ({ shop }, one) =>
  html` <nav class="path" aria-label="Путь"><a href="/">${shop.words.goods}</a> / ${one.name}</nav>
    <article class="one">
      ${picture(one, false)}
      <div>
        <h1>${one.name}</h1>
        <p class="unit">${one.unit}</p>
        <p>${one.text}</p>
        <dl class="facts">
          ${one.facts.map(
            ([name, value]) =>
              html`<dt>${name}</dt>
                <dd>${value}</dd>`,
          )}
        </dl>
        <div class="buy">${price(one.price)}${addForm(one, shop.words)}</div>
      </div>
    </article>
    <section>
      <h2>Посмотрите ещё</h2>
      <ul class="goods">
        ${shop.goods
          .filter((other) => other !== one)
          .slice(0, 3)
          .map((other) => card(other, shop.words))}
      </ul>
    </section>`

/** Each contact of the policy that has a value, under its name; one that serves two purposes stands once. */
function contactLines({ document }) {
  const lines = document.contacts
    .filter(({ value }) => typeof value === 'string')
    .map(({ value, name }) => String(html`<p><b>${name?.ru ?? 'Связь'}:</b> ${value}</p>`))
  return [...new Set(lines)].map(raw)
}

export const contacts = ({ shop, port }) =>
  html` <h1>Контакты</h1>
    <div class="two">
      <section>
        <h2>${shop.place}</h2>
        <p>Ежедневно с 10:00 до 20:00</p>
        ${contactLines(shop)}
      </section>
      <section>${mapOf(shop, port)}</section>
    </div>`

/** The widget's summary, and below it the whole text, which is there without the widget too. */
export const policy = ({ shop }) =>
  html` <h1>Политика конфиденциальности</h1>
    <kelisim-policy></kelisim-policy>
    <details class="whole-text">
      <summary>Полный текст, как он опубликован</summary>
      ${shop.document.clauses.map(({ id, kind }) => {
        const text = shop.clauses[id]
        if (kind === 'title' || kind === 'section') return html`<h2>${text}</h2>`
        return kind === 'bullet' ? html`<p class="bullet">${text}</p>` : html`<p>${text}</p>`
      })}
    </details>`

export const missing = () =>
  html` <h1>Такой страницы нет</h1>
    <p><a href="/">Вернуться в магазин</a></p>`
