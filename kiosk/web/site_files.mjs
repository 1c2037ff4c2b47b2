// Fetching what the kiosk's core wants, and keeping what it keeps. Names, limits and patience are the core's; nothing is decided here.

/** @typedef {{name: string, max_bytes: number, patience_ms: number}} Wanted */
export const arrivals = { here: 0, notThere: 1, failed: 2, tooLarge: 3 }; // inquiry/session.hpp
const nothing = new Uint8Array();

/** No more of a body than is wanted; nothing where there is more. @param {Response} response @param {number} most */
async function readWithin(response, most) {
  const reader = response.body?.getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    parts.push(part.value);
    size += part.value.length;
    if (size <= most) continue;
    reader?.cancel().catch(() => undefined);
    return undefined;
  }
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (parts)).arrayBuffer());
}

export class SiteFiles {
  /** @type {Map<string, AbortController>} on their way */
  #asked = new Map();

  /** @param {string} base of the site, with a / at its end @param {(name: string, arrival: number, content: Uint8Array) => void} deliver */
  constructor(base, deliver) {
    this.base = base;
    this.deliver = deliver;
  }

  /** All that is wanted now; what is not among it any more need not come. @param {Wanted[]} files */
  want(files) {
    for (const [name, going] of this.#asked) {
      if (files.some((file) => file.name === name)) continue;
      this.#asked.delete(name);
      going.abort();
    }
    for (const file of files) if (!this.#asked.has(file.name)) this.#ask(file);
  }

  /** @param {Wanted} file */
  async #ask(file) {
    const going = new AbortController();
    this.#asked.set(file.name, going);
    const clock = setTimeout(() => going.abort(), file.patience_ms);
    const { arrival, content } = await this.#bring(file, going.signal);
    clearTimeout(clock);
    if (this.#asked.get(file.name) !== going) return; // wanted no more
    this.#asked.delete(file.name);
    this.deliver(file.name, arrival, content);
  }

  /** @param {Wanted} file @param {AbortSignal} signal */
  async #bring(file, signal) {
    try {
      const response = await fetch(this.base + file.name, { credentials: 'omit', signal });
      if (!response.ok) return { arrival: [404, 410].includes(response.status) ? arrivals.notThere : arrivals.failed, content: nothing };
      const content = await readWithin(response, file.max_bytes);
      return content ? { arrival: arrivals.here, content } : { arrival: arrivals.tooLarge, content: nothing };
    } catch {
      return { arrival: arrivals.failed, content: nothing };
    }
  }
}

/** One value in IndexedDB. A browser that keeps nothing only loses the memory. */
export class StateStore {
  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} ask @returns {Promise<T>} */
  #run(mode, ask) {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(this.name, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('state');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const transaction = opening.result.transaction('state', mode);
        const request = ask(transaction.objectStore('state'));
        transaction.oncomplete = () => { opening.result.close(); resolve(request.result); };
        transaction.onabort = () => { opening.result.close(); reject(transaction.error); };
      };
    });
  }

  /** @returns {Promise<Uint8Array>} */
  async load() {
    try {
      const kept = await this.#run('readonly', (store) => store.get('session'));
      return kept instanceof Uint8Array ? kept : nothing;
    } catch {
      return nothing;
    }
  }

  /** @param {Uint8Array} state */
  async save(state) {
    await this.#run('readwrite', (store) => store.put(state, 'session')).catch(() => undefined);
  }
}
