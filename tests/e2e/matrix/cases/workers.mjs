// Workers of every kind, what they do inside, and worklets.
import { inGroup, left } from './make.mjs'

const { way } = inGroup('workers')
const doing = (code) => ({ files: { 'w.js': ({ u, ws, n }) => code({ u, ws, n }) } })
const owner = { left: left.worker }

const start = ({ f, r }) => {
  const worker = new Worker(f('w.js'))
  worker.onmessage = ({ data }) => r(data)
  worker.onerror = () => r('error')
}
const startModule = ({ f, r }) => {
  const worker = new Worker(f('w.js'), { type: 'module' })
  worker.onmessage = ({ data }) => r(data)
  worker.onerror = () => r('error')
}
const done = 'postMessage("done")'

export const workers = [
  way('worker-blob', 'blob: worker that fetches', ({ u, r }) => {
    const code = `fetch(${JSON.stringify(u('a.json'))}).then(() => postMessage('done'))`
    const worker = new Worker(URL.createObjectURL(new Blob([code])))
    worker.onmessage = ({ data }) => r(data)
  }),
  way('worker-data', 'data: worker that fetches', ({ u, r }) => {
    const code = `fetch(${JSON.stringify(u('a.json'))}).then(() => postMessage('done'))`
    const worker = new Worker('data:text/javascript,' + encodeURIComponent(code))
    worker.onmessage = ({ data }) => r(data)
  }),
  way('worker-blob-module', 'blob: module worker with an import', ({ u, r }) => {
    const code = `import ${JSON.stringify(u('a.mjs'))}; postMessage('done')`
    const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), {
      type: 'module',
    })
    worker.onmessage = ({ data }) => r(data)
  }),
  way('worker-fetch', "the shop's worker fetches", start, {
    ...doing(({ u }) => `fetch("${u('a.json')}").then(() => ${done})`),
    ...owner,
  }),
  way('worker-xhr', "the shop's worker: XMLHttpRequest", start, {
    ...doing(
      ({ u }) =>
        `const x = new XMLHttpRequest(); x.open('GET', "${u('a.json')}"); x.onload = () => ${done}; x.send()`,
    ),
    ...owner,
  }),
  way('worker-import-scripts', "the shop's worker: importScripts", start, {
    ...doing(({ u }) => `importScripts("${u('a.js')}"); ${done}`),
    ...owner,
  }),
  way('worker-websocket', "the shop's worker: WebSocket", start, {
    ...doing(({ ws }) => `new WebSocket("${ws('a')}").onopen = () => ${done}`),
    ...owner,
  }),
  way('worker-eventsource', "the shop's worker: EventSource", start, {
    ...doing(
      ({ u }) =>
        `const e = new EventSource("${u('a.es')}"); e.onopen = () => { e.close(); ${done} }`,
    ),
    ...owner,
  }),
  way('worker-import', "the shop's worker: import()", start, {
    ...doing(({ u }) => `import("${u('a.mjs')}").then(() => ${done})`),
    left: { all: 'syntax, in a worker that takes its policy from its own response' },
  }),
  way('worker-nested', 'a worker in a worker', start, {
    ...doing(
      ({ u }) =>
        `const w = new Worker(URL.createObjectURL(new Blob(['fetch("${u('a.json')}").then(() => postMessage(1))']))); w.onmessage = () => ${done}`,
    ),
    ...owner,
  }),
  way('worker-self', 'fetch taken from WorkerGlobalScope', start, {
    ...doing(
      ({ u }) =>
        `WorkerGlobalScope.prototype.fetch ? 0 : 0; self.constructor; Object.getPrototypeOf(self); (self.fetch || fetch).call(self, "${u('a.json')}").then(() => ${done})`,
    ),
    ...owner,
  }),
  way('worker-module', 'module worker with a static import', startModule, {
    ...doing(({ u }) => `import "${u('a.mjs')}"; ${done}`),
    left: { all: 'a module of the shop, in a worker that takes its policy from its own response' },
  }),
  way('worker-module-fetch', 'module worker that fetches', startModule, {
    ...doing(({ u }) => `fetch("${u('a.json')}").then(() => ${done})`),
    ...owner,
  }),
  way(
    'shared-worker',
    'shared worker that fetches',
    ({ f, r }) => {
      const worker = new SharedWorker(f('w.js'))
      worker.port.onmessage = ({ data }) => r(data)
    },
    {
      ...doing(
        ({ u }) =>
          `onconnect = (e) => fetch("${u('a.json')}").then(() => e.ports[0].postMessage('done'))`,
      ),
      ...owner,
    },
  ),
  way('shared-worker-blob', 'blob: shared worker that fetches', ({ u, r }) => {
    const code = `onconnect = (e) => fetch(${JSON.stringify(u('a.json'))}).then(() => e.ports[0].postMessage('done'))`
    const worker = new SharedWorker(
      URL.createObjectURL(new Blob([code], { type: 'text/javascript' })),
    )
    worker.port.onmessage = ({ data }) => r(data)
  }),
  way(
    'service-worker',
    'service worker that fetches while installing',
    ({ f, r }) => navigator.serviceWorker.register(f('w.js')).then(() => r('registered')),
    {
      ...doing(({ u }) => `oninstall = (e) => e.waitUntil(fetch("${u('a.json')}"))`),
      left: { all: 'a service worker runs outside every page, under its own response' },
    },
  ),
  way(
    'service-worker-import',
    'service worker with importScripts',
    ({ f, r }) =>
      navigator.serviceWorker.register(f('w.js')).then(
        () => r('registered'),
        () => r('failed'),
      ),
    {
      ...doing(({ u }) => `importScripts("${u('a.js')}")`),
      left: { all: 'a service worker runs outside every page, under its own response' },
    },
  ),
  way('worklet-audio', 'audioWorklet.addModule', ({ u, r }) =>
    new OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(u('a.mjs')).then(
      () => r('added'),
      () => r('failed'),
    ),
  ),
  way('worklet-paint', 'CSS.paintWorklet.addModule', ({ u, r }) =>
    CSS.paintWorklet.addModule(u('a.mjs')).then(
      () => r('added'),
      () => r('failed'),
    ),
  ),
  way('worklet-import', 'worklet of a blob with an import', ({ u, r }) =>
    new OfflineAudioContext(1, 1, 8000).audioWorklet
      .addModule(
        URL.createObjectURL(
          new Blob([`import ${JSON.stringify(u('a.mjs'))}`], { type: 'text/javascript' }),
        ),
      )
      .then(
        () => r('added'),
        () => r('failed'),
      ),
  ),
]
