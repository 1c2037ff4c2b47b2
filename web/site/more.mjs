// The phone page after its answer: the ways to the next code, sharing, the other language, new versions.
// Nothing of this is loaded before the answer is shown.

import { drawn, element, markChinese, nextFrame } from './dom/nodes.mjs';
import { checkLots, lotNodes } from './lots.mjs';
import { keepPicture, others } from './several.mjs';
import { shareText } from './share.mjs';
import { storyCards } from './story.mjs';
import { icon } from './view.mjs';
import { noteVisit, visitCard } from './visited.mjs';

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
  voice: 'M9 19v10h7l10 8V11l-10 8zM32 18c3 3 3 9 0 12M37 13c6 6 6 16 0 22',
};

function addIcons() {
  const place = document.querySelector('.icons');
  for (const [name, path] of Object.entries(icons)) place?.append(drawn('symbol', { id: `icon-${name}`, viewBox: '0 0 48 48' }, drawn('path', { d: path })));
}

/** @param {Page} page */
function showWelcome(page) {
  const { words, show } = page;
  const steps = ['more.welcome.1', 'more.welcome.2', 'more.welcome.3'].map((key) => element('li', {}, words(key)));
  const { alarms, cards } = lotNodes(page);
  show(...alarms, element('section', { class: 'card' }, element('h1', { id: 'word', tabindex: '-1' }, words('more.welcome.title')),
    element('p', { class: 'hint' }, words('more.welcome.text')), element('ol', { class: 'steps' }, ...steps)), ...visitCard(page), ...cards);
  document.title = words('ui.name');
  lookAround(page);
}

// Below the scanner, and on the start page alone.
/** @param {Page} page */
async function lookAround(page) {
  let place = document.getElementById('around');
  if (place === null) {
    place = element('div', { id: 'around', hidden: true });
    page.byId('again').after(place);
  }
  try {
    await (await import('./around.mjs')).showAround(page, place);
  } catch {
    place.replaceChildren(element('p', { class: 'card', role: 'status' }, page.words('portal.failed')));
    place.hidden = false;
  }
  page.byId('foot').hidden = false; // below all of it, so that it is not seen to move there
}

/** @param {Page} page */
function actions(page) {
  const { words } = page;
  const status = element('p', { class: 'hint', role: 'status' });
  const extra = element('div', { class: 'extra' });
  /** What is loaded when it is first wanted. @template T @param {() => Promise<T>} bring @param {(module: T) => unknown} use */
  const load = async (bring, use) => {
    status.textContent = '';
    try {
      await use(await bring());
    } catch {
      status.textContent = words('portal.failed');
    }
  };
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
  const report = () => load(() => import('./report.mjs'), ({ openReport }) => openReport(page, extra, copy));
  const read = () => load(() => import('./read_aloud.mjs'), ({ readAloud }) => readAloud(page, (text) => { status.textContent = text; }));
  const card = () => load(() => import('./share_card.mjs'), ({ openShareCard }) => openShareCard(page, extra));
  return element('section', { class: 'card', 'aria-labelledby': 'actions-title' },
    element('h2', { id: 'actions-title' }, words('more.actions')),
    element('div', { class: 'actions three' }, button('share', 'more.share', share), button('photo', 'more.card', card), button('print', 'more.print', () => print()), button('voice', 'more.read', read), button('report', 'more.report', report)),
    element('div', { class: 'actions lines' }, ['12315', '12316', '12345'].map((line) => element('a', { class: 'button', href: `tel:${line}` }, line))),
    extra, status);
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
  /** @type {import('./scan.mjs').Found} */
  const found = async (texts, picture) => {
    await keepPicture(page, picture);
    await page.visit((await Promise.all(texts.map((text) => page.callDesk('device', 'textsOf', text)))).flat(), true);
  };
  /** @param {(scanner: typeof import('./scan.mjs')) => unknown} use */
  const scan = async (use) => {
    try {
      use(await import('./scan.mjs'));
    } catch {
      place.replaceChildren(element('p', { class: 'hint', role: 'status' }, words('more.scan.not_loaded')), element('a', { class: 'button', href: 'tel:12315' }, '12315'));
    }
  };
  start.addEventListener('click', () => scan((scanner) => scanner.startCamera(place, words, found)));
  file.addEventListener('change', () => scan((scanner) => scanner.readPhoto(/** @type {HTMLInputElement} */ (file), place, words, found)));
  type.addEventListener('click', () => scan((scanner) => scanner.askForText(place, words, found)));
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
  await page.tell(page.asked);
  checkLots(page).catch(() => {}); // in this language
  try { localStorage.setItem(languageKey, other); } catch { /* storage may be forbidden; nothing depends on it */ }
  page.draw();
}

const largeKey = 'pipa-large';
const isLarge = () => 'large' in document.documentElement.dataset;

/** In large type there are three cards first; one button opens the rest. */
let showsAll = false;

/** @param {Page} page */
function everything(page) {
  if (!isLarge()) return [];
  const open = () => {
    showsAll = !showsAll;
    page.draw();
    page.byId('everything').focus();
  };
  return [element('button', { type: 'button', id: 'everything', 'aria-expanded': String(showsAll), click: open }, page.words('more.everything'))];
}

// Large type for those who need it (长辈版): one switch, remembered. page.mjs sets it before the first answer.
/** @param {Page} page */
function addLarge(page) {
  const button = page.byId('large');
  button.setAttribute('aria-pressed', String(isLarge()));
  button.addEventListener('click', () => {
    const root = document.documentElement;
    if (isLarge()) delete root.dataset.large;
    else root.dataset.large = '';
    button.setAttribute('aria-pressed', String(isLarge()));
    try { localStorage[isLarge() ? 'setItem' : 'removeItem'](largeKey, '1'); } catch { /* then it is large until the page is closed */ }
    page.draw();
  });
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

const story = element('div', { class: 'story' });
/** What stands below the story. @type {Node[]} */
let tail = [];
/** Whose story it is. */
let storyOf = '';
let drawings = 0;

/** What comes below the verdict and the goods; what is not of this answer is taken away. @param {Page} page @returns {Node[]} */
function belowOf(page) {
  noteVisit(page);
  const { text } = page.answer();
  if (storyOf !== text) {
    story.replaceChildren();
    tail = [];
    for (const id of ['again', 'dock', 'foot']) page.byId(id).hidden = true; // they have their place below the story
  }
  storyOf = text;
  story.toggleAttribute('data-open', showsAll);
  return [...everything(page), story, ...tail];
}

/** @param {Page} page @param {HTMLElement} card @param {number} index of it */
function putCard(page, card, index) {
  const old = story.childNodes[index];
  if (page.language !== 'zh-Hans') markChinese(card);
  if (!old) story.append(card);
  else if (!old.isEqualNode(card)) old.replaceWith(card);
}

/** @param {Page} page @param {number} count of the cards of its story */
function putTail(page, count) {
  while (story.childNodes.length > count) story.lastChild?.remove();
  page.settle(page.byId('answer'), story.nextSibling, [actions(page), ...visitCard(page), ...lotNodes(page).cards]);
  tail = [];
  for (let node = story.nextSibling; node; node = node.nextSibling) tail.push(node);
}

// One card a frame: a slow phone answers a touch in between, and nothing that is seen moves. A newer drawing ends an older one.
/** @param {Page} page */
async function drawRest(page) {
  const mine = ++drawings;
  const hasAnswer = page.asked.length > 0;
  const cards = hasAnswer ? storyCards(page.answer().view, page.words) : [];
  const steps = [...cards.map((card, index) => () => putCard(page, card(), index)), ...(hasAnswer ? [() => putTail(page, cards.length)] : []), () => drawScanner(page)];
  for (const step of steps) {
    await nextFrame();
    if (mine !== drawings || (hasAnswer && !story.isConnected)) return;
    step();
  }
  if (hasAnswer) page.byId('foot').hidden = false;
}

/** @param {Page} page */
export async function tellMore(page) {
  await style('/more.css');
  addIcons();
  page.between = () => [...lotNodes(page).alarms, ...others(page)];
  page.below = () => belowOf(page);
  page.welcome = () => showWelcome(page);
  page.beside = () => {
    drawRest(page);
    const around = document.getElementById('around');
    if (around !== null && page.asked.length > 0) around.hidden = true;
  };
  page.draw();
  page.byId('language').addEventListener('click', () => changeLanguage(page));
  addShortcuts(page);
  addLarge(page);
  const before = page.trustChanged;
  page.trustChanged = () => {
    before();
    checkLots(page).catch(() => {});
  };
  page.trustChanged();
  import('./offline.mjs').then(({ watchVersions }) => watchVersions(page), () => {});
}
