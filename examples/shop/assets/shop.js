// The shop's own script: paying with the bank's library, which is fetched when somebody pays.
document.querySelector('#pay')?.addEventListener('submit', (event) => {
  event.preventDefault()
  const form = event.currentTarget
  const pay = () => window.halyk.pay(JSON.parse(form.dataset.order))
  if (window.halyk) return pay()
  const library = document.createElement('script')
  library.src = form.dataset.library
  library.onload = pay
  library.onerror = () => (form.querySelector('[role=alert]').hidden = false)
  form.append(library)
})
