// Every case, in the order of the table.
import { markup } from './markup.mjs'
import { requests } from './requests.mjs'

export const cases = [...markup, ...requests].map((one, index) => ({ ...one, index }))
