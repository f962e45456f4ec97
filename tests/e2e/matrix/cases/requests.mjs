// Requests made by script.

const group = 'requests'
const way = (id, title, js, more = {}) => ({ group, id, title, js, ...more })

export const requests = [
  way('fetch', 'fetch(url)', ({ u, r }) => fetch(u('a.json')).then((a) => r('status ' + a.status))),
  way('fetch-request', 'fetch(new Request)', ({ u, r }) =>
    fetch(new Request(u('a.json')))
      .then((a) => a.json())
      .then((a) => r('json ' + a.a)),
  ),
  way('fetch-post', 'fetch POST with a body', ({ u, r }) =>
    fetch(u('a.json'), { method: 'POST', body: 'x' }).then((a) => r('status ' + a.status)),
  ),
  way('xhr', 'XMLHttpRequest', ({ u, r }) => {
    const x = new XMLHttpRequest()
    x.open('GET', u('a.json'))
    x.onload = () => r('load ' + x.status)
    x.onerror = () => r('error')
    x.send()
  }),
  way('beacon', 'navigator.sendBeacon', ({ u, r }) => r(navigator.sendBeacon(u('a.txt'), 'x'))),
  way('websocket', 'new WebSocket', ({ ws, r }) => {
    const socket = new WebSocket(ws('a'))
    socket.onopen = () => r('open')
  }),
  way('eventsource', 'new EventSource', ({ u, r }) => {
    const source = new EventSource(u('a.es'))
    source.onmessage = () => r('message')
  }),
  way('new-image', 'new Image().src', ({ u, r }) => {
    const image = new Image()
    image.onload = () => r('load')
    image.src = u('a.png')
  }),
  way('inner-html', 'innerHTML with an image', ({ u, body }) => {
    body.innerHTML = `<img src="${u('a.png')}">`
  }),
  way('create-script', 'a loader snippet', ({ u, r }) => {
    const s = document.createElement('script')
    s.async = true
    s.onload = () => r('load')
    s.src = u('a.js')
    document.head.appendChild(s)
  }),
  way(
    'cookie',
    'document.cookie',
    ({ n }) => {
      document.cookie = n + '=1; path=/'
    },
    { stores: 'cookie' },
  ),
  way('local-set', 'localStorage.setItem', ({ n }) => localStorage.setItem(n, '1'), {
    stores: 'local',
  }),
  way('session-set', 'sessionStorage.setItem', ({ n }) => sessionStorage.setItem(n, '1'), {
    stores: 'session',
  }),
  way(
    'local-property',
    'localStorage.x =',
    ({ n }) => {
      localStorage[n] = '1'
    },
    { stores: 'local' },
  ),
]
