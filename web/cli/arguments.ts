// Words of a command line, and the one error that means they make no sense.
import { readFileSync } from 'node:fs'

/** What was asked for cannot be understood, or a file cannot be read: exit code 2. */
export class UsageError extends Error {}

export interface Arguments {
  files: string[]
  /** Options given, without their dashes. */
  options: Set<string>
  /** Options that take a value. */
  values: Map<string, string>
}

/**
 * @param known   options of this command, without their dashes
 * @param valued  those that take a value: the next word, or after "="
 */
export function parseArguments(words: string[], known: string[], valued: string[] = []): Arguments {
  const files: string[] = []
  const options = new Set<string>()
  const values = new Map<string, string>()
  const rest = [...words]
  let onlyFiles = false
  for (let word; (word = rest.shift()) !== undefined;) {
    const [name, ...after] = word.replace(/^--/, '').split('=')
    if (onlyFiles || !word.startsWith('-') || word === '-') files.push(word)
    else if (word === '--') onlyFiles = true
    else if (known.includes(word.replace(/^--/, ''))) options.add(word.slice(2))
    else if (valued.includes(name!)) {
      const value = after.length ? after.join('=') : rest.shift()
      if (value === undefined) throw new UsageError(`option "${word}" needs a value`)
      values.set(name!, value)
    } else throw new UsageError(`unknown option "${word}"`)
  }
  return { files, options, values }
}

/** Text of a file; "-" is standard input. */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new UsageError(
      `${file}: ${(error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message}`,
    )
  }
}

export const say = (text: string) => void process.stdout.write(text + '\n')
