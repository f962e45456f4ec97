// Pages of the third parties: a map, a video, an advertisement, a bank's payment form.
import { html } from './html.mjs'

const page = (title, style, body) =>
  String(
    html`<!doctype html>
      <html lang="ru">
        <head>
          <meta charset="utf-8" />
          <title>${title}</title>
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <style>
            * { box-sizing: border-box }
            body { margin: 0; font: 15px/1.5 system-ui, sans-serif }
            ${style}
          </style>
        </head>
        <body>
          ${body}
        </body>
      </html> `,
  )

export const mapPage = () =>
  page(
    'Карта',
    'svg { display: block; width: 100vw; height: 100vh }',
    html`<svg
      viewBox="0 0 800 420"
      preserveAspectRatio="xMidYMid slice"
      role="img"
      aria-label="Карта"
    >
      <rect width="800" height="420" fill="#e9ebe4" />
      <path d="M-20 330 C160 300 240 410 420 370 S700 300 840 340 V440 H-20Z" fill="#cfe3c2" />
      <path
        d="M560 -20 C540 90 640 150 610 260 S690 380 660 440"
        fill="none"
        stroke="#a9cfe8"
        stroke-width="22"
      />
      <g stroke="#fff" stroke-width="12" fill="none">
        <path d="M-10 90 L810 60 M-10 210 L810 190 M-10 300 L810 290" />
        <path d="M110 -10 L150 430 M300 -10 L320 430 M480 -10 L490 430 M720 -10 L740 430" />
      </g>
      <path d="M-10 150 L810 128" stroke="#f7d774" stroke-width="18" />
      <g fill="#dcdfd6">
        <rect x="170" y="100" width="46" height="30" rx="3" />
        <rect x="232" y="98" width="46" height="34" rx="3" />
        <rect x="340" y="160" width="60" height="24" rx="3" />
        <rect x="412" y="156" width="54" height="28" rx="3" />
        <rect x="186" y="226" width="90" height="48" rx="3" />
        <rect x="348" y="214" width="52" height="60" rx="3" />
        <rect x="512" y="86" width="30" height="34" rx="3" />
        <rect x="40" y="236" width="60" height="40" rx="3" />
      </g>
      <path
        d="M400 128 C376 128 360 146 360 167 C360 196 400 232 400 232 S440 196 440 167 C440 146 424 128 400 128Z"
        fill="#d8352a"
      />
      <circle cx="400" cy="166" r="15" fill="#fff" />
    </svg>`,
  )

export const videoPage = () =>
  page(
    'Видео',
    `body { background: #0f0f0f }
     button { position: fixed; inset: 0; margin: auto; width: 88px; height: 60px; border: 0; border-radius: 16px; background: #d62020; cursor: pointer }
     button::after { content: ""; display: block; margin: auto; width: 0; border: 14px solid transparent; border-left: 24px solid #fff; border-right: 0 }
     svg { display: block; width: 100vw; height: 100vh }`,
    html`<svg viewBox="0 0 800 450" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <defs>
          <linearGradient id="g" x2="1" y2="1">
            <stop stop-color="#4b3a55" />
            <stop offset="1" stop-color="#16222c" />
          </linearGradient>
        </defs>
        <rect width="800" height="450" fill="url(#g)" />
        <path
          d="M0 360 L180 220 L300 310 L470 150 L640 300 L800 200 V450 H0Z"
          fill="#000"
          opacity=".35"
        />
        <rect x="24" y="418" width="752" height="5" rx="2" fill="#fff" opacity=".35" />
        <rect x="24" y="418" width="180" height="5" rx="2" fill="#d62020" />
      </svg>
      <button aria-label="Смотреть"></button>`,
  )

export const adPage = () =>
  page(
    'Реклама',
    `body { display: flex; align-items: center; gap: 16px; padding: 14px 18px; background: #fff7d6; color: #222; height: 100vh }
     small { color: #777 } b { display: block }`,
    html`<svg viewBox="0 0 48 32" width="64" aria-hidden="true">
        <path d="M4 22v-6l6-2 6-8h16l7 8 5 2v6Z" fill="#d98a12" />
        <circle cx="13" cy="23" r="5" />
        <circle cx="36" cy="23" r="5" />
      </svg>
      <p><b>КАСКО от 79 900 ₸</b><small>Реклама · страховая компания</small></p>`,
  )

/** A payment page of a bank: shows the sum and goes back to the shop. */
export const payPage = (bank, colour) => (url) => {
  const get = (name) => url.searchParams.get(name) ?? ''
  const back = URL.parse(get('backLink'))
  const ours = back && /^(127\.0\.0\.1|[a-z]+\.localhost)$/.test(back.hostname) ? back.href : '/'
  return page(
    bank,
    `body { display: grid; place-items: center; min-height: 100vh; background: #eef0f3; color: #1c1f24 }
     main { width: min(380px, 92vw); padding: 28px; border-radius: 18px; background: #fff; text-align: center; box-shadow: 0 10px 40px #0002 }
     h1 { margin: 0 0 8px; color: ${colour}; font-size: 24px } strong { display: block; margin: 16px 0; font-size: 30px }
     a { display: block; padding: 14px; border-radius: 12px; background: ${colour}; color: #fff; font-weight: 600; text-decoration: none }`,
    html`<main>
      <h1>${bank}</h1>
      <p>Заказ № ${get('invoiceId')}</p>
      <strong>${Number(get('amount')).toLocaleString('ru-RU')} ₸</strong>
      <p><a href="${ours}">Оплатить</a></p>
      <small>Страница банка в демонстрации: деньги не списываются.</small>
    </main>`,
  )
}
