// The desk where all is judged: one Device, its inquiries by number, and what is kept for the next visit. It runs in a worker of the page
// (bridge/reach.mjs), so that a dear dossier does not keep the page from answering a touch. It fetches nothing and decides nothing.

import { Device } from './bridge/inquiry.mjs';
import { serve } from './bridge/reach.mjs';
import { StateStore } from './bridge/state_store.mjs';

/** @typedef {import('./bridge/inquiry.mjs').Inquiry} Inquiry */
/** `as_of`: of the trust that it was told by; whole.wasm says that. @typedef {import('./bridge/inquiry.mjs').Answer & {as_of: number}} Answer */

export default class Desk {
  #store = new StateStore('pipa');
  #kept = this.#store.load(); // beside what the page is still fetching
  /** Once it is open. @type {Device} */
  #device = /** @type {any} */ (null);
  /** @type {Map<number, Inquiry>} */
  #inquiries = new Map();

  /** @param {WebAssembly.Module} module verify.wasm @param {import('./bridge/inquiry.mjs').Anchor} anchor @param {number} demoNow */
  async open(module, anchor, demoNow) {
    const [device, state] = await Promise.all([Device.open(module, anchor, demoNow), this.#kept]);
    if (state.length > 0) device.restore(state);
    this.#device = device;
  }

  /** From now on all is told by whole.wasm, earlier questions too. @param {WebAssembly.Module} module @param {Map<string, Record<string, string>>} catalogues */
  async goOnIn(module, catalogues) {
    const whole = await this.#device.goOnIn(module);
    for (const [tag, texts] of catalogues) whole.addCatalogue(tag, texts);
    this.#device = whole;
  }

  /** What is asked of the device itself. @param {'addCatalogue' | 'askAgain' | 'takeTrust' | 'status' | 'textsOf'} name @param {...any} values @returns {any} */
  device(name, ...values) {
    return /** @type {any} */ (this.#device)[name](...values);
  }

  /** @param {number} id by which it is known until it is closed @param {string} text @param {number} now */
  ask(id, text, now) {
    this.#inquiries.set(id, this.#device.ask(text, now));
  }

  /** What is asked of one on its way to an answer. @param {number} id @param {'wanted' | 'lookAhead' | 'answer'} name @param {...any} values @returns {any} */
  inquiry(id, name, ...values) {
    return /** @type {any} */ (this.#inquiries.get(id))[name](...values);
  }

  /** One that has its answer, in the module that tells most. @param {number} id */
  #answered(id) {
    const inquiry = /** @type {Inquiry} */ (this.#inquiries.get(id)).on(this.#device);
    this.#inquiries.set(id, inquiry);
    return inquiry;
  }

  /** null: left to whole.wasm, which is to be asked anew. @param {number} id @param {string} tag @returns {Answer | null} */
  view(id, tag) {
    if (this.#inquiries.get(id)?.isLeftToWhole) return null;
    return { ...this.#answered(id).view(tag), as_of: this.#device.isWhole ? this.#device.status().as_of : 0 };
  }

  /** @param {number} id */
  close(id) {
    this.#inquiries.get(id)?.close();
    this.#inquiries.delete(id);
  }

  /** From here on whole.wasm's alone. */
  portalWanted() {
    return this.#device.module.json('pipa_portal_wanted');
  }

  /** What is offered around answers (bridge/around.cpp). @param {string} name @param {number[]} ids @param {...(string | Uint8Array)} values @returns {any} */
  around(name, ids, ...values) {
    const { module, handle } = this.#device;
    const handles = ids.map((id) => this.#answered(id).use((_, inquiry) => inquiry));
    return module.json(name, ...handles, handle, ...values);
  }

  /** For the next visit. */
  async keep() {
    await this.#store.keep((kept) => this.#device.takeState(kept));
  }
}

serve(Desk);
