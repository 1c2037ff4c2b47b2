// Which files are on their way to the kiosk's core; what it wants no more is let go.

import { bringEvenLate, bringFile } from '../bridge/site_file.mjs';

/** `late`: it counts after its patience too. @typedef {{name: string, max_bytes: number, patience_ms: number, late: boolean}} Wanted */

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
  async #ask({ name, max_bytes: maxBytes, patience_ms: patience, late }) {
    const going = new AbortController();
    this.#asked.set(name, going);
    const url = this.base + name;
    const terms = { maxBytes, patience, signal: going.signal };
    const deliverLate = (/** @type {import('../bridge/site_file.mjs').Delivery} */ { arrival, content }) => this.deliver(name, arrival, content);
    const { arrival, content } = await (late ? bringEvenLate(url, terms, deliverLate) : bringFile(url, terms));
    if (this.#asked.get(name) !== going) return; // wanted no more
    this.#asked.delete(name);
    this.deliver(name, arrival, content);
  }
}
