// Drawings of the perfumery: bottles, jars and a lipstick.
import {
  circle,
  drawing,
  ellipse,
  gradient,
  group,
  height,
  line,
  path,
  rect,
  shadow,
  width,
} from './canvas.mjs'

function stage(top, bottom, stone) {
  return [
    gradient('stage', [top, bottom]) + gradient('stone', [stone, '#ffffff'], [0, 1, 0, 0]),
    rect(0, 0, width, height, 'url(#stage)') +
      circle(470, 132, 92, '#fff', 'opacity=".22"') +
      path('M0 372 H640 V480 H0Z', '#fff', 'opacity=".18"') +
      ellipse(320, 408, 236, 38, 'url(#stone)') +
      path(
        'M84 408 V436 C84 458 190 474 320 474 S556 458 556 436 V408 C556 430 450 446 320 446 S84 430 84 408Z',
        stone,
      ),
  ]
}

const shapes = {
  square:
    'M226 182 Q226 166 242 166 H398 Q414 166 414 182 V386 Q414 404 396 404 H244 Q226 404 226 386Z',
  round:
    'M296 168 H344 V186 C404 196 436 242 436 296 C436 366 384 404 320 404 S204 366 204 296 C204 242 236 196 296 186Z',
  tall: 'M256 132 H384 L398 392 Q398 404 386 404 H254 Q242 404 242 392Z',
  drop: 'M320 138 C352 196 428 244 428 316 C428 370 380 404 320 404 S212 370 212 316 C212 244 288 196 320 138Z',
}
const caps = {
  square: [284, 100, 72, 56, 6],
  round: [286, 92, 68, 66, 30],
  tall: [282, 60, 76, 62, 4],
  drop: [292, 66, 56, 58, 28],
}

/** A bottle. @param liquid [light, dark] @param cap [light, middle, dark] */
export function bottle(shape, [top, bottom, stone], liquid, cap, mark) {
  const [defs, back] = stage(top, bottom, stone)
  const [x, y, w, h, r] = caps[shape]
  const outline = shapes[shape]
  return drawing(
    defs +
      gradient('liquid', liquid) +
      gradient('cap', [cap[1], cap[0], cap[1], cap[2]], [0, 0, 1, 0]) +
      `<clipPath id="in"><path d="${outline}"/></clipPath>`,
    back +
      shadow(326, 410, 128, 12, 0.35) +
      rect(x + w * 0.18, y + h - 4, w * 0.64, 30, 'url(#cap)') +
      rect(x, y, w, h, 'url(#cap)', `rx="${r}"`) +
      path(outline, '#fff', 'opacity=".55"') +
      `<g clip-path="url(#in)">${rect(190, 206, 260, 220, 'url(#liquid)')}${ellipse(320, 206, 130, 9, liquid[0], 'opacity=".9"')}${rect(236, 150, 22, 260, '#fff', 'opacity=".4"')}${rect(388, 150, 9, 260, '#fff', 'opacity=".22"')}${path('M320 150 V396', 'none', 'stroke="#fff" stroke-width="3" opacity=".35"')}</g>` +
      path(outline, 'none', 'stroke="#fff" stroke-width="5" opacity=".8"') +
      group('translate(320 316)', mark),
  )
}

const label = rect(-46, -34, 92, 68, '#fff', 'opacity=".92"')
export const marks = {
  flower:
    label +
    [0, 72, 144, 216, 288]
      .map((a) => group(`rotate(${a})`, ellipse(0, -13, 7, 12, '#c2477f')))
      .join('') +
    circle(0, 0, 5, '#f3c14b'),
  leaf:
    label +
    path('M-18 18 C-18 -14 4 -22 22 -22 C22 4 8 20 -18 18Z', '#4f7a4a') +
    line('M-18 18 C-6 4 6 -8 18 -18', '#fff', 2),
  wave:
    label + line('M-30 -8 q10 -12 20 0 t20 0 t20 0 M-30 10 q10 -12 20 0 t20 0 t20 0', '#2e6c8e', 4),
  star: label + path('M0 -24 L6 -6 L24 0 L6 6 L0 24 L-6 6 L-24 0 L-6 -6Z', '#b28a3c'),
}

export function cream() {
  const [defs, back] = stage('#f4d9d4', '#fbf1ee', '#e3b7ae')
  return drawing(
    defs +
      gradient('jar', ['#fdfdfd', '#f0dfe0', '#d9bfc2'], [0, 0, 1, 0]) +
      gradient('cap', ['#d8a48f', '#f3d6c6', '#c0836c'], [0, 0, 1, 0]),
    back +
      shadow(320, 412, 180, 12, 0.3) +
      path('M164 268 H476 V372 Q476 404 440 404 H200 Q164 404 164 372Z', 'url(#jar)') +
      path('M150 196 Q150 182 166 182 H474 Q490 182 490 196 V272 H150Z', 'url(#cap)') +
      ellipse(320, 186, 170, 22, '#f7e2d6') +
      rect(150, 258, 340, 6, '#fff', 'opacity=".5"') +
      rect(266, 308, 108, 8, '#b06a58', 'rx="4"') +
      rect(286, 328, 68, 6, '#d8a48f', 'rx="3"') +
      rect(186, 284, 12, 96, '#fff', 'rx="6" opacity=".8"'),
  )
}

export function lipstick() {
  const [defs, back] = stage('#e9c8d3', '#fbf0f3', '#c98aa0')
  const one = (x, colour, turn) =>
    group(
      `translate(${x} 0) rotate(${turn} 0 400)`,
      path('M-26 214 V142 C-26 120 10 92 26 88 V214Z', colour) +
        path('M-26 142 C-26 120 10 92 26 88 C20 116 -4 140 -26 142Z', '#fff', 'opacity=".35"') +
        rect(-32, 210, 64, 62, 'url(#gold)') +
        rect(-42, 268, 84, 136, 'url(#case)', 'rx="4"') +
        rect(-42, 268, 84, 7, '#fff', 'opacity=".4"'),
    )
  return drawing(
    defs +
      gradient('gold', ['#c39a4c', '#fbe9b5', '#a97b2e'], [0, 0, 1, 0]) +
      gradient('case', ['#2a2127', '#54434d', '#1b151a'], [0, 0, 1, 0]),
    back +
      shadow(320, 410, 190, 12, 0.35) +
      one(214, '#b3263f', -4) +
      one(320, '#cf4f7b', 0) +
      one(426, '#8c2f4b', 4),
  )
}
