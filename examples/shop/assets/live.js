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
  why: {
    unread: 'политика ещё не прочитана',
    not_granted: 'не разрешено',
    transfer: 'нет согласия на передачу за границу',
    on_action: 'ждёт действия',
    undeclared: 'никто не объявил',
  },
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

/** The widget's events of one type: [detail, whether the policy was known by then]. */
function said(type) {
  const ready = window.liveLog.find(([t]) => t === 'ready')?.[2] ?? Infinity
  return window.liveLog.filter(([t]) => t === type).map(([, detail, at]) => [detail, at >= ready])
}

/** Who, where and why in one line. Before the policy is read everything foreign is held, whoever it is. */
function describe([{ service, name, host = '', path = '', why }, known]) {
  const where = host.replace(/\.localhost$/, '') + path
  const because = why === 'undeclared' && !known ? words.why.unread : words.why[why]
  return [service ?? name, where, because].filter(Boolean).join(' · ')
}

/** A line with a count that opens to the last entries. */
function saidList(label, texts) {
  const last = texts.slice(-12).reverse()
  const count = element('span', { class: 'number' }, String(texts.length))
  return element(
    'details',
    {},
    element('summary', {}, label, count),
    list(
      last.map((text) => element('li', {}, text)),
      '—',
    ),
  )
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

/** Parts of the body, each redrawn only when what it shows has changed: a part under the pointer or the focus stays in place. */
const parts = new Map()
function part(key, data, make) {
  if (!parts.has(key)) {
    parts.set(key, { box: element('div'), shown: null })
    body.append(parts.get(key).box)
  }
  const one = parts.get(key)
  const now = JSON.stringify(data)
  if (one.shown === now) return
  one.shown = now
  const open = one.box.querySelector('details')?.open ?? false
  one.box.replaceChildren(...[make(data)].flat())
  const details = one.box.querySelector('details')
  if (details) details.open = open
}

const serviceRow = ({ name, category, requests }) =>
  element(
    'li',
    {},
    element('span', {}, `${name} `, element('small', {}, category === null ? words.nobody : '')),
    number(requests.length),
  )
const nameRow = ([name, kind]) =>
  element(
    'li',
    {},
    element('code', {}, name),
    element('small', {}, isWidgets(name) ? 'kelisim' : kind),
  )

function draw() {
  const services = truth?.services ?? []
  const total = services.reduce((sum, { requests }) => sum + requests.length, truth?.unknown ?? 0)
  root.classList.toggle('open', open)
  tab.setAttribute('aria-expanded', String(open))
  tab.replaceChildren(words.title, number(total))
  if (!root.contains(tab)) root.append(tab, body)
  if (!open) return

  const title = (text) => element('h2', {}, text)
  part('status', statusText(), (text) => element('p', {}, text))
  part('reached', services, () => [
    title(words.reached),
    element('p', { class: 'quiet-text' }, words.intro),
    list(services.map(serviceRow), words.none),
  ])
  part('says', words.says, title)
  for (const type of ['held', 'released', 'undeclared'])
    part(type, said(type), (entries) => saidList(words[type], entries.map(describe)))
  part('deleted', deleted, () =>
    saidList(
      words.deleted,
      deleted.map(({ name, kind }) => `${name} · ${kind}`),
    ),
  )
  part('names', [...names()], (known) => [
    title(words.names),
    list(known.map(nameRow), words.noNames),
  ])
  part('receipts', (truth?.receipts ?? []).slice(0, 6), (receipts) => [
    title(words.receipts),
    list(receipts.map(receiptRow), words.noReceipts),
  ])
  part('again', 0, () => again)
}

async function look() {
  watchNames()
  try {
    truth = await (await fetch('/demo/truth.json')).json()
  } catch {
    // The server was stopped: the last truth stays.
  }
  draw()
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
