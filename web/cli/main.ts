// The command line: `kelisim init`, `split`, `check`, `scan`, `mark`, `build`, `editions`, `verify`, `help`, `--version`.
import { build, buildUsage, buildValues, init, initUsage } from './build.ts'
import { check, checkUsage } from './check.ts'
import { complain, line, parseArguments, UsageError } from './arguments.ts'
import { editionsCommand, editionsUsage } from './editions.ts'
import { mark, markUsage, markValues } from './mark.ts'
import { scan, scanUsage, scanValues } from './scan.ts'
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

  ${scanUsage}
      Lists what a page asks for and stores, maps it to the built-in catalogue and says what the policy does not declare. An address is
      opened in an installed Chromium (with playwright-core), without Kelisim; saved pages and folders are read as they are.
      --draft    prints the policy's services with what was found
      --wait     seconds to wait for late requests (3)
      --browser  the browser's program

  ${markUsage}
      Marks the third parties' tags of static pages (type="text/plain" data-service="…" data-src="…"), so that no browser asks for them
      before the gate lets it. All else stays byte for byte; marking twice changes nothing. One page goes to standard output.
      --unknown mark   keeps what nobody declares by its address as well
      --site HOST      the page's own host, where it is not the policy's first

  ${editionsUsage}
      Writes every text that a receipt of this policy can name by its hash: DIR/<sha256>.json for the policy text beside it, the document
      itself and each layer in each language. Publish the folder and keep it as long as receipts are kept.

  ${verifyUsage}
      Checks receipts: form, signature, and that none is missing from a chain. A file holds one compact JWS per line, or JSON:
      {"receipts":[…],"acks":[…]}, a list, or one receipt with its proof; acknowledgements among them are checked too. "-" reads standard
      input, a folder means every .jws and .json below it, an address the receiver there (KELISIM_RECEIVER_TOKEN is its token).
      --editions FROM   where the texts behind the hashes are: a folder, or an address; may be given more than once
      --keys FILE       the receiver's public key, as it has it at /.well-known/jwks.json: a file, or an address

  kelisim help
  kelisim --version

  --json   the report as JSON

Exit code: 0 all is well, 1 something is not, 2 the command could not be understood or a file not be read.
`

async function main(words: string[]): Promise<number> {
  const [command, ...rest] = words
  switch (rest.some((word) => word === '--help' || word === '-h') ? 'help' : command) {
    case 'init':
      return init(parseArguments(rest, buildValues))
    case 'split':
      return split(parseArguments(rest, splitValues))
    case 'build':
      return build(parseArguments(rest, buildValues))
    case 'check':
      return check(parseArguments(rest, ['strict', 'json']))
    case 'scan':
      return scan(parseArguments(rest, scanValues))
    case 'mark':
      return mark(parseArguments(rest, markValues))
    case 'editions':
      return editionsCommand(parseArguments(rest, ['out=', 'json']))
    case 'verify':
      return verify(parseArguments(rest, ['json', 'editions=', 'keys=']))
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

// Whoever reads has had enough ("| head").
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  complain(line`kelisim: ${error.message}`)
  complain('kelisim help says how it is used.')
  process.exitCode = 2
}
