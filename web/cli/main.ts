// The command line: `kelisim init`, `kelisim build`, `kelisim check`, `kelisim verify`, `kelisim help`, `kelisim --version`.
import { build, buildUsage, buildValues, init, initUsage } from './build.ts'
import { check, checkUsage } from './check.ts'
import { parseArguments, UsageError } from './arguments.ts'
import { verify, verifyUsage } from './verify.ts'

const usage = `Usage: kelisim COMMAND …

  ${initUsage}
      Prints the two lines a page needs, filled in.

  ${buildUsage}
      Writes everything a shop serves into a folder: the gate with its rules inside, the first layer as markup that paints with the
      page, policy, text, languages, the texts receipts name; prints what to paste.

  ${checkUsage}
      Reads a policy document and says everything that is wrong with it, what it leaves unsaid, and its findings.
      --strict   fails on high findings and on what the policy does not say

  ${verifyUsage}
      Checks receipts: form, signature, and that none is missing from a chain. A file holds one compact JWS per line, or JSON:
      {"receipts":[…]}, a list, or one receipt with its proof. "-" reads standard input.

  kelisim help
  kelisim --version

  --json   the report as JSON

Exit code: 0 all is well, 1 something is not, 2 the command could not be understood or a file not be read.
`

async function main(words: string[]): Promise<number> {
  const [command, ...rest] = words
  switch (command) {
    case 'init':
      return init(parseArguments(rest, [], buildValues))
    case 'build':
      return build(parseArguments(rest, [], buildValues))
    case 'check':
      return check(parseArguments(rest, ['strict', 'json']))
    case 'verify':
      return verify(parseArguments(rest, ['json']))
    case 'help':
    case '--help':
    case '-h':
      process.stdout.write(usage)
      return 0
    case 'version':
    case '--version':
      process.stdout.write(KELISIM_VERSION + '\n')
      return 0
    case undefined:
      throw new UsageError('no command')
    default:
      throw new UsageError(`unknown command "${command}"`)
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`kelisim: ${error.message}\nkelisim help says how it is used.\n`)
  process.exitCode = 2
}
