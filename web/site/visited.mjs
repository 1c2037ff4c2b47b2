// What was looked at in this visit: a list that is there until the page is closed. Each has an address of its own, and whoever follows it has it
// judged anew; what was learned of the others meanwhile stands beside them.

import { element } from './dom/nodes.mjs';
import { icon } from './view.mjs';

/** @typedef {import('./page.mjs').Page} Page */
/** @typedef {import('./page.mjs').Answer} Answer */
/** @typedef {{text: string, title: string, level: string, icon: string, first: string, stamp: string}} Entry `first`: the level when it was looked at */

const key = 'pipa-visit';
const most = 20;

/** The newest first. @returns {Entry[]} */
function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one) => typeof one?.text === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

let entries = read();

function keep() {
  try { sessionStorage.setItem(key, JSON.stringify(entries)); } catch { /* then it is gone when the page is loaded anew */ }
}

/** What an answer was given with; another one may be another answer. @param {Page} page @param {{as_of: number}} answer or what the desk has now */
const stampOf = (page, { as_of: asOf }) => `${page.language} ${asOf}`;

/** @param {Page} page @param {Answer} answer @param {string} [first] @returns {Entry} */
const entryOf = (page, answer, first = answer.view.verdict.level) =>
  ({ text: answer.text, title: answer.view.title, level: answer.view.verdict.level, icon: answer.view.verdict.icon, first, stamp: stampOf(page, answer) });

/** A code is known by its address: what a camera reads and what an address says differ in the scheme. @param {Page} page @param {string} text */
const isShown = (page, text) => page.asked.length > 0 && page.addressOf(page.answer().text) === page.addressOf(text);

/** Notes what is shown, and the other codes of its picture. @param {Page} page */
export function noteVisit(page) {
  const answers = page.asked.map(page.answerOf).filter(({ text }) => text !== '');
  const shown = new Set(answers.map(({ text }) => page.addressOf(text)));
  entries = [...answers.map((answer) => entryOf(page, answer)), ...entries.filter(({ text }) => !shown.has(page.addressOf(text)))].slice(0, most);
  keep();
}

let isRefreshing = false;

/** Asks about the others once more where the trust or the language is another than theirs, one after the other. @param {Page} page @returns {Promise<boolean>} */
async function refresh(page) {
  if (isRefreshing) return false;
  isRefreshing = true;
  let isNew = false;
  try {
    for (const { text, first, stamp } of [...entries]) {
      if (stamp === stampOf(page, await page.callDesk('device', 'status'))) continue;
      const asked = await page.answersTo([text]);
      const answer = page.answerOf(asked[0]);
      page.close(asked);
      isNew = true;
      entries = entries.map((entry) => (entry.text === text ? entryOf(page, { ...answer, text }, first) : entry));
    }
  } finally {
    isRefreshing = false;
  }
  keep();
  return isNew;
}

/** @param {Page} page @param {Entry} entry @param {(text: string) => void} compare */
function line(page, { text, title, level, icon: name, first }, compare) {
  const isHere = isShown(page, text);
  const link = element('a', { href: page.addressOf(text), 'data-level': level, ...(isHere && { 'aria-current': 'true' }) }, icon(name), element('span', {}, title,
    level !== first && element('small', {}, ` ${page.words('visit.changed')}`)));
  return element('li', {}, link, page.asked.length > 0 && !isHere && element('button', { type: 'button', click: () => compare(text) }, page.words('compare.open')));
}

/** Nothing where nothing else was looked at. @param {Page} page @returns {Element[]} */
export function visitCard(page) {
  const others = entries.filter(({ text }) => !isShown(page, text));
  if (others.length === 0) return [];
  const side = element('div', { class: 'extra' });
  const compare = async (/** @type {string} */ text) => {
    try {
      await (await import('./compare.mjs')).openComparison(page, side, text);
    } catch {
      side.replaceChildren(element('p', { class: 'hint', role: 'status' }, page.words('portal.failed')));
    }
  };
  const lines = () => entries.map((entry) => line(page, entry, compare));
  const place = element('ul', { class: 'visited' }, ...lines());
  refresh(page).then((isNew) => { if (isNew) place.replaceChildren(...lines()); }, () => {});
  return [element('nav', { class: 'card', id: 'visited', 'aria-labelledby': 'visited-title' }, element('h2', { id: 'visited-title' }, page.words('visit.title')),
    element('p', { class: 'hint' }, page.words('visit.text')), place, side)];
}
