// Windows that page code can reach in the same origin: none of them hands out untouched built-ins.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

/** Ways to a fresh window; each gives the window to `use`, at once or later. */
const ways = {
  'append and contentWindow': `f = document.createElement('iframe'); box.append(f); use(f.contentWindow)`,
  'append and window[n]': `f = document.createElement('iframe'); n = window.length; box.append(f); use(window[n])`,
  'appendChild and frames[name]': `f = document.createElement('iframe'); f.name = 'byname'; box.appendChild(f); use(window.byname)`,
  insertBefore: `f = document.createElement('iframe'); n = window.length; box.insertBefore(f, null); use(window[n])`,
  'replaceChild of a frame by a frame': `f = document.createElement('iframe'); box.append(f); n = window.length; g = document.createElement('iframe'); box.replaceChild(g, f); use(window[n - 1])`,
  'removed and another': `f = document.createElement('iframe'); box.append(f); n = window.length; f.remove(); g = document.createElement('iframe'); box.append(g); use(window[n - 1])`,
  innerHTML: `d = document.createElement('div'); box.append(d); n = window.length; d.innerHTML = '<iframe></iframe>'; use(window[n])`,
  outerHTML: `d = document.createElement('div'); box.append(d); n = window.length; d.outerHTML = '<p><iframe></iframe></p>'; use(window[n])`,
  insertAdjacentHTML: `n = window.length; box.insertAdjacentHTML('beforeend', '<iframe></iframe>'); use(window[n])`,
  insertAdjacentElement: `n = window.length; box.insertAdjacentElement('beforeend', document.createElement('iframe')); use(window[n])`,
  'contextual fragment': `n = window.length; box.append(document.createRange().createContextualFragment('<iframe></iframe>')); use(window[n])`,
  'template clone': `t = document.createElement('template'); t.innerHTML = '<iframe></iframe>'; n = window.length; box.append(t.content.cloneNode(true)); use(window[n])`,
  'Range.insertNode': `r = document.createRange(); r.selectNodeContents(box); n = window.length; f = document.createElement('iframe'); r.collapse(false); r.insertNode(f); use(window[n])`,
  'contentDocument.defaultView': `f = document.createElement('iframe'); box.append(f); use(f.contentDocument.defaultView)`,
  object: `o = document.createElement('object'); o.data = 'about:blank'; n = window.length; box.append(o); use(o.contentWindow || window[n])`,
  'in a shadow root': `h = document.createElement('div'); box.append(h); f = document.createElement('iframe'); h.attachShadow({ mode: 'closed' }).append(f); use(f.contentWindow)`,
  'frame in a frame': `f = document.createElement('iframe'); box.append(f); w = f.contentWindow; g = w.document.createElement('iframe'); w.document.body.append(g); use(w[0])`,
  'frame in a frame, by the outer built-ins': `f = document.createElement('iframe'); box.append(f); w = f.contentWindow; g = document.createElement('iframe'); Node.prototype.appendChild.call(w.document.body, g); use(w[0])`,
  'javascript: address': `f = document.createElement('iframe'); f.src = 'javascript:parent.useFrame(window, ' + JSON.stringify(name) + ')'; box.append(f)`,
  'own page': `f = document.createElement('iframe'); f.src = '/framed'; f.onload = () => use(f.contentWindow); box.append(f)`,
  'own page by index': `f = document.createElement('iframe'); f.src = '/framed'; n = window.length; f.onload = () => use(window[n]); box.append(f)`,
  srcdoc: `f = document.createElement('iframe'); f.srcdoc = '<script>parent.useFrame(window, ' + JSON.stringify(JSON.stringify(name)).slice(1, -1).replaceAll('\\\\"', "'") + ')</' + 'script>'; box.append(f)`,
  'second srcdoc': `f = document.createElement('iframe'); f.srcdoc = '<p>'; f.onload = () => { f.onload = null; f.srcdoc = "<script>parent.useFrame(window, '" + name + "')</" + 'script>' }; box.append(f)`,
  'window.open': `use(window.open('about:blank'))`,
}

const file = (name) => name.toLowerCase().replace(/[^a-z]+/g, '-')

test('frames: no window of this origin asks before the choice; what it asked is asked once after it', async (t) => {
  browser.server.page('/framed', '<!doctype html><p>own page without the gate')
  const page = await browser.open({ body: '<div id="box"></div>' })
  await page.rest(100)
  const failures = await page.run(
    ({ ways, port }) => {
      const box = document.getElementById('box')
      window.failed = {}
      window.used = []
      window.useFrame = (w, name) => {
        window.used.push(name)
        const u = (path) =>
          `http://ads.localhost:${port}/${name.toLowerCase().replace(/[^a-z]+/g, '-')}/${path}`
        try {
          w.fetch(u('fetch')).catch(() => {})
          const image = new w.Image()
          image.src = u('image.png')
          // The frame's built-ins, used on the outer page.
          const script = w.document.createElement('script')
          w.Element.prototype.setAttribute.call(script, 'src', u('script.js'))
          w.Node.prototype.appendChild.call(document.head, script)
          const other = document.createElement('img')
          Object.getOwnPropertyDescriptor(w.HTMLImageElement.prototype, 'src').set.call(
            other,
            u('setter.png'),
          )
          const xhr = new w.XMLHttpRequest()
          xhr.open('GET', u('xhr'))
          xhr.send()
        } catch (error) {
          window.failed[name] = String(error)
        }
      }
      for (const [name, code] of Object.entries(ways))
        try {
          new Function('box', 'use', 'name', 'let f, g, n, d, t, r, o, h, w;' + code)(
            box,
            (w) => window.useFrame(w, name),
            name,
          )
        } catch (error) {
          window.failed[name] = String(error)
        }
      return window.failed
    },
    { ways, port: browser.server.port },
  )
  assert.deepEqual(failures, {})
  await page.rest(900)
  const early = browser.server.asked()
  const used = await page.run(() => window.used)
  await page.apply(snapshot(['marketing']))
  await page.rest(2500)
  const asked = browser.server.asked()
  for (const name of Object.keys(ways))
    await t.test(name, () => {
      const path = `ads/${file(name)}/`
      assert.equal(used.filter((x) => x === name).length, 1, 'the way was not gone')
      assert.deepEqual(
        early.filter((x) => x.startsWith(path)),
        [],
      )
      assert.deepEqual(
        asked
          .filter((x) => x.startsWith(path))
          .map((x) => x.slice(path.length))
          .sort(),
        ['fetch', 'image.png', 'script.js', 'setter.png', 'xhr'],
      )
    })
  await page.close()
})
