// What every drawing starts from: a frame of one size, gradients by name, and a few shapes.

export const width = 640
export const height = 480

/** A whole drawing: `defs` and `shapes` are SVG text made by these functions; titles stand in the pages' alt texts. */
export const drawing = (defs, shapes) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><defs>${defs}</defs>${shapes}</svg>`

/** A gradient: stops as "colour" or ["colour", offset]; from top to bottom unless a direction is given. */
export function gradient(id, stops, [x1, y1, x2, y2] = [0, 0, 0, 1]) {
  return `<linearGradient id="${id}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stopsOf(stops)}</linearGradient>`
}

export const glow = (id, stops, [cx, cy, r] = [0.5, 0.5, 0.5]) =>
  `<radialGradient id="${id}" cx="${cx}" cy="${cy}" r="${r}">${stopsOf(stops)}</radialGradient>`

function stopsOf(stops) {
  return stops
    .map((stop, i) => {
      const [colour, offset = i / (stops.length - 1), opacity] = [stop].flat()
      return `<stop offset="${offset}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`
    })
    .join('')
}

export const rect = (x, y, w, h, fill, more = '') =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`
export const circle = (cx, cy, r, fill, more = '') =>
  `<circle cx="${cx}" cy="${cy}" r="${r}" fill="${fill}" ${more}/>`
export const ellipse = (cx, cy, rx, ry, fill, more = '') =>
  `<ellipse cx="${cx}" cy="${cy}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`
export const path = (d, fill, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`
export const line = (d, stroke, w, more = '') =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${w}" stroke-linecap="round" ${more}/>`
export const group = (transform, shapes) => `<g transform="${transform}">${shapes}</g>`
export const around = (n, make) =>
  Array.from({ length: n }, (_, i) => make((360 / n) * i, i)).join('')

/** A soft shadow on the ground. */
export const shadow = (cx, cy, rx, ry, opacity = 0.28) =>
  ellipse(
    cx,
    cy,
    rx,
    ry,
    '#000',
    `opacity="${opacity}" style="filter:blur(${Math.round(ry * 0.7)}px)"`,
  )
