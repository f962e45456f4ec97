// The command line: `kelisim init`, `split`, `check`, `build`, `verify`, `help`, `--version`.
import { build, buildUsage, buildValues, init, initUsage } from './build.ts'
import { check, checkUsage } from './check.ts'
import { complain, line, parseArguments, UsageError } from './arguments.ts'
import { split, splitUsage, splitValues } from './split.ts'
import { verify, verifyUsage } from './verify.ts'

const usage = `Usage: kelisim COMMAND …

  ${initUsage}
      Prints the two lines a page needs, filled in.

  ${splitUsage}
      Makes the two files of a policy from its text, Markdown or plain: the verbatim clauses, and a document in which nothing is stated
      yet. Refuses what it cannot tell, with the line; --renumber says which number is right where the printed one is wrong.

  ${buildUsage}
      Writes everything a shop serves into a folder: the gate with its rules inside, the first layer as markup that paints with the
      page, policy, text, languages, the texts receipts name; prints what to paste.

  ${checkUsage}
      Reads a policy document and says everything that is wrong with it, and its findings; each fact the policy does not state is
      a high one.
      --strict   fails on high findings

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
    case 'split':
      return split(parseArguments(rest, [], splitValues))
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
  complain(line`kelisim: ${error.message}`)
  complain('kelisim help says how it is used.')
  process.exitCode = 2
}
