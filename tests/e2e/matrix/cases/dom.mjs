// Elements and sinks by script: every way an address gets onto an element, and an element into the page.
import { inGroup, left } from './make.mjs'

const { way } = inGroup('dom')

export const dom = [
  way('new-image', 'new Image().src', ({ u, r }) => {
    const image = new Image()
    image.onload = () => r('load')
    image.src = u('a.png')
  }),
  way('image-listener', 'image with addEventListener and decode()', ({ u, r }) => {
    const image = document.createElement('img')
    image.addEventListener('load', () => r('load'))
    image.src = u('a.png')
    return image.decode().then(
      () => r('decoded'),
      () => r('not decoded'),
    )
  }),
  way('image-url-object', 'src = URL object', ({ u }) => {
    new Image().src = new URL(u('a.png'))
  }),
  way('image-flip', 'an object that turns into another text the second time', ({ u, f }) => {
    let times = 0
    new Image().src = { toString: () => (times++ % 2 ? u('a.png') : f('own.png')) }
    times = 1
    new Image().src = { toString: () => (times++ % 2 ? u('a.png') : f('own.png')) }
  }),
  way('set-attribute', "setAttribute('src')", ({ u }) =>
    new Image().setAttribute('src', u('a.png')),
  ),
  way('set-attribute-case', "setAttribute('SrC')", ({ u }) =>
    new Image().setAttribute('SrC', u('a.png')),
  ),
  way('set-attribute-flip', 'setAttribute with a name that flips', ({ u }) => {
    let times = 0
    new Image().setAttribute({ toString: () => (times++ ? 'alt' : 'src') }, u('a.png'))
  }),
  way('set-attribute-ns', 'setAttributeNS(null)', ({ u }) =>
    new Image().setAttributeNS(null, 'src', u('a.png')),
  ),
  way('attribute-node', 'createAttribute, setAttributeNode', ({ u }) => {
    const attribute = document.createAttribute('src')
    attribute.value = u('a.png')
    new Image().setAttributeNode(attribute)
  }),
  way('attribute-value', 'attr.value on a set attribute', ({ u }) => {
    const image = new Image()
    image.setAttribute('src', 'data:,')
    image.getAttributeNode('src').value = u('a.png')
  }),
  way('attribute-node-value', 'attr.nodeValue', ({ u }) => {
    const image = new Image()
    image.setAttribute('src', 'data:,')
    image.attributes.src.nodeValue = u('a.png')
  }),
  way('attribute-text', 'attr.textContent', ({ u }) => {
    const image = new Image()
    image.setAttribute('src', 'data:,')
    image.attributes[0].textContent = u('a.png')
  }),
  way('attribute-named-item', 'attributes.setNamedItem', ({ u }) => {
    const attribute = document.createAttribute('src')
    attribute.value = u('a.png')
    new Image().attributes.setNamedItem(attribute)
  }),
  way('attribute-moved', 'an attribute node taken from another element', ({ u }) => {
    const other = document.createElement('p')
    other.setAttribute('src', u('a.png'))
    const attribute = other.removeAttributeNode(other.attributes.src)
    new Image().setAttributeNode(attribute)
  }),
  way('image-srcset', 'img.srcset', ({ u }) => {
    new Image().srcset = u('a.png') + ' 1x'
  }),
  way('image-srcset-attribute', "setAttribute('srcset')", ({ u }) =>
    new Image().setAttribute('srcset', u('a.png') + ' 2x'),
  ),
  way('picture-source', 'source.srcset in a picture', ({ u, body }) => {
    const picture = body.appendChild(document.createElement('picture'))
    const source = picture.appendChild(document.createElement('source'))
    picture.appendChild(document.createElement('img'))
    source.srcset = u('a.png')
  }),
  way('input-image-code', 'input.src with type=image', ({ u, body }) => {
    const input = document.createElement('input')
    input.type = 'image'
    body.append(input)
    input.src = u('a.png')
  }),
  way('input-type-last', 'input.type = image after src', ({ u, body }) => {
    const input = body.appendChild(document.createElement('input'))
    input.src = u('a.png')
    input.type = 'image'
  }),
  way('audio-constructor', 'new Audio(url)', ({ u }) => {
    new Audio(u('a.wav')).load()
  }),
  way('video-code', 'video.src, load()', ({ u }) => {
    const video = document.createElement('video')
    video.preload = 'auto'
    video.src = u('a.wav')
    video.load()
  }),
  way('video-poster-code', 'video.poster', ({ u, body }) => {
    const video = body.appendChild(document.createElement('video'))
    video.poster = u('a.png')
  }),
  way('source-code', 'source appended to a video', ({ u, body }) => {
    const video = body.appendChild(document.createElement('video'))
    video.preload = 'auto'
    const source = document.createElement('source')
    source.src = u('a.wav')
    video.append(source)
  }),
  way('iframe-code', 'iframe.src before insertion', ({ u, r, body }) => {
    const frame = document.createElement('iframe')
    frame.onload = () => r('load')
    frame.src = u('a.html')
    body.append(frame)
  }),
  way('iframe-late', 'iframe.src after insertion', ({ u, body }) => {
    const frame = body.appendChild(document.createElement('iframe'))
    frame.src = u('a.html')
  }),
  way(
    'iframe-location',
    'frame.location =',
    ({ u, frame }) => {
      frame().location = u('a.html')
    },
    { left: left.location },
  ),
  way(
    'iframe-replace',
    'frame.location.replace',
    ({ u, frame }) => frame().location.replace(u('a.html')),
    { left: left.location },
  ),
  way('iframe-open', 'window.open into a named frame', ({ u, id, body }) => {
    const frame = document.createElement('iframe')
    frame.name = 'o' + id
    body.append(frame)
    window.open(u('a.html'), 'o' + id)
  }),
  way('iframe-srcdoc-code', 'iframe.srcdoc', ({ u, body }) => {
    const frame = document.createElement('iframe')
    frame.srcdoc = `<img src="${u('a.png')}">`
    body.append(frame)
  }),
  way('iframe-srcdoc-attribute', "setAttribute('srcdoc')", ({ u, body }) => {
    const frame = document.createElement('iframe')
    frame.setAttribute('srcdoc', `<script src="${u('a.js')}"></script>`)
    body.append(frame)
  }),
  way('iframe-data-code', 'iframe.src = data:', ({ u, body }) => {
    const frame = document.createElement('iframe')
    frame.src = 'data:text/html,' + encodeURIComponent(`<img src="${u('a.png')}">`)
    body.append(frame)
  }),
  way('object-code', 'object.data', ({ u, body }) => {
    const object = document.createElement('object')
    object.data = u('a.html')
    body.append(object)
  }),
  way('embed-code', 'embed.src', ({ u, body }) => {
    const embed = document.createElement('embed')
    embed.type = 'text/html'
    embed.src = u('a.html')
    body.append(embed)
  }),
  way('track-code', 'track.src, mode = showing', ({ u, body }) => {
    const video = body.appendChild(document.createElement('video'))
    video.crossOrigin = 'anonymous'
    const track = document.createElement('track')
    track.src = u('a.vtt')
    video.append(track)
    track.track.mode = 'showing'
  }),
  way('svg-image-code', 'svg image, setAttributeNS xlink', ({ u, body }) => {
    const ns = 'http://www.w3.org/2000/svg'
    const svg = body.appendChild(document.createElementNS(ns, 'svg'))
    const image = document.createElementNS(ns, 'image')
    image.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', u('a.png'))
    svg.append(image)
  }),
  way('svg-href-base', 'svg image, href.baseVal', ({ u, body }) => {
    const ns = 'http://www.w3.org/2000/svg'
    const svg = body.appendChild(document.createElementNS(ns, 'svg'))
    const image = svg.appendChild(document.createElementNS(ns, 'image'))
    image.setAttribute('width', '9')
    image.setAttribute('height', '9')
    image.href.baseVal = u('a.png')
  }),
  way('inner-html', 'innerHTML', ({ u, body }) => {
    body.innerHTML = `<img src="${u('a.png')}">`
  }),
  way('inner-html-detached', 'innerHTML of a detached element', ({ u }) => {
    document.createElement('div').innerHTML = `<img src="${u('a.png')}">`
  }),
  way('inner-html-entities', 'innerHTML with entities in the address', ({ u, body }) => {
    body.innerHTML = `<img src="${u('a.png').replace('://', '&#58;&sol;&#x2f;')}">`
  }),
  way('inner-html-broken', 'innerHTML with unquoted and doubled attributes', ({ u, f, body }) => {
    body.innerHTML = `<img/x=">"sRc\n=\n${u('a.png')} src="${f('own.png')}"/><svg><style><img src=${u('b.png')}>`
  }),
  way('outer-html', 'outerHTML', ({ u, body }) => {
    body.appendChild(document.createElement('p')).outerHTML = `<img src="${u('a.png')}">`
  }),
  way('insert-adjacent-html', 'insertAdjacentHTML', ({ u, body }) =>
    body.insertAdjacentHTML('beforeend', `<img src="${u('a.png')}">`),
  ),
  way('contextual-fragment', 'createContextualFragment with a script', ({ u, body }) => {
    const range = document.createRange()
    range.selectNode(document.body)
    body.append(range.createContextualFragment(`<script src="${u('a.js')}"></` + 'script>'))
  }),
  way('shadow-inner-html', 'shadowRoot.innerHTML', ({ u, body }) => {
    const root = body.appendChild(document.createElement('div')).attachShadow({ mode: 'closed' })
    root.innerHTML = `<img src="${u('a.png')}">`
  }),
  way('set-html-unsafe', 'setHTMLUnsafe with a shadow root', ({ u, body }) =>
    body.setHTMLUnsafe(
      `<div><template shadowrootmode="open"><img src="${u('a.png')}"></template></div>`,
    ),
  ),
  way('parse-html-unsafe', 'Document.parseHTMLUnsafe, adopted', ({ u, body }) =>
    body.append(Document.parseHTMLUnsafe(`<img src="${u('a.png')}">`).images[0]),
  ),
  way('dom-parser', 'DOMParser, adopted', ({ u, body }) => {
    const other = new DOMParser().parseFromString(`<img src="${u('a.png')}">`, 'text/html')
    body.append(document.adoptNode(other.images[0]))
  }),
  way('dom-parser-xml', 'DOMParser of XHTML, imported', ({ u, body }) => {
    const other = new DOMParser().parseFromString(
      `<img xmlns="http://www.w3.org/1999/xhtml" src="${u('a.png')}"/>`,
      'application/xhtml+xml',
    )
    body.append(document.importNode(other.documentElement, true))
  }),
  way('other-document', 'built in createHTMLDocument, then appended', ({ u, body }) => {
    const other = document.implementation.createHTMLDocument('')
    const image = other.createElement('img')
    image.src = u('a.png')
    body.append(image)
  }),
  way('template-clone', 'template.innerHTML, cloned', ({ u, body }) => {
    const template = document.createElement('template')
    template.innerHTML = `<img src="${u('a.png')}">`
    body.append(template.content.cloneNode(true))
  }),
  way(
    'template-import',
    'template in the markup with a script, imported',
    ({ body, token }) => {
      const { content } = document.querySelector(`template[data-mx="${token}"]`)
      body.append(document.importNode(content, true))
    },
    {
      html: ({ u, token }) =>
        `<template data-mx="${token}"><script src="${u('a.js')}"></script></template>`,
    },
  ),
  way('template-move', 'template content moved', ({ u, body }) => {
    const template = document.createElement('template')
    template.innerHTML = `<iframe src="${u('a.html')}"></iframe>`
    body.append(template.content)
  }),
  way('clone-node', 'cloneNode of an element with an address', ({ u, body }) => {
    const other = document.implementation.createHTMLDocument('')
    const image = other.createElement('img')
    image.setAttribute('src', u('a.png'))
    body.append(document.importNode(image))
  }),
  ...[
    ['insert-before', (body, node) => body.insertBefore(node, null)],
    [
      'replace-child',
      (body, node) => body.replaceChild(node, body.appendChild(document.createElement('p'))),
    ],
    ['prepend', (body, node) => body.prepend(node)],
    ['after', (body, node) => body.appendChild(document.createElement('p')).after(node)],
    ['before', (body, node) => body.appendChild(document.createElement('p')).before(node)],
    [
      'replace-with',
      (body, node) => body.appendChild(document.createElement('p')).replaceWith(node),
    ],
    [
      'replace-children',
      (body, node) => body.appendChild(document.createElement('p')).replaceChildren(node),
    ],
    ['insert-adjacent-element', (body, node) => body.insertAdjacentElement('afterbegin', node)],
    [
      'range-insert',
      (body, node) => {
        const range = document.createRange()
        range.selectNodeContents(body)
        range.insertNode(node)
      },
    ],
    [
      'range-surround',
      (body, node) => {
        const range = document.createRange()
        range.selectNodeContents(body.appendChild(document.createElement('p')))
        range.surroundContents(node)
      },
    ],
    [
      'move-before',
      (body, node) => {
        body.append(node)
        body.moveBefore(node, body.firstChild)
      },
    ],
  ].map(([id, insert]) => ({
    ...way(
      'by-' + id,
      `a script with its address in a fragment, inserted by ${id.replaceAll('-', ' ')}`,
    ),
    js: new Function(
      'c',
      `const { u, r, body } = c; const insert = ${String(insert)}
       const fragment = document.implementation.createHTMLDocument('').createElement('script')
       fragment.setAttribute('src', u('a.js'))
       const node = document.importNode(fragment)
       node.onload = () => r('load')
       insert(body, node)`,
    ),
  })),
  way(
    'exec-command',
    "execCommand('insertHTML')",
    ({ u, body }) => {
      const box = body.appendChild(document.createElement('div'))
      box.contentEditable = 'true'
      box.textContent = 'x'
      getSelection().selectAllChildren(box)
      document.execCommand('insertHTML', false, `<img src="${u('a.png')}">`)
    },
    { solo: true },
  ),
  way(
    'custom-element',
    'custom element that builds its image when connected',
    ({ u, id, token, body }) => {
      const name = 'x-' + (id + token).toLowerCase().replace(/[^a-z0-9]/g, '')
      customElements.define(
        name,
        class extends HTMLElement {
          connectedCallback() {
            this.attachShadow({ mode: 'closed' }).innerHTML = `<img src="${u('a.png')}">`
          }
        },
      )
      body.innerHTML = `<${name}></${name}>`
    },
  ),
  way('custom-built-in', 'a class that extends HTMLImageElement', ({ u, id, token }) => {
    const name = 'x-' + (id + token).toLowerCase().replace(/[^a-z0-9]/g, '')
    class Mine extends HTMLImageElement {}
    customElements.define(name, Mine, { extends: 'img' })
    new Mine().src = u('a.png')
  }),
  way(
    'reflect-set',
    'Reflect.set(image, "src")',
    ({ u }) => void Reflect.set(new Image(), 'src', u('a.png')),
  ),
  way(
    'object-assign',
    'Object.assign(image, { src })',
    ({ u }) => void Object.assign(new Image(), { src: u('a.png') }),
  ),
  way('setter-kept', 'the setter taken from the prototype', ({ u }) =>
    Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, 'src').set.call(
      new Image(),
      u('a.png'),
    ),
  ),
  way(
    'base-changed',
    'base element, then a relative address',
    ({ u, id, body }) => {
      const base = document.createElement('base')
      base.href = u('')
      document.head.prepend(base)
      const image = new Image()
      image.src = 'a.png'
      setTimeout(() => base.remove(), 50)
    },
    { own: false, solo: true },
  ),
  way(
    'base-inner-html',
    'relative address under a foreign base, by innerHTML',
    ({ u, body }) => {
      const base = document.createElement('base')
      base.href = u('')
      document.head.prepend(base)
      body.innerHTML = '<img src="a.png">'
      setTimeout(() => base.remove(), 50)
    },
    { own: false, solo: true },
  ),
  way('xslt', 'XSLTProcessor output', ({ u, body }) => {
    const parse = (text) => new DOMParser().parseFromString(text, 'text/xml')
    const processor = new XSLTProcessor()
    processor.importStylesheet(
      parse(
        `<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><img src="${u('a.png')}"/></xsl:template></xsl:stylesheet>`,
      ),
    )
    body.append(processor.transformToFragment(parse('<a/>'), document))
  }),
]
