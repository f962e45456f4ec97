// The tags a shop's pages carry, each the way its real provider tells shops to paste it, at the stand-in's address.
import { html, json } from './html.mjs'
import { standInWithPort } from './hosts.mjs'

const at = (host, port) => `http://${standInWithPort(host, port)}`

/** In <head>, by service. The loader snippets are ours; their shape is the providers'. */
const head = {
  'yandex-metrica': (port, shop) =>
    html`<script>
        window.ym =
          window.ym ||
          function () {
            ;(window.ym.a = window.ym.a || []).push(arguments)
          }
        ;(function (tag) {
          tag.async = true
          tag.src = ${json(`${at('mc.yandex.ru', port)}/metrika/tag.js`)}
          document.head.appendChild(tag)
        })(document.createElement('script'))
        ym(${json(shop.numbers.ym)}, 'init', { clickmap: true, trackLinks: true })
      </script>
      <noscript
        ><img src="${at('mc.yandex.ru', port)}/watch/${shop.numbers.ym}" alt=""
      /></noscript>`,
  'google-analytics': (port, shop) =>
    html`<script
        async
        src="${at('www.googletagmanager.com', port)}/gtag/js?id=${shop.numbers.ga}"
      ></script>
      <script>
        window.dataLayer = window.dataLayer || []
        function gtag() {
          dataLayer.push(arguments)
        }
        gtag('js', new Date())
        gtag('config', ${json(shop.numbers.ga)})
      </script>`,
  'meta-pixel': (port, shop) =>
    html`<script>
        window.fbq =
          window.fbq ||
          function () {
            ;(window.fbq.queue = window.fbq.queue || []).push(arguments)
          }
        ;(function (tag) {
          tag.async = true
          tag.src = ${json(`${at('connect.facebook.net', port)}/en_US/fbevents.js`)}
          document.head.appendChild(tag)
        })(document.createElement('script'))
        fbq('init', ${json(shop.numbers.fb)})
        fbq('track', 'PageView')
      </script>
      <noscript
        ><img src="${at('www.facebook.com', port)}/tr?id=${shop.numbers.fb}&amp;ev=PageView" alt=""
      /></noscript>`,
  'tiktok-pixel': (port) =>
    html`<script>
      window.ttq = window.ttq || {
        calls: [],
        page: function () {
          ttq.calls.push(['page'])
        },
      }
      ;(function (tag) {
        tag.async = true
        tag.src = ${json(`${at('analytics.tiktok.com', port)}/i18n/pixel/events.js?sdkid=DEMO`)}
        document.head.appendChild(tag)
      })(document.createElement('script'))
      ttq.page()
    </script>`,
  'vk-pixel': (port) =>
    html`<script>
      ;(function (tag) {
        tag.async = true
        tag.src = ${json(`${at('vk.com', port)}/js/api/openapi.js?169`)}
        tag.onload = function () {
          VK.Retargeting.Init('VK-RTRG-DEMO')
          VK.Retargeting.Hit()
        }
        document.head.appendChild(tag)
      })(document.createElement('script'))
    </script>`,
  'zero-kz': (port) =>
    html`<script>
        var _zero_kz_ = _zero_kz_ || []
        _zero_kz_.push(['id', 70001], ['type', 1])
      </script>
      <script async src="${at('c.zero.kz', port)}/z.js"></script>`,
  'yandex-direct': (port) =>
    html`<script>
        window.yaContextCb = window.yaContextCb || []
      </script>
      <script src="${at('yandex.ru', port)}/ads/system/context.js" async></script>`,
  // The shop's own script: nothing but the mark tells the gate whose it is.
  sourcebuster: () =>
    html`<script
      type="text/plain"
      data-service="sourcebuster"
      data-src="/assets/visit-source.js"
    ></script>`,
}

/** At the end of <body>. */
const foot = {
  jivo: (port) => html`<script src="${at('code.jivo.ru', port)}/widget/dEm0ShOp" async></script>`,
  'bitrix24-widget': (port) =>
    html`<script>
      ;(function (w, d, u) {
        var s = d.createElement('script')
        s.async = true
        s.src = u + '?' + ((Date.now() / 60000) | 0)
        d.body.appendChild(s)
      })(
        window,
        document,
        ${json(`${at('cdn-ru.bitrix24.kz', port)}/b7531/crm/site_button/loader_1_demo.js`)},
      )
    </script>`,
}

// Frames are marked by hand: a static frame is asked for before any script may hold it.
const embed = (service, src, title) =>
  html`<iframe
    class="embed"
    data-service="${service}"
    data-src="${src}"
    title="${title}"
    width="800"
    height="420"
  ></iframe>`

const maps = {
  '2gis-widget': (port, title) =>
    embed('2gis-widget', `${at('widgets.2gis.com', port)}/widget?type=firmsonmap`, title),
  'yandex-maps': (port, title) =>
    embed('yandex-maps', `${at('api-maps.yandex.ru', port)}/frame/v1/-/CDemo`, title),
}

const of = (table) => (shop, port) =>
  shop.services.flatMap(({ id }) => table[id]?.(port, shop) ?? [])

export const headTags = of(head)
export const footTags = of(foot)
export const mapOf = (shop, port) =>
  shop.services.flatMap(({ id }) => maps[id]?.(port, shop.place) ?? [])
export const videoOf = (shop, port) =>
  embed('youtube', `${at('www.youtube.com', port)}/embed/demo-${shop.id}`, shop.video)

/** The box an advertising network fills. */
export const adBox = (shop) =>
  shop.ads &&
  html`<div class="partner" id="partner-box"></div>
    <script>
      yaContextCb.push(function () {
        Ya.Context.AdvManager.render({ blockId: 'R-A-DEMO-1', renderTo: 'partner-box' })
      })
    </script>`

/** Forgotten in the template by somebody: no policy declares it. */
export const forgotten = (port) =>
  html`<script>
    new Image().src =
      ${json(`${at('counter.yadro.ru', port)}/hit?t44.6;r`)} + encodeURIComponent(document.referrer)
  </script>`

/** Loads when somebody acts in the form it stands in. */
export const captcha = (shop, port) =>
  shop.captcha &&
  html`<div class="g-recaptcha" data-sitekey="demo"></div>
    <script src="${at('www.google.com', port)}/recaptcha/api.js?hl=ru" async defer></script>`

/** Hosts the page needs whatever is answered, for the second line of the install. The captcha stands in the markup, so it is not
 * here: what this line allows, the browser may ask for ahead of any script. */
export function necessaryHosts(shop, port, receiver) {
  const own = shop.services
    .filter(({ id }) => id === 'halyk-epay')
    .map(() => standInWithPort('epay.homebank.kz', port))
  return [new URL(receiver).host, ...own]
}
