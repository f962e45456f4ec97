// Finds a Node that has node:sqlite and runs TypeScript, fetching the pinned one from npm when the machine's own is older.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { inRepo, ToolError, versions } from './project.mjs'

/** Whether the Node that runs this has both, without flags. */
function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const [needMajor, needMinor] = versions.MIN_NODE.split('.').map(Number)
  const version = major > needMajor || (major === needMajor && minor >= needMinor)
  return version && Boolean(process.features.typescript)
}

/** The path of a Node that is new enough. */
export function newEnoughNode() {
  if (isNewEnough()) return process.execPath
  const version = versions.NODE_PACKAGE_VERSION
  const home = inRepo('.cache', `node-${version}`)
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const installed = () =>
    [`node-${process.platform}-${process.arch}`, 'node']
      .map((package_) => join(home, 'node_modules', package_, 'bin', name))
      .find((path) => existsSync(path))
  const found = installed()
  if (found) return found

  console.error(
    `Node ${process.versions.node} is older than ${versions.MIN_NODE}: fetching Node ${version} from npm into .cache/ (once, about 190 MB on disk)`,
  )
  // On Linux the package that holds the binary; elsewhere "node", whose install script picks it.
  const wanted = process.platform === 'linux' ? `node-linux-${process.arch}` : 'node'
  mkdirSync(inRepo('.cache'), { recursive: true })
  const folder = mkdtempSync(inRepo('.cache', 'node-new-'))
  try {
    const npm = spawnSync(
      'npm',
      [
        'install',
        '--prefix',
        folder,
        '--no-audit',
        '--no-fund',
        '--silent',
        `${wanted}@${version}`,
      ],
      { stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' },
    )
    if (npm.status !== 0)
      throw new ToolError(
        `npm could not fetch Node ${version}; install Node ${versions.MIN_NODE} or newer and run again`,
      )
    try {
      renameSync(folder, home)
    } catch (error) {
      // Another run was faster.
      if (!existsSync(home) || readdirSync(home).length === 0) throw error
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const path = installed()
  if (!path) throw new ToolError(`the npm package ${wanted}@${version} holds no Node binary`)
  return path
}
