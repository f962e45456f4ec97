// A page in a real browser, without Kelisim: what it asks for, what it stores, what only its server does. Nothing is clicked.
import { existsSync } from 'node:fs'
import type { Browser, BrowserContext, CDPSession, Frame, Page, Response } from 'playwright-core'
import { UsageError } from './arguments.ts'
import { barePage } from './markup/bare.ts'

export interface Stored {
  kind: 'cookie' | 'local' | 'session' | 'database' | 'cache' | 'file'
  name: string
  host: string
  http_only?: true
  /** Seconds it lives, in whole minutes; 0: until the browser closes. */
  max_age_s?: number
}

/** What no page code can stop, for it is the server's own doing. */
export interface Served {
  code: 'server_cookie' | 'http_only_cookie' | 'own_redirect' | 'link_header' | 'report_address'
  /** Where it comes from. */
  from: string
  /** Name of the cookie. */
  name?: string
  /** Where it leads. */
  url?: string
}

export interface Visit {
  /** The page's address after redirects. */
  url: string
  requests: { url: string; kind: string }[]
  stored: Stored[]
  served: Served[]
  /** The page's markup after all, read as bytes. */
  html: string
}

const programs = [
  ...['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  ...['/usr/bin/google-chrome-stable', '/usr/bin/microsoft-edge', '/snap/bin/chromium'],
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

const loopback = /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/

/**
 * @param addresses  what will be opened
 * @param program    the browser's; default $CHROMIUM, else one that is installed
 */
export async function openBrowser(addresses: string[], program?: string): Promise<Browser> {
  let chromium
  try {
    ;({ chromium } = await import('playwright-core'))
  } catch {
    throw new UsageError(
      'an address needs playwright-core, which is not installed: npm install --save-dev playwright-core',
    )
  }
  const wanted = program ?? process.env['CHROMIUM']
  const path = wanted ?? [chromium.executablePath(), ...programs].find(existsSync)
  if (path === undefined) throw new UsageError('no Chromium is installed: --browser PATH names one')
  if (!existsSync(path)) throw new UsageError(`${path}: no such browser`)
  try {
    return await chromium.launch({
      executablePath: path,
      args: [
        '--disable-gpu',
        // A page that is handed in has come from nowhere, and nowhere may not ask this machine.
        ...(addresses.every((one) => loopback.test(hostOf(one)))
          ? ['--disable-features=LocalNetworkAccessChecks']
          : []),
        // The sandbox does not work for root.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    })
  } catch (error) {
    throw new UsageError(`${path}: ${firstLine(error)}`)
  }
}

const firstLine = (error: unknown) => String((error as Error).message).split('\n')[0]!
const hostOf = (url: string) => {
  try {
    return new URL(url).hostname
  } catch {
    return ''
  }
}

type Header = { name: string; value: string }

/** Gives the page out without the gate, before the browser reads it. */
async function takeGateAway(cdp: CDPSession, seen: (url: string, headers: Header[]) => void) {
  const { frameTree } = await cdp.send('Page.getFrameTree')
  await cdp.send('Fetch.enable', {
    patterns: [{ urlPattern: '*', resourceType: 'Document', requestStage: 'Response' }],
  })
  cdp.on('Fetch.requestPaused', async (paused) => {
    const { requestId, responseHeaders = [], responseStatusCode: responseCode = 0 } = paused
    try {
      const main = paused.frameId === frameTree.frame.id
      if (main) seen(paused.request.url, responseHeaders)
      if (!main || paused.responseErrorReason || (responseCode >= 300 && responseCode < 400))
        return void (await cdp.send('Fetch.continueRequest', { requestId }))
      const { body, base64Encoded } = await cdp.send('Fetch.getResponseBody', { requestId })
      const bytes = Buffer.from(body, base64Encoded ? 'base64' : 'utf8').toString('latin1')
      const bare = barePage(bytes)
      if (bare === bytes) return void (await cdp.send('Fetch.continueRequest', { requestId }))
      await cdp.send('Fetch.fulfillRequest', {
        requestId,
        responseCode,
        responseHeaders: responseHeaders.filter(
          ({ name }) => !/^(?:content-(?:length|encoding)|transfer-encoding)$/i.test(name),
        ),
        body: Buffer.from(bare, 'latin1').toString('base64'),
      })
    } catch {
      // The page has gone in the meantime.
    }
  })
}

/** Notes the cookies that answers set, as they come over the network. @returns what has come so far */
async function watchCookies(cdp: CDPSession): Promise<() => Served[]> {
  // The two tell of one request in any order, and of each redirect of it once more.
  const urls = new Map<string, string[]>()
  const answers = new Map<string, string[]>()
  const add = (to: Map<string, string[]>, id: string, one: string) =>
    to.set(id, [...(to.get(id) ?? []), one])
  cdp.on('Network.requestWillBeSent', ({ requestId, request }) => add(urls, requestId, request.url))
  cdp.on('Network.responseReceivedExtraInfo', ({ requestId, headers }) => {
    const name = Object.keys(headers).find((one) => one.toLowerCase() === 'set-cookie')
    add(answers, requestId, name === undefined ? '' : headers[name]!)
  })
  await cdp.send('Network.enable')
  return () =>
    [...answers].flatMap(([id, list]) =>
      list.flatMap((set, i) =>
        set
          .split('\n')
          .filter(Boolean)
          .map((one) => ({
            code: 'server_cookie' as const,
            from: hostOf(urls.get(id)?.[i] ?? ''),
            name: one.split('=')[0]!.trim(),
          })),
      ),
    )
}

/** Addresses that a server's headers name: hints, and where reports go. */
function addressesIn(headers: Header[], base: string): { code: Served['code']; url: string }[] {
  const found: { code: Served['code']; url: string }[] = []
  const add = (code: Served['code'], address: string) => {
    try {
      found.push({ code, url: new URL(address, base).href })
    } catch {
      // It is none.
    }
  }
  for (const { name, value } of headers) {
    const header = name.toLowerCase()
    if (header === 'link')
      for (const [, address = '', rel = ''] of value.matchAll(/<([^>]*)>([^,]*)/g))
        if (
          /\b(?:preload|prefetch|modulepreload|preconnect|dns-prefetch|stylesheet|icon)\b/i.test(
            rel,
          )
        )
          add('link_header', address)
    if (/^content-security-policy(?:-report-only)?$/.test(header))
      for (const [, list = ''] of value.matchAll(/\breport-uri\s+([^;,]+)/gi))
        for (const address of list.trim().split(/\s+/)) add('report_address', address)
    if (/^(?:report-to|reporting-endpoints)$/.test(header))
      for (const [, address = ''] of value.matchAll(/"((?:https?:)?\/[^"]+)"/g))
        add('report_address', address)
  }
  return found
}

/** Everything that a page keeps in one frame. */
async function storedIn(frame: Frame): Promise<Stored[]> {
  const host = hostOf(frame.url())
  if (!host) return []
  const names = await Promise.race([
    frame.evaluate(async () => {
      const some = async (work: () => Iterable<string> | Promise<Iterable<string>>) => {
        try {
          return [...(await work())]
        } catch {
          return []
        }
      }
      return {
        local: await some(() => Object.keys(localStorage)),
        session: await some(() => Object.keys(sessionStorage)),
        database: await some(async () =>
          (await indexedDB.databases()).map(({ name }) => name ?? ''),
        ),
        cache: await some(() => caches.keys()),
        file: await some(async () => {
          const list: string[] = []
          for await (const name of (await navigator.storage.getDirectory()).keys()) list.push(name)
          return list
        }),
      }
    }),
    new Promise<null>((done) => setTimeout(done, 3000, null)),
  ]).catch(() => null)
  return Object.entries(names ?? {}).flatMap(([kind, list]) =>
    list.map((name) => ({ kind: kind as Stored['kind'], name, host })),
  )
}

/** The page's markup with its open shadow roots. */
const markupOf = (page: Page) =>
  page.evaluate(() => {
    const roots: ShadowRoot[] = []
    const collect = (root: Document | ShadowRoot) => {
      for (const { shadowRoot } of root.querySelectorAll('*'))
        if (shadowRoot) {
          roots.push(shadowRoot)
          collect(shadowRoot)
        }
    }
    collect(document)
    const top = document.documentElement
    return 'getHTML' in top
      ? `<!doctype html><html>${top.getHTML({ shadowRoots: roots })}</html>`
      : (top as HTMLElement).outerHTML
  })

/** Down and up again, as somebody reads. */
const scroll = (page: Page) =>
  page.evaluate(async () => {
    const end = Math.min(document.documentElement.scrollHeight, 30_000)
    for (let y = 0; y < end; y += innerHeight) {
      scrollTo(0, y)
      await new Promise((done) => setTimeout(done, 60))
    }
    scrollTo(0, 0)
  })

async function cookiesOf(context: BrowserContext): Promise<Stored[]> {
  const now = Date.now() / 1000
  return (await context.cookies()).map(({ name, domain, httpOnly, expires }) => ({
    kind: 'cookie',
    name,
    host: domain.replace(/^\./, ''),
    ...(httpOnly && { http_only: true as const }),
    max_age_s: expires < 0 ? 0 : 60 * Math.max(0, Math.ceil((expires - now) / 60)),
  }))
}

/**
 * Opens a page as a new visitor.
 * @param wait  seconds that late requests get
 */
export async function visit(browser: Browser, address: string, wait: number): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  try {
    const requests: Visit['requests'] = []
    const served: Served[] = []
    const page = await context.newPage()
    const cdp = await context.newCDPSession(page)
    await takeGateAway(cdp, (url, headers) => {
      for (const one of addressesIn(headers, url)) served.push({ ...one, from: hostOf(url) })
    })
    const cookiesSet = await watchCookies(cdp)
    context.on('request', (request) => {
      const url = request.url()
      requests.push({ url, kind: request.resourceType() })
      const before = request.redirectedFrom()
      if (before) served.push({ code: 'own_redirect', from: hostOf(before.url()), url })
    })
    page.on('websocket', (socket) => requests.push({ url: socket.url(), kind: 'websocket' }))
    let answer: Response | null
    try {
      answer = await page.goto(address, { waitUntil: 'domcontentloaded', timeout: 45_000 })
    } catch (error) {
      throw new UsageError(`${address}: ${firstLine(error)}`)
    }
    if (answer && answer.status() >= 400)
      throw new UsageError(`${address}: status ${answer.status()}`)
    const ms = wait * 1000
    await page.waitForLoadState('load', { timeout: 20_000 }).catch(() => undefined)
    await page.waitForLoadState('networkidle', { timeout: ms + 1 }).catch(() => undefined)
    await scroll(page).catch(() => undefined)
    await page.waitForTimeout(ms)

    const url = page.url()
    const stored = (await Promise.all(page.frames().map(storedIn))).flat()
    const html = Buffer.from(await markupOf(page)).toString('latin1')
    // What is sent when a page goes.
    await page.goto('about:blank').catch(() => undefined)
    await page.waitForTimeout(300)
    stored.push(...(await cookiesOf(context)))
    served.push(...cookiesSet())
    for (const { kind, name, host, http_only } of stored)
      if (kind === 'cookie' && http_only)
        served.push({ code: 'http_only_cookie', from: host, name })
    return { url, requests, stored, served, html }
  } finally {
    await context.close()
  }
}
