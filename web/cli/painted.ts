// The first layer as markup: the elements the widget makes, in a shadow root the parser makes, with the styles it needs.
import { keyOf } from '../gate/key.ts'
import first from '../styles/first.css'

export { first as styles }

export interface PaintedLayer {
  /** The notice as the engine writes it. */
  html: string
  lang: string
  dir: string
  /** Where the handle floats, and its name. */
  handle: string
  handleName: string
  /** What is said of a grant that was not taken: too early, or for another reason. */
  early: string
  tampered: string
  layout: string
}

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** What the gate compares: the text of the layer's elements put together. */
export const textKey = (html: string): number =>
  keyOf(
    html
      .replace(/<[^>]*>/g, '')
      .replace(
        /&(?:amp|lt|gt|quot|#39);/g,
        (entity) =>
          ({ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" })[entity]!,
      ),
  )

export function paintedLayer(layer: PaintedLayer): string {
  const { html, lang, dir, handle, layout } = layer
  const name = escape(layer.handleName)
  const shape = layout && ` data-layout="${layout}"`
  return (
    `<kelisim-widget lang="${lang}" dir="${dir}"${shape}><template shadowrootmode="open"><style>${first}</style>` +
    `<div class="live" role="status"></div><dialog part="dialog" tabindex="-1" data-layer="notice" aria-labelledby="k-notice-1">` +
    `<input type="search" hidden><div class="box" data-early="${escape(layer.early)}" data-tampered="${escape(layer.tampered)}">${html}</div></dialog>` +
    `<button class="handle ${handle}" type="button" part="handle" aria-haspopup="dialog" title="${name}" aria-label="${name}" hidden></button>` +
    `</template></kelisim-widget>`
  )
}
