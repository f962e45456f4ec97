// The themes page: the same window in the clothes of other shops, by custom properties alone.
import { html, raw } from './html.mjs'

const themes = {
  quiet: { name: 'Как есть', properties: {} },
  paper: {
    name: 'Бумага',
    properties: {
      surface: '#fffaf3',
      text: '#2b1d12',
      muted: '#6b5a4c',
      line: '#e5d8c8',
      field: '#f7efe4',
      accent: '#8c1d2c',
      answer: '#5b1420',
      'on-answer': '#fff',
      radius: '4px',
      font: 'medium/1.5 Georgia, "DejaVu Serif", serif',
    },
  },
  night: {
    name: 'Ночь',
    properties: {
      surface: '#12141c',
      text: '#e9e9f2',
      muted: '#a2a6b8',
      line: '#32364a',
      field: '#1b1e2a',
      accent: '#b7a6ff',
      answer: '#b7a6ff',
      'on-answer': '#17122e',
      warning: '#f2b66d',
      focus: '#9ecbff',
      radius: '14px',
    },
  },
  sharp: {
    name: 'Строго',
    properties: {
      surface: '#fff',
      text: '#000',
      muted: '#444',
      field: '#f4f4f4',
      warning: '#8a4600',
      focus: '#0b57d0',
      accent: '#00307a',
      answer: '#000',
      'on-answer': '#fff',
      line: '#000',
      radius: '0px',
      shadow: 'none',
    },
  },
}
const shapes = { box: 'Окно', bar: 'Полоса', sheet: 'Лист' }

/** The shape an address asks for. */
export const shapeOf = (params) => (params.get('shape') in shapes ? params.get('shape') : 'box')

export function themesPage(params) {
  const theme = params.get('theme') in themes ? params.get('theme') : 'quiet'
  const shape = shapeOf(params)
  const { properties } = themes[theme]
  const css = Object.entries(properties)
    .map(([name, value]) => `--kelisim-${name}: ${value};`)
    .join('\n  ')
  const choice = (title, all, now, to) =>
    html`<p>
      <b>${title}:</b> ${Object.entries(all).map(
        ([id, name]) =>
          html`<a href="${to(id)}" ${id === now && html`aria-current="true"`}>${name}</a> `,
      )}
    </p>`
  return html`<h1>Оформление окна</h1>
    <p>Цвета, шрифт, скругления и форма — свойства страницы. Ответы всегда весят одинаково.</p>
    ${choice(
      'Тема',
      Object.fromEntries(Object.entries(themes).map(([id, { name }]) => [id, name])),
      theme,
      (id) => `/themes?theme=${id}&shape=${shape}`,
    )}
    ${choice('Форма', shapes, shape, (id) => `/themes?theme=${theme}&shape=${id}`)}
    <p><button type="button" class="button" data-kelisim-open="notice">Показать окно</button></p>
    ${
      css &&
      html`<pre><code>kelisim-widget {
  ${css}
}</code></pre>`
    }
    ${raw(css ? `<style>kelisim-widget{${css}}</style>` : '')}`
}
