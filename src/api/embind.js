// The JavaScript side of Embind for a module of one function that takes and gives text. Embind's own is for all types and finds its
// way at every call by lists and built-ins that page code can replace later; this one calls only what it took at the start.
addToLibrary({
  _embind_register_std_string: () => {},

  _embind_register_function__deps: ['malloc', 'free', '$getWasmTableEntry'],
  /** @param invoker  (target, name, text) → text; a std::string on its way is its length in four bytes and its UTF-8 */
  _embind_register_function: (name, count, types, signature, invoker, target) => {
    /** Copies of built-ins from before page code ran (web/gate/kit.ts), else the built-ins. */
    const own = Module['natives'] || {
      decode: (bytes) => new TextDecoder().decode(bytes),
      encode: (text) => new TextEncoder().encode(text),
      length: (bytes) => bytes.length,
      view: (memory, at, length) => new Uint8Array(memory.buffer, at, length),
    }
    const invoke = getWasmTableEntry(invoker)
    const put = (text) => {
      const bytes = own['encode'](text)
      const length = own['length'](bytes)
      const at = _malloc(length + 5)
      if (!at) throw new RangeError('no memory')
      const view = own['view'](wasmMemory, at, length + 5)
      for (let i = 0; i < 4; i++) view[i] = length >> (8 * i)
      for (let i = 0; i < length; i++) view[4 + i] = bytes[i]
      view[4 + length] = 0
      return at
    }
    Module['call'] = (call, json) => {
      const from = put(call)
      const given = put(json)
      const at = invoke(target, from, given)
      _free(from)
      _free(given)
      const head = own['view'](wasmMemory, at, 4)
      const length = head[0] | (head[1] << 8) | (head[2] << 16) | (head[3] << 24)
      const text = own['decode'](own['view'](wasmMemory, at + 4, length))
      _free(at)
      return text
    }
  },
})
