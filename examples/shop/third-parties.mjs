// The third parties of the demo: each answers under its real name + ".localhost", in the shape of the real one, and is counted.
import { readFileSync } from 'node:fs'
import { adPage, mapPage, payPage, videoPage } from './frames.mjs'
import { standIn } from './hosts.mjs'

const scriptOf = (name) =>
  readFileSync(new URL(`third-parties/${name}.js`, import.meta.url), 'utf8')

const script = (name) => {
  const body = scriptOf(name)
  return () => ({ kind: 'script', type: 'text/javascript; charset=utf-8', body })
}
/** A transparent picture of one point. */
const dot = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const picture = () => ({ kind: 'hit', type: 'image/gif', body: dot })
const nothing = () => ({ kind: 'hit', status: 204 })
const frame = (page) => (url) => ({
  kind: 'frame',
  type: 'text/html; charset=utf-8',
  body: page(url),
})

/** Service of the catalogue → [host, path prefix, answer, third-party cookie it sets] */
const routes = {
  'yandex-metrica': [
    ['mc.yandex.ru', '/metrika/tag.js', script('yandex-metrica')],
    ['mc.yandex.ru', '/watch/', nothing, 'yandexuid'],
  ],
  'google-analytics': [
    ['www.googletagmanager.com', '/gtag/js', script('google-analytics')],
    ['www.google-analytics.com', '/g/collect', nothing],
  ],
  'meta-pixel': [
    ['connect.facebook.net', '/en_US/fbevents.js', script('meta-pixel')],
    ['www.facebook.com', '/tr', picture, 'fr'],
  ],
  'tiktok-pixel': [
    ['analytics.tiktok.com', '/i18n/pixel/events.js', script('tiktok-pixel')],
    ['analytics.tiktok.com', '/api/v2/pixel', nothing],
  ],
  'vk-pixel': [
    ['vk.com', '/js/api/openapi.js', script('vk-pixel')],
    ['vk.com', '/rtrg', picture],
  ],
  'zero-kz': [
    ['c.zero.kz', '/z.js', script('zero-kz')],
    ['c.zero.kz', '/z.png', picture],
  ],
  'yandex-direct': [
    ['yandex.ru', '/ads/system/context.js', script('yandex-direct')],
    ['an.yandex.ru', '/page/', frame(adPage)],
  ],
  jivo: [
    ['code.jivo.ru', '/widget/', script('chat')],
    ['telemetry.jivosite.com', '/t', nothing],
  ],
  'bitrix24-widget': [
    ['cdn-ru.bitrix24.kz', '/b7531/crm/site_button/loader_', script('chat')],
    ['cdn-ru.bitrix24.kz', '/crm/site_button/hello', nothing],
  ],
  '2gis-widget': [['widgets.2gis.com', '/widget', frame(mapPage)]],
  'yandex-maps': [['api-maps.yandex.ru', '/frame/v1/', frame(mapPage), 'yandexuid']],
  youtube: [['www.youtube.com', '/embed/', frame(videoPage), 'VISITOR_INFO1_LIVE']],
  'google-recaptcha': [
    ['www.google.com', '/recaptcha/api.js', script('captcha')],
    [
      'www.gstatic.com',
      '/recaptcha/',
      () => ({ kind: 'script', type: 'text/javascript', body: '' }),
    ],
  ],
  'halyk-epay': [
    ['epay.homebank.kz', '/payform/payment-api.js', script('halyk-epay')],
    ['epay.homebank.kz', '/payform/', frame(payPage('Halyk ePay', '#00805f'))],
  ],
  'kaspi-pay-link': [['pay.kaspi.kz', '/pay/', frame(payPage('Kaspi Pay', '#d8352a'))]],
  // Nobody's policy names this one: a counter an agency left behind. No grant opens it.
  liveinternet: [['counter.yadro.ru', '/hit', picture]],
}

const byHost = new Map()
for (const [service, list] of Object.entries(routes))
  for (const [host, prefix, answer, cookie] of list) {
    const name = standIn(host)
    if (!byHost.has(name)) byHost.set(name, [])
    byHost.get(name).push({ service, host, prefix, answer, cookie })
  }

/** Real hosts the demo stands in for. */
export const thirdPartyHosts = [...byHost.keys()].map((name) => name.slice(0, -'.localhost'.length))

/** Whether a Host header's name is a third party's: any name below localhost that is not a shop's. */
export const isThirdParty = (name) => byHost.has(name) || /\..*\.localhost$/.test(name)

/** What really arrived, whatever a page believes. */
export function createLog(limit = 5000) {
  const entries = []
  return {
    /** @param {{ service, host, path, kind, from, at }} entry  from: name of the page's host, "" when the request does not say */
    add(entry) {
      entries.push(entry)
      if (entries.length > limit) entries.splice(0, entries.length - limit)
    },
    of: (from) => entries.filter((entry) => entry.from === from),
    clear(from) {
      for (let i = entries.length - 1; i >= 0; i--)
        if (entries[i].from === from) entries.splice(i, 1)
    },
  }
}

function pageOf(request) {
  const text = request.headers.referer ?? request.headers.origin ?? ''
  return URL.parse(text)?.hostname ?? ''
}

/** Answers a request to a stand-in and writes it into the log. */
export function serveThirdParty(request, response, name, url, log) {
  const route = byHost.get(name)?.find(({ prefix }) => url.pathname.startsWith(prefix))
  const { kind, status = 200, type, body } = route?.answer(url) ?? { kind: 'unknown', status: 404 }
  log.add({
    service: route?.service ?? 'unknown',
    host: name.slice(0, -'.localhost'.length),
    path: url.pathname,
    kind,
    from: pageOf(request),
    at: Date.now(),
  })
  response.writeHead(status, {
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
    'timing-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    ...(type && { 'content-type': type }),
    ...(route?.cookie && {
      'set-cookie': `${route.cookie}=demo${Date.now().toString(36)}; Path=/; Max-Age=31536000; Secure; SameSite=None; Partitioned`,
    }),
  })
  response.end(body)
}
