// Stands in for an advertising network: fills the boxes the page offers with a frame from its own host.
;(() => {
  const from = new URL(document.currentScript.src)
  const port = from.port && `:${from.port}`
  const render = ({ blockId, renderTo }) => {
    const frame = document.createElement('iframe')
    frame.src = `${from.protocol}//an.yandex.ru.localhost${port}/page/${blockId}`
    frame.title = 'Реклама'
    document.getElementById(renderTo)?.replaceChildren(frame)
  }
  window.Ya = { ...window.Ya, Context: { AdvManager: { render } } }
  for (const call of window.yaContextCb ?? []) call()
  window.yaContextCb = { push: (call) => call() }
})()
