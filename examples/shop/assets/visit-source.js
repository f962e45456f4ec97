// Where a visit came from, kept in the shop's own first-party names. Nothing leaves the shop.
;(() => {
  const set = (name, value, seconds) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; SameSite=Lax${seconds ? `; max-age=${seconds}` : ''}`
  }
  const from = URL.parse?.(document.referrer)?.hostname ?? '(none)'
  const current = `typ=${from === '(none)' ? 'typein' : 'referral'}|||src=${from}`
  if (!/(?:^|; )sbjs_first=/.test(document.cookie)) {
    set('sbjs_first', current)
    set('sbjs_first_add', `fd=${new Date().toISOString().slice(0, 10)}`)
  }
  set('sbjs_current', current)
  set('sbjs_udata', 'vst=1')
  set('sbjs_session', `pgs=1|||cpg=${location.pathname}`, 1800)
})()
