// Stands in for an advertising pixel: one first-party name, one image request per event.
;(() => {
  const from = new URL(document.currentScript.src)
  const port = from.port && `:${from.port}`
  const endpoint = `${from.protocol}//www.facebook.com.localhost${port}/tr/`
  if (!/(?:^|; )_fbp=/.test(document.cookie))
    document.cookie = `_fbp=fb.0.${Date.now()}.${Math.floor(Math.random() * 1e9)}; path=/; max-age=10368000; SameSite=Lax`
  let account = ''
  const calls = window.fbq?.queue ?? []
  window.fbq = (method, name) => {
    if (method === 'init') account = name
    else if (method === 'track')
      new Image().src = `${endpoint}?${new URLSearchParams({ id: account, ev: name, dl: location.href })}`
  }
  for (const call of calls) window.fbq(...call)
})()
