// Sessions, accounts, baskets and orders of one shop, kept in memory while the demo runs.
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'

const maxSessions = 10_000
/** What the one-time code by SMS would be. */
export const demoCode = '2468'

const normalPhone = (text) => text.replace(/[^\d+]/g, '').replace(/^8/, '+7')
/** A low cost: these accounts live as long as the demo, and every start makes ten of them. */
const hashOf = (password, salt) => scryptSync(password, salt, 32, { N: 512 })

export function createPeople() {
  const sessions = new Map()
  const accounts = new Map()
  const orders = new Map()

  const keyOf = (login) => (login.includes('@') ? login.trim().toLowerCase() : normalPhone(login))

  function register({ name, login, password = '' }) {
    const key = keyOf(login)
    if (accounts.has(key)) return null
    const salt = randomBytes(16)
    const account = { name, login: login.trim(), salt, hash: hashOf(password, salt), orders: [] }
    accounts.set(key, account)
    return account
  }

  // Somebody to sign in as.
  register({ name: 'Айгерим Сапарова', login: 'aigerim@example.kz', password: 'alma2026' })
  register({ name: 'Айгерим Сапарова', login: '+7 701 000 00 00' })

  return {
    register,

    byPassword(login, password) {
      const account = accounts.get(keyOf(login))
      const right = account && timingSafeEqual(account.hash, hashOf(password, account.salt))
      return right ? account : null
    },

    byCode(login, code) {
      return code.trim() === demoCode ? (accounts.get(keyOf(login)) ?? null) : null
    },

    session: (id) => sessions.get(id),

    /** A new session, taking over what an older one held: the id changes when somebody signs in. */
    begin(older) {
      const session = older ?? { basket: new Map(), account: null }
      if (older) sessions.delete(older.id)
      session.id = randomBytes(18).toString('base64url')
      sessions.set(session.id, session)
      if (sessions.size > maxSessions) sessions.delete(sessions.keys().next().value)
      return session
    },

    end: (session) => sessions.delete(session.id),

    order(session, details) {
      const number = String(10_001 + orders.size)
      const lines = [...session.basket]
      const order = { number, lines, details, session, account: session.account }
      orders.set(number, order)
      session.account?.orders.push(order)
      session.basket = new Map()
      return order
    },

    /** An order, for whoever made it. */
    orderOf(session, number) {
      const order = orders.get(number)
      const own =
        order &&
        session &&
        (order.session === session || (order.account && order.account === session.account))
      return own ? order : null
    },
  }
}
