// Everything page code can make ask a third party by script, frame or image: before the choice nothing is asked, after it each
// address exactly once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

/**
 * Ways to ask: name → code that asks for `u` (an address that ends in the way's own file name). `box` is an element in the page.
 * What must not ask even after the grant stands in `never`.
 */
const ways = {
  // Scripts.
  'script.src': `s = document.createElement('script'); s.src = u; box.append(s)`,
  'script.src after append': `s = document.createElement('script'); box.append(s); s.src = u`,
  'script setAttribute': `s = document.createElement('script'); s.setAttribute('SRC', u); box.appendChild(s)`,
  'script setAttributeNS': `s = document.createElement('script'); s.setAttributeNS(null, 'src', u); box.appendChild(s)`,
  'script setAttributeNode': `s = document.createElement('script'); a = document.createAttribute('src'); a.value = u; s.setAttributeNode(a); box.appendChild(s)`,
  'script setNamedItem': `s = document.createElement('script'); a = document.createAttribute('src'); a.value = u; s.attributes.setNamedItem(a); box.appendChild(s)`,
  'script Attr.value': `s = document.createElement('script'); s.setAttribute('src', ''); s.removeAttribute('src'); s.src = '/none.js'; s.getAttributeNode('src').value = u; box.appendChild(s)`,
  'script Attr.nodeValue': `s = document.createElement('script'); s.src = '/none.js'; s.getAttributeNode('src').nodeValue = u; box.appendChild(s)`,
  'script Attr.textContent': `s = document.createElement('script'); s.src = '/none.js'; s.getAttributeNode('src').textContent = u; box.appendChild(s)`,
  'script URL object': `s = document.createElement('script'); s.src = new URL(u); box.append(s)`,
  'script async=false': `s = document.createElement('script'); s.async = false; s.src = u; box.append(s)`,
  'script with text': `s = document.createElement('script'); s.src = u; s.text = 'window.fallback = 1'; box.append(s)`,
  'script module': `s = document.createElement('script'); s.type = 'module'; s.src = u; box.append(s)`,
  'script protocol-relative': `s = document.createElement('script'); s.src = u.replace('http:', ''); box.append(s)`,
  'script insertBefore': `s = document.createElement('script'); s.src = u; x = document.getElementsByTagName('script')[0]; x.parentNode.insertBefore(s, x)`,
  'script in fragment': `f = document.createDocumentFragment(); s = document.createElement('script'); s.src = u; f.append(s); box.append(f)`,
  'script contextual fragment': `box.append(document.createRange().createContextualFragment('<p><script src="' + u + '"></' + 'script></p>'))`,
  'script module contextual fragment': `box.append(document.createRange().createContextualFragment('<script type=module src=' + u + '></' + 'script>'))`,
  'script svg': `s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); x = document.createElementNS('http://www.w3.org/2000/svg', 'script'); x.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', u); s.append(x); box.append(s)`,
  'script svg href': `s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); x = document.createElementNS('http://www.w3.org/2000/svg', 'script'); x.setAttribute('href', u); s.append(x); box.append(s)`,
  'script from DOMParser clone': `x = new DOMParser().parseFromString('<template><script src="' + u + '"></' + 'script></template>', 'text/html'); box.append(document.importNode(x.querySelector('template').content, true))`,
  'script from template clone': `t = document.createElement('template'); t.content.append(Object.assign(document.createElement('script'), {})); t.content.firstChild.setAttribute('src', u); box.append(t.content.cloneNode(true))`,
  'script cloned held': `s = document.createElement('script'); s.src = u; x = s.cloneNode(true); box.append(x); s = null`,
  'script in shadow root': `h = document.createElement('div'); box.append(h); s = document.createElement('script'); s.src = u; h.attachShadow({ mode: 'closed' }).append(s)`,
  // Images.
  'new Image': `new Image().src = u`,
  'img.src': `i = document.createElement('img'); i.src = u; box.append(i)`,
  'img setAttribute': `i = document.createElement('img'); i.setAttribute('src', u)`,
  'img srcset': `i = document.createElement('img'); i.srcset = '/own.png 1x, ' + u + ' 1.0x'; i.srcset = u + ' 1x'; box.append(i)`,
  'img srcset attribute': `i = document.createElement('img'); i.setAttribute('srcset', u); box.append(i)`,
  'img srcset with commas': `i = document.createElement('img'); i.srcset = ',' + u + ' 1x,'; box.append(i)`,
  'picture source': `x = document.createElement('picture'); s = document.createElement('source'); s.srcset = u; x.append(s, document.createElement('img')); box.append(x)`,
  'img URL object that flips': `n = 0; new Image().src = { toString() { return n++ ? u.replace('/img-url', '/flipped-img-url') : u } }`,
  'detached innerHTML': `document.createElement('div').innerHTML = '<img src="' + u + '">'`,
  innerHTML: `x = document.createElement('div'); box.append(x); x.innerHTML = '<b>x</b><IMG alt=">" SRC=' + u + '>'`,
  'innerHTML image alias': `x = document.createElement('div'); x.innerHTML = '<image src=' + u + '>'`,
  'innerHTML entities': `x = document.createElement('div'); x.innerHTML = '<img src="' + u.replace('://', '&colon;&#x2f;&sol;') + '">'`,
  'innerHTML slashes': `x = document.createElement('div'); x.innerHTML = '<img/alt="a"src="' + u + '"/>'`,
  'innerHTML after a comment': `x = document.createElement('div'); x.innerHTML = '<!-- <img alt=" --><img src="' + u + '">'`,
  'innerHTML after an attribute': `x = document.createElement('div'); x.innerHTML = '<b title="<img alt=\\'">b</b><img src="' + u + '"><i title=\\'">'`,
  outerHTML: `x = document.createElement('div'); box.append(x); x.outerHTML = '<img src="' + u + '">'`,
  insertAdjacentHTML: `box.insertAdjacentHTML('beforeend', '<p><img srcset="' + u + ' 2x, ' + u + ' 1x"></p>')`,
  setHTMLUnsafe: `x = document.createElement('div'); box.append(x); x.setHTMLUnsafe('<img src="' + u + '">')`,
  'shadow innerHTML': `x = document.createElement('div'); box.append(x); x.attachShadow({ mode: 'open' }).innerHTML = '<img src="' + u + '">'`,
  'DOMParser adopt': `x = new DOMParser().parseFromString('<img src="' + u + '">', 'text/html'); box.append(document.adoptNode(x.querySelector('img')))`,
  'DOMParser append': `x = new DOMParser().parseFromString('<p><img src="' + u + '"></p>', 'text/html'); box.append(x.querySelector('p'))`,
  createHTMLDocument: `x = document.implementation.createHTMLDocument(''); x.body.innerHTML = '<img src="' + u.replace('http:', '') + '">'; box.replaceChildren(...x.body.childNodes)`,
  'template clone': `t = document.createElement('template'); t.innerHTML = '<img src="' + u + '">'; box.append(t.content.cloneNode(true))`,
  'template importNode': `t = document.createElement('template'); t.innerHTML = '<p><img src="' + u + '"></p>'; document.importNode(t.content, true)`,
  'Range.insertNode': `x = new DOMParser().parseFromString('<img src="' + u + '">', 'text/html').querySelector('img'); r = document.createRange(); r.selectNode(box.appendChild(document.createElement('i'))); r.insertNode(x)`,
  'clone of a held image': `i = document.createElement('img'); i.src = u; x = i.cloneNode(); i.removeAttribute('data-kelisim-src')`,
  // Frames.
  'iframe.src': `f = document.createElement('iframe'); f.src = u; box.append(f)`,
  'iframe.src after append': `f = document.createElement('iframe'); box.append(f); f.src = u`,
  'iframe setAttribute': `f = document.createElement('iframe'); f.setAttribute('src', u); document.body.append(f)`,
  'iframe innerHTML': `x = document.createElement('div'); box.append(x); x.innerHTML = '<iframe src="' + u + '"></iframe>'`,
  'iframe srcdoc image': `f = document.createElement('iframe'); f.srcdoc = '<!doctype html><img src="' + u + '">'; document.body.append(f)`,
  'iframe srcdoc script': `f = document.createElement('iframe'); f.setAttribute('srcdoc', '<html><script src="' + u + '"></' + 'script>'); document.body.append(f)`,
  'iframe srcdoc loader': `f = document.createElement('iframe'); f.srcdoc = '<body><script>new Image().src="' + u + '"</' + 'script>'; document.body.append(f)`,
  'iframe srcdoc in innerHTML': `x = document.createElement('div'); document.body.append(x); x.innerHTML = '<iframe srcdoc="&lt;img src=' + u + '&gt;"></iframe>'`,
}

const kinds = (name) =>
  name.startsWith('script')
    ? 'js'
    : name.startsWith('iframe.') || /^iframe (set|inn)/.test(name)
      ? 'html'
      : /srcdoc script/.test(name)
        ? 'js'
        : 'png'
const names = Object.keys(ways)
const file = (name) => name.toLowerCase().replace(/[^a-z]+/g, '-') + '.' + kinds(name)

test('dynamic: nothing is asked before the choice, each address once after it', async (t) => {
  const page = await browser.open({ body: '<div id="box"></div>' })
  await page.rest(200)
  const failures = await page.run(
    ({ ways, files, port }) => {
      const failures = {}
      const box = document.getElementById('box')
      for (const [name, code] of Object.entries(ways))
        try {
          // eslint-disable-next-line no-new-func
          new Function('u', 'box', 'let s, i, f, x, a, t, h, r, n;' + code)(
            `http://ads.localhost:${port}/${files[name]}`,
            name === 'createHTMLDocument' ? box.appendChild(document.createElement('div')) : box,
          )
        } catch (error) {
          failures[name] = String(error)
        }
      return failures
    },
    { ways, files: Object.fromEntries(names.map((n) => [n, file(n)])), port: browser.server.port },
  )
  assert.deepEqual(failures, {})
  await page.rest(500)
  const early = browser.server.asked()
  await page.apply(snapshot(['marketing']))
  await page.rest(2500)
  const asked = browser.server.asked()
  for (const name of names)
    await t.test(name, () => {
      assert.equal(
        early.filter((x) => x === 'ads/' + file(name)).length,
        0,
        'asked before the choice',
      )
      assert.equal(
        asked.filter((x) => x === 'ads/' + file(name)).length,
        1,
        'not asked once after it',
      )
    })
  await t.test('nothing else', () => {
    assert.deepEqual(
      asked.filter((x) => !names.some((name) => x === 'ads/' + file(name))),
      [],
    )
    assert.deepEqual(page.errors, [])
  })
  await t.test('scripts ran once, the text of one with src never', async () => {
    const ran = await page.run(() => window.ran)
    // Those in frames and svg run elsewhere or are counted like the others.
    assert.deepEqual(ran, [...new Set(ran)])
    assert.equal(await page.run(() => window.fallback), undefined)
  })
  assert.deepEqual(await page.held(), [])
  await page.close()
})
