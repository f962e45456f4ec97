// What a person is told when they ask for a layer and it does not open: the one thing said without the engine and its languages.
import type { GateLink } from '../gate/link.ts'
import { LAST, wishes } from './language.ts'

/** The sentence, and the name of the button that takes it away. */
const words: Record<string, [sentence: string, close: string]> = {
  kk: [
    'Баптаулар терезесі қазір ашылмай тұр. Бетті жаңартыңыз немесе кейінірек қайталаңыз.',
    'Жабу',
  ],
  ru: [
    'Окно с настройками сейчас не открывается. Обновите страницу или попробуйте позже.',
    'Закрыть',
  ],
  en: [
    'The window with your choices does not open now. Reload the page or try again later.',
    'Close',
  ],
}

const box = `all:initial;position:fixed;z-index:2147483647;inset:auto 16px 16px;max-width:30em;margin:auto;padding:12px 16px;
display:flex;gap:12px;align-items:center;font:16px/1.4 system-ui,sans-serif;color:#1b1b1b;background:#fff;border:1px solid #767676;border-radius:8px`
const button =
  'all:initial;flex:none;min-width:44px;min-height:44px;font:inherit;color:inherit;text-decoration:underline;cursor:pointer'

/** @returns what shows the sentence, once however often it is asked for; it is read out and takes no focus */
export function makeExcuse({ config, natives }: Pick<GateLink, 'config' | 'natives'>): () => void {
  let shown: HTMLElement | undefined
  return () => {
    const lang = wishes(config.lang).find((name) => name && words[name]) ?? LAST
    const [sentence, close] = words[lang]!
    shown?.remove()
    const made = (shown = natives.createElement('div'))
    made.lang = lang
    made.style.cssText = box
    const text = natives.createElement('span')
    // Filled once it is in the page: a live region that comes with its text is not read out everywhere.
    text.setAttribute('role', 'alert')
    const away = natives.createElement('button')
    away.textContent = close
    away.style.cssText = button
    away.onclick = () => made.remove()
    made.append(text, away)
    document.body.append(made)
    natives.setTimeout(() => (text.textContent = sentence), 50)
  }
}
