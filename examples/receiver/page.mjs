// The receipts in plain words, for people: who, when, what was done, what was granted and refused, and whether it holds.
import { readFileSync } from 'node:fs'
import { verifyReceipt } from './verify.mjs'
import { words } from './words.mjs'

const style = readFileSync(new URL('page.css', import.meta.url), 'utf8')

const pageRows = 25

/** HTML that is safe to insert: made by `html` only. */
class Html extends String {}
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
function inserted(value) {
  if (value instanceof Html) return value
  if (Array.isArray(value)) return value.map(inserted).join('')
  if (value === undefined || value === null || value === false) return ''
  return String(value).replace(/[&<>"']/g, (c) => escapes[c])
}
const html = (parts, ...values) => new Html(String.raw({ raw: parts }, ...values.map(inserted)))

function languageOf(url, request) {
  const wanted = url.searchParams.get('lang')
  if (Object.hasOwn(words, wanted ?? '')) return wanted
  const accepted = (request.headers['accept-language'] ?? '').split(',')
  return (
    accepted.map((one) => one.trim().slice(0, 2)).find((one) => Object.hasOwn(words, one)) ?? 'ru'
  )
}

/** Times of Kazakhstan, whatever the machine's zone is. */
const timeIn = (lang) => {
  const format = new Intl.DateTimeFormat(lang, {
    ...{ dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Asia/Almaty' },
  })
  return (instant) => html`<time datetime="${instant}">${format.format(new Date(instant))}</time>`
}

/** The latest decision on each purpose of one receipt: [{ name, clauses, granted }] */
function decisions(body) {
  const state = new Map()
  for (const { purpose_ids, event_state } of body.event)
    for (const id of purpose_ids) state.set(id, event_state)
  return body.pii_processing.purposes
    .filter(({ purpose_id }) => state.has(purpose_id))
    .map(({ purpose_id, purpose, clauses }) => ({
      name: purpose ?? purpose_id,
      clauses: Array.isArray(clauses) ? clauses : [],
      granted: ['given', 'renewed'].includes(state.get(purpose_id)),
    }))
}

/** Where a receipt stands in its record: [class, words] */
function position(row, record, say) {
  const before = record.find(({ seq }) => seq === row.seq - 1)
  const last = record.at(-1).seq
  if (row.seq === 1) return ['whole', say.first(last)]
  if (!before) return ['gap', say.gap(row.seq, last)]
  return before.hash === row.prev ? ['whole', say.follows(row.seq, last)] : ['broken', say.broken]
}

/** The signed content, or null when the stored text is not readable any more. */
function bodyOf(jws) {
  try {
    return JSON.parse(Buffer.from(jws.split('.')[1], 'base64url').toString())
  } catch {
    return null
  }
}

/** The edition's label, and the hash of its text where the label is another one. */
function edition(body, row) {
  const label = body?.pii_processing.privacy_notice.version ?? ''
  const hash = html`<code>${row.policy_sha256.slice(0, 16)}…</code>`
  return label.startsWith('sha256:') ? hash : html`${label} ${hash}`
}

/** Checked again at every view: what the file holds is what counts, not what was once believed. */
const faultOf = (row) =>
  verifyReceipt(row.jws).then(
    ({ hash }) => (hash === row.hash ? null : 'hash'),
    ({ code }) => code,
  )

async function card(row, record, say, time) {
  const fault = await faultOf(row)
  const body = fault === null ? bodyOf(row.jws) : null
  const list = body ? decisions(body) : []
  const side = (granted) => {
    const of = list.filter((one) => one.granted === granted)
    if (of.length === 0) return ''
    const item = ({ name, clauses }) =>
      html`<li>
        ${name} <small>${clauses.length > 0 ? say.clause(clauses.join(', ')) : ''}</small>
      </li>`
    return html`<div class="${granted ? 'granted' : 'refused'}">
      <h3>${granted ? say.granted : say.refused}</h3>
      <ul>
        ${of.map(item)}
      </ul>
    </div>`
  }
  const [chain, chainWords] = position(row, record, say)
  const operator = body?.party_identification.find(({ party_role }) => party_role === 'controller')
  return html`<article id="${row.receipt_id}">
    <header>
      <h2>${say.actions[row.action] ?? row.action}</h2>
      <p>${time(row.event_time)} · ${operator && html`${operator.party_name} · `}${row.origin}</p>
    </header>
    <div class="sides">${side(true)}${side(false)}</div>
    <ul class="marks">
      <li class="${fault ? 'broken' : 'whole'}">${fault ? say.invalid(fault) : say.valid}</li>
      <li class="${chain}">${chainWords}</li>
      ${body?.evidence.key === 'ephemeral' && html`<li class="gap">${say.ephemeral}</li>`}
    </ul>
    <dl>
      <dt>${say.who}</dt>
      <dd><code>${row.principal.slice(0, 20)}…</code></dd>
      <dt>${say.edition}</dt>
      <dd>${edition(body, row)}</dd>
      <dt>${say.received}</dt>
      <dd>${time(row.received_at)}</dd>
      <dt>${say.receipt}</dt>
      <dd><a href="/receipts/${row.receipt_id}">${row.receipt_id}</a></dd>
      <dt>${say.record}</dt>
      <dd><a href="?record=${row.record_id}">${say.wholeRecord(record.length)}</a></dd>
    </dl>
  </article>`
}

/** How many of each choice, for each edition of each shop's policy. */
async function countsTable(store, filter, say, link) {
  const rows = await store.counts({ origin: filter.origin })
  if (rows.length === 0) return ''
  const groups = Map.groupBy(rows, ({ origin, policy_id, policy_sha256 }) =>
    [origin, policy_id, policy_sha256].join(' '),
  )
  const group = (of) => {
    const [{ origin, policy_id, policy_sha256 }] = of
    const cell = ({ action, receipts }) =>
      html`<a href="${link({ action, edition: policy_sha256, origin })}"
          >${say.actions[action] ?? action}</a
        >
        <b>${receipts}</b>`
    return html`<tr>
      <th scope="row">
        <a href="${link({ edition: policy_sha256, origin })}">${policy_id ?? '—'}</a>
        <small>${origin}</small> <code>${policy_sha256.slice(0, 16)}…</code>
      </th>
      <td>
        <ul class="counts">
          ${of.map((one) => html`<li>${cell(one)}</li>`)}
        </ul>
      </td>
    </tr>`
  }
  return html`<details class="counts">
    <summary>${say.counts}</summary>
    <table>
      ${[...groups.values()].map(group)}
    </table>
  </details>`
}

/** A subject's request: everything of one record is erased, after one more question. */
const eraseForm = (record, lang, say) =>
  html`<details class="erase">
    <summary>${say.erase}</summary>
    <form method="post" action="/erase">
      <p>${say.eraseWhat}</p>
      <input type="hidden" name="record" value="${record}" />
      <input type="hidden" name="lang" value="${lang}" />
      <button>${say.eraseNow}</button>
    </form>
  </details>`

async function erasuresList(store, say, time) {
  const rows = await store.erasures(20)
  if (rows.length === 0) return ''
  return html`<details>
    <summary>${say.erasures}</summary>
    <ul>
      ${rows.map(
        ({ record, receipts, erased_at }) =>
          html`<li>
            ${time(erased_at)} · ${say.wholeRecord(receipts)} · <code>${record.slice(0, 16)}…</code>
          </li>`,
      )}
    </ul>
  </details>`
}

/**
 * GET /
 * @param {object} parts.filter  of reading.mjs
 */
export async function page({ store, url, request, filter }) {
  const lang = languageOf(url, request)
  const say = words[lang]
  const time = timeIn(lang)
  const { record } = filter
  const rows = await store.list({ ...filter, limit: record ? 1000 : pageRows })
  const records = new Map()
  for (const { record_id } of rows)
    if (!records.has(record_id))
      records.set(record_id, await store.list({ record: record_id, limit: 1000 }))
  const cards = await Promise.all(
    rows.map((row) => card(row, records.get(row.record_id), say, time)),
  )
  const asked = Object.fromEntries(
    Object.entries(filter).filter(
      ([name, value]) => value !== undefined && !['limit', 'before', 'after'].includes(name),
    ),
  )
  const link = (query) => `?${new URLSearchParams({ lang, ...query })}`
  const query = new URLSearchParams(asked).toString()
  const language = (one) =>
    html`<a
      href="${link({ ...asked, lang: one })}"
      lang="${one}"
      ${one === lang && html`aria-current="true"`}
      >${words[one].name}</a
    >`

  const whole = html`<!doctype html>
    <html lang="${lang}">
      <head>
        <meta charset="utf-8" />
        <title>${say.title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <header class="top">
          <h1>${say.title}</h1>
          <nav aria-label="${say.language}">${Object.keys(words).map(language)}</nav>
          <p>${say.about}</p>
          <form role="search">
            <input type="hidden" name="lang" value="${lang}" />
            <label
              >${say.search} <input type="search" name="search" value="${filter.search}"
            /></label>
            <button>${say.find}</button>
          </form>
          <p>
            <a href="/receipts?${query}">JSON</a> · <a href="/receipts.csv?${query}">CSV</a> ·
            <a href="/receipts.jws?${query}">JWS</a> ·
            <a href="/.well-known/jwks.json">${say.key}</a>
            ${query !== '' && html` · <a href="/?lang=${lang}">${say.all}</a>`}
          </p>
          ${!record && (await countsTable(store, filter, say, link))}
          ${!record && (await erasuresList(store, say, time))}
        </header>
        <main>
          ${cards.length > 0 ? cards : html`<p class="empty">${say.none}</p>`}
          ${record && cards.length > 0 && eraseForm(record, lang, say)}
          ${
            !record && rows.length === pageRows
              ? html`<p>
                  <a href="${link({ ...asked, before: rows.at(-1).n })}">${say.older}</a>
                </p>`
              : ''
          }
        </main>
      </body>
    </html> `
  return {
    status: 200,
    text: String(whole),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    },
  }
}
