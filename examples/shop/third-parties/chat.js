// Stands in for a chat: a bubble in the corner, its names in the page's storage, one call home.
;(() => {
  const script = document.currentScript
  const from = new URL(script.src)
  const port = from.port && `:${from.port}`
  const jivo = from.hostname.includes('jivo')
  const keep = (name, value) => {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; SameSite=Lax`
  }
  const visits = (name) =>
    Number(new RegExp(`(?:^|; )${name}=(\\d+)`).exec(document.cookie)?.[1] ?? 0) + 1
  if (jivo) {
    const id = from.pathname.split('/').pop()
    keep(`jv_visits_count_${id}`, visits(`jv_visits_count_${id}`))
    keep(`jv_enter_ts_${id}`, Date.now())
    localStorage.setItem(`jv_store_${id}`, JSON.stringify({ opened: false }))
    fetch(`${from.protocol}//telemetry.jivosite.com.localhost${port}/t`, {
      method: 'POST',
      mode: 'no-cors',
    })
  } else {
    keep('b24_sitebutton_hello', 'y')
    keep('b24_crm_guest_id', Date.now().toString(36))
    fetch(`${from.origin}/crm/site_button/hello`, { method: 'POST', mode: 'no-cors' })
  }

  const root = document.createElement('div')
  const shadow = root.attachShadow({ mode: 'open' })
  const button = document.createElement('button')
  const hello = document.createElement('p')
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`
    :host { position: fixed; right: 20px; bottom: 84px; z-index: 900; font: 15px/1.4 system-ui, sans-serif }
    button { display: block; margin-left: auto; width: 56px; height: 56px; border: 0; border-radius: 50%; background: ${jivo ? '#18a058' : '#2fa8ee'};
      color: #fff; cursor: pointer; box-shadow: 0 6px 20px #0005 }
    p { margin: 0 0 10px; padding: 12px 16px; width: 220px; border-radius: 14px; background: #fff; color: #222; box-shadow: 0 6px 24px #0004 }
    svg { width: 28px; fill: #fff; vertical-align: middle }
    [hidden] { display: none }`)
  shadow.adoptedStyleSheets = [sheet]
  hello.textContent = 'Здравствуйте! Чем помочь?'
  hello.hidden = true
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const bubble = document.createElementNS('http://www.w3.org/2000/svg', 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  bubble.setAttribute(
    'd',
    'M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z',
  )
  svg.append(bubble)
  button.append(svg)
  button.setAttribute('aria-label', 'Чат')
  button.addEventListener('click', () => (hello.hidden = !hello.hidden))
  shadow.append(hello, button)
  document.body.append(root)
})()
