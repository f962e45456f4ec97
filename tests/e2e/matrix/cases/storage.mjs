// What is stored on the device under names the policy declares for a service.
import { inGroup } from './make.mjs'

const { way } = inGroup('storage')
const puts = (kind) => ({ stores: kind })
const work = (kind, code) => ({ stores: kind, files: { 'w.js': code } })
const inWorker = ({ f, r }) => {
  const worker = new Worker(f('w.js'))
  worker.onmessage = ({ data }) => r(data)
}
const done = 'postMessage("done")'

export const storage = [
  way(
    'cookie',
    'document.cookie',
    ({ n }) => {
      document.cookie = n + '=1; path=/'
    },
    puts('cookie'),
  ),
  way(
    'cookie-odd',
    'document.cookie with blanks, max-age and path',
    ({ n }) => {
      document.cookie = `  ${n} = 1 ;max-age=9999;path=/;SameSite=Lax`
    },
    puts('cookie'),
  ),
  way(
    'cookie-descriptor',
    'the setter of Document.prototype.cookie',
    ({ n }) =>
      Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call(
        document,
        n + '=1; path=/',
      ),
    puts('cookie'),
  ),
  way(
    'cookie-realm',
    "a frame's cookie setter on this document",
    ({ n, frame }) =>
      Object.getOwnPropertyDescriptor(frame().Document.prototype, 'cookie').set.call(
        document,
        n + '=1; path=/',
      ),
    puts('cookie'),
  ),
  way(
    'cookie-frame',
    "a frame's document.cookie",
    ({ n, frame }) => {
      frame().document.cookie = n + '=1; path=/'
    },
    puts('cookie'),
  ),
  way(
    'cookie-srcdoc',
    "a srcdoc frame's code",
    ({ n, body }) => {
      const frame = document.createElement('iframe')
      frame.srcdoc = `<script>document.cookie = '${n}=1; path=/'</` + 'script>'
      body.append(frame)
    },
    puts('cookie'),
  ),
  way(
    'cookie-flip',
    'an object that flips',
    ({ n }) => {
      for (const start of [0, 1]) {
        let times = start
        document.cookie = { toString: () => (times++ % 2 ? n : 'own_flip') + '=1; path=/' }
      }
    },
    { ...puts('cookie'), own: false },
  ),
  way(
    'cookie-store',
    'cookieStore.set(name, value)',
    ({ n }) => cookieStore.set(n, '1'),
    puts('cookie'),
  ),
  way(
    'cookie-store-object',
    'cookieStore.set({…})',
    ({ n }) => cookieStore.set({ name: n, value: '1', path: '/' }),
    puts('cookie'),
  ),
  way(
    'cookie-store-realm',
    "a frame's cookieStore",
    ({ n, frame }) => frame().cookieStore.set(n, '1'),
    puts('cookie'),
  ),
  ...['local', 'session'].flatMap((kind) => {
    const area = kind + 'Storage'
    const each = [
      ['set', 'setItem', `a.setItem(n, '1')`],
      ['property', 'a property', `a[n] = '1'`],
      [
        'define',
        'Object.defineProperty',
        `Object.defineProperty(a, n, { value: '1', configurable: true, enumerable: true, writable: true })`,
      ],
      ['assign', 'Object.assign', `Object.assign(a, { [n]: '1' })`],
      ['reflect', 'Reflect.set', `Reflect.set(a, n, '1')`],
      ['prototype', 'Storage.prototype.setItem.call', `Storage.prototype.setItem.call(a, n, '1')`],
      [
        'realm',
        "a frame's setItem on this storage",
        `c.frame().Storage.prototype.setItem.call(a, n, '1')`,
      ],
      ['frame', "a frame's storage", `c.frame().${area}.setItem(n, '1')`],
      ['frame-property', "a frame's storage, a property", `c.frame().${area}[n] = '1'`],
      [
        'getter',
        'the getter of the window',
        `Object.getOwnPropertyDescriptor(window, '${area}').get.call(window)[n] = '1'`,
      ],
      [
        'flip',
        'a name that flips',
        `let t = 0; for (const s of [0, 1]) { t = s; a.setItem({ toString: () => t++ % 2 ? n : 'own_flip' }, '1') }`,
      ],
    ]
    return each.map(([id, title, code]) => ({
      ...way(
        `${kind}-${id}`,
        `${area}: ${title}`,
        new Function('c', `const { n } = c, a = ${area}; ${code}`),
        puts(kind),
      ),
      ...(id === 'flip' && { own: false }),
    }))
  }),
  way(
    'idb',
    'indexedDB.open',
    ({ n, r }) => {
      const request = indexedDB.open(n, 1)
      request.onupgradeneeded = () => request.result.createObjectStore('s')
      request.onsuccess = () => r('open ' + request.result.objectStoreNames.length)
    },
    puts('idb'),
  ),
  way(
    'idb-prototype',
    'IDBFactory.prototype.open.call',
    ({ n, r }) => {
      IDBFactory.prototype.open.call(indexedDB, n).onsuccess = () => r('open')
    },
    puts('idb'),
  ),
  way(
    'idb-frame',
    "a frame's indexedDB",
    ({ n, r, frame }) => {
      frame().indexedDB.open(n).onsuccess = () => r('open')
    },
    puts('idb'),
  ),
  way(
    'cache',
    'caches.open and put',
    async ({ n, f, r }) => {
      const cache = await caches.open(n)
      await cache.put(f('x'), new Response('x'))
      r('put')
    },
    puts('cache'),
  ),
  way(
    'cache-frame',
    "a frame's caches",
    ({ n, frame }) =>
      frame()
        .caches.open(n)
        .then(() => {}),
    puts('cache'),
  ),
  way(
    'opfs',
    'navigator.storage.getDirectory',
    async ({ n, r }) => {
      const root = await navigator.storage.getDirectory()
      await root.getFileHandle(n, { create: true })
      r('made')
    },
    puts('opfs'),
  ),
  way(
    'opfs-folder',
    'a folder in the origin private file system',
    async ({ n, r }) => {
      const root = await navigator.storage.getDirectory()
      await root.getDirectoryHandle(n, { create: true })
      r('made')
    },
    puts('opfs'),
  ),
  way(
    'worker-idb',
    "the shop's worker: indexedDB",
    inWorker,
    work('idb', ({ n }) => `indexedDB.open("${n}").onsuccess = () => ${done}`),
  ),
  way(
    'worker-cache',
    "the shop's worker: caches",
    inWorker,
    work('cache', ({ n }) => `caches.open("${n}").then(() => ${done})`),
  ),
  way(
    'worker-cookie-store',
    'blob: worker: indexedDB',
    ({ n, r }) => {
      const code = `indexedDB.open(${JSON.stringify(n)}).onsuccess = () => postMessage('done')`
      new Worker(URL.createObjectURL(new Blob([code]))).onmessage = ({ data }) => r(data)
    },
    puts('idb'),
  ),
]
