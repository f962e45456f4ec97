// Deletes what is stored on the device, wherever on this site it can have been put.
import { area, doc, local, own, readCookie, removeKey, session, writeCookie } from './dom.ts'
import { rules } from './gate.ts'
import type { StorageItem } from './link.ts'
import { apply, bare, exec, ownKeys, slice, startsWith, then } from './natives.ts'

/** Lets a cookie expire on every domain and path it can be on here, in every jar. */
export function forgetCookie(name: string): void {
  const { hostname, pathname } = location
  const label = /[^.]+/g
  for (let part: { index: number } | null = { index: -1 }; part; part = exec(label, hostname)) {
    const domain = part.index < 0 ? '' : ';Domain=' + slice(hostname, part.index)
    const step = /\/|.$/g
    for (let at; (at = exec(step, pathname));)
      for (let k = 0; k < 6; k++)
        writeCookie(
          doc,
          `${name}=;Max-Age=0;Path=${slice(pathname, 0, at.index + (k % 2))}${domain}${k < 2 ? '' : ';Secure'}${k < 4 ? '' : ';Partitioned'}`,
        )
  }
}

/** The names of what is stored, and may be a declared item. */
function namesOf({ type, name, match }: StorageItem): string[] {
  const area = type === 'local' ? local : session
  const found: string[] = bare([])
  const add = (key: string) => {
    if (match === 'prefix' ? startsWith(key, name) : key === name) found[found.length] = key
  }
  if (type === 'cookie') {
    const names = /(?:^|; )([^=;]+)/g
    for (let part, text = readCookie(doc); (part = exec(names, text));) add(part[1])
  } else {
    const keys = ownKeys(area || {}) as string[]
    for (let i = 0; i < keys.length; i++) add(keys[i]!)
  }
  return found
}

/**
 * Deletes declared items.
 * @returns the items of which something is still there
 */
export function deleteStorage(items: StorageItem[]): StorageItem[] {
  const left: StorageItem[] = []
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    const found = namesOf(item)
    for (let j = 0; j < found.length; j++)
      if (item.type === 'cookie') forgetCookie(found[j]!)
      else removeKey(item.type === 'local' ? local : session, found[j])
    if (namesOf(item).length) left[left.length] = item
  }
  return left
}

const { indexedDB } = own
const caches = area('caches')
const { databases, deleteDatabase } = indexedDB || {}
const files = own.navigator.storage
const { keys, delete: deleteCache } = caches || {}
const { getDirectory } = files || {}

/** Deletes the databases, caches and files whose names may not be stored under the rules in force. */
export function purge(): void {
  if (!rules.snapshot) return
  const ask = (method: any, self: any, work: (answer: any) => void) => {
    if (method) then(apply(method, self, []), work, () => {})
  }
  const each = (names: any, work: (name: any) => void) => {
    for (let i = 0; i < names.length; i++)
      if (!rules.stores('', names[i].name ?? names[i]).allow) work(names[i])
  }
  ask(databases, indexedDB, (list) =>
    each(list, ({ name }) => apply(deleteDatabase, indexedDB, [name])),
  )
  ask(keys, caches, (list) => each(list, (name) => apply(deleteCache, caches, [name])))
  ask(getDirectory, files, async (folder) => {
    for await (const name of folder.keys())
      if (!rules.stores('', name).allow) folder.removeEntry(name, { recursive: true })
  })
}
