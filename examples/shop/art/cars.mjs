// Drawings of cars and their parts, seen from the side.
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

/** Mountains behind a road; the sky says the time of day. */
function road(sky, hills) {
  return [
    gradient('sky', sky) + gradient('hills', hills) + gradient('asphalt', ['#7b838c', '#4b525b']),
    rect(0, 0, width, height, 'url(#sky)') +
      path(
        'M0 300 L70 214 L118 246 L196 138 L252 206 L300 168 L372 250 L446 158 L520 236 L574 196 L640 268 V360 H0Z',
        'url(#hills)',
      ) +
      path(
        'M196 138 L226 175 L206 186 L194 172 L178 184 L168 177Z M446 158 L478 191 L456 200 L446 188 L430 198 L424 188Z',
        '#fff',
        'opacity=".85"',
      ) +
      path('M0 318 C160 292 320 330 640 300 V380 H0Z', 'url(#hills)', 'opacity=".6"') +
      rect(0, 350, width, 130, 'url(#asphalt)') +
      rect(0, 350, width, 3, '#fff', 'opacity=".35"') +
      [30, 190, 350, 510]
        .map((x) => path(`M${x} 446 h96 l10 10 h-112Z`, '#fff', 'opacity=".55"'))
        .join(''),
  ]
}

/** A wheel with spokes of an alloy rim. */
export function wheel(cx, cy, r, spokes = 5) {
  const hub = r * 0.66
  return (
    circle(cx, cy, r, '#17191d') +
    circle(cx, cy, r * 0.92, '#23262c') +
    circle(cx, cy, hub, '#8b929b') +
    circle(cx, cy, hub * 0.92, '#31353c') +
    around(spokes, (a) =>
      group(
        `rotate(${a} ${cx} ${cy})`,
        path(
          `M${cx - hub * 0.14} ${cy} L${cx - hub * 0.24} ${cy - hub * 0.9} L${cx + hub * 0.24} ${cy - hub * 0.9} L${cx + hub * 0.14} ${cy}Z`,
          '#cfd4da',
        ),
      ),
    ) +
    circle(cx, cy, hub * 0.27, '#e9ecef') +
    circle(cx, cy, hub * 0.13, '#9aa1aa')
  )
}

// The outline runs from the rear lamp over the roof to the bumper and back below, with the arches of the wheels.
const arch = (x, r = 57) => `L${x + r} 368 A${r} ${r} 0 0 0 ${x - r} 368`
const bodies = {
  sedan: {
    wheels: [164, 478],
    r: 48,
    body: `M48 330 C44 296 50 276 78 268 L142 260 C184 226 226 206 288 203 C352 200 402 222 446 258 L520 268 C570 276 594 294 596 328 L596 352 C596 362 590 368 580 368 ${arch(478)} ${arch(164)} L66 368 C52 368 48 360 48 350Z`,
    glass: [
      'M166 259 C196 234 232 219 276 216 L280 259Z',
      'M294 215 C340 214 382 230 424 259 L296 259Z',
    ],
    doors: ['M286 212 C284 262 288 320 280 356', 'M428 262 C440 300 426 340 416 356'],
    handles: [
      [232, 280],
      [372, 280],
    ],
  },
  crossover: {
    wheels: [160, 480],
    r: 54,
    body: `M46 316 C44 268 52 232 84 214 C120 190 180 174 268 173 C344 172 392 194 440 240 L526 254 C574 262 594 282 596 318 L596 346 C596 360 590 368 578 368 ${arch(480, 63)} ${arch(160, 63)} L64 368 C50 368 46 358 46 346Z`,
    glass: [
      'M100 240 C112 212 150 196 196 190 L198 240Z',
      'M212 189 C238 186 262 186 282 187 L286 240 L212 240Z',
      'M298 188 C346 190 384 208 416 240 L300 240Z',
    ],
    doors: [
      'M204 188 C200 246 214 300 214 352',
      'M292 186 C294 246 292 310 284 354',
      'M424 244 C436 292 424 334 410 352',
    ],
    handles: [
      [232, 264],
      [372, 264],
    ],
    rails: true,
    guard: true,
  },
  hatch: {
    wheels: [170, 462],
    r: 48,
    body: `M66 326 C60 286 66 256 86 244 C112 214 168 190 262 188 C342 187 388 214 432 254 L512 266 C556 274 580 292 582 326 L582 352 C582 362 576 368 566 368 ${arch(462)} ${arch(170)} L82 368 C70 368 66 360 66 350Z`,
    glass: [
      'M114 252 C132 224 170 208 226 204 L230 252Z',
      'M246 203 C320 200 366 222 408 252 L248 252Z',
    ],
    doors: ['M238 200 C236 256 248 312 244 356', 'M414 256 C426 300 414 336 402 354'],
    handles: [[276, 274]],
    electric: true,
  },
  pickup: {
    wheels: [150, 492],
    r: 54,
    body: `M34 292 L40 246 L262 246 L270 200 C274 182 286 174 306 173 L376 172 C408 172 430 190 456 240 L540 252 C582 260 600 280 602 314 L602 346 C602 360 596 368 584 368 ${arch(492, 63)} ${arch(150, 63)} L56 368 C44 368 40 360 40 348Z`,
    glass: [
      'M286 238 L292 204 C294 194 300 190 312 190 L340 189 L342 238Z',
      'M356 189 L374 189 C398 189 412 204 432 238 L358 238Z',
    ],
    doors: ['M270 246 L266 356', 'M349 188 L350 354', 'M440 242 C450 290 438 330 424 352'],
    handles: [
      [300, 262],
      [388, 262],
    ],
    guard: true,
    bed: true,
  },
  van: {
    wheels: [156, 488],
    r: 48,
    body: `M44 330 L44 178 C44 156 56 146 78 146 L394 146 C436 146 456 164 484 220 L548 244 C584 258 598 282 600 318 L600 350 C600 362 594 368 582 368 ${arch(488)} ${arch(156)} L62 368 C48 368 44 360 44 350Z`,
    glass: [
      'M372 172 L396 172 C424 172 438 188 458 224 L374 224Z',
      'M290 172 L356 172 L358 224 L290 224Z',
    ],
    doors: ['M280 160 L280 356', 'M366 160 L366 354', 'M470 232 C478 290 452 330 430 352'],
    handles: [
      [300, 250],
      [386, 250],
    ],
  },
}

/** One car. @param kind of `bodies` @param paint [light, middle, dark] */
export function car(kind, paint, sky = ['#cfe2f3', '#f4f7fa'], hills = ['#8fa6bd', '#c4d1dd']) {
  const { wheels, r, body, glass, doors, handles, rails, guard, electric, bed } = bodies[kind]
  const [defs, back] = road(sky, hills)
  const front = kind === 'hatch' ? -14 : kind === 'pickup' ? 6 : 0
  const shapes =
    shadow(322, 420, 292, 14, 0.5) +
    rect(90, 330, 460, 60, '#15171b', 'rx="20"') +
    path(body, 'url(#paint)') +
    `<g clip-path="url(#shell)">${rect(0, 300, width, 90, '#000', 'opacity=".16"')}${rect(0, 284, width, 5, '#fff', 'opacity=".28"')}${guard ? rect(0, 340, width, 40, '#262a30') : rect(0, 354, width, 20, '#262a30', 'opacity=".75"')}</g>` +
    (bed ? rect(46, 258, 214, 6, '#000', 'opacity=".28"') : '') +
    glass.map((d) => path(d, 'url(#glass)')).join('') +
    glass
      .map((d) => path(d, 'none', 'stroke="#14171c" stroke-width="5" stroke-linejoin="round"'))
      .join('') +
    doors.map((d) => line(d, '#000', 2, 'opacity=".3"')).join('') +
    handles.map(([x, y]) => rect(x, y, 30, 6, '#000', 'rx="3" opacity=".4"')).join('') +
    (rails ? line('M120 190 C200 166 300 158 368 182', '#262a30', 6) : '') +
    (electric
      ? group(
          'translate(118 288)',
          circle(0, 0, 15, '#fff', 'opacity=".85"') +
            path('M3 -10 L-7 3 H0 L-3 11 L8 -3 H1Z', '#1b8b5a'),
        )
      : '') +
    path(
      `M${566 + front} 284 L${594 + front} 296 C${597 + front} 306 ${596 + front} 312 ${594 + front} 316 L${560 + front} 304Z`,
      'url(#lamp)',
    ) +
    (kind === 'van' || kind === 'pickup'
      ? rect(kind === 'van' ? 44 : 36, 270, 13, 44, '#d4202c', 'rx="4"')
      : path(
          kind === 'hatch'
            ? 'M68 262 L98 268 L92 290 L65 296Z'
            : 'M52 280 L92 278 L86 300 L47 306Z',
          '#d4202c',
        )) +
    wheels.map((x) => wheel(x, 366, r, kind === 'hatch' ? 9 : kind === 'pickup' ? 6 : 5)).join('')
  return drawing(
    defs +
      gradient('paint', paint) +
      gradient('glass', ['#39444f', '#7d93a6', '#2b343d'], [0, 0, 1, 1]) +
      gradient('lamp', ['#fff', '#cfe4ff'], [0, 0, 1, 0]) +
      `<clipPath id="shell"><path d="${body}"/></clipPath>`,
    back + shapes,
  )
}

const studio = (a, b) => [
  gradient('studio', [a, b]),
  rect(0, 0, width, height, 'url(#studio)') + ellipse(320, 424, 300, 40, '#fff', 'opacity=".35"'),
]

export function disc() {
  const [defs, back] = studio('#e6ebf1', '#b9c4d0')
  const one = (x, y, r) =>
    circle(x, y, r, 'url(#steel)') +
    circle(x, y, r * 0.98, 'none', 'stroke="#6b737d" stroke-width="3"') +
    around(36, (a, i) =>
      group(
        `rotate(${a} ${x} ${y})`,
        circle(x, y - r * (0.66 + (i % 3) * 0.11), r * 0.025, '#59616b'),
      ),
    ) +
    circle(x, y, r * 0.5, '#79828d') +
    circle(x, y, r * 0.47, '#9aa3ae') +
    circle(x, y, r * 0.2, '#4b525b') +
    around(5, (a) => group(`rotate(${a} ${x} ${y})`, circle(x, y - r * 0.34, r * 0.055, '#4b525b')))
  return drawing(
    defs + gradient('steel', ['#f2f4f6', '#b7bec7', '#e3e7eb', '#98a1ac'], [0, 0, 1, 1]),
    back +
      shadow(330, 422, 220, 16) +
      one(398, 226, 168) +
      one(246, 266, 158) +
      path('M96 196 C120 140 168 110 216 104 L228 150 C190 158 158 182 142 216Z', '#c9372c') +
      path(
        'M110 194 C130 152 168 126 206 120',
        'none',
        'stroke="#fff" stroke-width="5" opacity=".4"',
      ),
  )
}

export function battery() {
  const [defs, back] = studio('#e8edf2', '#bcc8d4')
  return drawing(
    defs +
      gradient('case', ['#2f3640', '#171b21']) +
      gradient('label', ['#1757a6', '#0d3a75'], [0, 0, 1, 1]),
    back +
      shadow(320, 414, 220, 18) +
      path('M116 170 H524 V404 Q524 414 514 414 H126 Q116 414 116 404Z', 'url(#case)') +
      path('M104 150 H536 V186 H104Z', '#3b434e') +
      path('M104 150 H536 V158 H104Z', '#5a6471') +
      circle(170, 134, 26, '#8a929c') +
      rect(144, 134, 52, 20, '#767e88') +
      circle(470, 134, 26, '#8a929c') +
      rect(444, 134, 52, 20, '#767e88') +
      circle(170, 128, 17, '#c9372c') +
      circle(470, 128, 17, '#2a6fc4') +
      rect(148, 214, 344, 164, 'url(#label)', 'rx="8"') +
      path('M250 240 L196 308 H236 L220 352 L280 282 H240Z', '#ffcb3d') +
      rect(310, 250, 140, 18, '#fff', 'rx="4"') +
      rect(310, 284, 104, 12, '#9cc4f5', 'rx="4"') +
      rect(310, 308, 124, 12, '#9cc4f5', 'rx="4"') +
      rect(310, 332, 76, 12, '#9cc4f5', 'rx="4"'),
  )
}

export function oil() {
  const [defs, back] = studio('#f0ece2', '#cfc5ae')
  return drawing(
    defs + gradient('can', ['#f0a324', '#d97f12', '#a75b08'], [0, 0, 1, 0]),
    back +
      shadow(320, 426, 170, 16) +
      path(
        'M196 152 L222 118 H354 L396 118 Q432 118 440 152 L452 196 V404 Q452 424 432 424 H208 Q188 424 188 404 V176 Q188 160 196 152Z',
        'url(#can)',
      ) +
      path(
        'M372 136 H396 Q416 138 422 160 L430 200 V300 Q430 312 420 312 Q410 312 410 300 V206 L400 164 Q398 156 390 156 H372Z',
        '#e3dccb',
      ) +
      rect(236, 74, 92, 46, '#2b2f35', 'rx="8"') +
      [246, 262, 278, 294, 310].map((x) => rect(x, 80, 5, 36, '#4d535c')).join('') +
      rect(208, 206, 184, 178, '#1d2128', 'rx="10"') +
      path(
        'M300 226 C330 264 340 280 340 300 A40 40 0 0 1 260 300 C260 280 270 264 300 226Z',
        '#f6b93f',
      ) +
      path(
        'M282 300 a18 18 0 0 0 16 18',
        'none',
        'stroke="#fff" stroke-width="6" stroke-linecap="round"',
      ) +
      rect(244, 356, 112, 12, '#fff', 'rx="4"'),
  )
}

export function tyre() {
  const [defs, back] = studio('#e9edf0', '#c2cad2')
  return drawing(
    defs + glow('rubber', ['#3b4047', '#24282e', '#121418'], [0.4, 0.35, 0.7]),
    back +
      shadow(320, 430, 190, 16) +
      circle(320, 246, 182, 'url(#rubber)') +
      around(48, (a) => group(`rotate(${a} 320 246)`, rect(314, 62, 12, 20, '#0d0f12', 'rx="2"'))) +
      circle(320, 246, 134, '#3d434b') +
      wheel(320, 246, 190, 7).replace(/<circle[^>]*\/><circle[^>]*\/>/, '') +
      circle(320, 246, 152, 'none', 'stroke="#565d66" stroke-width="2"'),
  )
}
