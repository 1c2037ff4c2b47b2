// The one place that touches the memory of a wasm module, for the page, the worker and Node alike.
//
// A module exports flat functions. Bytes and texts go in as a pointer and a size; an answer comes out as one packed
// block: a 32-bit little-endian length and that many bytes, mostly of JSON (packed_response.hpp). Whatever was allocated is
// freed whether the call succeeds or not, and memory is looked up anew after every call, because a call may grow it.

/** @typedef {string | Uint8Array | Uint8ClampedArray | number} Argument */
/** A module's response, its bytes, or what came of either. @typedef {PromiseLike<Response> | Response | BufferSource | WebAssembly.Module} Source */
/** @typedef {{ok?: boolean, code?: string, at?: number, [key: string]: any}} Answer */

/** The module and this script were not published together. */
export class InterfaceMismatch extends Error {}

// Nothing here keeps a view of memory that could go stale when it grows.
const imports = { env: { emscripten_notify_memory_growth() {} } };

export class WasmModule {
  #exports;

  /** @param {WebAssembly.Instance} instance */
  constructor(instance) {
    this.#exports = /** @type {Record<string, Function> & {memory: WebAssembly.Memory}} */ (
      /** @type {unknown} */ (instance.exports));
    this.#exports._initialize();
  }

  /**
   * @param {Source} source
   * @param {number} interfaceVersion what this script was written for
   */
  static async load(source, interfaceVersion) {
    const module = new WasmModule(await WebAssembly.instantiate(await compile(source), imports));
    if (module.number('pipa_interface_version') !== interfaceVersion) throw new InterfaceMismatch();
    return module;
  }

  /** @param {string} name of a function */
  has(name) {
    return name in this.#exports;
  }

  /**
   * Calls a function that answers with a plain number, such as a handle.
   * @param {string} name
   * @param {...Argument} values
   * @returns {number}
   */
  number(name, ...values) {
    return this.#withArguments(values, (lowered) => this.#exports[name](...lowered) >>> 0);
  }

  /**
   * Calls a function that answers with a packed block, and reads it.
   * @param {string} name
   * @param {...Argument} values
   * @returns {Answer}
   */
  json(name, ...values) {
    return JSON.parse(new TextDecoder().decode(this.bytes(name, ...values)));
  }

  /**
   * The same, as it is.
   * @param {string} name
   * @param {...Argument} values
   * @returns {Uint8Array}
   */
  bytes(name, ...values) {
    return this.#withArguments(values, (lowered) => this.#takeAnswer(this.#exports[name](...lowered) >>> 0));
  }

  /**
   * @template T
   * @param {Argument[]} values
   * @param {(lowered: number[]) => T} use
   * @returns {T}
   */
  #withArguments(values, use) {
    /** @type {number[]} */
    const blocks = [];
    try {
      const lowered = values.flatMap((value) => {
        if (typeof value === 'number') return [value];
        const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
        const block = this.#exports.pipa_allocate(Math.max(bytes.length, 1)) >>> 0;
        if (block === 0) throw new RangeError('out of memory');
        blocks.push(block);
        this.#heap().set(bytes, block);
        return [block, bytes.length];
      });
      return use(lowered);
    } finally {
      for (const block of blocks) this.#exports.pipa_free(block);
    }
  }

  /** @param {number} block */
  #takeAnswer(block) {
    if (block === 0) throw new RangeError('out of memory');
    try {
      const length = new DataView(this.#exports.memory.buffer).getUint32(block, true);
      const start = block + Uint32Array.BYTES_PER_ELEMENT;
      return this.#heap().slice(start, start + length);
    } finally {
      this.#exports.pipa_free(block);
    }
  }

  #heap() {
    return new Uint8Array(this.#exports.memory.buffer);
  }
}

/** @param {Source} source @returns {Promise<WebAssembly.Module>} which may be sent to a worker */
export async function compile(source) {
  const given = await source;
  if (given instanceof WebAssembly.Module) return given;
  if (!(given instanceof Response)) return WebAssembly.compile(given);
  if (!given.ok) throw new Error(`status ${given.status}`);
  // Compiling while it arrives needs the right media type, which a simple file server may not send.
  const streams = given.headers.get('content-type')?.startsWith('application/wasm');
  return streams ? WebAssembly.compileStreaming(given) : WebAssembly.compile(await given.arrayBuffer());
}
