// `kelisim check`: everything wrong with a policy document, what it leaves unsaid, its findings, and whether its text is the text it names.
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { ErrorEntry, Kelisim, LoadedPolicy } from '../node/index.ts'
import { createSigner, KelisimError, loadEngine } from '../node/index.ts'
import type { Arguments } from './arguments.ts'
import { line, readText, say, UsageError } from './arguments.ts'

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
  findings?: Finding[]
}

/** `path` is the place in the document of a fact that is not stated. */
type Finding = LoadedPolicy['findings'][number] & { path?: string }

/** Not to know is high: neither a person nor a receipt is told what the law asks for. */
const silence = (path: string): Finding => ({
  code: 'not-stated',
  severity: 'high',
  kind: 'structural',
  clauses: [],
  path,
})

/** An error's place for people: JSON that cannot be read has no members to point at, so a line and a column stand for the byte. */
export function located(text: string, { path, code, message }: ErrorEntry): ErrorEntry {
  const at = code === 'json_syntax' && /at byte (\d+)$/.exec(message)
  if (!at) return { path, code, message }
  // The byte counts from 1 and is the one that does not fit.
  const lines = Buffer.from(text)
    .subarray(0, Math.max(0, Number(at[1]) - 1))
    .toString()
    .split('\n')
  return {
    path,
    code,
    message: `${message}, line ${lines.length}, column ${lines.at(-1)!.length + 1}`,
  }
}

/** One error as a line. */
export const wrong = ({ path, code, message }: ErrorEntry) =>
  line`${path || '(document)'}  ${code}: ${message}`

/** A receipt that holds everything there is to grant has to fit, in every language. */
async function tooLarge(kelisim: Kelisim): Promise<ErrorEntry[]> {
  const found: ErrorEntry[] = []
  const signer = await createSigner()
  const host = { ...signer, key: 'persistent' as const, origin: 'https://shop.kz' }
  for (const lang of kelisim.languages())
    try {
      const { receipt } = kelisim.act({ action: 'grant_all', lang })
      kelisim.restore(null)
      await kelisim.buildReceipt({ ...host, draft: receipt! }, signer.sign)
    } catch (error) {
      if (!(error instanceof KelisimError)) throw error
      found.push({ code: error.code, path: '', message: `a receipt in ${lang}: ${error.message}` })
    }
  return found
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
    errors.push(...(await tooLarge(kelisim)))
    const all = [...findings, ...not_stated.map(silence)]
    const ok = errors.length === 0 && !(strict && all.some(isHigh))
    return { ok, file, errors, policy: id, edition, label, text, not_stated, findings: all }
  } catch (error) {
    if (!(error instanceof KelisimError)) throw error
    return { ok: false, file, errors: error.errors.map((entry) => located(policy, entry)) }
  } finally {
    kelisim.delete()
  }
}

const isHigh = ({ severity }: Finding) => severity === 'high'

function print(report: Report, strict: boolean) {
  const { file, errors, findings = [], policy, label, edition } = report
  if (policy !== undefined) say(line`${file}: policy "${policy}", edition ${label} (${edition})`)
  else say(line`${file}: refused`)
  for (const error of errors) say(`  error   ${wrong(error)}`)
  if (report.text === 'missing')
    say('  note    the text is not beside the policy, so its hash was not checked')
  for (const severity of ['high', 'medium', 'low'])
    for (const { code, clauses, path } of findings.filter((one) => one.severity === severity)) {
      const where = path ?? (clauses.length > 0 ? `(${clauses.join(', ')})` : '')
      say(line`  ${severity.padEnd(7)} ${code}${where && `  ${where}`}`)
    }
  if (policy === undefined) return
  const count = (n: number, one: string, many = one + 's') => `${n} ${n === 1 ? one : many}`
  const silent = findings.filter(({ path }) => path !== undefined).length
  say(
    `  ${count(errors.length, 'error')}, ${count(findings.length, 'finding')} (${findings.filter(isHigh).length} high, ${silent} of them not stated)` +
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
