// The panel "What happens". Two columns of truth: what the widget says (its events), and what the stand-ins' server counted.
const root = document.querySelector('#live')
const words = {
  title: 'Что происходит',
  intro: 'Запросы считает сервер третьих сторон, а не страница.',
  reached: 'Дошло до третьих сторон',
  none: 'Ни одного запроса',
  nobody: 'никто не объявил',
  says: 'Что говорит виджет',
  held: 'Удержано',
  released: 'Выпущено',
  deleted: 'Удалено',
  undeclared: 'Не объявлено',
  names: 'Имена в браузере',
  noNames: 'Никто ничего не поставил',
  receipts: 'Квитанции у получателя',
  noReceipts: 'Пока нет',
  open: 'открыть',
  again: 'Начать сначала',
  closed: 'Виджет не загрузился: страница остаётся закрытой.',
  loading: 'Виджет загружается…',
  status: {
    undecided: 'Выбор ещё не сделан: работает только необходимое.',
    stale: 'Политика изменилась: нужен новый выбор.',
    expired: 'Срок выбора истёк: работает только необходимое.',
  },
  granted: 'Разрешено: ',
  onlyNecessary: 'Разрешено только необходимое.',
  categories: { functional: 'удобство', analytics: 'статистика', marketing: 'реклама' },
  actions: {
    grant_all: 'Разрешено всё',
    refuse_all: 'Только необходимое',
    save_choices: 'Сохранён выбор',
    withdraw_all: 'Отозвано всё',
    withdraw_some: 'Отозвана часть',
    grant_service: 'Разрешён один сервис',
    form: 'Согласие в форме',
    host: 'Выбор в приложении',
  },
}

/** element('li', { class: 'x' }, 'text', child…): text goes in as text. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}
const list = (items, empty) =>
  items.length > 0 ? element('ul', {}, ...items) : element('p', { class: 'quiet-text' }, empty)
const number = (n) => element('span', { class: n > 0 ? 'number some' : 'number' }, String(n))

const wide = matchMedia('(min-width: 75rem)')
let open = wide.matches
let truth = null
const deleted = []
let before = new Map()

/** First-party names this page can see: cookies and local storage. */
function names() {
  const found = new Map()
  for (const pair of document.cookie.split('; ')) if (pair) found.set(pair.split('=')[0], 'cookie')
  for (let i = 0; i < localStorage.length; i++) found.set(localStorage.key(i), 'localStorage')
  return found
}

const isWidgets = (name) => /^(__Host-)?kelisim/.test(name)

function watchNames() {
  const now = names()
  for (const [name, kind] of before)
    if (!now.has(name) && !isWidgets(name)) deleted.push({ name, kind })
  before = now
}

function statusText() {
  let state = null
  try {
    state = window.kelisim?.state()
  } catch {
    return words.loading
  }
  if (!state) return window.kelisim ? words.loading : words.closed
  if (words.status[state.status]) return words.status[state.status]
  const granted = Object.entries(words.categories).filter(([id]) =>
    ['granted', 'mixed', true].includes(state.categories?.[id]),
  )
  return granted.length > 0
    ? words.granted + granted.map(([, word]) => word).join(', ') + '.'
    : words.onlyNecessary
}

/** Details of the events of one type, one entry each; an event may carry one thing or several. */
const said = (type) =>
  (window.liveLog ?? [])
    .filter(([t]) => t === type)
    .flatMap(([, detail]) => detail?.items ?? detail ?? [])

const describe = (one) =>
  typeof one === 'string'
    ? one
    : [
        one.service ?? one.name ?? '',
        one.host ? `${one.host}${one.path ?? ''}` : '',
        one.why ?? one.kind ?? '',
      ]
        .filter(Boolean)
        .join(' · ')

function saidList(label, entries) {
  const details = element(
    'details',
    {},
    element('summary', {}, label, element('span', { class: 'number' }, String(entries.length))),
  )
  details.append(
    list(
      entries
        .slice(-12)
        .reverse()
        .map((one) => element('li', {}, describe(one))),
      '—',
    ),
  )
  return details
}

function receiptRow({ receipt_id, record_id, action, seq }) {
  const link = element(
    'a',
    { href: `${root.dataset.receiver}/?record=${record_id}#${receipt_id}`, target: '_blank' },
    words.open,
  )
  return element('li', {}, element('span', {}, `${seq}. ${words.actions[action] ?? action}`), link)
}

const tab = element('button', { class: 'tab', type: 'button' })
tab.addEventListener('click', () => {
  open = !open
  draw()
})
const again = element('button', { class: 'again', type: 'button' }, words.again)
again.addEventListener('click', async () => {
  await fetch('/demo/reset', { method: 'POST' })
  location.reload()
})
const body = element('div', { class: 'body' })

function draw() {
  const services = truth?.services ?? []
  const total =
    services.reduce((sum, { requests }) => sum + requests.length, 0) + (truth?.unknown ?? 0)
  root.classList.toggle('open', open)
  tab.setAttribute('aria-expanded', String(open))
  tab.replaceChildren(words.title, number(total))
  if (!root.contains(tab)) root.append(tab, body)
  if (!open) return

  const opened = [...body.querySelectorAll('details')].map((one) => one.open)
  const rows = services.map(({ name, category, requests }) =>
    element(
      'li',
      {},
      element('span', {}, name, ' ', element('small', {}, category === null ? words.nobody : '')),
      number(requests.length),
    ),
  )
  const known = [...names()].map(([name, kind]) =>
    element(
      'li',
      {},
      element('code', {}, name),
      element('small', {}, isWidgets(name) ? 'kelisim' : kind),
    ),
  )
  body.replaceChildren(
    element('p', { class: 'status' }, statusText()),
    element('h2', {}, words.reached),
    element('p', { class: 'quiet-text' }, words.intro),
    list(rows, words.none),
    element('h2', {}, words.says),
    ...['held', 'released'].map((type) => saidList(words[type], said(type))),
    saidList(words.deleted, deleted),
    saidList(words.undeclared, said('undeclared')),
    element('h2', {}, words.names),
    list(known, words.noNames),
    element('h2', {}, words.receipts),
    list((truth?.receipts ?? []).slice(0, 6).map(receiptRow), words.noReceipts),
    again,
  )
  body.querySelectorAll('details').forEach((one, i) => (one.open = opened[i] ?? false))
}

async function look() {
  watchNames()
  try {
    truth = await (await fetch('/demo/truth.json')).json()
  } catch {
    // The server was stopped: the last truth stays.
  }
  // Redrawing under a pointer or a keyboard would pull the control away.
  if (!body.matches(':hover, :focus-within') || truth === null) draw()
}

async function run() {
  for (;;) {
    if (!document.hidden) await look()
    await new Promise((resolve) => setTimeout(resolve, open ? 1000 : 3000))
  }
}
for (const type of ['change', 'receipt', 'released', 'sync'])
  document.addEventListener(`kelisim:${type}`, () => setTimeout(look, 50))
wide.addEventListener('change', () => ((open = wide.matches), draw()))
draw()
run()
