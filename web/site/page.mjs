// The phone page up to its answer: the link it was opened with is judged by what one published file each brings (this script and
// what it imports is one file when published). Whatever comes after the answer is more.mjs's, which is loaded then.
// What the core says is shown (view.mjs); this file fetches, chooses the language and draws.

import { fromHex } from './bridge/portal.mjs';
import { CoreError, VerifySession } from './bridge/verify_session.mjs';
import { openTrust } from './trust.mjs';
import { answerNodes, element, icon } from './view.mjs';

/** @typedef {import('./bridge/verify_session.mjs').View} View */
/** @typedef {typeof page} Page */

const languages = ['zh-Hans', 'en'];
const languageKey = 'pipa-language';

/** What the page knows and can do, for itself and for more.mjs. */
const page = {
  /** @type {VerifySession | null} */
  session: null,
  language: preferredLanguage(),
  /** @type {Map<string, Record<string, string>>} */
  catalogues: new Map(),
  /** What went wrong with the trust pack: a sentence's key, and a code for whoever is told of it. */
  trustProblem: { key: '', code: '' },
  /** What is shown: the text that was judged; empty before the first. */
  shown: linkedText(),
  /** The answer as far as it can be told yet. @type {() => View | undefined} */
  view: () => page.session?.answer(page.shown, now(), page.language, true).view,
  /** What stands below an answer. @type {() => Node[]} */
  below: () => [],
  /** What stands in an answer's place where nothing was scanned yet. */
  welcome: () => {},
  /** What is drawn beside the answer. */
  beside: () => {},
  words, now, byId, get, meta, linkedText, once, addTexts, record, bringRecord, settledView, show, showProblem, draw,
};

/** The link as its QR code says it: what comes behind a ? is this page's business. */
function linkedText() {
  return location.hash.length > 1 ? location.origin + location.pathname + location.hash : '';
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

/** A demo stands still at its own time, which the office writes into the page; everything else uses the clock. */
function now() {
  const fixed = Number(meta('pipa-demo-now'));
  return Number.isFinite(fixed) && fixed > 0 ? fixed : Math.floor(Date.now() / 1000);
}

/** @param {string} url */
async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
}

/** A site that was published without a repository has one trust pack, and the office's key in the page. @param {VerifySession} open */
async function loadTrust(open) {
  const pin = meta('pipa-root');
  if (pin !== '') {
    const late = (/** @type {{key: string, code: string}} */ problem) => {
      page.trustProblem = problem;
      settledView().then(draw);
    };
    return openTrust(open, pin, fromHex(pin), trustBytes, late);
  }
  try {
    open.openTrust(await trustBytes, fromHex(meta('pipa-office-key')));
    return { key: '', code: '' };
  } catch (error) {
    const refused = error instanceof CoreError; // it arrived, and is not what the office signed
    return refused ? { key: 'ui.trust_problem', code: error.code } : { key: 'ui.trust_missing', code: '' };
  }
}

/** Parts of the verifier and texts that come after the first, by name. @type {Map<string, Promise<void>>} */
const parts = new Map();

/** Once; what failed is tried again. @param {string} name @param {() => Promise<void>} bring */
function once(name, bring) {
  const coming = parts.get(name) ?? bring();
  parts.set(name, coming);
  coming.catch(() => parts.delete(name));
  return coming;
}

/** Adds to the texts of a language. @param {string} tag @param {string} part of them: '', '.record' or '.more' */
function addTexts(tag, part) {
  return once(tag + part, async () => {
    const texts = await (await get(`/i18n/${tag}${part}.json`)).json();
    page.catalogues.set(tag, { ...page.catalogues.get(tag), ...texts });
    page.session?.addCatalogue(tag, page.catalogues.get(tag) ?? {});
  });
}

/** What judges by records, and its words. */
function record() {
  const opened = once('record.wasm', async () => /** @type {VerifySession} */ (page.session).openRecord(fetch('/record.wasm')));
  return Promise.all([opened, addTexts(page.language, '.record')]);
}

// The records that were asked for, by the name of their file: one of 256, so that nobody learns which certificate it was.
const recordTimeout = 8000;

/** @param {string} name */
async function fetchRecord(name) {
  try {
    const response = await fetch(`/lots/${name}`, { signal: AbortSignal.timeout(recordTimeout) });
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
  } catch { /* said as a remark of the answer */ }
  return new Uint8Array();
}

/** Waits for the record behind a code: an answer never changes after it was shown. @param {string} text */
async function bringRecord(text) {
  const { session } = page;
  const name = session?.lotsOf(text).name ?? '';
  if (session === null || name === '') return;
  await once(`lots/${name}`, async () => {
    const [file] = await Promise.all([fetchRecord(name), record()]);
    try {
      session.openLots(name, file);
    } catch { /* the core keeps that it is unreadable, and the answer says so */ }
    if (file.length === 0) throw new Error(name); // the next scan tries again
  }).catch(() => {}); // that it is not there is said with the answer
}

/** What to draw of the code that is shown, once the part of the status list that tells it is there. @returns {Promise<View | undefined>} */
async function settledView() {
  const view = page.shown === '' ? undefined : page.view();
  if (![view?.verdict.reason_code, ...view?.remarks.map(({ code }) => code) ?? []].includes('status.not_checked')) return view;
  try { await (await import('./status.mjs')).bringStatus(page); } catch { return view; }
  return page.view();
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** In place of what is shown; what is equal stays, and with it the reader's place in it. @param {...Node} nodes */
function show(...nodes) {
  const place = byId('answer');
  let old = place.firstChild;
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

/** @param {string} title @param {string} text */
function showProblem(title, text) {
  show(element('section', { class: 'verdict', 'data-level': 'unknown' },
    element('div', { class: 'headline' }, icon('question'), element('div', {}, element('h1', { id: 'word', tabindex: '-1' }, title))),
    element('p', { class: 'reason' }, text)));
}

/** @param {View | undefined} view */
function showAnswer(view) {
  if (view === undefined) return;
  byId('announcer').textContent = `${view.verdict.word} · ${view.verdict.reason}`;
  const { key, code } = page.trustProblem;
  const problem = key === '' ? [] : [element('p', { class: 'card remark', 'data-level': 'caution' }, words(key), code && element('span', { class: 'code' }, ` ${code}`))];
  show(...answerNodes(view, words), ...problem, ...page.below());
  byId('demo').hidden = !view.demo_notice;
  byId('demo').textContent = view.demo_notice ?? '';
  document.title = `${view.title} · ${words('ui.name')}`;
}

function drawFrame() {
  document.documentElement.lang = page.language;
  for (const node of document.querySelectorAll('[data-ui]')) node.textContent = words(`ui.${/** @type {HTMLElement} */ (node).dataset.ui}`);
  const other = languages.find((tag) => tag !== page.language) ?? languages[0];
  const button = byId('language');
  button.textContent = other === 'en' ? 'English' : '中文';
  button.lang = other;
  byId('foot').hidden = false;
  byId('foot').replaceChildren(element('p', {}, words('ui.privacy')), element('p', {}, words('ui.offline')),
    element('a', { href: `/learn/?lang=${page.language}` }, words('ui.learn')));
}

/** @param {View} [view] as it was judged already */
function draw(view) {
  drawFrame();
  if (page.shown === '') page.welcome();
  else showAnswer(view ?? page.view());
  page.beside();
}

// Fetches begin before anything waits for them, so that they run side by side.
const trustBytes = get(/** @type {HTMLLinkElement} */ (byId('trust')).href).then(async (response) => new Uint8Array(await response.arrayBuffer()));
trustBytes.catch(() => {});

/** The answer, as soon as nothing can change it any more. @param {VerifySession} session */
async function firstAnswer(session) {
  page.trustProblem = await loadTrust(session);
  if (page.shown === '') return draw();
  // Whose store a record is in is known with the keys.
  if (!session.answer(page.shown, now(), page.language).final) await bringRecord(page.shown);
  draw(await settledView());
}

async function start() {
  const opening = VerifySession.open(fetch('/verify.wasm'));
  opening.catch(() => {});
  try {
    await addTexts(page.language, '');
  } catch {
    return show(/** @type {HTMLTemplateElement} */ (byId('no-texts')).content.cloneNode(true));
  }
  try {
    page.session = await opening;
    for (const [tag, texts] of page.catalogues) page.session.addCatalogue(tag, texts);
  } catch {
    drawFrame();
    return showProblem(words('ui.no_verifier.title'), words('ui.no_verifier'));
  }
  if (page.shown !== '') record().catch(() => {}); // it will most likely be needed
  await firstAnswer(page.session);
  try {
    await (await import('./more.mjs')).tellMore(page);
  } catch { // the answer stands without it
    if (page.shown === '') return showProblem(words('ui.no_verifier.title'), words('ui.no_verifier'));
    byId('answer').append(element('p', { class: 'card remark', 'data-level': 'unknown', role: 'status' }, words('ui.more_missing')));
  }
}

start();
