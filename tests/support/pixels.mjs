// Compares two screenshots.
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'

/**
 * How many pixels of two PNG files differ for the eye; anti-aliasing does not count. Infinity when the sizes differ.
 * @returns {{ count: number, picture: Buffer }} and where, as a PNG
 */
export function compare(one, other) {
  const [a, b] = [PNG.sync.read(one), PNG.sync.read(other)]
  if (a.width !== b.width || a.height !== b.height) return { count: Infinity, picture: other }
  const difference = new PNG({ width: a.width, height: a.height })
  const count = pixelmatch(a.data, b.data, difference.data, a.width, a.height, { threshold: 0.1 })
  return { count, picture: PNG.sync.write(difference) }
}

/** A screenshot without what takes space and nobody sees: no transparency, sixteen steps of each colour. */
export function compact(screenshot) {
  const picture = PNG.sync.read(screenshot)
  for (let i = 0; i < picture.data.length; i++)
    if (i % 4 !== 3) picture.data[i] = Math.round(picture.data[i] / 17) * 17
  return PNG.sync.write(picture, { colorType: 2, deflateLevel: 9, filterType: 0 })
}
