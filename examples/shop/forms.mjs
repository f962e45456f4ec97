// The pages where people give something: basket, checkout, order, sign-in, registration, account.
import { html } from './html.mjs'
import { standInWithPort } from './hosts.mjs'
import { price } from './pages.mjs'
import { demoCode } from './people.mjs'
import { captcha } from './tags.mjs'

const field = (label, name, type, { value, hint, required = true, ...more } = {}) =>
  html`<label class="field">
    <span>${label}${!required && html` <small>необязательно</small>`}</span>
    ${
      type === 'textarea'
        ? html`<textarea name="${name}" rows="3">${value}</textarea>`
        : html`<input
            name="${name}"
            type="${type}"
            value="${value}"
            ${required && html`required`}
            ${Object.entries(more).map(([key, is]) => html` ${key}="${is}"`)}
          />`
    }
    ${hint && html`<small>${hint}</small>`}
  </label>`

const problem = (text) => text && html`<p class="problem" role="alert">${text}</p>`

/** data-kelisim-form, where the policy has a consent of this form. */
const formMark = ({ document }, id) =>
  document.forms.some((form) => form.id === id) && html` data-kelisim-form="${id}"`

function lines({ shop }, entries) {
  return entries.flatMap(([slug, n]) => {
    const one = shop.goods.find((good) => good.slug === slug)
    return one ? [{ one, n }] : []
  })
}
const sum = (list) => list.reduce((total, { one, n }) => total + one.price * n, 0)

export function basket(view, added) {
  const { shop, session } = view
  const list = lines(view, [...(session?.basket ?? [])])
  if (list.length === 0)
    return html`<h1>${shop.words.basket}</h1>
      <p>${shop.words.empty}</p>
      <p><a class="button" href="/#goods">${shop.words.goods}</a></p>`
  return html` <h1>${shop.words.basket}</h1>
    ${added && html`<p class="good" role="status">${shop.words.added}</p>`}
    <table class="lines">
      <tbody>
        ${list.map(
          ({ one, n }) =>
            html`<tr>
              <td><img src="/art/${one.slug}.svg" alt="" width="96" height="72" /></td>
              <td><a href="/goods/${one.slug}">${one.name}</a><br /><small>${one.unit}</small></td>
              <td>
                <form method="post" action="/basket" class="amount">
                  <input type="hidden" name="slug" value="${one.slug}" />
                  <button name="n" value="${n - 1}" aria-label="Меньше">−</button><b>${n}</b
                  ><button name="n" value="${n + 1}" aria-label="Больше">+</button>
                </form>
              </td>
              <td>${price(one.price * n)}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <td colspan="3">${shop.words.total}</td>
          <td>${price(sum(list))}</td>
        </tr>
      </tfoot>
    </table>
    <p><a class="button big" href="/checkout">${shop.words.checkout}</a></p>`
}

export function checkout(view, { values = {}, error } = {}) {
  const { shop, session } = view
  const list = lines(view, [...(session?.basket ?? [])])
  if (list.length === 0) return basket(view)
  const name = values.name ?? session.account?.name
  const studio = shop.form === 'application'
  return html` <h1>${shop.words.checkout}</h1>
    ${problem(error)}
    <div class="two">
      <form method="post" action="/checkout" class="card form" ${formMark(shop, shop.form)}>
        ${field('Имя и фамилия', 'name', 'text', { value: name, autocomplete: 'name', maxlength: 120, hint: studio && 'Можно псевдоним' })}
        ${field('Телефон', 'phone', 'tel', { value: values.phone, autocomplete: 'tel', placeholder: '+7 7__ ___ __ __', maxlength: 30 })}
        ${field('Почта', 'mail', 'email', { value: values.mail, autocomplete: 'email', required: studio, maxlength: 120 })}
        ${!studio && field('Адрес доставки', 'address', 'text', { value: values.address, autocomplete: 'street-address', maxlength: 200 })}
        ${shop.iin && field('ИИН', 'iin', 'text', { value: values.iin, required: false, inputmode: 'numeric', pattern: '[0-9]{12}', maxlength: 12, autocomplete: 'off', hint: 'Нужен только для договора купли-продажи' })}
        ${field(shop.words.delivery, 'note', 'textarea', { value: values.note, required: false })}
        <button class="button big">${shop.words.send}</button>
      </form>
      <section>
        <h2>${shop.words.basket}</h2>
        <ul class="plain">
          ${list.map(({ one, n }) => html`<li>${one.name} × ${n} — ${price(one.price * n)}</li>`)}
        </ul>
        <p>${shop.words.total}: <b>${price(sum(list))}</b></p>
      </section>
    </div>`
}

const payments = {
  'kaspi-pay-link': ({ port }, params) =>
    html`<a
      class="button big"
      href="http://${standInWithPort('pay.kaspi.kz', port)}/pay/demo?${params}"
      >Оплатить через Kaspi</a
    >`,
  // The bank's library is fetched when somebody wants to pay, not before.
  'halyk-epay': ({ port }, params) =>
    html`<form
      id="pay"
      data-service="halyk-epay"
      data-library="http://${standInWithPort('epay.homebank.kz', port)}/payform/payment-api.js"
      data-order="${JSON.stringify(Object.fromEntries(params))}"
    >
      <button class="button big">Оплатить картой Halyk</button>
      <p class="problem" role="alert" hidden>
        Банк не отвечает. Попробуйте позже или оплатите при получении.
      </p>
    </form>`,
}

export function order(view, made, origin) {
  const { shop } = view
  const list = lines(view, made.lines)
  const params = new URLSearchParams({
    invoiceId: made.number,
    amount: sum(list),
    backLink: `${origin}/orders/${made.number}?paid=1`,
  })
  return html` <h1>${shop.words.order} № ${made.number}</h1>
    <p class="good" role="status">${made.paid ? 'Оплачено. Спасибо!' : shop.words.thanks}</p>
    <ul class="plain">
      ${list.map(({ one, n }) => html`<li>${one.name} × ${n} — ${price(one.price * n)}</li>`)}
    </ul>
    <p>${shop.words.total}: <b>${price(sum(list))}</b></p>
    ${
      !made.paid &&
      html`<p>${shop.words.prepay}:</p>
        ${payments[shop.pay](view, params)}`
    }`
}

export function signIn({ shop }, { values = {}, error } = {}) {
  const phone = shop.signIn === 'phone'
  return html` <h1>Вход</h1>
    ${problem(error)}
    <form method="post" action="/signin" class="card form narrow">
      ${
        phone
          ? html`${field('Телефон', 'login', 'tel', { value: values.login, autocomplete: 'tel', placeholder: '+7 7__ ___ __ __' })}
            ${field('Код из сообщения', 'code', 'text', { inputmode: 'numeric', autocomplete: 'one-time-code' })}`
          : html`${field('Почта', 'login', 'email', { value: values.login, autocomplete: 'username' })}
            ${field('Пароль', 'password', 'password', { autocomplete: 'current-password' })}`
      }
      <button class="button big">Войти</button>
      <p><a href="/register">Создать учётную запись</a></p>
    </form>
    <p class="small">
      Для пробы:
      ${phone ? `+7 701 000 00 00, код ${demoCode}` : 'aigerim@example.kz, пароль alma2026'}.
    </p>`
}

export function register({ shop, port }, { values = {}, error } = {}) {
  const phone = shop.signIn === 'phone'
  return html` <h1>Регистрация</h1>
    ${problem(error)}
    <form method="post" action="/register" class="card form narrow" ${formMark(shop, 'account')}>
      ${field('Имя и фамилия', 'name', 'text', { value: values.name, autocomplete: 'name', maxlength: 120 })}
      ${phone ? field('Телефон', 'login', 'tel', { value: values.login, autocomplete: 'tel' }) : field('Почта', 'login', 'email', { value: values.login, autocomplete: 'username' })}
      ${!phone && field('Пароль', 'password', 'password', { autocomplete: 'new-password', minlength: 8, hint: 'Не короче восьми знаков' })}
      ${captcha(shop, port)}
      <button class="button big">Зарегистрироваться</button>
    </form>`
}

export function account(view) {
  const { shop, session } = view
  const { name, login, orders } = session.account
  return html` <h1>${name}</h1>
    <p>${login}</p>
    <section>
      <h2>${shop.words.orders}</h2>
      ${
        orders.length === 0
          ? html`<p>Пока ничего.</p>`
          : html`<ul class="plain">
              ${orders.map((made) => html`<li><a href="/orders/${made.number}">№ ${made.number}</a> — ${price(sum(lines(view, made.lines)))}${made.paid && ', оплачен'}</li>`)}
            </ul>`
      }
    </section>
    <section>
      <h2>Ваши данные</h2>
      <p><a href="/privacy" data-kelisim-open>Что вы разрешили этому магазину</a></p>
    </section>
    <form method="post" action="/signout"><button class="button quiet">Выйти</button></form>`
}
