// One person's visit: a page in a lane, the person's click on the widget, and what arrived meanwhile.
import { lines } from './page.mjs'

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms))

/** Rejects when `work` takes longer. */
export function within(ms, what, work) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: nothing after ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** The middle of the widget's button, once it can be seen. */
function buttonAt(part) {
  const widget = document.querySelector('kelisim-widget')
  const button = widget?.shadowRoot?.querySelector(`[part~="${part}"]`)
  const { left, top, width, height } = button?.getBoundingClientRect() ?? {}
  return width > 8 && height > 8 ? [left + width / 2, top + height / 2] : null
}
const isComplete = () => document.readyState === 'complete'
const status = () => {
  try {
    return window.kelisim.state().status
  } catch {
    return ''
  }
}
const isReady = () => {
  if (!window.kelisim) return false
  window.kelisim.ready.then(() => (window.mxReady = true))
  return window.mxReady === true
}
const withdraw = () => {
  window.mxWithdrawn = ''
  window.kelisim.withdraw().then(
    () => (window.mxWithdrawn = 'done'),
    (e) => (window.mxWithdrawn = 'failed ' + (e.code || e.message)),
  )
  return true
}

export function makeVisit(server, lane, mode) {
  const host = server.freshHost()
  /** @param {Function} code  runs in the page; its answer comes back as JSON */
  const run = async (code, ...args) => {
    const text = await within(
      8000,
      code.name || 'code',
      lane.run(`JSON.stringify((${String(code)})(...${JSON.stringify(args)}) ?? null)`),
    )
    return JSON.parse(text ?? 'null')
  }
  const until = async (code, args, ms) => {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(80)) {
      const value = await run(code, ...args).catch(() => null)
      if (value) return value
    }
    return null
  }
  return {
    host,
    run,
    /** Opens a page of the cases and waits until it has loaded. */
    async open(cases, { third, gate }) {
      const page = await server.page({
        ...{ host, cases, third },
        install: gate
          ? lines({ mode, install: server.install, attributes: cases[0].attributes })
          : '',
      })
      await within(15_000, 'open', lane.open(page.url))
      await until(isComplete, [], 5000)
      return page
    },
    /** Waits at least `least` ms, and until nothing more arrives, at most two seconds longer. */
    async settle(least) {
      await sleep(least)
      for (const end = Date.now() + 2000; Date.now() < end; await sleep(50))
        if (Date.now() - server.lastAt() > 300) return
    },
    /** The engine is up and the widget drawn. */
    ready: () => until(isReady, [], 8000),
    /** A trusted click on "grant all", later than the widget's own delay. */
    async grant() {
      const before = await until(buttonAt, ['grant-all'], 8000)
      if (!before) throw new Error('no button to grant with')
      for (let attempt = 0; attempt < 3; attempt++) {
        await sleep(420)
        const place = await run(buttonAt, 'grant-all')
        if (place) await within(8000, 'click', lane.click(...place))
        for (let i = 0; i < 12; i++) {
          if ((await run(status).catch(() => '')) === 'decided') return
          await sleep(100)
        }
      }
      throw new Error('the grant was not taken')
    },
    /** A trusted click on an element of the page. */
    async press(selector) {
      const place = await run((found) => {
        const element = document.querySelector(found)
        element.scrollIntoView({ block: 'center' })
        const { left, top, width, height } = element.getBoundingClientRect()
        return [left + width / 2, top + height / 2]
      }, selector)
      await within(8000, 'click', lane.click(...place))
    },
    async withdraw() {
      if (!(await until(isReady, [], 8000))) throw new Error('the engine is not there to withdraw')
      await run(withdraw)
      const answer = await until(() => window.mxWithdrawn, [], 5000)
      if (answer && answer !== 'done') throw new Error('withdraw ' + answer)
      await sleep(100)
    },
    /** Does the cases again by script. */
    again: (letter, cases) =>
      run(
        (l, ids) => void window.__m.again(l, ids),
        letter,
        cases.map(({ id }) => id),
      ).catch(() => null),
    /** What the page's cases reported: id → sorted texts; `order`: the scripts as they ran. */
    async out() {
      const list = (await run(() => window.__m.out).catch(() => null)) ?? []
      const byCase = new Map()
      for (const [id, what] of list) byCase.set(id, [...(byCase.get(id) ?? []), what])
      for (const texts of byCase.values()) {
        texts.order = texts.filter((text) => text.startsWith('ran ')).join()
        texts.sort()
      }
      return (id) => byCase.get(id) ?? []
    },
    /** Leaves for a bare page of the same origin. @returns what is stored, as "kind name" */
    async probe() {
      await within(15_000, 'probe', lane.open(`${server.origin(host)}/probe`))
      return (await until(() => window.__probe, [], 6000)) ?? []
    },
  }
}
