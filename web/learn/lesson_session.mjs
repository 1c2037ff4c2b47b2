// What whole.wasm offers of the lessons, as an object. The pack's signature is checked inside before anything of it is shown.

import { Device } from '../bridge/inquiry.mjs';

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
/** @typedef {{progress: string, question: string, days: {text: string, label: string, right: boolean, answer: string}[], source: string, demo?: string}} PickRound */
/** @typedef {{language: string, title: string, text: string, introduction: string, rounds: PickRound[], done: string, article: {id: string, title: string}}} Pick */

export class LessonSession {
  #lesson;

  /** @param {Device} device of whole.wasm, whose trust an inquiry brings */
  constructor(device) {
    this.device = device;
    this.#lesson = device.module.number('pipa_lesson_new', device.handle);
  }

  /** @param {import('../bridge/wasm_memory.mjs').Source} source whole.wasm @param {import('../bridge/inquiry.mjs').Anchor} anchor @param {number} [demoNow] */
  static async open(source, anchor, demoNow) {
    return new LessonSession(await Device.open(source, anchor, demoNow));
  }

  /** @param {string} tag @param {Record<string, string>} texts */
  addCatalogue(tag, texts) {
    this.device.addCatalogue(tag, texts);
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

  /** @param {number} now @param {string} tag @returns {Pick} */
  pick(now, tag) {
    return this.#ask('pipa_lesson_pick', this.#lesson, now, tag);
  }

  /** @param {string} name @param {...import('../bridge/wasm_memory.mjs').Argument} values @returns {any} */
  #ask(name, ...values) {
    const answer = this.device.module.json(name, ...values);
    if (answer.ok === false) throw new Error(String(answer.code));
    return answer;
  }
}
