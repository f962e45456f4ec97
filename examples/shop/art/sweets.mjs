// Drawings of the chocolate shop.
import {
  around,
  circle,
  drawing,
  ellipse,
  glow,
  gradient,
  group,
  height,
  line,
  path,
  rect,
  shadow,
  width,
} from './canvas.mjs'

const table = (warm, light) => [
  gradient('wall', [light, warm]) + gradient('desk', [warm, light]),
  rect(0, 0, width, height, 'url(#wall)') +
    path(`M0 352 H${width} V${height} H0Z`, 'url(#desk)', 'opacity=".55"'),
]

const dark = ['#6b3f2a', '#44241a', '#2d1610']
const milk = ['#a8703f', '#7d4c28', '#59331a']
const white = ['#fff3dc', '#f2dcb4', '#d9bb87']
const ruby = ['#e59aa0', '#c86a78', '#9a4455']

const cocoa = (id, tones) => gradient(id, tones, [0, 0, 1, 1])

/** One moulded piece: a face, a light edge above and a dark one below. */
function piece(x, y, size, id) {
  const inner = size * 0.17
  return (
    rect(x, y, size, size, `url(#${id})`, 'rx="5"') +
    path(
      `M${x} ${y} h${size} l${-inner} ${inner} h${-(size - 2 * inner)}Z`,
      '#fff',
      'opacity=".2"',
    ) +
    path(
      `M${x} ${y + size} h${size} l${-inner} ${-inner} h${-(size - 2 * inner)}Z`,
      '#000',
      'opacity=".26"',
    ) +
    path(
      `M${x + size} ${y} v${size} l${-inner} ${-inner} v${-(size - 2 * inner)}Z`,
      '#000',
      'opacity=".13"',
    )
  )
}

export function bar() {
  const [defs, back] = table('#e9c9a4', '#fbeedd')
  let pieces = ''
  for (let row = 0; row < 3; row++)
    for (let column = 0; column < 6; column++) pieces += piece(column * 66, row * 66, 62, 'dark')
  const wrapper =
    path(
      'M186 -14 H420 V216 H186 l16 -24 -16 -22 16 -24 -16 -22 16 -24 -16 -22 16 -24 -16 -22Z',
      'url(#paper)',
    ) +
    rect(246, 30, 140, 142, '#fff6e6', 'rx="6"') +
    apple(316, 92, 0.9, '#a3242f') +
    rect(276, 136, 80, 6, '#6d3a24', 'rx="3"') +
    rect(290, 150, 52, 5, '#b58a5e', 'rx="2"')
  return drawing(
    defs + cocoa('dark', dark) + gradient('paper', ['#c33b3f', '#8e1f2d'], [0, 0, 1, 1]),
    back + shadow(326, 372, 220, 22) + group('translate(120 176) rotate(-9)', pieces + wrapper),
  )
}

/** The mark of the shop: an apple with a leaf. */
export const apple = (x, y, scale, colour) =>
  group(
    `translate(${x} ${y}) scale(${scale})`,
    path(
      'M0 -16 C-12 -28 -38 -24 -38 4 C-38 28 -20 42 -9 42 C-4 42 -3 39 0 39 C3 39 4 42 9 42 C20 42 38 28 38 4 C38 -24 12 -28 0 -16Z',
      colour,
    ) +
      path('M2 -20 C2 -36 14 -44 28 -44 C28 -30 16 -20 2 -20Z', '#5d7a35') +
      line('M0 -16 C0 -26 -2 -32 -8 -38', '#4c2a1a', 4),
  )

export function box() {
  const [defs, back] = table('#d9b7a0', '#f7e8df')
  const kinds = ['dark', 'milk', 'white', 'ruby']
  let sweets = ''
  for (let i = 0; i < 12; i++) {
    const [x, y] = [58 + (i % 4) * 98, 52 + Math.floor(i / 4) * 92]
    const kind = kinds[(i * 7 + Math.floor(i / 4)) % 4]
    sweets +=
      circle(x, y, 42, '#3c2018', 'opacity=".5"') +
      around(14, (a) => group(`rotate(${a} ${x} ${y})`, ellipse(x, y - 38, 7, 6, '#7c4a36')))
    if (i % 3 === 0)
      sweets +=
        circle(x, y, 33, `url(#${kind})`) +
        line(`M${x - 22} ${y - 6} q11 -12 22 0 t22 0`, '#fff', 4, 'opacity=".55"')
    else if (i % 3 === 1)
      sweets +=
        rect(x - 29, y - 29, 58, 58, `url(#${kind})`, 'rx="10"') + circle(x, y, 9, '#e8c268')
    else
      sweets += path(
        `M${x} ${y + 30} C${x - 50} ${y - 8} ${x - 22} ${y - 42} ${x} ${y - 16} C${x + 22} ${y - 42} ${x + 50} ${y - 8} ${x} ${y + 30}Z`,
        `url(#${kind})`,
      )
    sweets += ellipse(x - 10, y - 16, 11, 6, '#fff', 'opacity=".3"')
  }
  return drawing(
    defs +
      cocoa('dark', dark) +
      cocoa('milk', milk) +
      cocoa('white', white) +
      cocoa('ruby', ruby) +
      gradient('lid', ['#7d1c2b', '#a62c38']),
    back +
      shadow(320, 420, 250, 20) +
      path('M110 58 L530 58 L556 108 L84 108Z', 'url(#lid)') +
      path('M110 58 L530 58 L532 64 L108 64Z', '#e8c268') +
      rect(84, 108, 472, 312, '#8e1f2d', 'rx="10"') +
      rect(98, 120, 444, 288, '#fbe9d3', 'rx="6"') +
      group('translate(120 118)', sweets),
  )
}

export function truffles() {
  const [defs, back] = table('#cfae94', '#f4e6d8')
  const ball = (x, y, r, id) =>
    circle(x, y, r, `url(#${id})`) +
    around(22, (a, i) => {
      const [d, angle] = [r * (0.25 + ((i * 37) % 60) / 100), (a * Math.PI) / 180]
      return circle(
        (x + Math.cos(angle) * d).toFixed(1),
        (y + Math.sin(angle) * d).toFixed(1),
        1.6 + (i % 3),
        id === 'w' ? '#fff' : '#e0b58d',
        'opacity=".35"',
      )
    })
  return drawing(
    defs +
      glow('d', ['#7b4c35', '#4b291c', '#2a140d'], [0.36, 0.3, 0.8]) +
      glow('m', ['#c38a58', '#8d5831', '#5a3318'], [0.36, 0.3, 0.8]) +
      glow('w', ['#fffaf0', '#f4e3c4', '#cfae7d'], [0.36, 0.3, 0.8]) +
      gradient('plate', ['#fff', '#dfe3e6']),
    back +
      shadow(320, 404, 250, 24) +
      ellipse(320, 378, 260, 50, 'url(#plate)') +
      ellipse(320, 370, 206, 34, '#e9edf0') +
      ball(206, 322, 62, 'd') +
      ball(434, 322, 62, 'w') +
      ball(320, 330, 66, 'm') +
      ball(262, 222, 62, 'w') +
      ball(380, 222, 62, 'd') +
      ball(320, 128, 62, 'm'),
  )
}

export function apples() {
  const [defs, back] = table('#d5c7a2', '#f6f0de')
  const one = (x, y, s) =>
    group(
      `translate(${x} ${y}) scale(${s})`,
      path(
        'M0 -16 C-12 -28 -38 -24 -38 4 C-38 28 -20 42 -9 42 C-4 42 -3 39 0 39 C3 39 4 42 9 42 C20 42 38 28 38 4 C38 -24 12 -28 0 -16Z',
        'url(#glaze)',
      ) +
        path(
          'M-37 8 C-30 2 -24 16 -16 8 C-10 2 -4 14 4 8 C12 2 18 14 26 8 C30 4 34 6 37 6 C36 28 20 42 9 42 C4 42 3 39 0 39 C-3 39 -4 42 -9 42 C-20 42 -36 28 -37 8Z',
          '#b3202d',
        ) +
        rect(-2.5, -52, 5, 38, '#d8b27b', 'rx="2"') +
        path(
          'M-20 -10 C-26 -4 -28 2 -28 8',
          'none',
          'stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".4"',
        ) +
        around(7, (a, i) =>
          circle(-24 + i * 8, -4 + ((i * 5) % 9), 2, i % 2 ? '#f6d9a0' : '#fff', 'opacity=".8"'),
        ),
    )
  return drawing(
    defs + cocoa('glaze', ['#7a4730', '#3b1d13']),
    back + shadow(320, 408, 220, 20) + one(176, 292, 2.4) + one(464, 292, 2.4) + one(320, 266, 3.1),
  )
}

export function tin() {
  const [defs, back] = table('#c4cdb8', '#eef1e6')
  return drawing(
    defs +
      gradient('side', ['#1f4a3c', '#3c7a63', '#2b5d4b', '#143328'], [0, 0, 1, 0]) +
      gradient('gold', ['#b98b3f', '#f3dc9a', '#a77a31'], [0, 0, 1, 0]),
    back +
      shadow(300, 418, 190, 20) +
      rect(170, 150, 240, 264, 'url(#side)', 'rx="14"') +
      ellipse(290, 150, 120, 26, 'url(#gold)') +
      rect(164, 128, 252, 34, 'url(#gold)', 'rx="12"') +
      ellipse(290, 128, 124, 22, '#f3dc9a') +
      ellipse(290, 127, 104, 16, '#d9bb70') +
      rect(206, 214, 168, 132, '#fbf4e2', 'rx="8"') +
      apple(290, 262, 0.85, '#a3242f') +
      rect(246, 314, 88, 6, '#1f4a3c', 'rx="3"') +
      rect(262, 327, 56, 5, '#b98b3f', 'rx="2"') +
      group(
        'translate(452 330)',
        shadow(40, 88, 76, 12) +
          path('M-20 0 H96 C96 58 78 86 38 86 C-2 86 -20 58 -20 0Z', '#fff') +
          ellipse(38, 0, 58, 15, '#e8e1d6') +
          ellipse(38, 1, 49, 11, '#5b3320') +
          line('M96 14 c34 -4 30 44 -10 40', '#fff', 9) +
          line(
            'M24 -24 c-10 -16 10 -22 0 -40 M52 -24 c-10 -16 10 -22 0 -40',
            '#fff',
            5,
            'opacity=".6"',
          ),
      ),
  )
}

export function dragee() {
  const [defs, back] = table('#bfcad6', '#eef3f8')
  const colours = ['d', 'm', 'w', 'r']
  let beads = ''
  for (let i = 0; i < 46; i++) {
    const [row, column] = [Math.floor(i / 7), i % 7]
    beads += ellipse(
      212 + column * 36 + (row % 2) * 17,
      384 - row * 31,
      19,
      16,
      `url(#${colours[(i * 5 + row) % 4]})`,
    )
  }
  return drawing(
    defs +
      ['#6b3f2a', '#a8703f', '#f6e4c2', '#cf7583']
        .map((c, i) => glow('dmwr'[i], ['#fff', c, c], [0.34, 0.28, 0.9]))
        .join('') +
      gradient('cork', ['#d8b27b', '#b58a55']) +
      `<clipPath id="jar"><path d="M186 176 Q186 150 214 150 H426 Q454 150 454 176 V386 Q454 412 428 412 H212 Q186 412 186 386Z"/></clipPath>`,
    back +
      shadow(320, 416, 190, 18) +
      `<g clip-path="url(#jar)">${rect(186, 150, 268, 262, '#fff', 'opacity=".45"')}${beads}</g>` +
      path(
        'M186 176 Q186 150 214 150 H426 Q454 150 454 176 V386 Q454 412 428 412 H212 Q186 412 186 386Z',
        'none',
        'stroke="#fff" stroke-width="6" opacity=".85"',
      ) +
      rect(206, 172, 14, 210, '#fff', 'rx="7" opacity=".5"') +
      rect(208, 126, 224, 28, '#fff', 'rx="8" opacity=".8"') +
      rect(222, 92, 196, 42, 'url(#cork)', 'rx="8"') +
      line('M190 168 q130 30 260 0', '#a3242f', 8) +
      group(
        'translate(420 190) rotate(12)',
        rect(-34, 0, 68, 90, '#fff6e6', 'rx="6"') + apple(0, 46, 0.6, '#a3242f'),
      ),
  )
}
