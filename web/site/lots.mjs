// Lots that were looked at on this device: kept only where the reader switched that on, in this browser alone, and wiped in one tap. At each visit they
// are held against what came with the trust, notices above all; nothing is fetched for that, so that nobody learns of them.

import { element } from './dom/nodes.mjs';

/** @typedef {import('./page.mjs').Page} Page */
/** @typedef {{text: string, title: string, level: string, seen: number}} Lot `level` when it was looked at */

const key = 'pipa-lots';
const most = 100;

/** null: not switched on. @returns {Lot[] | null} */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(kept) ? kept.filter((lot) => typeof lot?.text === 'string').slice(0, most) : null;
  } catch {
    return null;
  }
}

/** @param {Lot[]} lots */
function write(lots) {
  try {
    localStorage.setItem(key, JSON.stringify(lots));
    return true;
  } catch {
    return false;
  }
}

/** @param {Page} page */
function note(page) {
  const { text, view } = page.answer();
  const lots = read();
  if (lots === null || text === '' || view.summary.rows.length === 0) return; // no certificate
  const known = lots.find((lot) => page.addressOf(lot.text) === page.addressOf(text));
  write([known ?? { text, title: view.title, level: view.verdict.level, seen: Date.now() }, ...lots.filter((lot) => lot !== known)].slice(0, most));
}

/** Those that are stopped now and were not when they were looked at. @type {{text: string, title: string, reason: string, seen: number}[]} */
let stopped = [];

const refused = () => Promise.reject(new Error('nothing is fetched'));

/** @param {Page} page */
async function check(page) {
  const found = [];
  for (const { text, level, seen } of read() ?? []) {
    if (level === 'stop') continue;
    const asked = await page.answersTo([text], undefined, refused);
    const { view } = page.answerOf(asked[0]);
    page.close(asked);
    if (view.verdict.level === 'stop') found.push({ text, title: view.title, reason: view.verdict.reason, seen });
  }
  const isNew = JSON.stringify(found) !== JSON.stringify(stopped);
  stopped = found;
  return isNew;
}

/** @param {Page} page */
const day = (page, /** @type {number} */ time) => new Intl.DateTimeFormat(page.language, { year: 'numeric', month: 'long', day: 'numeric' }).format(time);

/** Before everything else but the answer itself. @param {Page} page @returns {Element[]} */
function alarms(page) {
  return stopped.map(({ text, title, reason, seen }) => element('section', { class: 'card further lot-alarm', 'data-level': 'stop', role: 'alert' },
    element('p', {}, element('strong', {}, page.words('lots.alarm').replace('{date}', day(page, seen)))), element('p', {}, title), element('p', {}, reason),
    element('p', {}, element('a', { href: page.addressOf(text) }, page.words('lots.look')))));
}

/** As the reader left it. */
let isOpen = false;

/** @param {Page} page */
function card(page) {
  const { words } = page;
  const lots = read();
  const status = element('p', { class: 'hint', role: 'status' });
  const on = () => {
    if (!write([])) return void (status.textContent = words('lots.no_storage'));
    if (page.asked.length > 0) note(page);
    page.draw();
  };
  const wipe = () => {
    try { localStorage.removeItem(key); } catch { /* then there is none */ }
    stopped = [];
    page.draw();
  };
  const content = lots === null ? [element('p', { class: 'hint' }, words('lots.why')), element('button', { type: 'button', id: 'lots-on', click: on }, words('lots.on'))]
    : [element('p', { class: 'hint' }, words('lots.count').replace('{count}', String(lots.length))), element('button', { type: 'button', id: 'lots-wipe', click: wipe }, words('lots.wipe'))];
  return element('details', { class: 'card', id: 'lots', open: isOpen, toggle: (event) => { isOpen = /** @type {HTMLDetailsElement} */ (event.target).open; } },
    element('summary', {}, words('lots.title')), ...content, status);
}

/** What stands before the rest, and the switch below it all; a start page that keeps nothing has none. @param {Page} page */
export function lotNodes(page) {
  if (page.asked.length > 0) note(page);
  return { alarms: alarms(page), cards: page.asked.length > 0 || read() !== null ? [card(page)] : [] };
}

/** After an answer, or on the start page; draws once more where there is something new to say. @param {Page} page */
export async function checkLots(page) {
  if (await check(page)) page.draw();
}
