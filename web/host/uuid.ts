// Ids that sort by time.

export interface Random {
  getRandomValues(bytes: Uint8Array): Uint8Array
}

/** A random UUID version 7 (RFC 9562): 48 bits of milliseconds, then randomness. */
export function uuid7(random: Random, nowMs: number): string {
  const bytes = random.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(nowMs / 2 ** (8 * (5 - i))) % 256
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
