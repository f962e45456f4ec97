// Other tabs of the same shop hear of a change.

export interface Tabs {
  /** Tells the others that the stored state changed. */
  changed(): void
  /** Called when another tab changed it. */
  onChange(listener: () => void): void
}

export function browserTabs(): Tabs {
  let channel: BroadcastChannel | null = null
  let hear = () => {}
  const open = () => {
    if (typeof BroadcastChannel !== 'function') return
    channel = new BroadcastChannel('kelisim')
    channel.onmessage = () => hear()
  }
  open()
  // An open channel could keep the page out of the back/forward cache.
  addEventListener('pagehide', () => channel?.close())
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    open()
    hear()
  })
  return {
    changed: () => channel?.postMessage(0),
    onChange(listener) {
      hear = listener
      // Beside the channel, for browsers without it.
      addEventListener('storage', ({ key }) => {
        if (key === 'kelisim.state') listener()
      })
    },
  }
}
