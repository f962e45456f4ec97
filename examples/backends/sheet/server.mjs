// A spreadsheet's web hook: takes a row as text (so that no browser asks for permission first), appends it, and sends the caller on
// to a page that says "ok", as hooks of spreadsheets do.
import { createServer } from 'node:http'

export function createSheet() {
  /** @type {string[][]} */
  const rows = []
  const server = createServer(async (request, response) => {
    const cors = { 'access-control-allow-origin': '*' }
    if (request.method === 'GET') {
      response.writeHead(200, { ...cors, 'content-type': 'text/plain' })
      return response.end('ok')
    }
    let text = ''
    for await (const chunk of request) text += chunk
    const { row } = JSON.parse(text)
    // The first column names the row: what comes twice is there once.
    if (!rows.some(([id]) => id === row[0])) rows.push(row)
    response.writeHead(302, { ...cors, location: '/macros/result' })
    response.end()
  })
  return { server, rows }
}
