// npm run bench: engine start, decisions, first layer, the receiver; printed next to the budgets of the design.
//
// Usage: npm run bench [-- engine gate cost page receiver]      (no word: everything)
import { cpus } from 'node:os'
import { engineRows } from './engine.mjs'
import { print } from './figures.mjs'
import { gatePageRows } from './gate-page.mjs'
import { gateRows } from './gate.mjs'
import { pageRows } from './page.mjs'
import { receiverRows } from './receiver.mjs'

const parts = {
  engine: ['Engine (Node)', engineRows],
  gate: ['Gate (Node)', gateRows],
  cost: ['Gate in a page (Chromium)', gatePageRows],
  page: ['Page (Chromium)', pageRows],
  receiver: ['Receiver (Node, SQLite)', receiverRows],
}
const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !parts[name])
if (unknown.length > 0) {
  console.error(`bench: no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
  process.exit(2)
}
console.log(
  `${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
)
for (const [name, [title, rows]] of Object.entries(parts))
  if (wanted.length === 0 || wanted.includes(name)) print(title, await rows())
