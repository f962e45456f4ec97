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
  /** A member of whatever it is called on, as the gate's copies are. */
  const members = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (self, ...given) =>
          typeof self[name] === 'function' ? self[name](...given) : self[name],
    },
  )
  const link = {
    natives: {
      fetch: window.fetch.bind(window),
      sendBeacon: navigator.sendBeacon.bind(navigator),
      indexedDB: data('noDatabase') ? undefined : window.indexedDB,
      subtle: data('noSubtle') ? undefined : window.crypto.subtle,
      wasm: window.WebAssembly,
      getRandomValues: (bytes) => window.crypto.getRandomValues(bytes),
      createElement: (name) => document.createElement(name),
      append: (parent, child) => parent.appendChild(child),
      setAttribute: (element, name, value) => element.setAttribute(name, value),
      addEventListener: (target, type, listener, options) =>
        target.addEventListener(type, listener, options),
      setTimeout: (callback, ms) => window.setTimeout(callback, ms),
      now: () => Date.now(),
      define(name, type) {
        try {
          customElements.define(name, type)
        } catch {
          // It is taken.
        }
        return customElements.get(name) === type
      },
      parse: JSON.parse,
      stringify: JSON.stringify,
      keysOf: Object.keys,
      isArray: Array.isArray,
      exec: (pattern, text) => pattern.exec(text),
      hasForcedColours: () => matchMedia('(forced-colors: active)').matches,
      dom: members,
      shadow: members,
      css: {
        cssRules: (sheet) => sheet.cssRules,
        cssText: (rule) => rule.cssText,
        make(text) {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(text)
          return sheet
        },
      },
      // Taken before a test replaces them.
      event: (() => {
        const own = (owner, name) => {
          const { get } = Object.getOwnPropertyDescriptor(owner, name)
          return (event) => get.call(event)
        }
        return {
          isTrusted: own(new Event(''), 'isTrusted'),
          target: own(Event.prototype, 'target'),
          timeStamp: own(Event.prototype, 'timeStamp'),
          clientX: own(MouseEvent.prototype, 'clientX'),
          clientY: own(MouseEvent.prototype, 'clientY'),
          detail: own(UIEvent.prototype, 'detail'),
          key: own(KeyboardEvent.prototype, 'key'),
        }
      })(),
      clock: performance.now.bind(performance),
      frame: (callback) => window.requestAnimationFrame(callback),
      elementFromPoint: (root, x, y) => root.elementFromPoint(x, y),
      style: (element, name, pseudo) => getComputedStyle(element, pseudo).getPropertyValue(name),
      box: (element) => element.getBoundingClientRect(),
      all: (root, selector) => [...root.querySelectorAll(selector)],
      lift(element) {
        const was = element.style.pointerEvents
        element.style.setProperty('pointer-events', 'auto', 'important')
        return () => element.style.setProperty('pointer-events', was)
      },
      follow(root) {
        let at = -Infinity
        const read = (records) => {
          for (const { target } of records)
            if (target.nodeType !== 1 || !target.matches('.live')) at = performance.now()
        }
        const observer = new MutationObserver(read)
        observer.observe(root, {
          ...{ childList: true, attributes: true, characterData: true, subtree: true },
        })
        const take = () => observer.takeRecords()
        return {
          last() {
            read(take())
            return at
          },
          own(work) {
            read(take())
            work()
            take()
          },
          forget() {
            take()
            at = -Infinity
          },
          end: () => observer.disconnect(),
        }
      },
      checked: {
        get: (input) => input.checked,
        set: (input, on) => (input.checked = on),
      },
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
      gpc: navigator.globalPrivacyControl === true,
      dnt: navigator.doNotTrack === '1',
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
    ...(data('painted') && {
      painted: {
        element: () => null,
        shownAt: () => null,
        takePending: () => null,
        end() {},
      },
    }),
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
      // The gate's own, from the snapshot in force.
      const allows = (name) => {
        const { categories, services } = gate.applied[gate.applied.length - 1]
        return (
          categories[name] === 'granted' ||
          services.some(({ id, run }) => id === name && run === true)
        )
      }
      window.kelisim = api && { ...api, allows }
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
