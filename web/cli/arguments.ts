// Words of a command line, and the one error that means they make no sense.
import { readFileSync } from 'node:fs'

/** What was asked for cannot be understood, or a file cannot be read: exit code 2. */
export class UsageError extends Error {}

export interface Arguments {
  files: string[]
  /** Options given, without their dashes. */
  options: Set<string>
  /** Values of options that take one; each may be given more than once. */
  values: Map<string, string[]>
}

/** @param known options of this command, without their dashes; those that end in "=" take a value */
export function parseArguments(words: string[], known: string[]): Arguments {
  const files: string[] = []
  const options = new Set<string>()
  const values = new Map<string, string[]>()
  let onlyFiles = false
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!
    const [name = '', inline] = word.replace(/^--/, '').split(/=(.*)/s)
    if (onlyFiles || !word.startsWith('-') || word === '-') files.push(word)
    else if (word === '--') onlyFiles = true
    else if (known.includes(word.replace(/^--/, ''))) options.add(word.slice(2))
    else if (known.includes(name + '=')) {
      const value = inline ?? words[++i]
      if (!value) throw new UsageError(`--${name} takes a value`)
      values.set(name, [...(values.get(name) ?? []), value])
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

/** The value of an option; of several, the last. */
export const valueOf = ({ values }: Arguments, name: string): string | undefined =>
  values.get(name)?.at(-1)
