// Stands in for an advertising pixel that reports with fetch.
;(() => {
  const base = new URL(document.currentScript.src).origin
  const set = (name, value) => {
    document.cookie = `${name}=${value}; path=/; max-age=33609600; SameSite=Lax`
  }
  set('_tt_enable_cookie', 1)
  set('_ttp', `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`)
  const send = (event) =>
    fetch(`${base}/api/v2/pixel`, {
      ...{ method: 'POST', mode: 'no-cors', keepalive: true },
      body: JSON.stringify({ event, page: location.href }),
    })
  const calls = window.ttq?.calls ?? []
  window.ttq = { page: () => send('Pageview'), track: (event) => send(event) }
  for (const [method, ...rest] of calls) window.ttq[method]?.(...rest)
})()
