// What the docs point to comes with the package.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readRepo, repo } from '../support/dist.mjs'

test('every file that the docs for shops name is in the package', (t) => {
  const cache = mkdtempSync(join(tmpdir(), 'kelisim-pack-'))
  t.after(() => rmSync(cache, { recursive: true }))
  const { stdout } = spawnSync(
    'npm',
    ['pack', '--dry-run', '--json', '--ignore-scripts', '--offline', '--cache', cache],
    { cwd: repo, encoding: 'utf8' },
  )
  const packed = JSON.parse(stdout)[0].files.map(({ path }) => path)
  assert.ok(packed.includes('dist/node/cli.js'))
  for (const page of ['install', 'policy-format', 'errors']) {
    const text = readRepo(`docs/${page}.md`)
    assert.ok(packed.includes(`docs/${page}.md`))
    const named = [...text.matchAll(/`((?:src|examples|docs|dist|tools)\/[^` ]*)`/g)].map(
      ([, path]) => path,
    )
    const linked = [...text.matchAll(/\]\(([a-z-]+\.md)\)/g)].map(([, path]) => 'docs/' + path)
    for (const path of [...named, ...linked]) {
      assert.ok(existsSync(join(repo, path)), `${page}: ${path} is not in the repository`)
      assert.ok(
        packed.some((file) => file === path || (path.endsWith('/') && file.startsWith(path))),
        `${page}: ${path} is not in the package`,
      )
    }
  }
})
