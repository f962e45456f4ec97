// A page that does nothing wrong does not notice the gate: the same code gives the same results with it and without it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from '../../support/gate-browser.mjs'
import { snapshot } from '../../support/snapshots.mjs'

let browser
before(async () => {
  browser = await startBrowser()
})
after(() => browser.close())

/** Everyday code; each gives something that can be compared. */
const everyday = {
  'text nodes': `const t = document.createTextNode('x'); box.append(t, 'y', t.cloneNode(), document.createComment('c').cloneNode()); return box.innerHTML`,
  'append of what is no node': `box.append(null, undefined, 1, { toString: () => 'o' }); return box.innerHTML`,
  attributes: `box.setAttribute('DATA-X', 1); box.setAttribute('href', '/a'); box.toggleAttribute('hidden'); box.setAttributeNS('urn:x', 'x:y', 'z'); return [box.outerHTML, box.attributes.length, box.getAttributeNode('href').value]`,
  'attribute nodes': `const a = document.createAttribute('title'); a.value = 'v'; const before = box.setAttributeNode(a); a.nodeValue = 'w'; const b = document.createAttribute('title'); b.textContent = 'u'; const old = box.attributes.setNamedItem(b); return [box.outerHTML, before, old === a, box.attributes === box.attributes]`,
  'own image': `const i = new Image(); i.src = '/own.png?1'; const j = i.cloneNode(); i.srcset = '/own.png?2 2x, /own.png?3 1x'; box.append(i); return [i.getAttribute('src'), i.src.endsWith('/own.png?1'), j.outerHTML, i.outerHTML]`,
  'null markup': `box.innerHTML = 'x'; box.innerHTML = null; const a = box.innerHTML; box.setHTMLUnsafe(null); return [a, box.innerHTML]`,
  markup: `box.innerHTML = '<img src="/own.png" alt="<b>"><iframe srcdoc=""></iframe><script src="/never.js"></' + 'script><!-- <img src=x> --><p title="a > b">&lt;img src=//x></p>'; return box.innerHTML + box.firstElementChild.nextElementSibling.getAttribute('srcdoc')`,
  outerHTML: `box.innerHTML = '<i></i>'; box.firstChild.outerHTML = '<b>1</b>2'; return box.innerHTML`,
  insertAdjacentHTML: `box.innerHTML = '<i></i>'; for (const p of ['beforebegin', 'afterbegin', 'beforeend', 'afterend']) box.firstElementChild.insertAdjacentHTML(p, '<u>' + p + '</u>'); return box.innerHTML`,
  templates: `const t = document.createElement('template'); t.innerHTML = '<p><img src="/own.png"><slot></slot></p>'; const c = document.importNode(t.content, true); box.append(c, t.content.cloneNode(true)); return [box.innerHTML, c.childNodes.length, t.innerHTML]`,
  'inert documents keep what they are given': `const d = new DOMParser().parseFromString('<img src="https://third.example/x.png"><script src="//third.example/x.js"></' + 'script>', 'text/html'); const e = document.implementation.createHTMLDocument(); e.body.innerHTML = '<img src="https://third.example/x.png">'; return [d.body.innerHTML, e.body.innerHTML, d.cloneNode(true).images.length]`,
  fragments: `const f = document.createRange().createContextualFragment('<b>x</b><script>window.ranOnce = (window.ranOnce || 0) + 1</' + 'script>'); box.append(f); return [box.innerHTML, window.ranOnce]`,
  moves: `box.innerHTML = '<a></a><b></b><i></i>'; const [a, b, i] = box.children; const r = [box.insertBefore(i, a) === i, box.replaceChild(document.createElement('u'), b) === b, box.appendChild(a) === a]; a.before('1', b); b.after(i); i.replaceWith('2'); box.prepend('3'); a.insertAdjacentElement('afterend', i); return [box.innerHTML, r, box.replaceChildren('4'), box.innerHTML]`,
  ranges: `box.innerHTML = '<p>abc</p>'; const r = document.createRange(); r.setStart(box.firstChild.firstChild, 1); r.setEnd(box.firstChild.firstChild, 2); r.surroundContents(document.createElement('b')); r.insertNode(document.createTextNode('-')); return box.innerHTML`,
  'shadow roots': `const s = box.attachShadow({ mode: 'open' }); s.innerHTML = '<p>x</p>'; s.append('y'); return [s.innerHTML, s.mode]`,
  frames: `const f = document.createElement('iframe'); box.append(f); const w = f.contentWindow; w.x = 1; const d = f.contentDocument; d.open(); d.write('<p>1'); d.writeln('2', '3'); d.close(); return [d.body.textContent, w === window[window.length - 1], d.defaultView === w, f.getSVGDocument?.() === null, w.Image === Image, w.Array.isArray([])]`,
  srcdoc: `const f = document.createElement('iframe'); f.srcdoc = '<!doctype html><title>t</title><p>x</p><script>document.body.append(document.scripts.length + document.compatMode)</' + 'script>'; return new Promise((done) => { f.onload = () => done([f.contentDocument.body.textContent, f.contentDocument.doctype.name, f.contentDocument.title]); box.append(f) })`,
  cookies: `document.cookie = 'a=1;path=/'; document.cookie = ' b = 2 ; path=/'; document.cookie = 'a=;max-age=0;path=/'; return document.cookie.split('; ').sort()`,
  storage: `localStorage.clear(); localStorage.setItem('a', 1); localStorage.b = 2; localStorage.removeItem('b'); sessionStorage.setItem('c', 'd'); return [Object.keys(localStorage).filter((k) => !k.startsWith('kelisim.')), localStorage.a, localStorage instanceof Storage]`,
  requests: `const x = new XMLHttpRequest(); x.open('GET', '/own.json', false); x.send(); return fetch(new Request('/own.json', { method: 'POST', body: 'b' })).then((r) => r.text()).then((t) => [t, x.status, x.responseText, navigator.sendBeacon('/own.json', 'x')])`,
  errors: `const errors = []; for (const bad of [() => box.insertBefore('x', null), () => box.replaceChild(box, box), () => box.setAttribute(), () => fetch(), () => new XMLHttpRequest().send(), () => document.importNode(document), () => document.adoptNode(document), () => box.setAttributeNode(null), () => box.cloneNode.call(null), () => document.write.call({}), () => navigator.sendBeacon(), () => localStorage.setItem('x')]) try { const r = bad(); errors.push(r && r.catch ? 'promise' : 'none'); r?.catch?.(() => {}) } catch (e) { errors.push(e.constructor === TypeError ? 'TypeError ' + e.message : e.name + ' ' + e.message) } return errors`,
  svg: `box.innerHTML = '<svg><image href="/own.png"/><a href="/x"><text>t</text></a></svg>'; const a = box.querySelector('a'); a.href.baseVal = '/y'; return box.innerHTML`,
  'base element': `const b = document.createElement('base'); b.href = '/sub/'; document.head.append(b); const i = new Image(); i.src = 'own.png'; const s = i.src; b.remove(); return s.endsWith('/sub/own.png')`,
  'property lists': `return [Object.keys(Document.prototype).length, Object.getOwnPropertyNames(Element.prototype).length, Object.getOwnPropertyNames(window).filter((n) => !['kelisim', 'events', 'link'].includes(n)).length, Object.getOwnPropertyDescriptor(Element.prototype, 'innerHTML').set.name]`,
}

test('transparent: everyday code gives the same with the gate and without it', async (t) => {
  browser.server.own('/own.png', 'image/gif', 'GIF89a')
  browser.server.own('/own.json', 'application/json', '{}')
  const results = async (gate) => {
    const page = await browser.open({ ...gate, stored: snapshot([]), body: '' })
    const got = await page.run(async (everyday) => {
      const got = {}
      for (const [name, code] of Object.entries(everyday)) {
        const box = document.body.appendChild(document.createElement('div'))
        try {
          got[name] = await new Function('box', code)(box)
        } catch (error) {
          got[name] = 'threw ' + error
        }
        box.remove()
      }
      return JSON.parse(JSON.stringify(got))
    }, everyday)
    await page.close()
    return got
  }
  const bare = await results({ gate: '' })
  const gated = await results({})
  for (const name of Object.keys(everyday))
    await t.test(name, () => assert.deepEqual(gated[name], bare[name]))
})
