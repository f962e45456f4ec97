// Stands in for a bank's payment library: takes the payer to the bank's own page.
;(() => {
  const base = new URL(document.currentScript.src).origin
  window.halyk = {
    pay({ invoiceId, amount, backLink }) {
      location.href = `${base}/payform/?${new URLSearchParams({ invoiceId, amount, backLink })}`
    },
  }
})()
