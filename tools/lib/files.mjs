// Lists files of the working tree, without what is built or fetched.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { has, inRepo } from './project.mjs'

const passed = new Set(['node_modules', 'build', 'dist', '.cache', '.git'])

/**
 * Files under `folders` whose name ends in one of `endings`, relative to the repository with "/", sorted.
 * @param {string[]} folders
 * @param {string[]} endings
 */
export function listFiles(folders, endings) {
  const found = []
  const walk = (folder) => {
    for (const entry of readdirSync(inRepo(folder), { withFileTypes: true })) {
      const path = join(folder, entry.name).replaceAll('\\', '/')
      if (entry.isDirectory()) {
        if (!passed.has(entry.name)) walk(path)
      } else if (entry.isFile() && endings.some((ending) => entry.name.endsWith(ending))) {
        found.push(path)
      }
    }
  }
  for (const folder of folders) if (has(folder)) walk(folder)
  return found.sort()
}
