// `kelisim check`: everything wrong with a policy document, what it leaves unsaid, its findings, and whether its text is the text it names.
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ErrorEntry, LoadedPolicy } from '../node/index.ts'
import { KelisimError, loadEngine } from '../node/index.ts'
import type { Arguments } from './arguments.ts'
import { readText, say, UsageError } from './arguments.ts'

export const checkUsage = 'kelisim check POLICY.json [--strict] [--json]'

/** matches: the hash fits. missing: the file is not there. differs: it is another text. */
type TextState = 'matches' | 'missing' | 'differs'

interface Report {
  ok: boolean
  file: string
  errors: ErrorEntry[]
  policy?: string
  edition?: string
  label?: string
  text?: TextState
  not_stated?: string[]
  findings?: LoadedPolicy['findings']
}

async function examine(file: string, policy: string, strict: boolean): Promise<Report> {
  const kelisim = await loadEngine()
  try {
    const loaded = kelisim.loadPolicy(policy)
    const { policy: id, edition, label, not_stated, findings } = loaded
    const errors: ErrorEntry[] = []
    const textFile = resolve(file === '-' ? '.' : dirname(file), loaded.text.href)
    let text: TextState = 'missing'
    if (existsSync(textFile))
      try {
        kelisim.loadText(readText(textFile))
        text = 'matches'
      } catch (error) {
        if (!(error instanceof KelisimError)) throw error
        text = 'differs'
        errors.push(
          ...error.errors.map((entry) => ({
            ...entry,
            message: `${loaded.text.href}: ${entry.message}`,
          })),
        )
      }
    const open = not_stated.length > 0 || findings.some(({ severity }) => severity === 'high')
    const ok = errors.length === 0 && !(strict && open)
    return { ok, file, errors, policy: id, edition, label, text, not_stated, findings }
  } catch (error) {
    if (!(error instanceof KelisimError)) throw error
    return { ok: false, file, errors: error.errors }
  } finally {
    kelisim.delete()
  }
}

function print(report: Report, strict: boolean) {
  const { file, errors, findings = [], not_stated = [] } = report
  if (report.policy !== undefined)
    say(`${file}: policy "${report.policy}", edition ${report.label} (${report.edition})`)
  else say(`${file}: refused`)
  for (const { path, code, message } of errors) say(`  error   ${path || '/'}  ${code}: ${message}`)
  if (report.text === 'missing')
    say('  note    the text is not beside the policy, so its hash was not checked')
  for (const severity of ['high', 'medium', 'low'])
    for (const finding of findings.filter((one) => one.severity === severity))
      say(
        `  ${severity.padEnd(7)} ${finding.code}${finding.clauses.length > 0 ? `  (${finding.clauses.join(', ')})` : ''}`,
      )
  for (const path of not_stated) say(`  silent  ${path}  the policy does not say`)
  if (report.policy === undefined) return
  const high = findings.filter(({ severity }) => severity === 'high').length
  const count = (n: number, one: string, many = one + 's') => `${n} ${n === 1 ? one : many}`
  say(
    `  ${count(errors.length, 'error')}, ${count(findings.length, 'finding')} (${high} high), ${count(not_stated.length, 'fact')} not stated` +
      (strict && !report.ok && errors.length === 0 ? ': not good enough for --strict' : ''),
  )
}

/** @returns the exit code */
export async function check({ files, options }: Arguments): Promise<number> {
  const [file] = files
  if (file === undefined || files.length > 1)
    throw new UsageError(`one policy is needed: ${checkUsage}`)
  const strict = options.has('strict')
  const report = await examine(file, readText(file), strict)
  if (options.has('json')) say(JSON.stringify(report, null, 2))
  else print(report, strict)
  return report.ok ? 0 : 1
}
