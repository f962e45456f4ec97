// Wraps what page code sets in style sheets and in the style of elements, and fonts.
import { doc } from './dom.ts'
import { closeCss, cssDecision, heldIn, keepsCss, openCss } from './css.ts'
import { describeHeld } from './gate.ts'
import { hold, type Entry } from './hold.ts'
import {
  apply,
  bare,
  defineProperty,
  describe,
  exec,
  grab,
  later,
  stringify,
  then,
  weakGet,
  weakSet,
  words,
} from './natives.ts'
import { accessor, constructors, methods, type Native } from './wrap.ts'

/** Properties whose values hold addresses: as CSS writes them → every way the style of an element names them. */
const withAddress: [dashed: string, name: string][] = bare([])
words(
  'background background-image border-image border-image-source content cursor list-style list-style-image mask mask-image mask-border mask-border-source mask-box-image mask-box-image-source clip-path marker marker-start marker-mid marker-end offset offset-path box-reflect filter backdrop-filter shape-outside fill stroke src',
  (plain) =>
    words(`${plain} -webkit-${plain}`, (dashed) => {
      const name = dashed.replace(/-./g, (part) => part[1]!.toUpperCase())
      words(`${dashed} ${name} ${name.replace(/^W/, 'w')}`, (one) => {
        withAddress[withAddress.length] = [dashed, one]
      })
    }),
)

const active = new WeakMap<object, Entry>()

/** Queues something that holds CSS. @param owner  what it is known by */
function note(owner: object, text: () => string, put: (text: string) => void): void {
  const entry: Entry = weakGet(active, owner) || {
    test: () => cssDecision(text(), doc),
    run: () => put(openCss(text(), doc)),
  }
  entry.held = describeHeld('style', heldIn(text()), doc)
  weakSet(active, owner, entry)
  hold(entry)
}

export function patchCss(view: any): void {
  const { CSSStyleDeclaration, CSSStyleSheet, CSSGroupingRule } = view
  const [getText, setText, setProperty] = grab(
    CSSStyleDeclaration.prototype,
    'cssText =cssText setProperty',
  ) as any
  const [cssRules, insertRule, deleteRule] = grab(
    CSSStyleSheet.prototype,
    'cssRules insertRule deleteRule',
  ) as any
  const [ruleText] = grab(view.CSSRule.prototype, 'cssText') as any

  /** Judges CSS on its way into a declaration or sheet. */
  const close = (value: any, owner: object, noted: (owner: any) => void): unknown => {
    const text = `${value}`
    const closed = closeCss(text, view.document)
    if (closed !== text) later(() => noted(owner))
    return closed
  }
  const declared = (style: any) =>
    note(
      style,
      () => getText(style),
      (text) => setText(style, text),
    )
  const textOf = (sheet: any) => {
    const rules = cssRules(sheet)
    let text = ''
    for (let i = 0; i < rules.length; i++) text += ruleText(rules[i])
    return text
  }
  /** Puts rules in whose addresses may be asked now. */
  const reopen = (sheet: any) => {
    const rules = cssRules(sheet)
    for (let i = 0; i < rules.length; i++) {
      const text = ruleText(rules[i])
      const open = keepsCss(text) ? openCss(text, doc) : text
      if (open === text) continue
      deleteRule(sheet, i)
      insertRule(sheet, open, i)
    }
  }
  const sheetOf = (rule: any) => rule.parentStyleSheet || rule
  const inserted = (rule: any) => {
    const sheet = sheetOf(rule)
    note(
      sheet,
      () => textOf(sheet),
      () => reopen(sheet),
    )
  }

  accessor(view, 'CSSStyleDeclaration', 'cssText', (store, self, value) =>
    store(close(value ?? '', self, declared)),
  )
  methods(view, 'CSSStyleDeclaration', 'setProperty', (native, self, args) => {
    args[1] = close(args[1] ?? '', self, declared)
    return apply(native, self, args)
  })
  // Chromium has properties on each declaration; what stands on the prototype goes before them.
  const holder = (view.CSSStyleProperties || CSSStyleDeclaration).prototype
  const style = view.document.createElement('p').style
  for (let i = 0; i < withAddress.length; i++) {
    const dashed = withAddress[i]![0]
    const name = withAddress[i]![1]
    if (describe(holder, name))
      accessor(view, holder, name, (store, self, value) =>
        store(close(value ?? '', self, declared)),
      )
    else if (name in style)
      patchNamed(holder, name, dashed, setProperty, (value, self) => close(value, self, declared))
  }
  const maps = new WeakMap<object, any>()
  const owned = (map: any, self: any) => {
    weakSet(maps, map, self.style)
    return map
  }
  words('HTMLElement SVGElement', (owner) =>
    accessor(view, owner, 'attributeStyleMap', null, owned),
  )
  accessor(view, 'CSSStyleRule', 'styleMap', null, owned)
  methods(view, 'StylePropertyMap', 'set append', (native, self, args) => {
    const style = weakGet(maps, self)
    for (let i = 1; i < args.length; i++) {
      const closed = close(args[i], style, declared)
      if (closed !== `${args[i]}`) args[i] = closed
    }
    return apply(native, self, args)
  })

  // Keyframes hold values as style does; those that may not be asked are left out.
  const frames = (native: Native, self: any, args: any[], name: string) => {
    const at = name === 'animate' || name === 'setKeyframes' ? 0 : 1
    const clean = (value: any): any => {
      if (typeof value === 'string') return closeCss(value, view.document)
      if (!value || typeof value !== 'object') return value
      const copy: any = view.Array.isArray(value) ? [] : {}
      for (const key in value) copy[key] = clean(value[key])
      return copy
    }
    const given = args[at]
    const text = given && typeof given === 'object' ? stringify(given) : ''
    const test = () => cssDecision(text, view.document)
    if (test().allow) return apply(native, self, args)
    args[at] = clean(given)
    const result = apply(native, self, args)
    const effect = result ? result.effect || result : self
    hold({
      held: describeHeld('style', '', view.document),
      test,
      run: () => effect.setKeyframes(given),
    })
    return result
  }
  methods(view, 'Element', 'animate', frames)
  methods(view, 'KeyframeEffect', 'setKeyframes', frames)
  constructors(view, 'KeyframeEffect', (args, make) =>
    frames((...given) => make(given), null, args, ''),
  )

  const first = (native: Native, self: any, args: any[], name: string) => {
    let result: any
    args[0] = close(args[0], self, () =>
      name === 'replace'
        ? then(
            result,
            () => inserted(self),
            () => {},
          )
        : inserted(self),
    )
    return (result = apply(native, self, args))
  }
  methods(view, 'CSSStyleSheet', 'insertRule replace replaceSync', first)
  methods(view, 'CSSStyleSheet', 'addRule', (native, self, args) => {
    if (args[1] !== undefined) args[1] = close(args[1], self, inserted)
    return apply(native, self, args)
  })
  if (CSSGroupingRule) methods(view, 'CSSGroupingRule', 'insertRule', first)
  methods(view, 'CSSStyleRule', 'insertRule', first)
  methods(view, 'CSSKeyframesRule', 'appendRule', first)
  patchFonts(view)
}

/** An accessor where the browser has properties on the declarations themselves. */
function patchNamed(
  holder: any,
  name: string,
  dashed: string,
  setProperty: any,
  close: (value: any, self: any) => unknown,
): void {
  const member = describe(
    {
      get [name]() {
        return (this as any).getPropertyValue(dashed)
      },
      set [name](value: any) {
        setProperty(this, dashed, close(value ?? '', this))
      },
    },
    name,
  )!
  defineProperty(holder, name, bare(member))
}

/** Fonts made by script wait before they are loaded or handed to the page. */
function patchFonts(view: any): void {
  if (!view.FontFace) return
  const sources = new WeakMap<object, string>()
  constructors(view, 'FontFace', (args, make) => {
    const text = typeof args[1] === 'string' || args[1] instanceof view.String ? `${args[1]}` : ''
    if (text) args[1] = text
    const font = make(args)
    weakSet(sources, font, text)
    return font
  })
  const test = (font: any) => cssDecision(weakGet(sources, font) || '', view.document)
  const keep = (font: any, run: () => void) => {
    let address = ''
    const [, found] = exec(/url\(\s*["']?([^"')]+)/i, weakGet(sources, font)) || []
    address = found || ''
    hold({ held: describeHeld('font', address, view.document), test: () => test(font), run })
  }
  methods(view, 'FontFace', 'load', (native, self, args) =>
    test(self).allow
      ? apply(native, self, args)
      : new view.Promise((resolve: any) => keep(self, () => resolve(apply(native, self, args)))),
  )
  methods(view, 'FontFaceSet', 'add', (native, self, args) => {
    if (!weakGet(sources, args[0]) || test(args[0]).allow) return apply(native, self, args)
    keep(args[0], () => apply(native, self, args))
    return self
  })
}
