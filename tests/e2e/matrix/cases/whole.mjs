// The page's own code, which must notice nothing: what each reports is compared with the bare page, in every phase.
import { inGroup } from './make.mjs'

const group = inGroup('whole')
const way = (id, title, js, more) => ({ ...group.way(id, title, js, more), whole: true })
const tag = (id, title, html, more) => ({ ...group.tag(id, title, html, more), whole: true })

export const whole = [
  way('functions', 'names, lengths and texts of what page code can call', ({ r }) => {
    const look = (path, at) => {
      const [owner, key] = at
      const found = Object.getOwnPropertyDescriptor(owner, key)
      if (!found) return r(path + ' none')
      const parts = ['value', 'get', 'set'].filter((part) => typeof found[part] === 'function')
      for (const part of parts) {
        const f = found[part]
        r(
          `${path} ${part} ${f.name} ${f.length} ${/\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(f))} ${'prototype' in f}`,
        )
      }
      r(`${path} ${found.enumerable} ${found.configurable} ${found.writable}`)
    }
    const P = (name) => window[name]?.prototype ?? {}
    const all = {
      fetch: [window, 'fetch'],
      xhrOpen: [P('XMLHttpRequest'), 'open'],
      xhrSend: [P('XMLHttpRequest'), 'send'],
      beacon: [P('Navigator'), 'sendBeacon'],
      cookie: [P('Document'), 'cookie'],
      write: [P('Document'), 'write'],
      set: [P('Element'), 'setAttribute'],
      inner: [P('Element'), 'innerHTML'],
      outer: [P('Element'), 'outerHTML'],
      adjacent: [P('Element'), 'insertAdjacentHTML'],
      append: [P('Node'), 'appendChild'],
      before: [P('Node'), 'insertBefore'],
      img: [P('HTMLImageElement'), 'src'],
      script: [P('HTMLScriptElement'), 'src'],
      frame: [P('HTMLIFrameElement'), 'src'],
      window: [P('HTMLIFrameElement'), 'contentWindow'],
      setItem: [P('Storage'), 'setItem'],
      getItem: [P('Storage'), 'getItem'],
      idb: [P('IDBFactory'), 'open'],
      open: [window, 'open'],
      timeout: [window, 'setTimeout'],
      local: [window, 'localStorage'],
      value: [P('Attr'), 'value'],
      css: [P('CSSStyleDeclaration'), 'setProperty'],
      rule: [P('CSSStyleSheet'), 'insertRule'],
      submit: [P('HTMLFormElement'), 'submit'],
      image: [window, 'Image'],
      socket: [window, 'WebSocket'],
      worker: [window, 'Worker'],
    }
    for (const name in all) look(name, all[name])
  }),
  way('errors', 'types and messages of errors for wrong arguments', ({ r }) => {
    const attempt = (name, work) => {
      try {
        work()
        r(name + ' nothing')
      } catch (e) {
        r(`${name} ${e.name}: ${e.message}`)
      }
    }
    const div = document.createElement('div')
    attempt('append', () => div.appendChild(null))
    attempt('insert', () => div.insertBefore(div))
    attempt('self', () => div.append(div))
    attempt('attribute', () => div.setAttribute('a b', '1'))
    attempt('attribute-one', () => div.setAttribute('a'))
    attempt('xhr', () => new XMLHttpRequest().open('GET'))
    attempt('xhr-state', () => new XMLHttpRequest().send())
    attempt('xhr-method', () => new XMLHttpRequest().open('CONNECT', '/'))
    attempt('socket', () => new WebSocket('nonsense:x'))
    attempt('socket-call', () => WebSocket('ws://x'))
    attempt('worker', () => new Worker())
    attempt('image-call', () => Image())
    attempt('illegal-fetch', () => fetch.call({}, '/'))
    attempt('illegal-src', () =>
      Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src').get.call({}),
    )
    attempt('illegal-set', () => Element.prototype.setAttribute.call({}, 'a', 'b'))
    attempt('illegal-item', () => Storage.prototype.setItem.call({}, 'a', 'b'))
    attempt('adjacent', () => div.insertAdjacentHTML('nowhere', 'x'))
    attempt('symbol', () => div.setAttribute(Symbol('x'), '1'))
    attempt('setItem', () => localStorage.setItem('x'))
  }),
  way('rejections', 'fetch rejects as before', async ({ r }) => {
    const attempt = (name, work) =>
      work().then(
        () => r(name + ' fine'),
        (e) => r(name + ' ' + e.name),
      )
    await attempt('none', () => fetch())
    await attempt('address', () => fetch('http://['))
    await attempt('method', () => fetch('/', { method: 'TRACE' }))
    const stop = new AbortController()
    stop.abort()
    await attempt('aborted', () => fetch('/', { signal: stop.signal }))
    r(fetch('/x') instanceof Promise)
  }),
  way('classes', 'instanceof, constructor and subclasses', ({ r, f, ws }) => {
    r(new Image() instanceof HTMLImageElement)
    r(new Image(3, 4).width + ' ' + Image.prototype.constructor.name)
    r(new Audio() instanceof HTMLAudioElement)
    class X extends XMLHttpRequest {}
    r(
      new X() instanceof X &&
        new X() instanceof XMLHttpRequest &&
        X.prototype instanceof EventTarget,
    )
    class S extends WebSocket {}
    const socket = new S(ws('a'))
    r(socket instanceof S && socket instanceof WebSocket && socket.constructor === S)
    r(
      WebSocket.OPEN +
        ' ' +
        WebSocket.name +
        ' ' +
        WebSocket.length +
        ' ' +
        (WebSocket.prototype.constructor === WebSocket),
    )
    r(Object.getPrototypeOf(WebSocket) === EventTarget)
    r(new Request(f('x')) instanceof Request)
    r(Object.prototype.toString.call(new XMLHttpRequest()))
    r(typeof Worker + ' ' + Worker.name + ' ' + (Worker.prototype.constructor === Worker))
  }),
  way(
    'storage-object',
    'localStorage: class, keys, order, in, delete, length, JSON',
    ({ r, n }) => {
      for (const area of [localStorage, sessionStorage]) {
        const mine = () =>
          Object.keys(area)
            .filter((key) => key.startsWith(n))
            .sort()
            .join()
        area.setItem(n + 'b', '2')
        area[n + 'a'] = 1
        r(area instanceof Storage && Object.prototype.toString.call(area) === '[object Storage]')
        r(mine() + ' ' + area[n + 'a'] + ' ' + typeof area[n + 'a'] + ' ' + area.getItem(n + 'b'))
        r(
          (n + 'a' in area) +
            ' ' +
            area.hasOwnProperty(n + 'b') +
            ' ' +
            JSON.stringify(Object.getOwnPropertyDescriptor(area, n + 'a')),
        )
        r(delete area[n + 'a'])
        r(mine() + ' ' + area[n + 'a'] + ' ' + area.getItem(n + 'a'))
        const keys = []
        for (const key in area) if (key.startsWith(n)) keys.push(key)
        r(keys.join())
        r(area === (area === localStorage ? window.localStorage : window.sessionStorage))
        r(Object.getPrototypeOf(area) === Storage.prototype)
        area.removeItem(n + 'b')
        r(mine() || 'empty')
      }
    },
  ),
  way('storage-event', 'storage events of another realm of the shop', ({ r, n, token, frame }) => {
    const view = frame()
    addEventListener(
      'storage',
      (e) => e.key === n && r(`${e.newValue === token} ${e.storageArea === localStorage}`),
    )
    // What is stored already is no event.
    view.localStorage.setItem(n, token)
  }),
  way('cookies', 'cookies of the shop: written, read, expired', ({ r, n }) => {
    document.cookie = n + '=a; path=/'
    const has = () => document.cookie.split('; ').includes(n + '=a')
    r(has())
    document.cookie = n + '=; path=/; max-age=0'
    r(has())
    r(typeof document.cookie)
  }),
  way('round-trip', 'innerHTML reads back what was written', ({ r, f, body }) => {
    const div = body.appendChild(document.createElement('div'))
    const texts = [
      `<img src="${f('a.png')}" alt="x"><p style="color: red">a &amp; b</p>`,
      '<table><tbody><tr><td>1</td></tr></tbody></table>',
      '<svg viewBox="0 0 1 1"><path d="M0 0"></path></svg>',
      '<template><b>t</b></template><!-- c --><custom-x a="1"></custom-x>',
      '<iframe></iframe><script>1 < 2</' + 'script>',
      '<a href="http://nobody.localhost/x">link</a>',
      '<style>a{background:url(/x.png)}</style>',
      'text // and "quotes"',
    ]
    for (const text of texts) {
      div.innerHTML = text
      r(div.innerHTML === text)
    }
  }),
  way('html-in-table', 'fragments parse in their context', ({ r, body }) => {
    const table = body.appendChild(document.createElement('table'))
    table.innerHTML = '<tr><td>1<td>2'
    r(table.innerHTML)
    const select = body.appendChild(document.createElement('select'))
    select.innerHTML = '<option>1<option selected>2'
    r(select.value)
    const svg = body.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'svg'))
    svg.innerHTML = '<circle r="1"/>'
    r(svg.firstChild.namespaceURI)
    table.rows[0].insertAdjacentHTML('afterend', '<tr><td>3')
    r(table.rows.length)
  }),
  way('identity', 'nodes stay the same nodes', ({ r, f, body }) => {
    const image = new Image()
    image.src = f('a.png')
    r(body.appendChild(image) === image && image.parentNode === body)
    const copy = image.cloneNode()
    r(copy.src === image.src && copy !== image && image.isEqualNode(copy))
    r(image.getAttribute('src') + ' ' + image.attributes.length === f('a.png') + ' 1')
    const script = document.createElement('script')
    script.src = f('a.js')
    script.async = false
    r(script.outerHTML === `<script src="${f('a.js')}"></` + 'script>')
    r(body.insertBefore(script, image) === script && body.firstElementChild !== null)
    const frame = body.appendChild(document.createElement('iframe'))
    r(
      frame.contentWindow === frame.contentDocument.defaultView &&
        frame.contentWindow.parent === window,
    )
    r(frame.contentWindow.frameElement === frame && frame.outerHTML === '<iframe></iframe>')
  }),
  way('observer', "records of the page's own MutationObserver", async ({ r, f, body, wait }) => {
    const seen = []
    const watcher = new MutationObserver((list) => {
      for (const one of list)
        seen.push(
          `${one.type} ${one.attributeName} ${one.addedNodes.length} ${one.removedNodes.length}`,
        )
    })
    watcher.observe(body, { childList: true, subtree: true, attributes: true, characterData: true })
    body.append(document.createElement('p'), 'text')
    body.lastElementChild.innerHTML = `<img src="${f('a.png')}"><b>x</b>`
    body.lastElementChild.setAttribute('class', 'a')
    body.lastElementChild.remove()
    const script = document.createElement('script')
    script.src = f('a.js')
    body.append(script)
    body.append(document.createElement('iframe'))
    await wait(120)
    watcher.disconnect()
    r(seen.join('; '))
  }),
  way('order', 'tasks, microtasks, listeners in order', async ({ r, body, wait }) => {
    const list = []
    setTimeout(() => list.push('timer'), 0)
    queueMicrotask(() => list.push('micro'))
    Promise.resolve().then(() => list.push('promise'))
    body.addEventListener('x', () => list.push('listener'))
    body.dispatchEvent(new Event('x'))
    const frame = document.createElement('iframe')
    frame.onload = () => list.push('frame')
    body.append(frame)
    list.push('end')
    await wait(100)
    r(list.filter((x) => x !== 'timer').join())
    r(list.includes('timer'))
  }),
  tag(
    'script-sequence',
    'sync, inline, deferred, module and async own scripts',
    ({ f, id }) => `<script>window.seq=[]</script>
    <script defer src="${f('d.js')}"></script><script src="${f('a.js?delay=80')}"></script><script>seq.push('inline')</script><script src="${f('b.js')}"></script>
    <script>addEventListener('DOMContentLoaded',()=>seq.push('dcl'));addEventListener('load',()=>{seq.push('load');__m.r('${id}',seq.join())})</script>`,
    {
      solo: true,
      files: {
        'a.js': () => `seq.push('a')`,
        'b.js': () => `seq.push('b')`,
        'd.js': () => `seq.push('d')`,
      },
    },
  ),
  tag(
    'code-in-strings',
    'inline scripts whose strings look like code run at once',
    ({ id }) =>
      `<script>window.mxText = "export { default } from 'http://nobody.localhost/x.mjs'"; __m.r('${id}', 'run')</script>`,
  ),
  tag(
    'current-script',
    'document.currentScript',
    ({ f, id }) =>
      `<script id="cs-${id}" data-x="1">__m.r('${id}', document.currentScript.id)</script><script data-y="2" src="${f('own.js')}"></script>`,
    {
      files: {
        'own.js': ({ id }) =>
          `__m.r('${id}', 'own ' + document.currentScript.dataset.y + ' ' + document.currentScript.src.endsWith('own.js'))`,
      },
    },
  ),
  tag(
    'document-write',
    'document.write streams into the place of its script',
    ({ f, id }) =>
      `<p>1</p><script>document.readyState === 'loading' && document.write('<p id="w1-${id}">w</p><script>__m.r("${id}", "inner " + !!document.getElementById("w1-${id}"))<\\/script><p id="w2-${id}">x</p>')</script><script>__m.r('${id}', document.readyState !== 'loading' || document.getElementById('w1-${id}').nextElementSibling.localName)</script><script src="${f('own.js')}"></script>`,
    {
      files: {
        'own.js': ({ id }) =>
          `document.readyState === 'loading' && document.write('<i id="w3-${id}"></i>'); __m.r('${id}', 'own ' + (document.readyState !== 'loading' || !!document.getElementById('w3-${id}')))`,
      },
    },
  ),
  way('custom-elements', 'reactions of custom elements', ({ r, body, id, token }) => {
    const name = 'w-' + (id + token).toLowerCase().replace(/[^a-z0-9]/g, '')
    const list = []
    customElements.define(
      name,
      class extends HTMLElement {
        static observedAttributes = ['src', 'x']
        constructor() {
          super()
          list.push('made')
        }
        connectedCallback() {
          list.push('in ' + this.childNodes.length)
        }
        disconnectedCallback() {
          list.push('out')
        }
        attributeChangedCallback(key, old, now) {
          list.push(`${key} ${old} ${now}`)
        }
      },
    )
    body.innerHTML = `<${name} x="1"></${name}>`
    body.firstChild.setAttribute('src', '/y')
    body.append(body.firstChild)
    const made = document.createElement(name)
    made.toggleAttribute('x')
    body.replaceChildren(made)
    body.insertAdjacentHTML('beforeend', `<${name}>a</${name}>`)
    r(list.join('; '))
  }),
  way('forms', 'own forms: submit event, data, reset, validation', ({ r, body, id, f }) => {
    body.innerHTML = `<iframe name="w${id}"></iframe><form target="w${id}" method="get"><input name="a" value="1" required><button name="b" value="2"></button></form>`
    const form = body.querySelector('form')
    form.action = f('own.html')
    form.addEventListener('submit', (e) =>
      r(
        `submit ${e.submitter?.name} ${new FormData(form, e.submitter).get('b')} ${e.defaultPrevented}`,
      ),
    )
    form.requestSubmit(form.querySelector('button'))
    form.a.value = ''
    r(form.checkValidity())
    form.reset()
    r(form.a.value)
  }),
  way('history', 'pushState, state, hash', async ({ r, wait }) => {
    const before = location.href
    history.pushState({ a: 1 }, '', '#mx-state')
    r(JSON.stringify(history.state) + location.hash)
    history.replaceState(null, '', before)
    r(history.state + ' ' + (location.href === before))
  }),
  way(
    'own-frame',
    'a frame of the shop talks with its parent',
    ({ r, f, body }) => {
      addEventListener(
        'message',
        ({ data, origin }) => r(`${data} ${origin === location.origin}`),
        { once: true },
      )
      const frame = document.createElement('iframe')
      frame.src = f('own.html')
      frame.onload = () =>
        r('load ' + frame.contentWindow.hello() + ' ' + (frame.contentDocument.title === 'own'))
      body.append(frame)
    },
    {
      files: {
        'own.html': () =>
          `<!doctype html><title>own</title><script>window.hello = () => 'hello'; parent.postMessage('hi ' + (parent.document.title), '*')</script>`,
      },
    },
  ),
  way('own-srcdoc', 'a srcdoc frame works and keeps its text', ({ r, body }) => {
    const frame = document.createElement('iframe')
    const text =
      '<p id="a">x</p><script>parent.mxFrame = document.getElementById("a").textContent + document.scripts.length</' +
      'script>'
    frame.srcdoc = text
    frame.onload = () =>
      r(`${window.mxFrame} ${frame.contentDocument.body.innerHTML.includes('id="a"')}`)
    body.append(frame)
    r(frame.srcdoc === text && frame.getAttribute('srcdoc') === text)
    r(frame.attributes.srcdoc.value === text && frame.getAttributeNode('srcdoc').value === text)
    const copy = document.createElement('iframe')
    copy.setAttribute('srcdoc', text)
    r(frame.outerHTML === copy.outerHTML && body.innerHTML.includes(frame.outerHTML))
    r(
      frame.outerHTML
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .includes(text.replaceAll('"', '&quot;')),
    )
  }),
  way(
    'own-worker',
    'a worker of the shop',
    ({ r, f }) => {
      const worker = new Worker(f('w.js'), { name: 'mine' })
      worker.onmessage = ({ data }) => r(data)
      worker.postMessage(2)
      r(worker instanceof Worker)
    },
    {
      files: {
        'w.js': () =>
          `onmessage = ({ data }) => postMessage(data * 21 + ' ' + self.name + ' ' + location.pathname.endsWith('w.js') + ' ' + fetch.name)`,
      },
    },
  ),
  way('own-blob-worker', 'a blob: worker of the shop, its address and errors', ({ r }) => {
    const address = URL.createObjectURL(
      new Blob([
        'postMessage(location.protocol + (1 + 1)); setTimeout(() => { throw new Error("own") })',
      ]),
    )
    const worker = new Worker(address)
    worker.onmessage = ({ data }) => r(data)
    worker.onerror = (e) => {
      r('error ' + /own/.test(e.message))
      e.preventDefault()
    }
  }),
  way(
    'own-module-worker',
    'a module worker of the shop with an own import',
    ({ r, f }) => {
      new Worker(f('w.js'), { type: 'module' }).onmessage = ({ data }) => r(data)
    },
    {
      files: {
        'w.js': () => `import { x } from './x.mjs'; postMessage(x)`,
        'x.mjs': () => 'export const x = "x"',
      },
    },
  ),
  way(
    'own-service-worker',
    "the shop's service worker registers",
    async ({ r, f }) => {
      const registration = await navigator.serviceWorker.register(f('w.js'), { scope: f('scope/') })
      r(registration instanceof ServiceWorkerRegistration && registration.scope === f('scope/'))
      await registration.unregister()
    },
    { files: { 'w.js': () => 'onfetch = () => {}' } },
  ),
  way('own-idb', "the shop's database", ({ r, n }) => {
    const request = indexedDB.open(n, 3)
    r(request instanceof IDBOpenDBRequest)
    request.onupgradeneeded = ({ oldVersion, newVersion }) => {
      r(oldVersion >= 0 && newVersion)
      request.result.createObjectStore('s', { keyPath: 'id' })
    }
    request.onsuccess = () => {
      const db = request.result
      const put = db.transaction('s', 'readwrite').objectStore('s').put({ id: 1 })
      put.onsuccess = () => {
        r('put ' + put.result)
        db.close()
        indexedDB.deleteDatabase(n)
      }
    }
  }),
  way('xhr-own', 'XMLHttpRequest: states, headers, response types', ({ r, f }) => {
    const x = new XMLHttpRequest()
    const states = []
    x.onreadystatechange = () => states.push(x.readyState)
    x.open('GET', f('a.json'))
    x.responseType = 'json'
    x.onloadend = () =>
      r(
        `${[...new Set(states)]} ${x.status} ${x.response.a} ${x.getResponseHeader('content-type')} ${x.responseURL === f('a.json')}`,
      )
    x.send()
  }),
  way('fetch-own', 'fetch: streams, abort, clone, headers', async ({ r, f, wait }) => {
    const answer = await fetch(f('a.json'), { headers: { 'x-own': '1' } })
    r(
      `${answer.ok} ${answer.url === f('a.json')} ${answer.type} ${answer.redirected} ${(await answer.clone().json()).a} ${(await answer.body.getReader().read()).value.length}`,
    )
    const stop = new AbortController()
    const slow = fetch(f('b.json?delay=400'), { signal: stop.signal })
    await wait(150)
    stop.abort()
    await slow.then(
      () => r('came'),
      (e) => r(e.name),
    )
  }),
  way('xhr-sync-own', 'a synchronous request of the shop', ({ r, f }) => {
    const x = new XMLHttpRequest()
    x.open('GET', f('a.json'), false)
    x.send()
    r(x.status + x.responseText)
  }),
  way('styles-own', 'style objects read back what was written', ({ r, body }) => {
    const p = body.appendChild(document.createElement('p'))
    p.style.backgroundImage = 'url("/own.png")'
    r(p.style.backgroundImage + p.getAttribute('style'))
    p.style.cssText = 'color: red; margin: 1px'
    r(p.style.length + p.style.cssText)
    p.style.setProperty('--x', '1', 'important')
    r(p.style.getPropertyValue('--x') + p.style.getPropertyPriority('--x'))
    const sheet = document.head.appendChild(document.createElement('style')).sheet
    r(sheet.insertRule('a { color: red; }') + sheet.cssRules[0].cssText)
    r(Object.keys(p.style).includes('color') + ' ' + ('backgroundImage' in p.style))
  }),
  way('attributes-own', 'attributes: names, nodes, namespaces, removal', ({ r, body }) => {
    const p = document.createElement('p')
    p.setAttribute('DATA-A', '1')
    p.setAttributeNS('urn:x', 'x:B', '2')
    const node = document.createAttribute('c')
    node.value = '3'
    r(p.setAttributeNode(node) === null && p.getAttributeNode('c') === node)
    r(p.getAttributeNames().join() + p.outerHTML)
    r(p.toggleAttribute('d') + ' ' + p.removeAttributeNode(node).value + p.attributes.length)
    r(p.setAttribute('e', { toString: () => 'f' }) + p.getAttribute('e'))
  }),
  way('globals', 'no new names in window but kelisim, none on prototypes', ({ r, frame }) => {
    const own = Object.getOwnPropertyNames(window).filter((key) =>
      /kelisim|gate|mxPatched/i.test(key),
    )
    r(own.filter((key) => key !== 'kelisim').join() || 'none')
    const extra = []
    const view = frame()
    for (const key of [
      'Element',
      'Node',
      'Document',
      'HTMLImageElement',
      'Storage',
      'Attr',
      'CSSStyleSheet',
    ])
      extra.push(
        ...Object.getOwnPropertyNames(window[key].prototype).filter((x) =>
          /kelisim|held|patch/i.test(x),
        ),
      )
    r(extra.join() || 'none')
    r(view.Array !== Array)
  }),
  way(
    'many-nodes',
    '5,000 nodes inserted and 5,000 styled, within a second or two',
    ({ r, body }) => {
      const started = performance.now()
      const box = document.createElement('div')
      body.append(box)
      for (let i = 0; i < 5000; i++) {
        const p = document.createElement('p')
        p.setAttribute('class', 'a' + i)
        p.style.width = i + 'px'
        box.appendChild(p)
      }
      box.innerHTML = '<b class="x">1</b>'.repeat(5000)
      r(box.childNodes.length + ' ' + (performance.now() - started < 4000))
      box.remove()
    },
  ),
  way('listeners', 'load and error of own elements fire once', ({ r, f, body }) => {
    const image = new Image()
    image.onload = () => r('image load')
    image.src = f('a.png')
    const bad = new Image()
    bad.onerror = () => r('image error')
    bad.src = f('b.png?missing')
    const link = document.createElement('link')
    link.rel = 'stylesheet'
    link.onload = () => r('link load')
    link.href = f('a.css')
    body.append(link)
    const script = document.createElement('script')
    script.addEventListener('load', () => r('script load'))
    script.src = f('a.js')
    body.append(script)
  }),
  way(
    'stack',
    'errors are the page’s own: stacks of callbacks',
    ({ r }) => [3, 1, 2].sort((a, b) => a - b).join() === '1,2,3' && r('fine'),
  ),
]
