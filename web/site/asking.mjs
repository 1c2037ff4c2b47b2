// From texts to their answers: the desk judges, the page fetches what the desk wants.

import { inquire } from './bridge/inquiry.mjs';
import { grow } from './growing.mjs';

/** @typedef {import('./page.mjs').Page} Page */
/** @typedef {import('./page.mjs').Asked} Asked */

const levels = ['stop', 'unknown', 'caution', 'ok']; // gravest first

/** What was asked for before anything could take it, so that it runs beside the rest; whoever wants it first gets this one. @type {Map<string, {coming: Promise<Response>, going: AbortController}>} */
const early = new Map();

/** @param {string} url */
export function fetchAhead(url) {
  const going = new AbortController();
  const coming = fetch(url, { signal: going.signal });
  coming.catch(() => {});
  early.set(url, { coming, going });
}

/** @param {string} url @param {RequestInit} [options] */
function siteFetch(url, options) {
  const known = early.get(url);
  if (!known) return fetch(url, options);
  early.delete(url);
  options?.signal?.addEventListener('abort', () => known.going.abort());
  return known.coming;
}

let lastNumber = 0;

/** The desk's inquiry, for inquire(); the calls come there in the order they are made in. @param {Page} page @param {string} text @param {number} now */
function askDesk({ callDesk }, text, now) {
  const number = ++lastNumber;
  callDesk('ask', number, text, now);
  return {
    number,
    wanted: () => callDesk('inquiry', number, 'wanted'),
    lookAhead: (/** @type {Uint8Array} */ trust) => callDesk('inquiry', number, 'lookAhead', trust),
    answer: (/** @type {string} */ name, /** @type {import('./bridge/inquiry.mjs').Delivery} */ delivery) => callDesk('inquiry', number, 'answer', name, delivery),
  };
}

/** Has each answer told in the reader's language, and as far as the desk can tell it by now. @param {Page} page @param {Asked[]} asked @returns {Promise<void>} */
export async function tell(page, asked) {
  for (const one of asked)
    for (let now; one.told !== (now = `${page.language} ${page.isGrown}`); one.told = now) one.answer = await page.callDesk('view', one.number, page.language);
}

/** @param {Page} page @param {Asked[]} asked nobody needs any more @returns {void} */
export function close(page, asked) {
  for (const { number } of asked) page.callDesk('close', number);
}

/** @param {Page} page @param {string} text @param {import('./bridge/inquiry.mjs').Late} [late] @param {typeof fetch} [fetch] @returns {Promise<Asked>} */
async function answerTo(page, text, late, fetch = /** @type {typeof globalThis.fetch} */ (siteFetch)) {
  const { number } = await inquire({ ask: (given, now) => askDesk(page, given, now) }, text, Math.floor(Date.now() / 1000), `${location.origin}/`, { fetch, late, fetchAhead });
  const asked = /** @type {Asked} */ ({ number, told: '', answer: null });
  await tell(page, [asked]);
  if (asked.answer !== null) return asked;
  close(page, [asked]);
  await grow(page);
  return answerTo(page, text, late, fetch);
}

/** @param {Page} page @param {string[]} texts @param {import('./bridge/inquiry.mjs').Late} [late] @param {typeof fetch} [fetch] @returns {Promise<Asked[]>} gravest answer first */
export async function answersTo(page, texts, late, fetch) {
  const [text = '', ...others] = texts;
  const first = await answerTo(page, text, late, fetch); // which brings the trust for all
  const asked = [first, ...await Promise.all(others.map((other) => answerTo(page, other, late, fetch)))];
  await tell(page, asked); // whole.wasm may have come meanwhile
  const gravity = (/** @type {Asked} */ one) => levels.indexOf(page.answerOf(one).view.verdict.level);
  return asked.length === 1 ? asked : asked.sort((a, b) => gravity(a) - gravity(b));
}
