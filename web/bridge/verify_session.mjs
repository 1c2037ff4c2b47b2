// What verify.wasm offers, as an object: texts and trust go in once, then any number of codes are judged. What is marked
// with a later part's name needs that part first: record.wasm, then story.wasm, of the same publication as verify.wasm.
// No decision is made here; every word and every verdict is the core's.

import { fromHex } from './portal.mjs';
import { WasmModule } from './wasm_memory.mjs';

/** @typedef {'ok' | 'caution' | 'stop' | 'unknown'} Level */
/** @typedef {{id: string, label: string, value: string, note?: string, voucher: string, level?: Level}} Row */
/** @typedef {{id: string, title: string, rows: Row[], explain?: {term: string, text: string}[]}} Section */
/** @typedef {{id: string, name: string, role: string, basis: string}} Voucher */
/**
 * @typedef {object} Verdict
 * @property {string} code
 * @property {Level} level
 * @property {string} icon
 * @property {string} word
 * @property {string} reason_code
 * @property {string} reason
 * @property {string} next_step
 * @property {string[]} does_not_prove
 */
/**
 * @typedef {object} View
 * @property {number} version
 * @property {string} language
 * @property {string} title
 * @property {Verdict} verdict
 * @property {{code: string, level: Level, text: string}[]} remarks
 * @property {{id: string, title: string}[]} lessons
 * @property {{grade: string, text: string}} freshness
 * @property {string} [demo_notice]
 * @property {Section[]} sections
 * @property {Voucher[]} vouchers
 */
/**
 * @typedef {{version: number, final: boolean, pin: string, view: View}} Answered `final` where no record can change it; `pin` is what an
 * article may write down (embed/README.md)
 */
/** @typedef {{version: number, judgement: Record<string, any>, view: View}} Judged */

const interfaceVersion = 3;
// One character more than any QR code holds: what is longer is cut, and the core still says that it is too long.
const maxTextLength = 4297;

/** @typedef {{seen: Uint8Array, as_of: number, expires: number, version: number, office_key: Uint8Array}} Opened */

/** The core refused its input; `code` is one of its stable error codes. */
export class CoreError extends Error {
  /** @param {import('./wasm_memory.mjs').Answer} answer */
  constructor(answer) {
    super(String(answer.code));
    this.code = String(answer.code);
  }
}

export class VerifySession {
  #module;
  #handle;
  #hasRecord = false;

  /** @param {WasmModule} module */
  constructor(module) {
    this.#module = module;
    this.#handle = module.number('pipa_session_new');
  }

  /** @param {PromiseLike<Response> | Response | BufferSource} source verify.wasm */
  static async open(source) {
    return new VerifySession(await WasmModule.load(source, interfaceVersion));
  }

  /** From now on answers are by the record too. @param {PromiseLike<Response> | Response | BufferSource} source record.wasm */
  async openRecord(source) {
    await this.#module.addPart(source);
    this.#hasRecord = true;
  }

  /** @param {PromiseLike<Response> | Response | BufferSource} source story.wasm */
  async openStory(source) {
    await this.#module.addPart(source);
  }

  /** Takes the place of what was added for this language before. @param {string} tag @param {Record<string, string>} texts */
  addCatalogue(tag, texts) {
    const entries = Object.entries(texts).map(([key, text]) => `${key}\0${text}\0`);
    this.#check(this.#module.json('pipa_session_add_catalogue', this.#handle, tag, entries.join('')));
  }

  /** @param {Uint8Array} message @param {Uint8Array} officeKey 32 bytes */
  openTrust(message, officeKey) {
    this.#check(this.#module.json('pipa_session_open_trust', this.#handle, message, officeKey));
  }

  /**
   * Which lots file the record of a code is in; an empty name where there is nothing to fetch. A typed certificate number
   * has one too.
   * @param {string} text
   * @returns {{name: string, number: string, typed: boolean}}
   */
  lotsOf(text) {
    return /** @type {any} */ (this.#check(this.#module.json('pipa_session_lots_of', this.#handle, text.slice(0, maxTextLength))));
  }

  /** record.wasm: from now on judgements know what is in this file. @param {string} name @param {Uint8Array} file empty: it could not be fetched */
  openLots(name, file) {
    this.#check(this.#module.json('pipa_session_open_lots', this.#handle, name, file));
  }

  /** record.wasm: what the code of a certificate says, by its number; empty where no opened lots file has it. @param {string} number */
  textOf(number) {
    return String(this.#check(this.#module.json('pipa_session_text_of', this.#handle, number)).text);
  }

  /**
   * @param {Uint8Array} file the whole repository in one file
   * @param {Uint8Array} rootPin SHA-256 of the root file that came with the page
   * @param {Uint8Array} seen what the last success gave; empty before the first
   * @returns {Opened}
   */
  openBundle(file, rootPin, seen) {
    const answer = this.#check(this.#module.json('pipa_session_open_bundle', this.#handle, file, rootPin, seen));
    return { as_of: answer.as_of, expires: answer.expires, version: answer.version, seen: fromHex(String(answer.seen)), office_key: fromHex(String(answer.office_key)) };
  }

  /** record.wasm: the file that this code needs beside the bundle; empty where it needs none. @param {string} text @returns {string} */
  supplementOf(text) {
    return String(this.#check(this.#module.json('pipa_session_supplement_of', this.#handle, text.slice(0, maxTextLength))).name);
  }

  /** record.wasm. @param {Uint8Array} file parts of the status list that the bundle left out */
  addSupplement(file) {
    this.#check(this.#module.json('pipa_session_add_supplement', this.#handle, file));
  }

  /**
   * The answer, and what a reader needs first; by the record too where its part is there. Verdict and remarks are those of judge().
   * @param {string} text what the code says
   * @param {number} now Unix seconds
   * @param {string} tag of a catalogue that was added
   * @param {boolean} [recordMissing] said only without record.wasm: there should be a record, and it did not arrive
   * @returns {Answered}
   */
  answer(text, now, tag, recordMissing = false) {
    const cut = text.slice(0, maxTextLength);
    const answer = this.#hasRecord ? this.#module.json('pipa_session_answer_by_record', this.#handle, cut, now, tag)
      : this.#module.json('pipa_session_answer', this.#handle, cut, now, Number(recordMissing), tag);
    return /** @type {Answered} */ (this.#check(answer));
  }

  /**
   * story.wasm: all that can be said of a code.
   * @param {string} text what the code says
   * @param {number} now Unix seconds
   * @param {string} tag of a catalogue that was added
   * @returns {Judged}
   */
  judge(text, now, tag) {
    const answer = this.#module.json('pipa_session_judge', this.#handle, text.slice(0, maxTextLength), now, tag);
    return /** @type {Judged} */ (this.#check(answer));
  }

  /**
   * story.wasm: what has changed since an article wrote down its pin.
   * @param {string} text what the code says
   * @param {number} now Unix seconds
   * @param {string} pin
   * @param {string} tag of a catalogue that was added
   * @returns {{state: string, text: string, pin: string}}
   */
  checkPin(text, now, pin, tag) {
    const answer = this.#module.json('pipa_session_check_pin', this.#handle, text.slice(0, maxTextLength), now, pin, tag);
    return /** @type {{state: string, text: string, pin: string}} */ (this.#check(answer));
  }

  close() {
    this.#module.number('pipa_session_free', this.#handle);
    this.#handle = 0;
  }

  /** @param {import('./wasm_memory.mjs').Answer} answer */
  #check(answer) {
    if (answer.ok === false) throw new CoreError(answer);
    return answer;
  }
}
