// What the widget of a demo shop shows, read out of its elements: the base of the tests that name the requirements.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { shops } from '../../examples/shop/shops/index.mjs'
import { startVisits, visit } from '../e2e/demo/visit.mjs'
import { dist, repo } from './shop.mjs'

const LANGUAGES = ['kk', 'ru', 'en']
const json = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))

/** Runs in the page: everything of the open layer, as data. */
function readLayer() {
  const root = document.querySelector('kelisim-widget').shadowRoot
  const layer = root.querySelector('.layer')
  for (const details of layer.querySelectorAll('details')) details.open = true
  const all = (within, selector) => [...within.querySelectorAll(selector)]
  const text = (element) => element?.textContent ?? ''
  const clauses = (element) => all(element, '.ref').map(({ dataset }) => dataset.clause)
  const entry = (element) => ({
    kind: element.classList[0],
    id: element.dataset.id ?? element.querySelector('input')?.dataset.id,
    scope: element.querySelector('input')?.dataset.scope,
    text: text(element),
    label: text(element.querySelector('.label')),
    words: text(element.querySelector('.words')),
    note: text(element.querySelector('.note')),
    tone: element.dataset.tone ?? '',
    silent:
      all(element, '[data-tone=not_stated]').length + Number(element.dataset.tone === 'not_stated'),
    marks: all(element, '.mark').map(text),
    clauses: clauses(element),
    labels: all(element, '.ref').map(text),
    links: all(element, 'a').map((link) => decodeURIComponent(link.href)),
    inputs: all(element, 'input').map(({ checked, disabled, dataset }) => ({
      ...dataset,
      checked,
      disabled,
    })),
    buttons: all(element, 'button[data-action]').map(({ dataset }) => ({ ...dataset })),
    quotes: all(element, '.quote').map(text),
    sections: all(element, '.section').map(({ dataset }) => dataset.id),
    visible: element.checkVisibility(),
  })
  const parts = {}
  for (const element of all(layer, '.line[data-id], .section[data-id]'))
    parts[element.dataset.id] = {
      ...entry(element),
      short: text(element.querySelector('summary .words') ?? element.querySelector('.words')),
      items: all(element, '.item, .text, .link, .finding').map(entry),
    }
  return {
    ...entry(layer),
    parts,
    switches: all(layer, '.switch').map(entry),
    rows: all(layer, '.row').map(entry),
    clauseIds: all(layer, '.clause').map(({ dataset }) => dataset.id),
    answers: all(layer, '[data-weight=equal]').map((button) => {
      const { width, height } = button.getBoundingClientRect()
      const { color, backgroundColor, font } = getComputedStyle(button)
      return {
        part: button.part.value,
        box: [Math.round(width), Math.round(height), color, backgroundColor, font].join(),
      }
    }),
  }
}

/**
 * One policy in its demo shop: `rule(title, check)` is a test for each language. check(shown, say): shown has the layers notice, choices,
 * policy, rights and full; say(key) is the interface's word, say.of(text) a text of the policy, say.policy the document.
 */
export function shownIn(name) {
  const policy = json(repo, `examples/policies/${name}.json`)
  const shown = {}
  let demo
  const closing = []
  before(async () => {
    demo = await startVisits()
    const shop = shops.find((one) => one.policy === name || one.policy?.includes(name))
    const person = await visit({ after: (work) => closing.push(work) }, demo, shop)
    await person.go('/')
    await person.part('notice').waitFor()
    for (const lang of LANGUAGES) {
      await person.page.evaluate((to) => (document.documentElement.lang = to), lang)
      shown[lang] = {}
      for (const layer of ['notice', 'choices', 'policy', 'rights']) {
        await person.page.evaluate((to) => window.kelisim.open(to), layer)
        await person.page.locator(`kelisim-widget [part=${layer}][lang=${lang}]`).waitFor()
        shown[lang][layer] = await person.page.evaluate(readLayer)
      }
      await person.page.evaluate(() => window.kelisim.open('policy'))
      await person.page.locator('kelisim-widget [data-action=load_text]').click()
      await person.page.locator('kelisim-widget .clause').first().waitFor()
      shown[lang].full = await person.page.evaluate(readLayer)
    }
  })
  after(async () => {
    for (const work of closing) await work()
    await demo?.close()
  })
  return (title, check) =>
    test(`${title} (kk, ru, en)`, () => {
      for (const lang of LANGUAGES) {
        const { strings } = json(dist, 'locales', lang + '.json')
        const say = (key) => strings[key]
        Object.assign(say, { of: (text) => text[lang] ?? text, policy, lang })
        check(shown[lang], say)
      }
    })
}

/** Items of a line that name a clause. */
export const items = (layer, line, clause) =>
  layer.parts[line].items.filter((item) => item.kind === 'item' && item.clauses.includes(clause))
/** The switch of a scope and id. */
export const switchOf = (layer, scope, id) =>
  layer.switches.find((one) => one.scope === scope && one.id === id)
export const switchIds = (layer, scope) =>
  layer.switches.filter((one) => one.scope === scope).map(({ id }) => id)
/** Told without a switch: a row of its own, or named with what is necessary. */
export const isInformation = ({ choices }, say, id) => {
  const purpose = say.policy.purposes.find((one) => one.id === id)
  const row = choices.rows.find((one) => one.id === (purpose ? 'necessary' : id))
  const told = row && (!purpose || row.text.includes(say.of(purpose.name)))
  const switched = choices.switches.some((one) => one.id === id && one.scope !== 'category')
  return Boolean(told) && !switched && !row.inputs.some(({ disabled }) => !disabled)
}
export const labelled = (layer, line, label) =>
  layer.parts[line].items.find((item) => item.label === label)
/** The item of a line whose words are a name. */
export const named = (layer, line, name) =>
  layer.parts[line].items.find((item) => item.words === name || item.label === name)
/** Ids of a list in the document to their entries. */
export const byId = (list, id) => list.find((one) => one.id === id)
