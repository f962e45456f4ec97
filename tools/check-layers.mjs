// Checks what the folders promise each other: who may include whom, where nlohmann and Emscripten may be seen, that every source is built,
// and that no file tells where it was written. Prints one line per finding; exit code 1 when there is any.
import { existsSync, readFileSync } from 'node:fs'
import { listFiles } from './lib/files.mjs'
import { inRepo, repo, runMain } from './lib/project.mjs'

/** What each module of src/ may include besides itself: core <- json <- policy <- consent, enforce, signals <- receipt, view, sync <- api. */
const below = { core: [], json: ['core'], policy: ['json'] }
for (const name of ['consent', 'enforce', 'signals']) below[name] = ['policy']
for (const name of ['receipt', 'view', 'sync']) below[name] = ['consent', 'enforce']
below.api = ['receipt', 'view', 'sync', 'signals']

/** @returns {Set<string>} the modules below `name`, directly or through others */
function allowed(name) {
  const all = new Set(below[name])
  for (const next of below[name]) for (const deeper of allowed(next)) all.add(deeper)
  return all
}

const onlyBindings = 'src/api/bindings.cpp'
/** Linked into the Emscripten targets by cmake/wasm-engine.cmake, not by the module's own list. */
const listedElsewhere = new Set([onlyBindings, 'src/json/slim_libc.cpp'])

/** An absolute path of somebody's machine, at the start of a word. Built from parts: this file is read by the same kind of check. */
const machinePath = new RegExp(
  String.raw`(?<![\w./:*\-\]])\/(?:${['home', 'root', 'Users', 'work', 'tmp', 'opt', 'mnt', 'srv'].join('|')})\/\w`,
)

const findings = []
const find = (file, line, message) => findings.push(`${file}:${line}: ${message}`)

function checkIncludes(file) {
  const module_ = file.split('/')[1]
  if (!(module_ in below))
    return find(file, 1, `src/${module_} is not a module that tools/check-layers.mjs knows`)
  const may = allowed(module_)
  readFileSync(inRepo(file), 'utf8')
    .split('\n')
    .forEach((text, i) => {
      const [, open, path] = /^\s*#\s*include\s*([<"])([^>"]+)[>"]/.exec(text) ?? []
      if (!path) return
      const line = i + 1
      const first = path.split('/')[0]
      if (first === 'emscripten' || first === 'emscripten.h') {
        if (file !== onlyBindings) find(file, line, `only ${onlyBindings} may include Emscripten`)
      } else if (first === 'nlohmann') {
        if (module_ !== 'json') find(file, line, 'only src/json may include nlohmann')
      } else if (path.includes('..')) {
        find(file, line, `name the header by its module ("module/file.hpp"), not ${path}`)
      } else if (first in below) {
        if (first !== module_ && !may.has(first))
          find(
            file,
            line,
            `${module_} may not include ${first} (it may: ${[...may].join(', ') || 'nothing'})`,
          )
        else if (!existsSync(inRepo('src', path))) find(file, line, `there is no src/${path}`)
      } else if (open === '"') {
        find(file, line, `name the header by its module ("module/file.hpp"), not ${path}`)
      }
    })
}

/** A source that no list names is never compiled; a test that no list names never runs. */
function checkListed(file) {
  if (listedElsewhere.has(file)) return
  const [, folder, module_, name] = /^(.*\/([^/]+))\/([^/]+)$/.exec(file) ?? []
  const list = `${folder}/CMakeLists.txt`
  const text = existsSync(inRepo(list)) ? readFileSync(inRepo(list), 'utf8') : ''
  if (!new RegExp(String.raw`(^|\s)${name.replaceAll('.', '\\.')}(\s|\))`, 'm').test(text))
    find(file, 1, `${list} does not list it (module ${module_})`)
}

function checkLinks(module_) {
  const list = `src/${module_}/CMakeLists.txt`
  if (!existsSync(inRepo(list))) return find(list, 1, 'is missing')
  const links = [...readFileSync(inRepo(list), 'utf8').matchAll(/\bkelisim_([a-z]+)\b/g)]
    .map(([, name]) => name)
    .filter((name) => name in below && name !== module_)
  for (const name of links)
    if (!allowed(module_).has(name)) find(list, 1, `${module_} may not link ${name}`)
}

function checkPaths(file) {
  readFileSync(inRepo(file), 'utf8')
    .split('\n')
    .forEach((text, i) => {
      const [hit] = machinePath.exec(text) ?? []
      if (hit || (repo.length > 4 && text.includes(`${repo}/`)))
        find(file, i + 1, `an absolute path of a machine: ${(hit ?? repo).trim()}`)
    })
}

await runMain(() => {
  const sources = listFiles(['src'], ['.cpp', '.hpp', '.h', '.inc'])
  sources.forEach(checkIncludes)
  listFiles(['src', 'tests/src'], ['.cpp']).forEach(checkListed)
  Object.keys(below).forEach(checkLinks)
  // Data files hold paths of web sites, which may begin like any folder.
  listFiles(['src', 'web'], ['.cpp', '.hpp', '.ts', '.mjs', '.js', '.css', '.txt']).forEach(
    checkPaths,
  )
  for (const finding of findings) console.error(finding)
  console.log(
    findings.length === 0
      ? `check-layers: ${sources.length} sources, nothing found`
      : `check-layers: ${findings.length} findings`,
  )
  return findings.length === 0 ? 0 : 1
})
