// Errors on their way out: one `kelisim:error` each, and one line in the console.
import { toKelisimError } from '../engine/error.ts'

/** Tells of an error; `code` names what failed where the error does not say. */
export type Report = (error: unknown, code: string) => void

/** @param emit dispatches an event of that type on document */
export function reporter(emit: (type: string, detail: unknown) => void): Report {
  return (thrown, fallback) => {
    const { errors } = toKelisimError(thrown, fallback)
    for (const { code, path, message } of errors) {
      emit('error', { code, path, message })
      console.error('kelisim: ' + [code, path, message].filter(Boolean).join(' '))
    }
  }
}
