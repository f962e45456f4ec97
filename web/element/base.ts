// What the elements are made of; on a server, which has none, something to import.
export const Base: typeof HTMLElement = globalThis.HTMLElement ?? (class {} as never)
