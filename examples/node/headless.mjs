// A shop's policy without a browser: what may load before and after a choice, the summary as HTML, a receipt made and verified.
//
// Run it in the repository:   node examples/node/headless.mjs [policy.json]
// In a project of your own the import reads:   import { createSigner, loadEngine } from 'kelisim'
import { readFileSync } from 'node:fs'
import { createSigner, loadEngine } from '../../dist/node/index.js'

const file = process.argv[2] ?? new URL('../policies/alma-chocolates.json', import.meta.url)
const kelisim = await loadEngine()

// 1. The policy. A bad one is refused whole, with every error.
const policy = kelisim.loadPolicy(readFileSync(file, 'utf8'))
console.log(
  `policy "${policy.policy}", edition ${policy.label}: ${policy.findings.length} findings, ${policy.not_stated.length} facts not stated`,
)

// 2. What may load. Nobody has decided yet, so only what is necessary runs.
kelisim.restore(null)
const page = 'https://almachocolates.kz/'
const items = [
  { kind: 'script', url: 'https://almachocolates.kz/shop.js' },
  { kind: 'script', url: 'https://mc.yandex.ru/metrika/tag.js' },
  { kind: 'image', url: 'https://unknown.example/pixel.gif' },
  { kind: 'cookie', name: '_ym_uid' },
]
const show = (title) => {
  console.log(`\n${title}`)
  for (const [index, { verdict, why, service }] of kelisim.decide({ page, items }).entries())
    console.log(
      `  ${verdict.padEnd(5)} ${items[index].url ?? items[index].name}  (${service ? service + ', ' : ''}${why})`,
    )
}
show('before a choice')

// 3. The summary people see, as escaped HTML.
const html = kelisim.renderSummary({ lang: 'kk' })
console.log(`\nsummary in Kazakh: ${html.length} characters, begins ${html.slice(0, 60)}…`)

// 4. A choice, its receipt, and anybody's check of it. The private key stays with the signer.
const signer = await createSigner()
const origin = 'https://almachocolates.kz'
const granted = kelisim.act({ action: 'grant_all', lang: 'kk' })
show('after "accept all"')
const first = await kelisim.buildReceipt({ ...signer, origin, draft: granted.receipt }, signer.sign)

const withdrawn = kelisim.act({ action: 'withdraw_all', source: 'api', lang: 'kk' })
show('after the withdrawal')
const second = await kelisim.buildReceipt(
  { ...signer, origin, draft: withdrawn.receipt, previous: first.jws },
  signer.sign,
)

const verified = await kelisim.verifyReceipt(first.jws)
const chain = await kelisim.verifyChain([first.jws, second.jws])
console.log(
  `\nreceipt ${first.receipt_id}: ${verified.ok ? 'verified' : verified.code}, ${first.jws.length} bytes`,
)
console.log(
  `chain of ${chain.receipts}: ${chain.ok ? 'whole' : chain.faults.map(({ code }) => code).join()}`,
)
kelisim.delete()
process.exitCode = verified.ok && chain.ok ? 0 : 1
