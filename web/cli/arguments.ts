// Words of a command line, the one error that means they make no sense, and what is printed.
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
    const { code, message } = error as NodeJS.ErrnoException
    const why = { ENOENT: 'no such file', EISDIR: 'a folder, not a file' }[code ?? ''] ?? message
    throw new UsageError(`${file}: ${why}`)
  }
}

/** Controls of a terminal, line ends of all kinds, and what turns the direction of writing round or cannot be seen. */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g

const escaped = (char: string) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0')

/** Text that cannot move the cursor, hide what stands before it or begin a line of its own; inside JSON it means the same. */
export const printable = (text: string) => text.replace(unprintable, escaped)

/** Line ends are the program's own: whatever comes from a file goes through `line` first. */
const write = (stream: NodeJS.WriteStream, text: string) =>
  void stream.write(text.split('\n').map(printable).join('\n') + '\n')

export const say = (text: string) => write(process.stdout, text)
export const complain = (text: string) => write(process.stderr, text)

/** A template of one line: what is filled in stays inside it. */
export const line = (parts: TemplateStringsArray, ...values: (string | number | undefined)[]) =>
  String.raw({ raw: parts }, ...values.map((value) => printable(String(value))))

/** The value of an option; of several, the last. */
export const valueOf = ({ values }: Arguments, name: string): string | undefined =>
  values.get(name)?.at(-1)

/** The value of an option that has to be one of a few; the first where it is not given. */
export function oneOf<T extends string>(given: Arguments, name: string, choices: [T, ...T[]]): T {
  const chosen = valueOf(given, name) ?? choices[0]
  const found = choices.find((one) => one === chosen)
  if (found === undefined) throw new UsageError(`--${name} is one of ${choices.join(', ')}`)
  return found
}
