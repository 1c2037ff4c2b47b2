// The core in a wasm module, as objects: a Device is what one device knows, an Inquiry leads from a text to its answer, and inquire() fetches
// what the core wants on the way. Nothing is decided here: names, limits, patience, every word and every verdict are the core's.

import { arrivals, bringEvenLate, bringFile } from './site_file.mjs';
import { WasmModule } from './wasm_memory.mjs';

export { arrivals };

/** @typedef {'ok' | 'caution' | 'stop' | 'unknown'} Level */
/** @typedef {{id: string, label: string, value: string, note?: string, voucher: string, level?: Level}} Row */
/** Places in thousandths of the drawing's width. @typedef {{kind: string, from: number, to: number, text?: string, voucher?: string}} Mark */
/** @typedef {{kind: string, row: number, filled: number, level?: Level, marks: Mark[]}} Drawing */
/** @typedef {{id: string, title: string, hint?: string, folded?: boolean, rows: Row[], explain?: {term: string, text: string}[], drawings?: Drawing[]}} Section */
/** @typedef {{code: string, level: Level, text: string}} Remark */
/** @typedef {{picture?: string, rows: Row[], badges: Row[], further?: Remark, to_come: string[]}} Summary */
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
 * @property {string} [retry] words on a button that asks once more
 */
/**
 * @typedef {object} View
 * @property {number} version
 * @property {string} language
 * @property {string} title
 * @property {Verdict} verdict
 * @property {Remark[]} remarks
 * @property {{id: string, title: string}[]} lessons
 * @property {{grade: string, text: string}} freshness
 * @property {string} [demo_notice]
 * @property {string[]} privacy
 * @property {Summary} summary
 * @property {Section[]} sections
 * @property {Voucher[]} vouchers
 */
/** `text` is the code as the core reads it. @typedef {{version: number, text: string, number: string, view: View}} Answer */
/** @typedef {{version: number, judgement: Record<string, any>, view: View}} Judged */
/** @typedef {{name: string, max_bytes: number, patience_ms: number, late: boolean}} Wanted */
/** @typedef {(delivery: Delivery) => void} Late */
/** @typedef {import('./site_file.mjs').Delivery} Delivery */
/** What a device was given to begin with: 32 bytes. @typedef {{kind: 'nobody' | 'pack' | 'repository', bytes: Uint8Array}} Anchor */

const interfaceVersion = 5;
const anchorKinds = { nobody: 0, pack: 1, repository: 2 };
const nothing = new Uint8Array();
// One character more than any text that is looked at: what is longer is cut, and the core still says that it is too long.
const maxTextLength = 8193;

/** The core refused its input; `code` is one of its stable error codes. */
export class CoreError extends Error {
  /** @param {import('./wasm_memory.mjs').Answer} answer */
  constructor(answer) {
    super(String(answer.code));
    this.code = String(answer.code);
  }
}

/** @param {import('./wasm_memory.mjs').Answer} answer @returns {any} */
function checked(answer) {
  if (answer.ok === false) throw new CoreError(answer);
  return answer;
}

export class Device {
  /** What was fetched for it, by name, for Inquiry.on(). @type {Map<string, Delivery>} */
  delivered = new Map();
  /** Trust in the order in which it came, for goOnIn(). @type {Delivery[]} */
  #trust = [];
  #anchor;
  #demoNow;
  #state = nothing;

  /** @param {WasmModule} module @param {Anchor} anchor @param {number} [demoNow] Unix seconds at which a demo stands still */
  constructor(module, anchor, demoNow = 0) {
    this.module = module;
    this.#anchor = anchor;
    this.#demoNow = demoNow;
    this.handle = module.number('pipa_session_new', anchorKinds[anchor.kind], anchor.bytes, demoNow);
  }

  /** @param {import('./wasm_memory.mjs').Source} source verify.wasm or whole.wasm @param {Anchor} anchor @param {number} [demoNow] */
  static async open(source, anchor, demoNow) {
    return new Device(await WasmModule.load(source, interfaceVersion), anchor, demoNow);
  }

  /** verify.wasm reads the link of a code, and tells its answer; whole.wasm reads every text, and tells all that stands behind the answer. */
  get isWhole() {
    return this.module.has('pipa_inquiry_judgement');
  }

  /** The same device in whole.wasm, which was given the same trust. @param {import('./wasm_memory.mjs').Source} source */
  async goOnIn(source) {
    const whole = await Device.open(source, this.#anchor, this.#demoNow);
    whole.restore(this.#state);
    for (const delivery of this.#trust) whole.takeTrust(delivery);
    return whole;
  }

  /** Takes the place of what was added for this language before. @param {string} tag @param {Record<string, string>} texts */
  addCatalogue(tag, texts) {
    const entries = Object.keys(texts).sort().map((key) => `${key}\0${texts[key]}\0`);
    if (!this.module.number('pipa_session_add_catalogue', this.handle, tag, entries.join(''))) throw new CoreError({ code: 'catalogue.invalid' });
  }

  /** What takeState() gave on an earlier day. Before the first inquiry. @param {Uint8Array} state */
  restore(state) {
    this.#state = state;
    this.module.number('pipa_session_restore', this.handle, state);
  }

  /** What to keep in place of `kept`, which is there now; null where nothing is new. @param {Uint8Array} [kept] @returns {Uint8Array | null} */
  takeState(kept = nothing) {
    const state = this.module.bytes('pipa_session_take_state', this.handle, kept);
    return state.length > 0 ? state : null;
  }

  /** The next inquiry begins with the newest trust. */
  askAgain() {
    this.module.number('pipa_session_ask_again', this.handle);
  }

  /** Trust that came after an inquiry had gone on without it. @param {Delivery} delivery */
  takeTrust(delivery) {
    this.remember(delivery);
    this.module.number('pipa_session_take_trust', this.handle, delivery.arrival, delivery.content);
  }

  /** @param {Delivery} delivery of the trust, or of the file of this name @param {string} [name] */
  remember(delivery, name) {
    if (this.isWhole) return; // goes on nowhere
    if (name === undefined) this.#trust.push(delivery);
    else this.delivered.set(name, delivery);
  }

  /** Of whole.wasm. @returns {{loaded: boolean, demo: boolean, office_key: string, as_of: number, emergency: string}} */
  status() {
    return checked(this.module.json('pipa_session_status', this.handle));
  }

  /** One text for each code in what was pasted or scanned. @param {string} line @returns {string[]} */
  textsOf(line) {
    return checked(this.module.json('pipa_texts_of_line', line.slice(0, maxTextLength))).texts;
  }

  /** @param {string} text scanned, pasted or typed, as it is @param {number} now Unix seconds */
  ask(text, now) {
    return new Inquiry(this, text.slice(0, maxTextLength), now);
  }

  close() {
    this.module.number('pipa_session_free', this.handle);
    this.handle = 0;
  }
}

/** Of one device, which is closed after it. */
export class Inquiry {
  #device;
  #handle;
  #text;
  #now;
  #trustName = '';
  /** Looked ahead in. @type {Uint8Array | null} */
  #unverified = null;

  /** @param {Device} device @param {string} text @param {number} now */
  constructor(device, text, now) {
    this.#device = device;
    this.#text = text;
    this.#now = now;
    this.#handle = device.module.number('pipa_inquiry_new', device.handle, text, now);
  }

  /** The text, or what came for it, is none of verify.wasm's: there is no answer before whole.wasm gives it. */
  get isLeftToWhole() {
    return this.#device.module.number('pipa_inquiry_is_left_to_whole', this.#handle) === 1;
  }

  /** The same question, with the files that came for it, put to the device that goes on in its device's place. This one is closed. @param {Device} device */
  on(device) {
    if (device === this.#device) return this;
    const again = device.ask(this.#text, this.#now);
    if (this.#unverified !== null) again.lookAhead(this.#unverified);
    for (let wanted = again.wanted(); wanted.length > 0; wanted = again.wanted())
      for (const { name } of wanted) again.answer(name, this.#device.delivered.get(name) ?? { arrival: arrivals.failed, content: nothing });
    this.close();
    return again;
  }

  /** To be fetched side by side; none: the answer is there. @returns {Wanted[]} */
  wanted() {
    if (this.#handle === 0) return [];
    const { wanted } = checked(this.#device.module.json('pipa_inquiry_wanted', this.#handle));
    for (const one of wanted) if (one.late) this.#trustName = one.name;
    return wanted;
  }

  /** @param {string} name @param {Delivery} delivery */
  answer(name, delivery) {
    const { arrival, content } = delivery;
    this.#device.remember(delivery, name === this.#trustName ? undefined : name);
    if (this.#handle !== 0) this.#device.module.number('pipa_inquiry_answer', this.#handle, name, arrival, content);
  }

  /** The file that will probably be wanted after this trust, before anybody has verified it; '' where there is nothing to guess. @param {Uint8Array} trust */
  lookAhead(trust) {
    this.#unverified = trust;
    return new TextDecoder().decode(this.#device.module.bytes('pipa_inquiry_look_ahead', this.#handle, trust));
  }

  /** The core tells nothing then either. */
  #mustBeAnswered() {
    if (this.#handle === 0 || this.wanted().length > 0) throw new Error('there is no answer yet, or none any more');
  }

  /** What a reader sees: of verify.wasm the answer, of whole.wasm everything. @param {string} tag of a catalogue that was added @returns {Answer} */
  view(tag) {
    this.#mustBeAnswered();
    const { module, handle } = this.#device;
    const answer = module.bytes('pipa_inquiry_view', this.#handle, handle, tag);
    if (answer.length === 0) throw new CoreError({ code: 'catalogue.invalid' });
    return JSON.parse(new TextDecoder().decode(answer));
  }

  /** The same, and the judgement without words. @param {string} tag @returns {Judged} */
  judgement(tag) {
    this.#mustBeAnswered();
    return checked(this.#device.module.json('pipa_inquiry_judgement', this.#handle, this.#device.handle, tag));
  }

  /** What has changed since an article wrote down its pin. @param {string} pin @param {string} tag @returns {{state: string, text: string, pin: string}} */
  checkPin(pin, tag) {
    this.#mustBeAnswered();
    return checked(this.#device.module.json('pipa_inquiry_check_pin', this.#handle, this.#device.handle, pin, tag));
  }

  /** For what is offered around an answer. @template T @param {(module: WasmModule, inquiry: number, session: number) => T} run @returns {T} */
  use(run) {
    return run(this.#device.module, this.#handle, this.#device.handle);
  }

  close() {
    this.#device.module.number('pipa_inquiry_free', this.#handle);
    this.#handle = 0;
  }
}

/**
 * What is driven from a text to its answer: an Inquiry, or one that is reached by messages.
 * @typedef {object} Asking
 * @property {() => Wanted[] | Promise<Wanted[]>} wanted
 * @property {(trust: Uint8Array) => string | Promise<string>} lookAhead
 * @property {(name: string, delivery: Delivery) => unknown} answer
 */

/**
 * From a text to its answer.
 * @template {Asking} Asked
 * @param {{ask: (text: string, now: number) => Asked}} device
 * @param {string} text scanned, pasted or typed, as it is
 * @param {number} now Unix seconds
 * @param {string} base where the site's files are, with a / at the end; names of files are only ever appended to it
 * @param {{fetch?: typeof fetch, late?: Late, fetchAhead?: (url: string) => void}} [ways] `late` is called with trust that came after its patience:
 * it is for takeTrust(), and a new inquiry; `fetchAhead` with what will probably be asked for next, while the trust is verified
 * @returns {Promise<Asked>} of which the caller is the owner
 */
export async function inquire(device, text, now, base, { fetch = globalThis.fetch, late = () => {}, fetchAhead } = {}) {
  const inquiry = device.ask(text, now);
  for (let wanted = await inquiry.wanted(); wanted.length > 0; wanted = await inquiry.wanted())
    await Promise.all(wanted.map(async (one) => {
      const url = base + one.name;
      const terms = { maxBytes: one.max_bytes, patience: one.patience_ms, fetch };
      const delivery = await (one.late ? bringEvenLate(url, terms, late) : bringFile(url, terms));
      if (one.late && fetchAhead) {
        const name = await inquiry.lookAhead(delivery.content);
        if (name !== '') fetchAhead(base + name);
      }
      inquiry.answer(one.name, delivery);
    }));
  return inquiry;
}

/** @param {string} hex */
export const fromHex = (hex) => Uint8Array.from(hex.trim().match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** What a page was published with; one of the two, and never another in its place. @param {string} rootPin hex, or empty @param {string} officeKey hex @returns {Anchor} */
export function anchorOf(rootPin, officeKey) {
  if (rootPin !== '') return { kind: 'repository', bytes: fromHex(rootPin) };
  return { kind: officeKey === '' ? 'nobody' : 'pack', bytes: fromHex(officeKey) };
}
