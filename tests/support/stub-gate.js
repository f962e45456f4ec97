// Stands in for the gate in tests of the shell: a GateLink (web/gate/link.ts) that holds nothing and writes down what it is told.
// A classic script with the gate's attributes; `window.gate` is for the test.
{
  const script = document.currentScript
  const data = (name) => script.dataset[name] ?? ''
  const absolute = (url) =>
    url === '' || url.startsWith('#') ? url : new URL(url, document.baseURI).href
  const log = []
  const heldListeners = []
  const gate = {
    log,
    held: [],
    applied: [],
    cookies: [],
    deleted: [],
    kept: [],
    events: [],
    attached: undefined,
  }
  window.gate = gate
  const shadowPoint = (root, x, y) => root.elementFromPoint(x, y)
  const link = {
    natives: {
      fetch: window.fetch.bind(window),
      sendBeacon: navigator.sendBeacon.bind(navigator),
      indexedDB: data('noDatabase') ? undefined : window.indexedDB,
      subtle: data('noSubtle') ? undefined : window.crypto.subtle,
      getRandomValues: (bytes) => window.crypto.getRandomValues(bytes),
      createElement: (name) => document.createElement(name),
      append: (parent, child) => parent.appendChild(child),
      setAttribute: (element, name, value) => element.setAttribute(name, value),
      addEventListener: (target, type, listener, options) =>
        target.addEventListener(type, listener, options),
      setTimeout: (callback, ms) => window.setTimeout(callback, ms),
      now: () => Date.now(),
      elementFromPoint: shadowPoint,
    },
    ahead: {},
    config: {
      base: new URL('.', script.src).href,
      policy: absolute(data('policy')),
      edition: data('edition'),
      endpoint: absolute(data('endpoint')),
      lang: data('lang'),
      allow: [],
      mode: 'live',
      unknown: 'hold',
      open: data('open') || 'auto',
      layout: data('layout'),
      nonce: script.nonce,
    },
    store: {
      get(key) {
        try {
          return localStorage.getItem('kelisim.' + key)
        } catch {
          return null
        }
      },
      set(key, value) {
        try {
          localStorage.setItem('kelisim.' + key, value)
          return true
        } catch {
          return false
        }
      },
      remove(key) {
        localStorage.removeItem('kelisim.' + key)
      },
    },
    snapshot: () => gate.applied[gate.applied.length - 1] ?? null,
    apply(snapshot) {
      gate.applied.push(snapshot)
      log.push('apply')
    },
    held: () => gate.held,
    onHeld: (listener) => heldListeners.push(listener),
    writeCookie: (value) => {
      gate.cookies.push(value)
      log.push('cookie')
    },
    deleteStorage(items) {
      gate.deleted.push(...items)
      return gate.kept
    },
    emit(type, detail) {
      gate.events.push({ type, detail })
      log.push(type)
      document.dispatchEvent(new CustomEvent('kelisim:' + type, { detail }))
    },
    attach(api, error) {
      gate.attached = api
      gate.error = error
      window.kelisim = api
      log.push(api ? 'attach' : 'attach null')
    },
  }
  /** Holds an element of the page, as the gate would. */
  gate.hold = (element, service, kind = 'frame') => {
    const held = { kind, host: 'video.example', path: '/', why: 'not_granted', service, element }
    gate.held.push(held)
    for (const listener of heldListeners) listener(held)
  }
  import(link.config.base + 'kelisim-shell.js').then(
    (shell) => shell.start(link),
    (error) => log.push('no shell: ' + error),
  )
}
