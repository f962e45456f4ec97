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

/** GET / */
export async function page({ store, url, request }) {
  const lang = languageOf(url, request)
  const say = words[lang]
  const record = url.searchParams.get('record') ?? undefined
  const before = Number(url.searchParams.get('before')) || undefined
  const rows = await store.list({ record, before, limit: record ? 1000 : pageRows })
  const records = new Map()
  for (const { record_id } of rows)
    if (!records.has(record_id))
      records.set(record_id, await store.list({ record: record_id, limit: 1000 }))
  const cards = await Promise.all(
    rows.map((row) => card(row, records.get(row.record_id), say, timeIn(lang))),
  )
  const query = (more) => `?${new URLSearchParams({ ...(record && { record }), ...more })}`
  const language = (one) =>
    html`<a
      href="${query({ lang: one })}"
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
          <p>
            <a href="/receipts">JSON</a> · <a href="/.well-known/jwks.json">${say.key}</a>
            ${record && html` · <a href="/?lang=${lang}">${say.all}</a>`}
          </p>
        </header>
        <main>
          ${cards.length > 0 ? cards : html`<p class="empty">${say.none}</p>`}
          ${
            !record && rows.length === pageRows
              ? html`<p><a href="${query({ lang, before: rows.at(-1).n })}">${say.older}</a></p>`
              : ''
          }
        </main>
      </body>
    </html> `
  return {
    status: 200,
    html: String(whole),
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    },
  }
}
