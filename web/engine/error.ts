// The one error of web/: the same three fields as everywhere (design, section 7).

/** One entry of an envelope's `errors`. */
export interface ErrorEntry {
  /** Stable and documented. */
  code: string
  /** JSON Pointer (RFC 6901) into the input; "" is the whole of it. */
  path: string
  /** English, for logs; people see what web/locales/ says. */
  message: string
}

export class KelisimError extends Error implements ErrorEntry {
  readonly code: string
  readonly path: string
  /** Every error of the input; the first is this one. */
  readonly errors: ErrorEntry[]

  constructor(code: string, message: string, path = '', errors?: ErrorEntry[]) {
    super(message)
    this.name = 'KelisimError'
    this.code = code
    this.path = path
    this.errors = errors ?? [{ code, path, message }]
  }
}

/** Whatever was thrown, as a KelisimError; `code` names what failed where the error does not say. */
export function toKelisimError(error: unknown, code: string): KelisimError {
  // Not instanceof: shell and keep are two files, each with this class.
  if ((error as KelisimError | null)?.name === 'KelisimError') return error as KelisimError
  return new KelisimError(code, error instanceof Error ? error.message : String(error))
}
