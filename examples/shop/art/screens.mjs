// Drawings of the web studio: what it makes, as windows on a dark desk.
import {
  around,
  circle,
  drawing,
  gradient,
  group,
  height,
  line,
  path,
  rect,
  width,
} from './canvas.mjs'

const desk = (accent) => [
  gradient('desk', ['#1b1830', '#0e0c1b']) + gradient('accent', accent, [0, 0, 1, 1]),
  rect(0, 0, width, height, 'url(#desk)') +
    around(
      12,
      (_, i) =>
        line(`M${i * 58} 0 V${height}`, '#fff', 1, 'opacity=".05"') +
        line(`M0 ${i * 44} H${width}`, '#fff', 1, 'opacity=".05"'),
    ) +
    circle(520, 96, 120, 'url(#accent)', 'opacity=".25"') +
    circle(96, 404, 90, 'url(#accent)', 'opacity=".18"'),
]

const bar = (x, y, w, fill = '#d7d9e4', h = 12) => rect(x, y, w, h, fill, 'rx="6"')
const frame = (x, y, w, h, inside) =>
  rect(x + 8, y + 14, w, h, '#000', 'rx="16" opacity=".4"') +
  rect(x, y, w, h, '#fff', 'rx="14"') +
  path(`M${x} ${y + 14} a14 14 0 0 1 14 -14 h${w - 28} a14 14 0 0 1 14 14 v22 h${-w}Z`, '#e9eaf2') +
  ['#ff6b6b', '#ffc857', '#4cc38a'].map((c, i) => circle(x + 22 + i * 20, y + 18, 6, c)).join('') +
  rect(x + 96, y + 9, w - 130, 18, '#fff', 'rx="9"') +
  group(`translate(${x} ${y + 36})`, inside)

export const landing = () => {
  const [defs, back] = desk(['#7c5cff', '#37e0c8'])
  return drawing(
    defs,
    back +
      frame(
        96,
        70,
        448,
        340,
        rect(0, 0, 448, 168, 'url(#accent)') +
          bar(36, 40, 190, '#fff', 20) +
          bar(36, 74, 150, '#ffffffaa') +
          rect(36, 104, 112, 34, '#14122a', 'rx="17"') +
          circle(346, 84, 58, '#fff', 'opacity=".3"') +
          path('M318 100 L346 56 L374 100Z', '#fff') +
          [0, 1, 2]
            .map(
              (i) =>
                rect(36 + i * 130, 196, 112, 82, '#f1f1f7', 'rx="10"') +
                circle(60 + i * 130, 220, 11, 'url(#accent)') +
                bar(50 + i * 130, 244, 78, '#c9cbda', 8) +
                bar(50 + i * 130, 258, 56, '#dddfea', 8),
            )
            .join(''),
      ),
  )
}
export const corporate = () => {
  const [defs, back] = desk(['#3c7dff', '#8fd3ff'])
  return drawing(
    defs,
    back +
      frame(
        70,
        60,
        500,
        360,
        rect(0, 0, 132, 310, '#f4f5fa') +
          [0, 1, 2, 3, 4]
            .map((i) =>
              bar(22, 28 + i * 34, i === 1 ? 88 : 70, i === 1 ? 'url(#accent)' : '#cfd2e0'),
            )
            .join('') +
          bar(164, 30, 180, '#2a2b44', 18) +
          rect(164, 66, 304, 118, 'url(#accent)', 'rx="10"') +
          path(
            'M164 164 L230 116 L280 150 L340 96 L468 158 V174 a10 10 0 0 1 -10 10 H174 a10 10 0 0 1 -10 -10Z',
            '#fff',
            'opacity=".55"',
          ) +
          [0, 1]
            .map(
              (i) =>
                rect(164 + i * 158, 204, 146, 84, '#f1f2f8', 'rx="10"') +
                bar(182 + i * 158, 226, 92, '#b8bccf', 10) +
                bar(182 + i * 158, 246, 66, '#d7dae6', 8),
            )
            .join(''),
      ),
  )
}
export const store = () => {
  const [defs, back] = desk(['#ff7a59', '#ffd166'])
  const card = (x, y, c) =>
    rect(x, y, 116, 122, '#f5f5fa', 'rx="10"') +
    rect(x + 10, y + 10, 96, 62, c, 'rx="8"') +
    bar(x + 12, y + 82, 66, '#b8bccf', 9) +
    bar(x + 12, y + 100, 40, 'url(#accent)', 10)
  return drawing(
    defs,
    back +
      frame(
        60,
        64,
        420,
        352,
        bar(28, 24, 120, '#2a2b44', 16) +
          rect(290, 18, 104, 26, '#f1f1f7', 'rx="13"') +
          ['#ffd9cd', '#fff0c9', '#d9e6ff'].map((c, i) => card(22 + i * 128, 60, c)).join('') +
          ['#e3d9ff', '#d2f5e6', '#ffd9ec'].map((c, i) => card(22 + i * 128, 190, c)).join(''),
      ) +
      group(
        'translate(436 156)',
        rect(6, 10, 152, 270, '#000', 'rx="26" opacity=".45"') +
          rect(0, 0, 152, 270, '#14122a', 'rx="24"') +
          rect(8, 8, 136, 254, '#fff', 'rx="18"') +
          rect(22, 34, 108, 92, '#fff0c9', 'rx="12"') +
          bar(22, 140, 88, '#b8bccf', 10) +
          bar(22, 160, 56, '#d7dae6', 9) +
          rect(22, 208, 108, 34, 'url(#accent)', 'rx="17"'),
      ),
  )
}
export const care = () => {
  const [defs, back] = desk(['#37e0c8', '#4c8dff'])
  return drawing(
    defs,
    back +
      frame(
        84,
        76,
        472,
        330,
        bar(30, 26, 140, '#2a2b44', 16) +
          line(
            'M30 214 L96 190 L150 202 L214 142 L270 164 L330 96 L392 118 L440 64',
            'url(#accent)',
            7,
          ) +
          path(
            'M30 214 L96 190 L150 202 L214 142 L270 164 L330 96 L392 118 L440 64 V244 H30Z',
            'url(#accent)',
            'opacity=".18"',
          ) +
          [0, 1, 2, 3].map((i) => line(`M30 ${74 + i * 56} H440`, '#dfe1ec', 2)).join('') +
          circle(330, 96, 10, '#fff', 'stroke="#4c8dff" stroke-width="5"'),
      ) +
      group(
        'translate(462 310)',
        circle(0, 0, 62, 'url(#accent)') +
          path(
            'M-26 2 L-8 20 L28 -18',
            'none',
            'stroke="#fff" stroke-width="13" stroke-linecap="round" stroke-linejoin="round"',
          ),
      ),
  )
}
export const search = () => {
  const [defs, back] = desk(['#9be15d', '#00b8a9'])
  return drawing(
    defs,
    back +
      frame(
        90,
        70,
        460,
        340,
        rect(30, 28, 330, 40, '#fff', 'rx="20" stroke="#d7dae6" stroke-width="3"') +
          bar(52, 43, 130, '#b8bccf', 10) +
          [0, 1, 2, 3]
            .map(
              (i) =>
                bar(30, 96 + i * 50, 210 - i * 28, i === 0 ? 'url(#accent)' : '#9aa0bb', 12) +
                bar(30, 116 + i * 50, 300 - i * 18, '#dfe1ec', 8),
            )
            .join(''),
      ) +
      group(
        'translate(432 276) rotate(-42)',
        rect(-13, 58, 26, 96, '#d7dae6', 'rx="13"') +
          circle(0, 0, 66, '#fff', 'opacity=".25"') +
          circle(0, 0, 66, 'none', 'stroke="url(#accent)" stroke-width="18"'),
      ),
  )
}
export const brand = () => {
  const [defs, back] = desk(['#ff5fa2', '#ffb86b'])
  return drawing(
    defs,
    back +
      group(
        'translate(126 96) rotate(-7)',
        rect(8, 12, 260, 160, '#000', 'rx="12" opacity=".4"') +
          rect(0, 0, 260, 160, '#fff', 'rx="12"') +
          circle(58, 62, 30, 'url(#accent)') +
          path(
            'M44 62 h10 l6 -14 8 28 6 -14 h8',
            'none',
            'stroke="#fff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"',
          ) +
          bar(104, 46, 120, '#2a2b44', 14) +
          bar(104, 72, 84, '#b8bccf', 9) +
          bar(28, 122, 150, '#dfe1ec', 9),
      ) +
      group(
        'translate(300 236) rotate(5)',
        rect(8, 12, 260, 160, '#000', 'rx="12" opacity=".4"') +
          rect(0, 0, 260, 160, 'url(#accent)', 'rx="12"') +
          path(
            'M62 80 h30 l18 -42 26 86 20 -44 h42',
            'none',
            'stroke="#fff" stroke-width="14" stroke-linecap="round" stroke-linejoin="round"',
          ),
      ) +
      ['#ff5fa2', '#ffb86b', '#7c5cff', '#37e0c8', '#fff']
        .map((c, i) => circle(128 + i * 42, 398, 17, c))
        .join(''),
  )
}
