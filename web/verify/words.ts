// What the verifying page says of its own, in three languages; what a receipt says, the engine's layer says.

export const words = {
  kk: {
    name: 'Қазақша',
    title: 'Келісім түбіртегін тексеру',
    lead: 'Түбіртектер файлын осында сүйреп әкеліңіз. Файл құрылғыңыздан ешқайда кетпейді: бұл бет желісіз жұмыс істейді.',
    choose: 'Файлды таңдау',
    unreadable: 'Бұл файлда түбіртек жоқ.',
    good: 'Қолтаңбасы дұрыс: мәтін өзгермеген.',
    bad: 'Тексеруден өтпеді: өзгертілген немесе түбіртек емес.',
    whole: 'Тізбек бүтін: ештеңе алынбаған, реті бұзылмаған.',
    broken: 'Тізбек бүтін емес: бір түбіртек жоқ, артық немесе орнында емес.',
    to: 'Кімге',
    text: 'Саясат мәтінінің хэші',
  },
  ru: {
    name: 'Русский',
    title: 'Проверка квитанции о согласии',
    lead: 'Перетащите сюда файл с квитанциями. Файл никуда не уходит с вашего устройства: страница работает без сети.',
    choose: 'Выбрать файл',
    unreadable: 'В этом файле нет квитанций.',
    good: 'Подпись верна: текст не изменён.',
    bad: 'Проверка не пройдена: изменено или не квитанция.',
    whole: 'Цепочка цела: ничего не убрано и не переставлено.',
    broken: 'Цепочка не цела: квитанции не хватает, она лишняя или не на месте.',
    to: 'Кому',
    text: 'Хэш текста политики',
  },
  en: {
    name: 'English',
    title: 'Check a consent receipt',
    lead: 'Drop a file with receipts here. It does not leave your device: this page works without a network.',
    choose: 'Choose a file',
    unreadable: 'There is no receipt in this file.',
    good: 'The signature holds: nothing was changed.',
    bad: 'Does not verify: changed, or no receipt.',
    whole: 'The chain is whole: nothing was removed or reordered.',
    broken: 'The chain is not whole: a receipt is missing, too many, or out of its place.',
    to: 'To whom',
    text: 'Hash of the policy text',
  },
}
export type Lang = keyof typeof words
