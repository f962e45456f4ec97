// Runs a script under a Node that is new enough: node:sqlite without a flag, and TypeScript sources run as they are.
//
// Usage: node tools/with-node.mjs script.mjs [ARG…]      (also any option of node: --test …)
// The machine's own Node serves when it can do both; else the pinned one is fetched from npm into .cache/ once.
import { spawn } from 'node:child_process'
import { pathToFileURL } from 'node:url'
import { newEnoughNode } from './lib/node.mjs'
import { runMain } from './lib/project.mjs'

/** Runs node with `args`, passing signals on; resolves to its exit code. */
export function runNode(node, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { stdio: 'inherit' })
    // An interrupt from the terminal reaches the child by itself; the others are handed on, and this process outlives it.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
      process.on(signal, () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
      })
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : 15)))
  })
}

if (import.meta.url === pathToFileURL(process.argv[1]).href)
  await runMain(async () => {
    const args = process.argv.slice(2)
    if (args.length === 0) {
      console.error('usage: node tools/with-node.mjs script.mjs [ARG…]')
      return 2
    }
    return runNode(newEnoughNode(), args)
  })
