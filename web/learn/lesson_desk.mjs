// The desk of the learning pages: opens the pack and tells what is in it, in a worker of the page (../bridge/reach.mjs).

import { inquire } from '../bridge/inquiry.mjs';
import { serve } from '../bridge/reach.mjs';
import { LessonSession } from './lesson_session.mjs';

/** `pack`: the signed one, and `officeKey` that it is held against. @typedef {{pack: Uint8Array, officeKey: Uint8Array, anchor: import('../bridge/inquiry.mjs').Anchor, demoNow: number, base: string, now: number}} Opening */
/** What may be asked. @typedef {'addCatalogue' | 'home' | 'article' | 'quiz' | 'cheat' | 'tryCheat' | 'pick'} Name */
/** @typedef {<Asked extends Name>(name: Asked, ...values: Parameters<LessonSession[Asked]>) => Promise<ReturnType<LessonSession[Asked]>>} AskLesson */

export default class LessonDesk {
  /** Once it is open. @type {LessonSession} */
  #lesson = /** @type {any} */ (null);

  /** @param {WebAssembly.Module} module whole.wasm @param {Opening} opening */
  async open(module, { pack, officeKey, anchor, demoNow, base, now }) {
    const lesson = await LessonSession.open(module, anchor, demoNow);
    // Without the list of keys there are articles and quiz all the same; only 'try to cheat it' and the calendar need it.
    (await inquire(lesson.device, '', now, base)).close();
    lesson.openPack(pack, officeKey);
    this.#lesson = lesson;
  }

  /** @param {Name} name @param {...any} values */
  ask(name, ...values) {
    return /** @type {any} */ (this.#lesson)[name](...values);
  }
}

serve(LessonDesk);
