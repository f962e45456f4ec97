// Every case, in the order of the table.
import { dom } from './dom.mjs'
import { embeds } from './embeds.mjs'
import { realms } from './realms.mjs'
import { requests } from './requests.mjs'
import { rules } from './rules.mjs'
import { scripts } from './scripts.mjs'
import { server } from './server.mjs'
import { storage } from './storage.mjs'
import { styles } from './styles.mjs'
import { whole } from './whole.mjs'
import { workers } from './workers.mjs'

const all = [
  scripts,
  embeds,
  styles,
  dom,
  requests,
  workers,
  realms,
  storage,
  rules,
  server,
  whole,
].flat()

export const cases = all.map((one, index) => ({ ...one, index }))
const doubled = cases.find((one) => cases.find(({ id }) => id === one.id) !== one)
if (doubled) throw new Error(`two cases are called ${doubled.id}`)
