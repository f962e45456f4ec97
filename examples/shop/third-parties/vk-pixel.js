// Stands in for a social network's library with a retargeting call.
;(() => {
  const base = new URL(document.currentScript.src).origin
  let code = ''
  window.VK = {
    Retargeting: {
      Init: (id) => void (code = id),
      Hit: () => void (new Image().src = `${base}/rtrg?p=${encodeURIComponent(code)}`),
    },
  }
  window.vkAsyncInit?.()
})()
