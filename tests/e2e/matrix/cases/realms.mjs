// Fresh realms that hand back untouched functions.
import { inGroup, left } from './make.mjs'

const { way } = inGroup('realms')

export const realms = [
  way('frame-fetch', 'about:blank frame, contentWindow.fetch', ({ u, r, frame }) =>
    frame()
      .fetch(u('a.json'))
      .then(() => r('done')),
  ),
  way('frame-document', 'contentDocument.defaultView', ({ u, r, body }) => {
    const frame = body.appendChild(document.createElement('iframe'))
    return frame.contentDocument.defaultView.fetch(u('a.json')).then(() => r('done'))
  }),
  way('frame-index', 'window[n]', ({ u, r, body }) => {
    body.appendChild(document.createElement('iframe'))
    return window[window.length - 1].fetch(u('a.json')).then(() => r('done'))
  }),
  way('frame-named', 'window[name]', ({ u, r, id, token, body }) => {
    const frame = document.createElement('iframe')
    frame.name = 'n' + id + token
    body.appendChild(frame)
    return window['n' + id + token].fetch(u('a.json')).then(() => r('done'))
  }),
  way('frame-frames', 'frames[n] after insertAdjacentHTML', ({ u, r, body }) => {
    body.insertAdjacentHTML('beforeend', '<iframe></iframe>')
    return frames[frames.length - 1].fetch(u('a.json')).then(() => r('done'))
  }),
  way('frame-inner-html', 'frame by innerHTML', ({ u, r, body }) => {
    body.innerHTML = '<p><iframe></iframe></p>'
    return window[window.length - 1].fetch(u('a.json')).then(() => r('done'))
  }),
  way('frame-written', 'frame by document.write', ({ u, r, write, frame }) => {
    write('<iframe></iframe>')
    return (document.readyState === 'loading' ? window[window.length - 1] : frame())
      .fetch(u('a.json'))
      .then(() => r('done'))
  }),
  way(
    'frame-markup',
    'frame in the markup, used by the next script',
    ({ u, r, body }) =>
      body.querySelector('iframe')
        ? window[window.length - 1].fetch(u('a.json')).then(() => r('done'))
        : window[0].fetch(u('a.json')).then(() => r('done')),
    { html: () => '<iframe></iframe>' },
  ),
  way('frame-fragment', 'frame in a fragment, by Range.insertNode', ({ u, r, body }) => {
    const fragment = document.createDocumentFragment()
    fragment.append(document.createElement('iframe'))
    const range = document.createRange()
    range.selectNodeContents(body)
    range.insertNode(fragment)
    return window[window.length - 1].fetch(u('a.json')).then(() => r('done'))
  }),
  way('frame-shadow', 'frame in a closed shadow root', ({ u, r, body }) => {
    const root = body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' })
    const frame = document.createElement('iframe')
    root.append(frame)
    return frame.contentWindow.fetch(u('a.json')).then(() => r('done'))
  }),
  way('frame-clone', 'frame in a cloned template', ({ u, r, body }) => {
    const template = document.createElement('template')
    template.innerHTML = '<div><iframe></iframe></div>'
    body.append(template.content.cloneNode(true))
    return window[window.length - 1].fetch(u('a.json')).then(() => r('done'))
  }),
  way('frame-nested', 'frame in a frame', ({ u, r, frame }) => {
    const outer = frame()
    const inner = outer.document.createElement('iframe')
    outer.document.body.append(inner)
    return outer[0].fetch(u('a.json')).then(() => r('done'))
  }),
  way(
    'frame-reaction',
    'frame used inside a custom element reaction',
    ({ u, r, id, token, body }) => {
      const name = 'y-' + (id + token).toLowerCase().replace(/[^a-z0-9]/g, '')
      customElements.define(
        name,
        class extends HTMLElement {
          connectedCallback() {
            window[window.length - 1].fetch(u('a.json')).then(() => r('done'))
          }
        },
      )
      body.innerHTML = `<iframe></iframe><${name}></${name}>`
    },
  ),
  way('frame-observer', "frame used in the page's own MutationObserver", ({ u, r, body }) => {
    new MutationObserver((_, watcher) => {
      watcher.disconnect()
      window[window.length - 1].fetch(u('a.json')).then(() => r('done'))
    }).observe(body, { childList: true })
    body.append(document.createElement('iframe'))
  }),
  way('frame-object', 'object of about:blank', ({ u, r, body, wait }) => {
    const object = document.createElement('object')
    object.data = 'about:blank'
    object.type = 'text/html'
    body.append(object)
    return wait(150)
      .then(() => object.contentWindow.fetch(u('a.json')))
      .then(() => r('done'))
  }),
  way('frame-image', "a frame's Image", ({ u, frame }) => {
    const image = new (frame().Image)()
    image.src = u('a.png')
  }),
  way('frame-xhr', "a frame's XMLHttpRequest", ({ u, r, frame }) => {
    const x = new (frame().XMLHttpRequest)()
    x.open('GET', u('a.json'))
    x.onload = () => r('load')
    x.send()
  }),
  way('frame-websocket', "a frame's WebSocket", ({ ws, r, frame }) => {
    new (frame().WebSocket)(ws('a')).onopen = () => r('open')
  }),
  way('frame-beacon', "a frame's sendBeacon on the page's navigator", ({ u, r, frame }) =>
    r(frame().navigator.sendBeacon.call(navigator, u('a.txt'))),
  ),
  way('frame-setter', "a frame's src setter on an image of the page", ({ u, frame }) => {
    const { set } = Object.getOwnPropertyDescriptor(frame().HTMLImageElement.prototype, 'src')
    set.call(new Image(), u('a.png'))
  }),
  way('frame-set-attribute', "a frame's setAttribute on an image of the page", ({ u, frame }) =>
    frame().Element.prototype.setAttribute.call(new Image(), 'src', u('a.png')),
  ),
  way(
    'frame-inner-setter',
    "a frame's innerHTML setter on an element of the page",
    ({ u, body, frame }) => {
      const { set } = Object.getOwnPropertyDescriptor(frame().Element.prototype, 'innerHTML')
      set.call(body, `<img src="${u('a.png')}">`)
    },
  ),
  way('frame-removed', 'functions kept from a frame that was removed', ({ u, body }) => {
    const element = body.appendChild(document.createElement('iframe'))
    const { set } = Object.getOwnPropertyDescriptor(
      element.contentWindow.HTMLImageElement.prototype,
      'src',
    )
    element.remove()
    set.call(new Image(), u('a.png'))
  }),
  way(
    'frame-eval',
    "a frame's eval",
    ({ u, frame }) => void frame().eval(`fetch(${JSON.stringify(u('a.json'))})`),
  ),
  way('frame-script', 'a script element of the frame', ({ u, frame }) => {
    const view = frame()
    const s = view.document.createElement('script')
    s.textContent = `fetch(${JSON.stringify(u('a.json'))})`
    view.document.body.append(s)
  }),
  way('frame-write', 'document.write into a frame', ({ u, frame }) => {
    const { document: inner } = frame()
    inner.open()
    inner.write(`<img src="${u('a.png')}"><script>fetch("${u('a.json')}")</` + 'script>')
    inner.close()
  }),
  way('frame-srcdoc', "a srcdoc frame's fetch, once loaded", ({ u, r, body }) => {
    const frame = document.createElement('iframe')
    frame.srcdoc = '<p>x'
    frame.onload = () => frame.contentWindow.fetch(u('a.json')).then(() => r('done'))
    body.append(frame)
  }),
  way('frame-srcdoc-code', 'a srcdoc frame whose own code fetches', ({ u, body }) => {
    const frame = document.createElement('iframe')
    frame.srcdoc = `<script>fetch("${u('a.json')}")</` + 'script>'
    body.append(frame)
  }),
  way('frame-javascript', 'javascript: frame whose code fetches', ({ u, body }) => {
    const frame = document.createElement('iframe')
    frame.src = `javascript:void fetch("${u('a.json')}")`
    body.append(frame)
  }),
  way('frame-javascript-text', 'javascript: frame that becomes a document', ({ u, body }) => {
    const frame = document.createElement('iframe')
    frame.src = `javascript:'<img src="${u('a.png')}">'`
    body.append(frame)
  }),
  way('frame-blob', 'blob: document in a frame', ({ u, body }) => {
    const frame = document.createElement('iframe')
    const text = `<img src="${u('a.png')}"><script>fetch("${u('a.json')}")</` + 'script>'
    frame.src = URL.createObjectURL(new Blob([text], { type: 'text/html' }))
    body.append(frame)
  }),
  way(
    'frame-blob-location',
    'blob: document by location',
    ({ u, frame }) => {
      const text = `<img src="${u('a.png')}">`
      frame().location = URL.createObjectURL(new Blob([text], { type: 'text/html' }))
    },
    { left: left.location },
  ),
  way(
    'frame-own-page',
    "an own page's fetch, once loaded",
    ({ u, f, r, body }) => {
      const frame = document.createElement('iframe')
      frame.src = f('own.html')
      frame.onload = () => frame.contentWindow.fetch(u('a.json')).then(() => r('done'))
      body.append(frame)
    },
    { files: { 'own.html': () => '<!doctype html><p>own' } },
  ),
  way(
    'frame-own-page-code',
    "an own page's own code, without the lines",
    ({ f, body }) => {
      const frame = document.createElement('iframe')
      frame.src = f('own.html')
      body.append(frame)
    },
    {
      files: { 'own.html': ({ u }) => `<!doctype html><script>fetch("${u('a.json')}")</script>` },
      left: left.document,
    },
  ),
  way(
    'frame-text',
    'an own text file as a frame: a realm without scripts',
    ({ u, f, r, body }) => {
      const frame = document.createElement('iframe')
      frame.src = f('own.txt')
      frame.onload = () => frame.contentWindow.fetch(u('a.json')).then(() => r('done'))
      body.append(frame)
    },
    { files: { 'own.txt': () => 'text' } },
  ),
  way(
    'window-open',
    "window.open(''), its fetch",
    ({ u }) => {
      const view = window.open('')
      view.fetch(u('a.json'))
    },
    { solo: true, own: false },
  ),
  way(
    'window-open-write',
    "window.open(''), document.write",
    ({ u }) => {
      const view = window.open('')
      view.document.write(`<img src="${u('a.png')}">`)
    },
    { solo: true, own: false },
  ),
  way('document-open', 'document.open on a frame, then its functions', ({ u, r, frame }) => {
    const view = frame()
    view.document.open()
    view.document.close()
    return view.fetch(u('a.json')).then(() => r('done'))
  }),
  way('function-constructor', "a frame's Function constructor", ({ u, frame }) => {
    frame().Function('a', 'new Image().src = a')(u('a.png'))
  }),
]
