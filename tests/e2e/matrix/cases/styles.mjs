// Style sheets, fonts, link hints in the markup, and what code does to styles.
import { inGroup, left } from './make.mjs'

const { tag, inHead, way } = inGroup('styles')
const sheet = { left: left.sheet }
const back = { left: left.background }

export const styles = [
  tag(
    'link-stylesheet',
    '<link rel=stylesheet>',
    ({ u, on }) => `<link rel="stylesheet" href="${u('a.css')}" ${on}>`,
    sheet,
  ),
  inHead(
    'link-stylesheet-head',
    '<link rel=stylesheet> in head',
    ({ u, on }) => `<link rel="stylesheet" href="${u('a.css')}" ${on}>`,
    sheet,
  ),
  tag(
    'link-print',
    '<link rel=stylesheet media=print>',
    ({ u, on }) => `<link rel="stylesheet" media="print" href="${u('a.css')}" ${on}>`,
    sheet,
  ),
  tag(
    'link-alternate',
    '<link rel="alternate stylesheet">',
    ({ u }) => `<link rel="alternate stylesheet" title="t" href="${u('a.css')}">`,
    sheet,
  ),
  tag('style-import', '<style>@import', ({ u }) => `<style>@import "${u('a.css')}";</style>`, {
    left: left.styleImport,
  }),
  tag(
    'style-import-url',
    '<style>@import url() layer',
    ({ u }) => `<style>@import url(${u('a.css')}) layer(x);</style>`,
    { left: left.styleImport },
  ),
  tag(
    'style-block',
    'background in a <style>',
    ({ u, id }) =>
      `<style>.b-${id}{background:url(${u('a.png')})}</style><div class="b-${id}">x</div>`,
    back,
  ),
  tag(
    'style-attribute',
    'background in a style attribute',
    ({ u }) => `<div style="background-image:url('${u('a.png')}')">x</div>`,
    back,
  ),
  tag(
    'style-escaped',
    'background with CSS escapes',
    ({ u }) =>
      `<div style="background-image:u\\72l(${u('a.png').replace('http', '\\68ttp')})">x</div>`,
    back,
  ),
  tag(
    'style-image-set',
    'image-set()',
    ({ u }) => `<div style="background-image:image-set('${u('a.png')}' 1x)">x</div>`,
    back,
  ),
  tag(
    'style-list',
    'list-style-image',
    ({ u }) => `<ul><li style="list-style-image:url(${u('a.png')})">x</li></ul>`,
    back,
  ),
  tag(
    'style-content',
    'content: url()',
    ({ u, id }) =>
      `<style>.c-${id}::before{content:url(${u('a.png')})}</style><i class="c-${id}">x</i>`,
    back,
  ),
  tag(
    'style-mask',
    'mask-image',
    ({ u }) =>
      `<div style="mask-image:url(${u('a.png')});-webkit-mask-image:url(${u('a.png')})">x</div>`,
    back,
  ),
  tag(
    'style-variable',
    'url() by a custom property',
    ({ u, id }) =>
      `<style>.v-${id}{--v:url(${u('a.png')});background:var(--v)}</style><div class="v-${id}">x</div>`,
    back,
  ),
  tag(
    'style-font',
    '@font-face in use',
    ({ u, id }) =>
      `<style>@font-face{font-family:"F${id}";src:url(${u('a.woff2')})}.f-${id}{font-family:"F${id}"}</style><p class="f-${id}">text</p>`,
    back,
  ),
  tag(
    'style-keyframes',
    'background in keyframes',
    ({ u, id }) =>
      `<style>@keyframes k-${id}{from,to{background-image:url(${u('a.png')})}}.k-${id}{animation:k-${id} 9s infinite}</style><div class="k-${id}">x</div>`,
    back,
  ),
  tag(
    'own-css-url',
    'a style sheet of the shop with a foreign url()',
    ({ f, id }) => `<link rel="stylesheet" href="${f('own.css')}"><div class="o-${id}">x</div>`,
    {
      files: { 'own.css': ({ u, id }) => `.o-${id}{background:url(${u('a.png')})}` },
      left: left.ownCss,
    },
  ),
  tag(
    'own-css-import',
    'a style sheet of the shop with a foreign @import',
    ({ f }) => `<link rel="stylesheet" href="${f('own.css')}">`,
    {
      files: { 'own.css': ({ u }) => `@import "${u('a.css')}";` },
      left: left.ownCss,
    },
  ),
  inHead(
    'preload-script',
    '<link rel=preload as=script>',
    ({ u }) => `<link rel="preload" as="script" href="${u('a.js')}">`,
    { left: left.preload },
  ),
  inHead(
    'preload-image',
    '<link rel=preload as=image imagesrcset>',
    ({ u }) => `<link rel="preload" as="image" imagesrcset="${u('a.png')} 1x">`,
    { left: left.preloadSet },
  ),
  inHead(
    'preload-font',
    '<link rel=preload as=font crossorigin>',
    ({ u }) => `<link rel="preload" as="font" crossorigin href="${u('a.woff2')}">`,
    { left: left.preload },
  ),
  inHead(
    'preload-fetch',
    '<link rel=preload as=fetch>',
    ({ u }) => `<link rel="preload" as="fetch" crossorigin href="${u('a.json')}">`,
    { left: left.preload },
  ),
  inHead(
    'modulepreload',
    '<link rel=modulepreload>',
    ({ u }) => `<link rel="modulepreload" href="${u('a.mjs')}">`,
    { left: left.preload },
  ),
  inHead(
    'prefetch',
    '<link rel=prefetch>',
    ({ u }) => `<link rel="prefetch" href="${u('a.js')}">`,
    { left: left.hint },
  ),
  inHead(
    'preconnect',
    '<link rel=preconnect>',
    ({ host, lent }) => `<link rel="preconnect" href="http://${host}:${lent}">`,
    { lends: 'tcp', left: left.connect, own: false },
  ),
  inHead('icon', '<link rel=icon>', ({ u }) => `<link rel="icon" href="${u('a.png')}">`, {
    left: left.hint,
    solo: true,
  }),
  inHead(
    'manifest',
    '<link rel=manifest>',
    ({ u }) => `<link rel="manifest" href="${u('a.json')}">`,
    { left: left.hint, solo: true },
  ),
  inHead(
    'speculation-prefetch',
    'speculation rules: prefetch',
    ({ u }) =>
      `<script type="speculationrules">{"prefetch":[{"urls":["${u('a.html')}"],"eagerness":"immediate"}]}</script>`,
    { solo: true },
  ),
  inHead(
    'speculation-prerender',
    'speculation rules: prerender',
    ({ u }) =>
      `<script type="speculationrules">{"prerender":[{"urls":["${u('a.html')}"],"eagerness":"immediate"}]}</script>`,
    { solo: true },
  ),
  way('link-code', 'link element by code', ({ u, r }) => {
    const link = document.createElement('link')
    link.onload = () => r('load')
    link.rel = 'stylesheet'
    link.href = u('a.css')
    document.head.append(link)
  }),
  way('link-rel-last', 'link in the page, rel set last', ({ u, r }) => {
    const link = document.createElement('link')
    link.onload = () => r('load')
    document.head.append(link)
    link.href = u('a.css')
    link.setAttribute('rel', 'stylesheet')
  }),
  way('link-rellist', 'link.relList.add', ({ u, r }) => {
    const link = document.createElement('link')
    link.onload = () => r('load')
    link.href = u('a.css')
    document.head.append(link)
    link.relList.add('stylesheet')
  }),
  way(
    'preload-code',
    'preload by code',
    ({ u, r }) => {
      const link = document.createElement('link')
      link.onload = () => r('load')
      Object.assign(link, { rel: 'preload', as: 'script', href: u('a.js') })
      document.head.append(link)
    },
    { left: left.preload },
  ),
  way(
    'preconnect-code',
    'preconnect by code',
    ({ host, lent }) => {
      const link = document.createElement('link')
      Object.assign(link, { rel: 'preconnect', href: `http://${host}:${lent}` })
      document.head.append(link)
    },
    { lends: 'tcp', own: false },
  ),
  way('style-property', 'style.backgroundImage =', ({ u, body }) => {
    body.style.backgroundImage = `url(${u('a.png')})`
  }),
  way('style-shorthand', "style['background'] =", ({ u, body }) => {
    body.style['background'] = `red url("${u('a.png')}")`
  }),
  way('style-dashed', "style['list-style-image'] on a list", ({ u, body }) => {
    const item = body.appendChild(document.createElement('li'))
    item.style['list-style-image'] = `url(${u('a.png')})`
  }),
  way('style-csstext', 'style.cssText =', ({ u, body }) => {
    body.style.cssText = `background:url(${u('a.png')})`
  }),
  way('style-assign', 'element.style = text', ({ u, body }) => {
    body.style = `background:url(${u('a.png')})`
  }),
  way('style-set', 'style.setProperty', ({ u, body }) => {
    body.style.setProperty('background-image', `url(${u('a.png')})`)
  }),
  way('style-set-variable', 'setProperty of a custom property', ({ u, body }) => {
    body.style.background = 'var(--mx)'
    body.style.setProperty('--mx', `url(${u('a.png')})`)
  }),
  way('style-set-attribute', "setAttribute('style')", ({ u, body }) => {
    body.setAttribute('style', `background:url(${u('a.png')})`)
  }),
  way('style-map', 'attributeStyleMap.set', ({ u, body }) => {
    body.attributeStyleMap.set('background-image', `url(${u('a.png')})`)
  }),
  way('style-text', 'style element, textContent', ({ u, id }) => {
    const s = document.createElement('style')
    s.textContent = `#mx-${id}{background:url(${u('a.png')})}`
    document.head.append(s)
  }),
  way('style-text-node', 'text node appended to a style element', ({ u, id }) => {
    const s = document.head.appendChild(document.createElement('style'))
    s.append(document.createTextNode(`#mx-${id}{background:url(${u('a.png')})}`))
  }),
  way('style-text-data', 'data of a text node in a style element', ({ u, id }) => {
    const s = document.head.appendChild(document.createElement('style'))
    s.textContent = 'a{}'
    s.firstChild.data = `#mx-${id}{background:url(${u('a.png')})}`
  }),
  way('insert-rule', 'insertRule', ({ u, id }) => {
    const s = document.head.appendChild(document.createElement('style'))
    s.sheet.insertRule(`#mx-${id}{background:url(${u('a.png')})}`)
  }),
  way('rule-style', 'rule.style.backgroundImage', ({ u, id }) => {
    const s = document.head.appendChild(document.createElement('style'))
    s.textContent = `#mx-${id}{color:inherit}`
    s.sheet.cssRules[0].style.backgroundImage = `url(${u('a.png')})`
  }),
  way('sheet-replace', 'constructed sheet, replaceSync', ({ u, id }) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`#mx-${id}{background:url(${u('a.png')})}`)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  }),
  way('sheet-replace-async', 'constructed sheet, replace', async ({ u, id, r }) => {
    const sheet = new CSSStyleSheet()
    document.adoptedStyleSheets.push(sheet)
    await sheet.replace(`#mx-${id}{background:url(${u('a.png')})}`)
    r('replaced')
  }),
  way('animate', 'element.animate', ({ u, body }) => {
    body.animate({ backgroundImage: [`url(${u('a.png')})`, `url(${u('a.png')})`] }, 9000)
  }),
  way('fontface', 'new FontFace().load()', ({ u, r }) =>
    new FontFace('X', `url(${u('a.woff2')})`).load().then(
      () => r('loaded'),
      () => r('failed'),
    ),
  ),
  way('fontface-buffer', 'document.fonts.add', ({ u, body, id }) => {
    document.fonts.add(new FontFace(id, `url(${u('a.woff2')})`))
    body.style.fontFamily = id
    body.append('text')
  }),
]
