// Writes the tables of members in docs/policy-format.md from src/policy/policy.schema.json.
//
// Usage: node tools/make-format-docs.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const inRepo = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const page = 'docs/policy-format.md'
const begin = '<!-- members: made by tools/make-format-docs.mjs -->'
const end = '<!-- end of members -->'

/** What the words of the tables mean; the schema's patterns say it exactly. */
const kinds = {
  id: 'small letters, digits, `-`, `_`; 64 characters at most, once in its list',
  clause_id: 'a clause of `clauses`',
  clauses: 'list of clause ids; empty = the text has no clause for it',
  language: 'language tag: `kk`, `ru`, `en`',
  country: 'ISO 3166-1: `KZ`, `RU`, `US`',
  host: 'host in small letters, without scheme',
  host_pattern: 'a host, or `*.` and a host for all below it',
  path_pattern: '`host/beginning` of a path, or `/beginning` on any host',
  sha256: 'base64url without padding, 43 characters',
  duration: 'ISO 8601: `P12M`, `P2Y`, `P30D`',
  not_stated: '`{"not_stated": true}`',
  text: '`{"kk": …, "ru": …, "en": …}`, all three; more languages are kept',
  stated_string: 'string, or `not_stated`',
  stated_text: '`text`, or `not_stated`',
  note: '`{"text": text, "clauses": clauses}`',
  audience: 'list, at least one of `visitor`, `client`, `applicant`, `staff`, `counterparty`',
}

/** Members that mean the same everywhere. */
const usual = {
  $schema: 'For editors; ignored.',
  id: 'Its name inside this document.',
  name: 'As people read it.',
  text: 'As people read it.',
  clauses: 'Clauses that say so.',
  clause: 'Clause it stands in.',
}

const nameOf = (ref) => ref.slice(ref.lastIndexOf('/') + 1)
const code = (value) => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
const isObject = ({ type, properties }) => type === 'object' && properties !== undefined

/** The type of a member in words; objects with members of their own have a table. */
function typeOf(schema) {
  if (schema.$ref) return code(nameOf(schema.$ref))
  if (schema.oneOf) return [...new Set(schema.oneOf.map(typeOf))].join(' or ')
  if (schema.const !== undefined) return code(schema.const)
  if (schema.enum) return 'word'
  if (schema.type === 'array')
    return `list of ${typeOf(schema.items).replace(/^object$/, 'objects')}`
  return [schema.type].flat().join(' or ')
}

/** What else a value has to keep to. */
function allowed(schema) {
  const { items = {}, oneOf = [] } = schema
  const words = schema.enum ?? items.enum ?? oneOf.find((one) => one.enum)?.enum
  const said = words ? [words.map(code).join(' ')] : []
  for (const { pattern, minimum, maximum } of [schema, items, ...oneOf]) {
    if (pattern) said.push(code(pattern))
    if (minimum !== undefined) said.push(`${minimum} to ${maximum}`)
  }
  if (schema.minItems) said.push(`at least ${schema.minItems}`)
  if (schema.maxLength) said.push(`at most ${schema.maxLength} characters`)
  return said.join(', ')
}

/** The objects with members that a schema leads to. */
const inside = (schema) =>
  [schema, schema.items, ...(schema.oneOf ?? [])].filter((one) => one && isObject(one))

function table(title, schema) {
  const cell = (text) => text.replace(/\|/g, '\\|')
  const rows = Object.entries(schema.properties).map(([name, member]) =>
    [
      code(name),
      typeOf(member),
      schema.required?.includes(name) ? 'yes' : '',
      allowed(member),
      member.description ?? usual[name] ?? '',
    ]
      .map(cell)
      .join(' | '),
  )
  const head = '| member | type | required | allowed | meaning |\n| --- | --- | --- | --- | --- |'
  return `### ${title}\n\n${head}\n${rows.map((row) => `| ${row} |`).join('\n')}\n`
}

/** All tables below a schema, in its order. */
function* tables(path, schema) {
  yield table(path ? code(path) : 'The document', schema)
  for (const [name, member] of Object.entries(schema.properties))
    for (const one of inside(member)) {
      const list = one === member.items ? '[]' : ''
      yield* tables(`${path}${path && '.'}${name}${list}`, one)
    }
}

/** The page with its tables made anew. */
export function withMembers(text, schema) {
  for (const name of Object.keys(schema.$defs))
    if (!kinds[name]) throw new Error(`tools/make-format-docs.mjs does not say what "${name}" is`)
  const [before, rest] = text.split(begin)
  const after = rest?.split(end)[1]
  if (after === undefined) throw new Error(`${page} has lost "${begin}" or "${end}"`)
  const values = Object.entries(kinds).map(([name, meaning]) => `| ${code(name)} | ${meaning} |`)
  const members = [
    `### Values\n\n| type | meaning |\n| --- | --- |\n${values.join('\n')}\n`,
    ...tables('', schema),
  ]
  return `${before}${begin}\n\n${members.join('\n')}\n${end}${after}`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const schema = JSON.parse(readFileSync(inRepo('src/policy/policy.schema.json'), 'utf8'))
  writeFileSync(inRepo(page), withMembers(readFileSync(inRepo(page), 'utf8'), schema))
}
