// Receipts and acknowledgements in a text: one compact JWS per line, or JSON.

/** What stands in the text, in its order; null when it is neither. */
export function receiptsOf(text: string): { place: number; receipt: string | object }[] | null {
  const trimmed = text.trim()
  if (!/^[[{]/.test(trimmed))
    return text
      .split(/\r?\n/)
      .map((line, index) => ({ place: index + 1, receipt: line.trim() }))
      .filter(({ receipt }) => receipt !== '')
  let json: unknown
  try {
    json = JSON.parse(trimmed)
  } catch {
    return null
  }
  const { receipts, acks } = json as { receipts?: unknown; acks?: unknown }
  const own = Array.isArray(json) ? json : Array.isArray(receipts) ? receipts : [json]
  const list = [...(own as unknown[]), ...(Array.isArray(acks) ? (acks as unknown[]) : [])]
  return list.map((receipt, index) => ({
    place: index + 1,
    receipt:
      typeof receipt === 'string' || (typeof receipt === 'object' && receipt !== null)
        ? receipt
        : '',
  }))
}
