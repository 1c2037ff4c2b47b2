// Several codes in one picture: all are judged, the gravest is shown, and each is chosen by a tap on the picture or on its name.

import { element } from './dom/nodes.mjs';

/** @typedef {import('./page.mjs').Page} Page */
/** @typedef {import('./scan.mjs').Picture} Picture */
/** @typedef {import('./bridge/inquiry.mjs').Answer} Answer */

/** @type {{image: HTMLCanvasElement, places: Map<string, [number, number][]>} | null} */
let picture = null;

/** The picture that the next answers are of; none where they are of something else. @param {Page} page @param {Picture} [taken] */
export async function keepPicture(page, taken) {
  picture = null;
  if (!taken) return;
  const texts = await Promise.all(taken.codes.map(({ text }) => page.callDesk('device', 'textsOf', text)));
  picture = { image: taken.image, places: new Map(taken.codes.flatMap(({ corners }, index) => texts[index].map((/** @type {string} */ one) => [one, corners]))) };
}

/** The box around a code, in hundredths of the picture. @param {[number, number][]} corners @param {HTMLCanvasElement} image */
function boxOf(corners, { width, height }) {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  const share = (/** @type {number} */ part, /** @type {number} */ whole) => `${((100 * part) / whole).toFixed(2)}%`;
  return { left: share(Math.min(...xs), width), top: share(Math.min(...ys), height), width: share(Math.max(...xs) - Math.min(...xs), width),
    height: share(Math.max(...ys) - Math.min(...ys), height) };
}

/** @param {Page} page @param {number} index of what was asked */
function choose(page, index) {
  page.shown = index;
  history.pushState(null, '', page.addressOf(page.answer().text));
  page.draw();
  page.toVerdict();
}

/** @param {Page} page @param {Answer[]} answers */
function pictureOf(page, answers) {
  if (picture === null || answers.some(({ text }) => !picture?.places.has(text))) return null;
  const { image, places } = picture;
  image.setAttribute('role', 'presentation');
  return element('div', { class: 'several' }, image, ...answers.map(({ text, view }, index) => {
    const label = page.words('more.scan.one_of').replace('{number}', String(index + 1)).replace('{title}', view.title);
    const made = element('button', { type: 'button', 'data-level': view.verdict.level, 'aria-label': label, ...(index === page.shown && { 'aria-current': 'true' }), click: () => choose(page, index) },
      element('span', {}, String(index + 1)));
    Object.assign(/** @type {HTMLElement} */ (made).style, boxOf(places.get(text) ?? [], image));
    return made;
  }));
}

/** The other codes, whose answers are less grave. @param {Page} page @returns {Element[]} */
export function others(page) {
  const { words, asked } = page;
  if (asked.length < 2) return [];
  const answers = asked.map(page.answerOf);
  const buttons = answers.map(({ view }, index) => element('button', { type: 'button', ...(index === page.shown && { 'aria-current': 'true' }), click: () => choose(page, index) },
    `${index + 1} · ${view.title}`));
  return [element('section', { class: 'card', id: 'others' }, element('p', {}, words('more.several').replace('{count}', String(asked.length))), pictureOf(page, answers),
    element('div', { class: 'actions' }, ...buttons))];
}
