// Errors on their way out: one `kelisim:error` each, and one line in the console.
import { toKelisimError } from '../engine/error.ts'

/** Tells of an error; `code` names what failed where the error does not say. */
export type Report = (error: unknown, code: string) => void

/** @param emit dispatches an event of that type on document */
export function reporter(emit: (type: string, detail: unknown) => void): Report {
  return (thrown, fallback) => {
    const { code, path, message, errors } = toKelisimError(thrown, fallback)
    emit('error', { code, path, message, errors })
    console.error(
      'kelisim: ' +
        errors
          .map((error) => [error.code, error.path, error.message].filter(Boolean).join(' '))
          .join('\n'),
    )
  }
}
