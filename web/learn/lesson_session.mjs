// What learn.wasm offers, as an object. The pack's signature is checked inside before anything of it is shown.

import { WasmModule } from '../bridge/wasm_memory.mjs';

/** @typedef {import('../bridge/inquiry.mjs').View} View */
/** @typedef {{d?: string, text?: string, x?: number, y?: number, size?: number, fill?: string, stroke?: string, stroke_width?: number}} Shape */
/** @typedef {{width: number, height: number, shapes: Shape[]}} Drawing */
/** @typedef {{kind: 'plain' | 'strong' | 'term' | 'source', text: string, term?: string}} Span */
/** @typedef {{kind: string, label?: string, lines?: Span[][], drawing?: Drawing, description?: string}} Block */
/** @typedef {{number: string, title: string, checked: string, standing?: string}} Source */
/** @typedef {{id: string, title: string, summary: string, drawing?: Drawing}} Card */
/** @typedef {{title: string, text: string}} Door */
/** @typedef {{language: string, title: string, edition: string, topics: {id: string, name: string, articles: Card[]}[], quiz?: Door, cheat?: Door}} Home */
/**
 * @typedef {object} Article
 * @property {string} id
 * @property {string} language
 * @property {string} topic
 * @property {string} title
 * @property {string} summary
 * @property {Block[]} blocks
 * @property {string} words_title
 * @property {{id: string, name: string, meaning: string}[]} words
 * @property {string} sources_title
 * @property {Source[]} sources
 * @property {{id: string, title: string}} next
 */
/** @typedef {{id: string, progress: string, question: string, options: string[], answer: number, why: string, sources: Source[], article: {id: string, title: string}}} Question */
/** @typedef {{language: string, title: string, questions: Question[], scores: string[]}} Quiz */
/** @typedef {{id: string, label: string, original: string, options: {value: number, text: string}[]}} CheatField */
/** @typedef {{language: string, title: string, introduction: string[], original: View, fields: CheatField[], copy_label: string, again_label: string}} Cheat */
/** @typedef {{did: string, view: View, explanation: string[]}} Outcome */

const interfaceVersion = 3;

export class LessonSession {
  #module;
  #session;
  #lesson;

  /** @param {WasmModule} module */
  constructor(module) {
    this.#module = module;
    this.#session = module.number('pipa_session_new');
    this.#lesson = module.number('pipa_lesson_new', this.#session);
  }

  /** @param {PromiseLike<Response> | Response | BufferSource} source learn.wasm */
  static async open(source) {
    return new LessonSession(await WasmModule.load(source, interfaceVersion));
  }

  /** @param {string} tag @param {Record<string, string>} texts */
  addCatalogue(tag, texts) {
    const entries = Object.entries(texts).map(([key, text]) => `${key}\0${text}\0`);
    this.#ask('pipa_session_add_catalogue', this.#session, tag, entries.join(''));
  }

  /** @param {Uint8Array} message @param {Uint8Array} officeKey */
  openTrust(message, officeKey) {
    this.#ask('pipa_session_open_trust', this.#session, message, officeKey);
  }

  /** @param {Uint8Array} message @param {Uint8Array} officeKey */
  openPack(message, officeKey) {
    this.#ask('pipa_lesson_open', this.#lesson, message, officeKey);
  }

  /** @param {string} tag @returns {Home} */
  home(tag) {
    return this.#ask('pipa_lesson_home', this.#lesson, tag);
  }

  /** @param {string} id @param {string} tag @returns {Article} */
  article(id, tag) {
    return this.#ask('pipa_lesson_article', this.#lesson, id, tag);
  }

  /** @param {string} tag @returns {Quiz} */
  quiz(tag) {
    return this.#ask('pipa_lesson_quiz', this.#lesson, tag);
  }

  /** @param {number} now @param {string} tag @returns {Cheat} */
  cheat(now, tag) {
    return this.#ask('pipa_lesson_cheat', this.#lesson, now, tag);
  }

  /** @param {string} field "weight", "origin", "date" or "copy" @param {number} value @param {number} now @param {string} tag @returns {Outcome} */
  tryCheat(field, value, now, tag) {
    return this.#ask('pipa_lesson_cheat_try', this.#lesson, field, value, now, tag);
  }

  /** @param {string} name @param {...import('../bridge/wasm_memory.mjs').Argument} values @returns {any} */
  #ask(name, ...values) {
    const answer = this.#module.json(name, ...values);
    if (answer.ok === false) throw new Error(String(answer.code));
    return answer;
  }
}
