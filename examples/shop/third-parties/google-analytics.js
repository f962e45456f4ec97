// Stands in for a measurement library that is loaded from one host and reports to another.
;(() => {
  const from = new URL(document.currentScript.src)
  const port = from.port && `:${from.port}`
  const collect = `${from.protocol}//www.google-analytics.com.localhost${port}/g/collect`
  const id = from.searchParams.get('id') ?? 'G-DEMO'
  if (window[`ga-disable-${id}`]) return
  const set = (name, value) => {
    document.cookie = `${name}=${value}; path=/; max-age=63072000; SameSite=Lax`
  }
  const known = /(?:^|; )_ga=([^;]+)/.exec(document.cookie)
  const client =
    known?.[1] ?? `GA1.1.${Math.floor(Math.random() * 1e9)}.${Math.floor(Date.now() / 1000)}`
  set('_ga', client)
  set(`_ga_${id.slice(2)}`, `GS1.1.${Math.floor(Date.now() / 1000)}.1.0`)

  const send = (event) =>
    navigator.sendBeacon(
      `${collect}?${new URLSearchParams({ v: 2, tid: id, cid: client, en: event, dl: location.href })}`,
    )
  const layer = (window.dataLayer = window.dataLayer ?? [])
  const seen = (entry) => {
    if (entry?.[0] === 'config' && entry[1] === id) send('page_view')
    else if (entry?.[0] === 'event') send(entry[1])
  }
  layer.forEach(seen)
  const push = layer.push.bind(layer)
  layer.push = (...entries) => {
    entries.forEach(seen)
    return push(...entries)
  }
})()
