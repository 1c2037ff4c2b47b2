// The phone page: from the link it was opened with, a scan or a typed number to the answer (this script and what it imports is one file when
// published). It fetches, has the desk judge (desk.mjs, in a worker), draws what the core says (view.mjs), and gives every answer an address of
// its own. What comes after the first answer is whole.wasm's and more.mjs's, which are loaded then.

import { answersTo, close, fetchAhead, tell } from './asking.mjs';
import { anchorOf } from './bridge/inquiry.mjs';
import { reach } from './bridge/reach.mjs';
import { compile } from './bridge/wasm_memory.mjs';
import { element, markChinese, nextFrame } from './dom/nodes.mjs';
import { addTexts, grow } from './growing.mjs';
import { answerNodes, icon } from './view.mjs';

/** @typedef {import('./bridge/inquiry.mjs').View} View */
/** @typedef {import('./desk.mjs').Answer} Answer */
/** @typedef {import('./desk.mjs').default} Desk */
/** @typedef {<Name extends keyof Desk>(name: Name, ...values: Parameters<Desk[Name]>) => Promise<Awaited<ReturnType<Desk[Name]>>>} CallDesk */
/** `number`: the desk's; `told`: in which language, and by which module. @typedef {{number: number, told: string, answer: Answer | null}} Asked */
/** @typedef {typeof page} Page */

const languages = ['zh-Hans', 'en'];
const languageKey = 'pipa-language';

/** What the page knows and can do, for itself and for more.mjs. */
const page = {
  /** Asks the desk; null before it is open. @type {CallDesk | null} */
  desk: null,
  /** Whether the desk has whole.wasm: on the start page from the beginning. */
  isGrown: core().endsWith('/whole.wasm'),
  language: preferredLanguage(),
  /** @type {Map<string, Record<string, string>>} */
  catalogues: new Map(),
  /** What was asked about, gravest answer first, and which of it is shown; nothing on the start page. @type {Asked[]} */
  asked: [],
  shown: 0,
  /** The last question; with its answers the trust is there. @type {Promise<unknown> | null} */
  asking: null,
  /** What stands between the verdict and the rest, and below it all. @type {() => Node[]} */
  between: () => [],
  /** @type {() => Node[]} */
  below: () => [],
  /** What stands in an answer's place where nothing was asked yet. */
  welcome: () => {},
  /** What is drawn beside the answer. */
  beside: () => {},
  /** Called when the trust may have brought news. */
  trustChanged: () => {},
  addTexts: (/** @type {string} */ tag) => addTexts(page, tag),
  /** @param {string[]} texts @param {import('./bridge/inquiry.mjs').Late} [late] @param {typeof fetch} [fetch] */
  answersTo: (texts, late, fetch) => answersTo(page, texts, late, fetch),
  tell: (/** @type {Asked[]} */ asked) => tell(page, asked),
  close: (/** @type {Asked[]} */ asked) => close(page, asked),
  words, byId, answer, answerOf, visit, toVerdict, show, settle, draw, callDesk, addressOf,
};

/** What the address asks about: the link as its QR code says it, or behind "#~" whatever else was scanned or typed. null: nothing. */
function addressed() {
  if (location.hash.length < 2) return null;
  if (!location.hash.startsWith('#~')) return location.origin + location.pathname + location.hash; // what comes behind a ? is this page's business
  try { return decodeURIComponent(location.hash.slice(2)); } catch { return location.hash; }
}

/** @param {string} text as the core reads it */
function addressOf(text) {
  const [, host, digits] = /^https?:\/\/([^/#]*)\/C#(.*)$/i.exec(text) ?? [];
  return `/C${location.search}#${host?.toLowerCase() === location.host ? digits : `~${encodeURIComponent(text)}`}`;
}

function preferredLanguage() {
  const asked = new URLSearchParams(location.search).get('lang');
  const remembered = read(languageKey);
  const wanted = [asked, remembered, ...navigator.languages].find((tag) => tag && /^(zh|en)\b/i.test(tag)) ?? languages[0];
  return /^zh/i.test(wanted) ? languages[0] : languages[1];
}

/** Storage may be forbidden; then nothing is remembered. @param {string} key */
function read(key) {
  try { return localStorage.getItem(key); } catch { return null; }
}

/** @param {string} key */
function words(key) {
  return page.catalogues.get(page.language)?.[key] ?? key;
}

/** @param {string} name */
function meta(name) {
  return document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** In place of what is shown. @param {...Node} nodes */
function show(...nodes) {
  const place = byId('answer');
  settle(place, place.firstChild, nodes);
}

/** In place of all from `old` on; what is equal stays, and with it the reader's place in it. @param {Element} place @param {ChildNode | null} old @param {Node[]} nodes */
function settle(place, old, nodes) {
  if (page.language !== languages[0]) nodes.forEach(markChinese);
  for (const node of nodes) {
    if (old?.isEqualNode(node)) old = old.nextSibling;
    else place.insertBefore(node, old);
  }
  while (old) {
    const next = old.nextSibling;
    old.remove();
    old = next;
  }
}

/** What the desk told of it last. @param {Asked} asked @returns {Answer} */
function answerOf(asked) {
  return /** @type {Answer} */ (asked.answer);
}

/** What is shown, in the reader's language. */
function answer() {
  return answerOf(page.asked[page.shown]);
}

/** @param {string} title @param {string} text */
function showProblem(title, text) {
  byId('language').hidden = true; // more.mjs would answer it
  byId('foot').hidden = false;
  show(element('section', { class: 'verdict', 'data-level': 'unknown' },
    element('div', { class: 'headline' }, icon('question'), element('h1', { id: 'word', tabindex: '-1' }, title)),
    element('p', { class: 'reason' }, text)), button(words('retry'), () => location.reload()));
}

/** @param {string} text */
function announce(text) {
  const place = byId('announcer');
  if (place.textContent === text) return;
  place.textContent = text;
  if (page.language !== languages[0]) markChinese(place);
}

/** @param {View} view @param {boolean} verdictAlone */
function showAnswer(view, verdictAlone) {
  announce(`${view.verdict.word} · ${view.verdict.reason}`);
  const again = view.verdict.retry ? [button(view.verdict.retry, visitAddress)] : [];
  const [verdict, ...rest] = answerNodes(view, words);
  show(verdict, ...again, ...(verdictAlone ? [] : [...page.between(), ...rest, ...page.below()]));
  byId('demo').hidden = !view.demo_notice;
  byId('demo').textContent = view.demo_notice ?? '';
  document.title = `${view.title} · ${words('ui.name')}`;
}

/** @param {string} label @param {() => void} run */
function button(label, run) {
  const made = element('button', { type: 'button', class: 'primary', id: 'ask-again' }, label);
  made.addEventListener('click', run);
  return made;
}

/** @param {string[]} privacy sentences */
function drawFrame(privacy) {
  document.documentElement.lang = page.language;
  for (const node of document.querySelectorAll('[data-ui]')) node.textContent = words(`ui.${/** @type {HTMLElement} */ (node).dataset.ui}`);
  const other = languages.find((tag) => tag !== page.language) ?? languages[0];
  const switcher = byId('language');
  switcher.textContent = other === 'en' ? 'English' : '中文';
  switcher.lang = other;
  byId('foot').replaceChildren(...[...privacy, words('ui.offline')].map((line) => element('p', {}, line)),
    element('a', { href: `/learn/?lang=${page.language}` }, words('ui.learn')));
}

function draw(verdictAlone = false) {
  const view = page.asked.length > 0 ? answer().view : undefined;
  drawFrame(view?.privacy ?? [words('ui.privacy')]);
  if (view) showAnswer(view, verdictAlone);
  else page.welcome();
  page.beside();
}

function toVerdict() {
  scrollTo({ top: 0 });
  byId('word').focus();
}

fetchAhead(/** @type {HTMLLinkElement} */ (byId('trust')).href);

/** Rises with every question; what arrives late for an earlier one is dropped. */
let turns = 0;
let isFirst = true;

/** @type {CallDesk} */
function callDesk(name, ...values) {
  const answer = /** @type {CallDesk} */ (page.desk)(name, ...values);
  answer.catch(() => {}); // not everybody waits for it, and what follows fails too
  return answer;
}

/** With the newest trust, which may still come after the answers. @param {string[]} texts @param {number} turn */
function ask(texts, turn) {
  if (!isFirst) callDesk('device', 'askAgain');
  isFirst = false;
  const asking = page.answersTo(texts, async (delivery) => {
    callDesk('device', 'takeTrust', delivery);
    const asked = turn === turns && page.asked.length > 0 ? await page.answersTo(texts) : [];
    if (turn === turns && asked.length > 0) {
      take(asked);
      draw();
    } else {
      page.close(asked);
    }
    keep();
  });
  page.asking = asking;
  return asking;
}

/** @param {Asked[]} asked */
function take(asked) {
  page.close(page.asked);
  page.asked = asked;
  page.shown = 0;
}

/** After the answer is shown. */
function keep() {
  callDesk('keep');
  page.trustChanged();
}

/**
 * Judges what was scanned, pasted or typed, or what the address asks about, and shows the answer once nothing can change it any more.
 * @param {string[]} texts as they are
 * @param {boolean} isNew an address of its own is made for it
 */
async function visit(texts, isNew) {
  if (page.desk === null) return;
  const turn = ++turns;
  const isOpening = isFirst;
  if (!isOpening) {
    announce('');
    show(element('section', { class: 'busy' }, element('p', {}, words('ui.searching'))));
  }
  const asked = await ask(texts, turn);
  if (turn !== turns) return page.close(asked); // something else was asked meanwhile
  take(asked);
  if (isNew) history.pushState(null, '', addressOf(answer().text));
  if (isOpening) {
    draw(true); // a slow phone shows the word a tenth of a second earlier so
    await nextFrame();
    if (turn !== turns) return;
  }
  draw();
  if (!isOpening) toVerdict();
  keep();
}

/** What the address asks about, judged anew. */
async function visitAddress() {
  const text = addressed();
  if (text !== null) return visit([text], false);
  ++turns;
  take([]);
  return draw();
}

/** Nothing is shown from memory: going back to an answer asks again. */
function followAddress() {
  let visited = location.href;
  const follow = () => {
    if (location.href === visited && turns > 0 && byId('answer').querySelector('.busy')) return; // both events tell of one step
    visited = location.href;
    visitAddress();
  };
  addEventListener('popstate', follow);
  addEventListener('hashchange', follow);
  addEventListener('pageshow', (event) => { if (event.persisted) visitAddress(); });
}

/** The module that this page begins with. */
function core() {
  return /** @type {HTMLLinkElement} */ (byId('core')).href;
}

/** Its worker starts while the module is still coming. @returns {Promise<CallDesk>} */
function openDesk() {
  const compiling = compile(fetch(core()));
  compiling.catch(() => {}); // told when it is waited for
  return reach('/desk.mjs', async (call) => call('open', await compiling, anchorOf(meta('pipa-root'), meta('pipa-office-key')), Number(meta('pipa-demo-now')) || 0));
}

async function start() {
  if (read('pipa-large')) document.documentElement.dataset.large = '';
  const opening = openDesk();
  opening.catch(() => {});
  try {
    await page.addTexts(page.language);
  } catch {
    show(/** @type {HTMLTemplateElement} */ (byId('no-texts')).content.cloneNode(true));
    return byId('ask-again').addEventListener('click', () => location.reload());
  }
  try {
    page.desk = await opening;
    for (const [tag, texts] of page.catalogues) callDesk('device', 'addCatalogue', tag, texts);
  } catch {
    drawFrame([words('ui.privacy')]);
    return showProblem(words('ui.no_verifier.title'), words('ui.no_verifier'));
  }
  try {
    if (addressed() !== null) await visitAddress();
    followAddress();
    const [{ tellMore }] = await Promise.all([import('./more.mjs'), grow(page)]);
    await tellMore(page);
  } catch { // the answer stands without it
    if (page.asked.length === 0) return showProblem(words('ui.no_verifier.title'), words('ui.no_verifier'));
    byId('foot').hidden = false;
    byId('answer').append(element('p', { class: 'card', role: 'status' }, words('ui.more_missing')),
      button(words('retry'), () => location.reload()));
    return;
  }
  if (!isFirst) return;
  page.close(await ask([''], turns)); // on the start page the trust comes for what will be asked
  keep();
}

start();
