// Requests made by script.
import { inGroup, left } from './make.mjs'

const { way } = inGroup('requests')

export const requests = [
  way('fetch', 'fetch(url)', ({ u, r }) => fetch(u('a.json')).then((a) => r('status ' + a.status))),
  way('fetch-request', 'fetch(new Request)', ({ u, r }) =>
    fetch(new Request(u('a.json')))
      .then((a) => a.json())
      .then((a) => r('json ' + a.a)),
  ),
  way('fetch-clone', 'fetch of a cloned Request with a new signal', ({ u, r }) =>
    fetch(
      new Request(new Request(u('a.json')).clone(), { signal: new AbortController().signal }),
    ).then((a) => r('ok ' + a.ok)),
  ),
  way('fetch-url-object', 'fetch(new URL)', ({ u, r }) =>
    fetch(new URL(u('a.json'))).then((a) => r('status ' + a.status)),
  ),
  way(
    'fetch-flip',
    'fetch of an object that flips',
    ({ u, f }) => {
      for (const start of [0, 1]) {
        let times = start
        fetch({ toString: () => (times++ % 2 ? u('a.json') : f('own.json')) })
      }
    },
    { own: false },
  ),
  way('fetch-relative', "fetch('//…')", ({ u, r }) =>
    fetch(u('a.json').slice(5)).then((a) => r('status ' + a.status)),
  ),
  way('fetch-post', 'fetch POST with a body', ({ u, r }) =>
    fetch(u('a.json'), { method: 'POST', body: 'x' }).then((a) => r('status ' + a.status)),
  ),
  way('fetch-no-cors', 'fetch no-cors, with credentials', ({ u, r }) =>
    fetch(u('a.json'), { mode: 'no-cors', credentials: 'include' }).then((a) =>
      r('got ' + (a.type === 'opaque' || a.type === 'basic')),
    ),
  ),
  way('fetch-keepalive', 'fetch keepalive', ({ u, r }) =>
    fetch(u('a.txt'), { method: 'POST', body: 'x', keepalive: true }).then((a) =>
      r('status ' + a.status),
    ),
  ),
  way('fetch-call', 'fetch.call, Reflect.apply, bind', ({ u, r }) =>
    Promise.all([
      fetch.call(window, u('a.json')),
      Reflect.apply(fetch, window, [u('b.json')]),
      fetch.bind(window)(u('c.json')),
    ]).then((all) => r('got ' + all.length)),
  ),
  way('fetch-later', 'fetchLater', ({ u }) => {
    fetchLater(u('a.txt'), { activateAfter: 0 })
  }),
  way('xhr', 'XMLHttpRequest', ({ u, r }) => {
    const x = new XMLHttpRequest()
    x.open('GET', u('a.json'))
    x.onload = () => r('load ' + x.status)
    x.onerror = () => r('error')
    x.send()
  }),
  way('xhr-post', 'XMLHttpRequest POST with headers and upload listener', ({ u, r }) => {
    const x = new XMLHttpRequest()
    x.open('POST', u('a.json'))
    x.setRequestHeader('x-own', '1')
    x.upload.onloadstart = () => r('upload')
    x.onloadend = () => r('end ' + x.status)
    x.send('body')
  }),
  way(
    'xhr-sync',
    'synchronous XMLHttpRequest',
    ({ u, r }) => {
      const x = new XMLHttpRequest()
      x.open('GET', u('a.json'), false)
      x.send()
      r('status ' + x.status)
    },
    { releases: 'again' },
  ),
  way('xhr-again', 'XMLHttpRequest opened twice: first the shop, then outside', ({ u, f, r }) => {
    const x = new XMLHttpRequest()
    x.open('GET', f('own.json'))
    x.open('GET', u('a.json'))
    x.onload = () => r('load')
    x.send()
  }),
  way('xhr-class', 'a class that extends XMLHttpRequest', ({ u, r }) => {
    class Mine extends XMLHttpRequest {}
    const x = new Mine()
    x.addEventListener('load', () => r('load'))
    x.open('GET', new URL(u('a.json')))
    x.send()
  }),
  way('beacon', 'navigator.sendBeacon', ({ u, r }) => r(navigator.sendBeacon(u('a.txt'), 'x'))),
  way('beacon-prototype', 'Navigator.prototype.sendBeacon.call', ({ u, r }) =>
    r(Navigator.prototype.sendBeacon.call(navigator, new URL(u('a.txt')), new Blob(['x']))),
  ),
  way(
    'beacon-pagehide',
    'beacon on pagehide',
    ({ u }) => addEventListener('pagehide', () => navigator.sendBeacon(u('a.txt'), 'x')),
    { leave: true },
  ),
  way(
    'keepalive-pagehide',
    'fetch keepalive on visibilitychange and pagehide',
    ({ u }) => {
      addEventListener('pagehide', () =>
        fetch(u('a.txt'), { method: 'POST', body: 'x', keepalive: true }),
      )
      document.addEventListener('visibilitychange', () =>
        fetch(u('b.txt'), { method: 'POST', body: 'x', keepalive: true }),
      )
    },
    { leave: true },
  ),
  way(
    'image-unload',
    'image on beforeunload',
    ({ u }) =>
      addEventListener('beforeunload', () => {
        new Image().src = u('a.png')
      }),
    { leave: true, own: false },
  ),
  way('websocket', 'new WebSocket', ({ ws, r }) => {
    const socket = new WebSocket(ws('a'))
    socket.onopen = () => r('open')
  }),
  way('websocket-class', 'a class that extends WebSocket', ({ ws, r }) => {
    class Mine extends WebSocket {}
    const socket = new Mine(ws('a'))
    r(socket instanceof Mine)
    socket.addEventListener('open', () => r('open'))
  }),
  way('websocket-http', 'new WebSocket with an http address', ({ u, r }) => {
    const socket = new WebSocket(new URL(u('a')))
    socket.onopen = () => r('open')
  }),
  way('websocket-stream', 'new WebSocketStream', ({ ws, r }) =>
    new WebSocketStream(ws('a')).opened.then(() => r('open')),
  ),
  way('eventsource', 'new EventSource', ({ u, r }) => {
    const source = new EventSource(u('a.es'))
    source.onmessage = () => {
      r('message')
      source.close()
    }
  }),
  way('eventsource-listener', 'EventSource with credentials and a listener', ({ u, r }) => {
    const source = new EventSource(u('a.es'), { withCredentials: true })
    source.addEventListener('open', () => {
      r('open ' + source.withCredentials)
      source.close()
    })
  }),
  way(
    'webtransport',
    'new WebTransport',
    ({ lent }) => {
      const transport = new WebTransport(`https://127.0.0.1:${lent}/`)
      transport.ready.catch(() => {})
      transport.closed.catch(() => {})
    },
    { lends: 'udp', own: false, party: 'nobody', releases: false },
  ),
  way(
    'webrtc',
    'RTCPeerConnection with a STUN server',
    async ({ host, lent, r }) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${host}:${lent}` }] })
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
      r('described')
    },
    { lends: 'udp', own: false },
  ),
  way(
    'webrtc-config',
    'setConfiguration with a TURN server',
    async ({ host, lent, r }) => {
      const peer = new RTCPeerConnection()
      peer.setConfiguration({
        iceServers: [{ urls: [`turn:${host}:${lent}`], username: 'u', credential: 'c' }],
      })
      peer.createDataChannel('x')
      await peer.setLocalDescription(await peer.createOffer())
      r('described')
    },
    { lends: 'udp', own: false },
  ),
  way(
    'import',
    'import(url)',
    ({ u, r }) => import(u('a.mjs')).then((m) => r('imported ' + m.default)),
    { left: left.module },
  ),
  way(
    'import-function',
    'import in new Function',
    ({ u, r }) =>
      new Function('a', 'return import(a)')(u('a.mjs')).then((m) => r('imported ' + m.default)),
    { left: left.module },
  ),
  way(
    'eval',
    'eval that loads',
    ({ u }) => void (0, eval)(`new Image().src = ${JSON.stringify(u('a.png'))}`),
  ),
  way(
    'timer-text',
    'setTimeout with text',
    ({ u }) => void setTimeout(`fetch(${JSON.stringify(u('a.json'))})`, 0),
  ),
  way('handler-code', 'handler attribute set by code', ({ u, body }) => {
    body.setAttribute('onclick', `new Image().src = ${JSON.stringify(u('a.png'))}`)
    body.click()
  }),
  way('javascript-link', 'a javascript: link, clicked by code', ({ u, body }) => {
    const a = body.appendChild(document.createElement('a'))
    a.href = `javascript:void (new Image().src = ${JSON.stringify(u('a.png'))})`
    a.click()
  }),
  ...[
    ['link-click', 'a link into a frame, click()', (link) => link.click()],
    [
      'link-dispatch',
      'a link into a frame, a click event of its own',
      (link) =>
        link.dispatchEvent(
          new MouseEvent('click', { bubbles: true, cancelable: true, composed: true }),
        ),
    ],
    [
      'link-inner',
      'a click on what a link in a shadow root holds',
      (link, body) => {
        body.attachShadow({ mode: 'open' }).append(link)
        link.appendChild(document.createElement('b')).click()
      },
    ],
  ].map(([id, title, press]) => ({
    ...way(id, title),
    js: new Function(
      'c',
      `const { u, id, body } = c, press = ${String(press)}
       const frame = document.createElement('iframe')
       frame.name = 'l' + id
       document.body.append(frame)
       const link = document.createElement('a')
       link.target = frame.name
       link.href = u('a.html')
       const box = body.appendChild(document.createElement('div'))
       box.append(link)
       let times = 0
       link.addEventListener('click', () => c.r('clicked ' + ++times))
       press(link, box)`,
    ),
  })),
  way(
    'open-window',
    'window.open of an address',
    ({ u }) => {
      const view = window.open(u('a.html'))
      setTimeout(() => view && view.close(), 1500)
    },
    { solo: true, releases: 'again' },
  ),
  way(
    'form-code',
    'form.submit() into a frame',
    ({ u, id, body }) => {
      body.innerHTML = `<iframe name="t${id}"></iframe><form target="t${id}"></form>`
      const form = body.querySelector('form')
      form.action = u('a.html')
      form.submit()
    },
    { releases: 'again' },
  ),
  way(
    'form-request-submit',
    'form.requestSubmit() with formAction',
    ({ u, id, body }) => {
      body.innerHTML = `<iframe name="t${id}"></iframe><form target="t${id}"><button></button></form>`
      const button = body.querySelector('button')
      button.formAction = u('a.html')
      body.querySelector('form').requestSubmit(button)
    },
    { releases: 'again' },
  ),
  way(
    'form-prototype',
    'HTMLFormElement.prototype.submit.call',
    ({ u, id, body }) => {
      body.innerHTML = `<iframe name="t${id}"></iframe><form target="t${id}"><input name="submit"></form>`
      const form = body.querySelector('form')
      form.setAttribute('action', u('a.html'))
      HTMLFormElement.prototype.submit.call(form)
    },
    { releases: 'again' },
  ),
  way(
    'undeclared-fetch',
    'fetch to a host nobody declared',
    ({ u }) => {
      fetch(u('a.json'))
    },
    { party: 'nobody', releases: false, own: false },
  ),
  way(
    'undeclared-image',
    'image of a host nobody declared',
    ({ u }) => {
      new Image().src = u('a.png')
    },
    { party: 'nobody', releases: false, own: false },
  ),
]
