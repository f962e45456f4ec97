// Compares two screenshots.
import { crc32, deflateSync } from 'node:zlib'
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

/** A screenshot without what takes space and nobody sees: no transparency, sixteen steps of each colour, as a PNG with a palette. */
export function compact(screenshot) {
  const { width, height, data } = PNG.sync.read(screenshot)
  const palette = new Map()
  const rows = Buffer.alloc(height * (width + 1))
  for (let i = 0; i < width * height; i++) {
    const colour = [0, 1, 2].map((part) => Math.round(data[4 * i + part] / 17) * 17)
    const key = colour.join()
    if (!palette.has(key)) palette.set(key, { index: palette.size, colour })
    rows[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = palette.get(key).index
  }
  if (palette.size > 256) throw new Error(`a picture of ${palette.size} colours`)
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const colours = [...palette.values()].flatMap(({ colour }) => colour)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', Buffer.from(colours)),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
