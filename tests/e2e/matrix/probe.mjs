// A bare page of the shop that tells what the origin has stored, past every wrapper a page under test may carry.

async function look(sent) {
  const found = []
  const add = (kind, name) => found.push(kind + ' ' + name)
  const attempt = async (work) => {
    try {
      await Promise.race([work(), new Promise((done) => setTimeout(done, 1500))])
    } catch {
      // Not in this engine.
    }
  }
  await attempt(() =>
    new Set((sent + '; ' + document.cookie).split('; ')).forEach(
      (c) => c && add('cookie', c.split('=')[0]),
    ),
  )
  await attempt(() => Object.keys(localStorage).forEach((key) => add('local', key)))
  await attempt(() => Object.keys(sessionStorage).forEach((key) => add('session', key)))
  await attempt(async () => (await indexedDB.databases()).forEach(({ name }) => add('idb', name)))
  await attempt(async () => (await caches.keys()).forEach((name) => add('cache', name)))
  await attempt(async () => {
    for await (const name of (await navigator.storage.getDirectory()).keys()) add('opfs', name)
  })
  await attempt(async () =>
    (await navigator.serviceWorker.getRegistrations()).forEach(({ scope }) =>
      add('sw', scope.split('/').at(-2)),
    ),
  )
  window.__probe = found
}

/** @param {string} [cookies]  the request's own, which names those no script can see */
export const probePage = (cookies = '') => ({
  body: `<!doctype html><title>probe</title><script>(${String(look)})(${JSON.stringify(cookies).replaceAll('<', '')})</script>`,
})
