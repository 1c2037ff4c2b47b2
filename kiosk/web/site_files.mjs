// Which files are on their way to the kiosk's core, and what it keeps; what it wants no more is let go.

import { bringFile } from '../bridge/site_file.mjs';

/** @typedef {{name: string, max_bytes: number, patience_ms: number}} Wanted */

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
  async #ask({ name, max_bytes: maxBytes, patience_ms: patience }) {
    const going = new AbortController();
    this.#asked.set(name, going);
    const { arrival, content } = await bringFile(this.base + name, { maxBytes, patience, signal: going.signal });
    if (this.#asked.get(name) !== going) return; // wanted no more
    this.#asked.delete(name);
    this.deliver(name, arrival, content);
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
      return kept instanceof Uint8Array ? kept : new Uint8Array();
    } catch {
      return new Uint8Array();
    }
  }

  /** @param {Uint8Array} state */
  async save(state) {
    await this.#run('readwrite', (store) => store.put(state, 'session')).catch(() => undefined);
  }
}
