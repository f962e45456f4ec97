// `kelisim editions`: the texts behind the hashes of receipts, as files.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { editionsOf, KelisimError, loadEngine } from '../node/index.ts'
import type { Arguments } from './arguments.ts'
import { line, readText, say, UsageError } from './arguments.ts'
import { wrong } from './check.ts'

export const editionsUsage = 'kelisim editions POLICY.json --out DIR [--json]'

/** @returns the exit code */
export async function editionsCommand({ files, options, values }: Arguments): Promise<number> {
  const [file] = files
  const [out] = values.get('out') ?? []
  if (file === undefined || files.length > 1 || out === undefined)
    throw new UsageError(`one policy and --out are needed: ${editionsUsage}`)
  const kelisim = await loadEngine()
  try {
    const policy = readText(file)
    const { text } = kelisim.loadPolicy(policy)
    const beside = resolve(file === '-' ? '.' : dirname(file), text.href)
    const verbatim = existsSync(beside) ? readText(beside) : undefined
    const editions = editionsOf(kelisim, policy, verbatim)
    mkdirSync(out, { recursive: true })
    for (const edition of editions)
      writeFileSync(join(out, edition.sha256 + '.json'), JSON.stringify(edition))
    const report = editions.map(({ sha256, kind }) => ({ sha256, kind }))
    if (options.has('json')) say(JSON.stringify({ ok: true, editions: report }, null, 2))
    else {
      say(line`${editions.length} texts in ${out}`)
      if (verbatim === undefined)
        say(
          line`  note    ${text.href} is not beside the policy, so the policy's own text is not among them`,
        )
    }
    return 0
  } catch (error) {
    if (!(error instanceof KelisimError)) throw error
    for (const entry of error.errors) say(`  error   ${wrong(entry)}`)
    return 1
  } finally {
    kelisim.delete()
  }
}
