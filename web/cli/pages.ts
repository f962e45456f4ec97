// Pages on the disk: which files are meant, and their bytes.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { UsageError } from './arguments.ts'

export interface PageFile {
  file: string
  /** Its name below the folder that was named; its own where it was named itself. */
  name: string
  /** The folder that was named; that of a file that was named itself. */
  root: string
}

/** A file's bytes, a letter for each. */
export function readBytes(file: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(`${file}: ${code === 'ENOENT' ? 'no such file' : message}`)
  }
  if (/^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(bytes.toString('latin1', 0, 2)))
    throw new UsageError(
      `${file}: UTF-16, which no page should be in; UTF-8 and older ones are read`,
    )
  return bytes.toString('latin1')
}

export function writeBytes(file: string, bytes: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes, 'latin1')
}

/** The files named, and of a folder those below it whose names end so. */
export function pagesIn(sources: string[], ending: RegExp): PageFile[] {
  const found: PageFile[] = []
  for (const source of sources) {
    let folder = false
    try {
      folder = source !== '-' && statSync(source).isDirectory()
    } catch {
      throw new UsageError(`${source}: no such file or folder`)
    }
    if (!folder)
      found.push({
        file: source,
        name: source === '-' ? 'page.html' : basename(source),
        root: dirname(source),
      })
    else
      for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' }).sort())
        if (ending.test(name) && !/(?:^|[\\/])node_modules[\\/]/.test(name))
          found.push({ file: join(source, name), name, root: source })
  }
  return found
}

export const html = /\.x?html?$/i
