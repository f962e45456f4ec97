// Deletes what is stored on the device, wherever on this site it can have been put.
import { doc, local, readCookie, removeKey, session, writeCookie } from './dom.ts'
import type { StorageItem } from './link.ts'
import { bare, indexOf, ownKeys, slice, startsWith } from './natives.ts'

const fits = (item: StorageItem, name: string) =>
  item.match === 'prefix' ? startsWith(name, item.name) : name === item.name

/** Names of the cookies this page can read. */
function cookieNames(): string[] {
  const names: string[] = bare([])
  const text: string = readCookie(doc)
  for (let at = 0; at < text.length;) {
    const end = (indexOf(text, '; ', at) + 1 || text.length + 1) - 1
    const pair = slice(text, at, end)
    names[names.length] = slice(pair, 0, (indexOf(pair, '=') + 1 || pair.length + 1) - 1)
    at = end + 2
  }
  return names
}

/** Lets a cookie expire on every domain and path it can be on here, in every jar. */
export function forgetCookie(name: string): void {
  const { hostname, pathname } = location
  const domains: string[] = bare([''])
  for (let at = 0; at >= 0; at = indexOf(hostname, '.', at) + 1 || -1)
    domains[domains.length] = ';Domain=' + slice(hostname, at)
  const paths: string[] = bare([])
  for (let at = 0; at >= 0; at = indexOf(pathname, '/', at + 1)) {
    if (at) paths[paths.length] = slice(pathname, 0, at)
    paths[paths.length] = slice(pathname, 0, at + 1)
  }
  paths[paths.length] = pathname
  const jars = bare(['', ';Secure', ';Secure;Partitioned'])
  for (let i = 0; i < domains.length; i++)
    for (let j = 0; j < paths.length; j++)
      for (let k = 0; k < 3; k++)
        writeCookie(doc, `${name}=;Max-Age=0;Path=${paths[j]}${domains[i]}${jars[k]}`)
}

/**
 * Deletes declared items.
 * @returns the items of which something is still there
 */
export function deleteStorage(items: StorageItem[]): StorageItem[] {
  const left: StorageItem[] = []
  for (let i = 0; i < items.length; i++) {
    const item = items[i]!
    const area = item.type === 'local' ? local : session
    const cookies = item.type === 'cookie'
    const names = () => {
      const all = cookies ? cookieNames() : area ? (ownKeys(area) as string[]) : []
      const found: string[] = bare([])
      for (let j = 0; j < all.length; j++) if (fits(item, all[j]!)) found[found.length] = all[j]!
      return found
    }
    const found = names()
    for (let j = 0; j < found.length; j++)
      if (cookies) forgetCookie(found[j]!)
      else removeKey(area, found[j]!)
    if (names().length) left[left.length] = item
  }
  return left
}
