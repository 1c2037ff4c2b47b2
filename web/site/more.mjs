// The phone page after its answer: the ways to the next code, sharing, the other language, new versions.
// Nothing of this is loaded before the answer is shown.

import { drawn, element } from './dom/nodes.mjs';
import { reportText, shareText } from './share.mjs';
import { storyNodes } from './story.mjs';
import { icon } from './view.mjs';

/** @typedef {import('./page.mjs').Page} Page */

const languageKey = 'pipa-language';

/** What the page itself has no icon for; each on a grid of 48. */
const icons = {
  camera: 'M8 16h8l3-5h10l3 5h8v22H8zM17 26a7 7 0 1 0 14 0 7 7 0 1 0-14 0',
  photo: 'M8 11h32v26H8zM8 32l10-10 8 8 5-4 9 7M28 19a2 2 0 1 0 4 0 2 2 0 1 0-4 0',
  text: 'M10 12h28M10 21h28M10 30h18',
  share: 'M24 30V9M16 16l8-8 8 8M12 24v15h24V24',
  print: 'M15 18V9h18v9M15 35H9V18h30v17h-6M15 29h18v10H15z',
  report: 'M12 40V9h22l-4 8 4 8H12',
};

function addIcons() {
  const place = document.querySelector('.icons');
  for (const [name, path] of Object.entries(icons)) place?.append(drawn('symbol', { id: `icon-${name}`, viewBox: '0 0 48 48' }, drawn('path', { d: path })));
}

/** @param {Page} page */
function showWelcome({ words, show }) {
  const steps = ['more.welcome.1', 'more.welcome.2', 'more.welcome.3'].map((key) => element('li', {}, words(key)));
  show(element('section', { class: 'card' }, element('h1', { id: 'word', tabindex: '-1' }, words('more.welcome.title')),
    element('p', { class: 'hint' }, words('more.welcome.text')), element('ol', { class: 'steps' }, ...steps)));
  document.title = words('ui.name');
}

/** @param {Page} page */
function actions(page) {
  const { words } = page;
  const status = element('p', { class: 'hint', role: 'status' });
  // What is shared is what is shown then: these buttons stay while answers come and go.
  /** @param {string} name @param {string} key @param {() => void} run */
  const button = (name, key, run) => {
    const made = element('button', { type: 'button' }, icon(name), words(key));
    made.addEventListener('click', run);
    return made;
  };
  const copy = async (/** @type {string} */ value, /** @type {string} */ key) => {
    try {
      await navigator.clipboard.writeText(value);
      status.textContent = words(key);
    } catch {
      status.replaceChildren(element('textarea', { rows: '6', readonly: '', 'aria-label': words('more.copy_by_hand') }, value));
    }
  };
  const share = () => {
    const text = shareText(page.answer(), words, location.origin);
    if (navigator.share) navigator.share({ title: page.answer().view.title, text }).catch(() => {});
    else copy(text, 'more.copied');
  };
  const report = () => copy(reportText(page.answer(), words), 'more.report.copied');
  return element('section', { class: 'card', 'aria-labelledby': 'actions-title' },
    element('h2', { id: 'actions-title' }, words('more.actions')),
    element('div', { class: 'actions three' }, button('share', 'more.share', share), button('print', 'more.print', () => print()), button('report', 'more.report', report)),
    element('p', { class: 'hint' }, words('more.report.hint')),
    element('div', { class: 'actions lines' }, ['12315', '12316', '12345'].map((line) => element('a', { class: 'button', href: `tel:${line}` }, line))),
    status);
}

/** The other codes of a picture, whose answers are less grave. @param {Page} page */
function others(page) {
  const { words, asked } = page;
  if (asked.length < 2) return [];
  const buttons = asked.map((inquiry, index) => {
    const made = element('button', { type: 'button', ...(index === page.shown && { 'aria-current': 'true' }) }, inquiry.view(page.language).view.title);
    made.addEventListener('click', () => page.choose(index));
    return made;
  });
  return [element('section', { class: 'card', id: 'others' }, element('p', {}, words('more.several').replace('{count}', String(asked.length))),
    element('div', { class: 'actions' }, ...buttons))];
}

// The scanner is loaded when it is first wanted; until then there is only its card with the three ways in.
/** @param {Page} page */
function drawScanner(page) {
  const { words } = page;
  const card = page.byId('again');
  card.hidden = false;
  page.byId('dock').hidden = page.asked.length === 0;
  const start = element('button', { type: 'button', class: 'primary' }, icon('camera'), words('more.scan.camera'));
  const file = element('input', { type: 'file', accept: 'image/*', id: 'photo' });
  const photo = element('label', { class: 'button' }, icon('photo'), words('more.scan.photo'), file);
  const type = element('button', { type: 'button' }, icon('text'), words('more.scan.text'));
  const place = element('div', { id: 'scanner', 'aria-live': 'polite' });
  card.replaceChildren(element('h2', { id: 'again-title' }, words(page.asked.length === 0 ? 'more.scan.title' : 'ui.again')),
    element('p', { class: 'hint' }, words('more.scan.why')), element('div', { class: 'actions' }, start, photo, type), place);
  const scanner = async () => import('./scan.mjs');
  const found = (/** @type {string[]} */ texts) => page.visit(texts.flatMap((text) => page.device?.textsOf(text) ?? []), true);
  start.addEventListener('click', async () => (await scanner()).startCamera(place, words, found));
  file.addEventListener('change', async () => (await scanner()).readPhoto(/** @type {HTMLInputElement} */ (file), place, words, found));
  type.addEventListener('click', async () => (await scanner()).askForText(place, words, found));
}

// An answer is long; the way to the next scan stays within reach of a thumb, and the way to the answer of a keyboard.
/** @param {Page} page */
function addShortcuts(page) {
  page.byId('next-scan').addEventListener('click', () => {
    const card = page.byId('again');
    card.scrollIntoView({ block: 'center' });
    card.querySelector('button')?.focus();
  });
  page.byId('skip').addEventListener('click', () => document.getElementById('word')?.focus());
}

/** @param {Page} page */
async function changeLanguage(page) {
  const other = page.language === 'en' ? 'zh-Hans' : 'en';
  try {
    await page.addTexts(other);
  } catch {
    return; // offline without the other language: this one stays
  }
  page.language = other;
  try { localStorage.setItem(languageKey, other); } catch { /* storage may be forbidden; nothing depends on it */ }
  page.draw();
}

/** @param {string} url */
function style(url) {
  return new Promise((resolve) => {
    const link = element('link', { rel: 'stylesheet', href: url });
    link.addEventListener('load', resolve);
    link.addEventListener('error', resolve); // plainer, and still an answer
    document.head.append(link);
  });
}

/** @param {Page} page */
export async function tellMore(page) {
  await style('/more.css');
  addIcons();
  page.between = () => others(page);
  page.below = (view) => [...storyNodes(view, page.words), actions(page)];
  page.welcome = () => showWelcome(page);
  page.beside = () => drawScanner(page);
  page.byId('foot').hidden = false; // below all of it, so that it is not seen to move there
  page.draw();
  page.byId('language').addEventListener('click', () => changeLanguage(page));
  addShortcuts(page);
  import('./offline.mjs').then(({ watchVersions }) => watchVersions(page), () => {});
}
