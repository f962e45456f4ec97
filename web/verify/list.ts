// Receipts and acknowledgements in a text: one compact JWS per line, or JSON.
import { toKelisimError } from '../engine/error.ts'

export interface Listed {
  /** Line, or place in the list, from 1. */
  place: number
  receipt: string | object
  /** What is wrong with the whole text, of which nothing is read then. */
  fault?: { code: string; path: string; message: string }
}

/**
 * What stands in the text, in its order; null when it is neither.
 * @param strict throws over JSON that could be read in two ways: JSON.parse takes the last of two members of one name, a person the first
 */
export function receiptsOf(text: string, strict: (json: string) => void): Listed[] | null {
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
  try {
    strict(trimmed)
  } catch (error) {
    const { code, path, message } = toKelisimError(error, 'receipt_unreadable')
    return [{ place: 1, receipt: '', fault: { code, path, message } }]
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
