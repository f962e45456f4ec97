// The five shops, and what they say where they say nothing of their own.
import { allur } from './allur.mjs'
import { alma } from './alma.mjs'
import { aster } from './aster.mjs'
import { letoile } from './letoile.mjs'
import { webpulse } from './webpulse.mjs'

const words = {
  goods: 'Каталог',
  basket: 'Корзина',
  add: 'В корзину',
  added: 'Добавлено в корзину',
  empty: 'В корзине пока пусто.',
  checkout: 'Оформление заказа',
  send: 'Подтвердить заказ',
  total: 'Итого',
  order: 'Заказ',
  thanks: 'Заказ принят. Позвоним, чтобы договориться о времени.',
  delivery: 'Комментарий к заказу',
  orders: 'Мои заказы',
  prepay: 'Заказ можно оплатить сразу',
}

/** The first one is worn by 127.0.0.1. */
export const shops = [alma, aster, webpulse, allur, letoile].map((shop) => ({
  ...shop,
  words: { ...words, ...shop.words },
}))
