// Consent widgets from npm, on the same page, with the same categories and tags, each as its own documentation installs it.
// What each is asked for is in `page`: its files, its lines, where its first layer is and what refuses in it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
/** Folder of an installed package. */
const folder = (name) => {
  const found = require.resolve.paths(name).map((path) => join(path, name))
  return found.find((path) => {
    try {
      return readFileSync(join(path, 'package.json'))
    } catch {
      return false
    }
  })
}
const version = (name) =>
  JSON.parse(readFileSync(join(folder(name), 'package.json'), 'utf8')).version

const CATEGORIES = ['functional', 'analytics', 'marketing']
const text =
  'Мы просим согласия на обработку данных. До вашего решения работает только необходимое.'

const vanilla = () => {
  const options = {
    // It takes a driven browser for a bot.
    hideFromBots: false,
    categories: Object.fromEntries([
      ['necessary', { enabled: true, readOnly: true }],
      ...CATEGORIES.map((name) => [name, {}]),
    ]),
    language: {
      default: 'ru',
      translations: {
        ru: {
          consentModal: {
            title: 'Ваши данные',
            description: text,
            acceptAllBtn: 'Разрешить всё',
            acceptNecessaryBtn: 'Только необходимое',
            showPreferencesBtn: 'Выбрать',
          },
          preferencesModal: {
            title: 'Выбор',
            acceptAllBtn: 'Разрешить всё',
            acceptNecessaryBtn: 'Только необходимое',
            savePreferencesBtn: 'Сохранить',
            sections: CATEGORIES.map((name) => ({
              title: name,
              description: text,
              linkedCategory: name,
            })),
          },
        },
      },
    },
  }
  return {
    name: 'vanilla-cookieconsent',
    root: folder('vanilla-cookieconsent') + '/dist',
    head: '<link rel="stylesheet" href="/peer/cookieconsent.css">',
    end: `<script type="module">import * as CookieConsent from '/peer/cookieconsent.esm.js';CookieConsent.run(${JSON.stringify(options)})</script>`,
    layer: '#cc-main .cm',
    refuse: '#cc-main .cm [data-role="necessary"]',
    choose: '#cc-main .cm [data-role="show"]',
    tag: (name) => `<script type="text/plain" data-category="${name}" src="/tag.js"></script>`,
  }
}

const klaro = () => ({
  name: 'klaro',
  root: folder('klaro') + '/dist',
  head: `<script>window.klaroConfig=${JSON.stringify({
    lang: 'ru',
    mustConsent: false,
    acceptAll: true,
    hideDeclineAll: false,
    translations: {
      zz: { privacyPolicyUrl: '/privacy' },
      ru: { consentNotice: { description: text } },
    },
    services: CATEGORIES.map((name) => ({ name, title: name, purposes: [name] })),
  })}</script><script defer src="/peer/klaro.js"></script>`,
  end: '',
  layer: '.klaro .cookie-notice',
  refuse: '.klaro .cookie-notice .cn-decline',
  choose: '.klaro .cookie-notice .cn-learn-more',
  tag: (name) =>
    `<script type="text/plain" data-type="application/javascript" data-name="${name}" data-src="/tag.js"></script>`,
})

const tarteaucitron = () => ({
  name: 'tarteaucitronjs',
  root: folder('tarteaucitronjs'),
  head: `<script src="/peer/tarteaucitron.min.js"></script><script>tarteaucitron.init(${JSON.stringify(
    {
      privacyUrl: '',
      hashtag: '#tarteaucitron',
      cookieName: 'tarteaucitron',
      orientation: 'bottom',
      showAlertSmall: false,
      cookieslist: false,
      adblocker: false,
      DenyAllCta: true,
      AcceptAllCta: true,
      highPrivacy: true,
      removeCredit: true,
      mandatory: true,
    },
  )})</script>`,
  end: `<script>(tarteaucitron.job=tarteaucitron.job||[]).push('gtag','facebookpixel','youtube')</script>`,
  layer: '#tarteaucitronAlertBig',
  refuse: '#tarteaucitronAllDenied2',
  choose: '#tarteaucitronCloseAlert',
  tag: () => '',
})

/** The peers that are installed, with their versions. */
export const peers = () =>
  [vanilla, klaro, tarteaucitron]
    .map((make) => make())
    .map((peer) => ({
      ...peer,
      version: version(peer.name),
      tags: CATEGORIES.map(peer.tag).join(''),
    }))
