// The phone page: the link it was opened with, judged at once; then whatever is scanned next.
// What the core says is shown (view.mjs); this file fetches, chooses the language and wires up the buttons.

import { fromHex } from './bridge/portal.mjs';
import { CoreError, VerifySession } from './bridge/verify_session.mjs';
import { openTrust } from './trust.mjs';
import { answerNodes, answerText, element, icon } from './view.mjs';

const languages = ['zh-Hans', 'en'];
const languageKey = 'pipa-language';

/** @type {Map<string, Record<string, string>>} */
const catalogues = new Map();
/** @type {VerifySession | null} */
let session = null;
let language = preferredLanguage();
/** What went wrong with the trust pack: a sentence's key, and a code for whoever is told of it. */
let trustProblem = { key: '', code: '' };
/** What is shown: the text that was judged; empty before the first. */
let shown = linkedText();
/** Rises with every scan; what arrives late for an earlier one is dropped. */
let turns = 0;

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

/** @param {string} key @param {string} value */
function remember(key, value) {
  try { localStorage.setItem(key, value); } catch { /* nothing depends on it */ }
}

/** @param {string} key */
function words(key) {
  return catalogues.get(language)?.[key] ?? key;
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

/** @param {string} tag */
async function loadCatalogue(tag) {
  if (catalogues.has(tag)) return;
  const texts = await (await get(`/i18n/${tag}.json`)).json();
  catalogues.set(tag, texts);
  session?.addCatalogue(tag, texts);
}

/** A site that was published without a repository has one trust pack, and the office's key in the page. @param {VerifySession} open */
async function loadTrust(open) {
  const pin = meta('pipa-root');
  if (pin !== '') {
    const late = (/** @type {{key: string, code: string}} */ problem) => {
      trustProblem = problem;
      draw();
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

// The records that were asked for, by the name of their file: one of 256, so that nobody learns which certificate it was.
/** @type {Map<string, Promise<void>>} */
const records = new Map();
const recordTimeout = 8000;

/** @param {string} name */
async function fetchRecord(name) {
  let file = new Uint8Array();
  try {
    const response = await fetch(`/lots/${name}`, { signal: AbortSignal.timeout(recordTimeout) });
    if (response.ok) file = new Uint8Array(await response.arrayBuffer());
  } catch { /* said as a remark of the answer */ }
  if (file.length === 0) records.delete(name); // the next scan tries again
  try {
    session?.openLots(name, file);
  } catch { /* the core keeps that it is unreadable, and the answer says so */ }
}

/** Waits for the record behind a code: an answer never changes after it was shown. @param {string} text */
async function bringRecord(text) {
  const name = session?.lotsOf(text).name ?? '';
  if (name === '') return;
  const coming = records.get(name) ?? fetchRecord(name);
  records.set(name, coming);
  await coming;
}

/** @param {string} id @returns {HTMLElement} */
function byId(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {...Node} nodes */
function show(...nodes) {
  byId('answer').replaceChildren(...nodes);
}

/** @param {string} title @param {string} text */
function showProblem(title, text) {
  show(element('section', { class: 'verdict', 'data-level': 'unknown' },
    element('div', { class: 'headline' }, icon('question'), element('div', {}, element('h1', { id: 'word', tabindex: '-1' }, title))),
    element('p', { class: 'reason' }, text)));
}

function showWelcome() {
  const steps = ['ui.welcome.1', 'ui.welcome.2', 'ui.welcome.3'].map((key) => element('li', {}, words(key)));
  show(element('section', { class: 'card' }, element('h1', { id: 'word', tabindex: '-1' }, words('ui.welcome.title')),
    element('p', { class: 'hint' }, words('ui.welcome.text')), element('ol', { class: 'steps' }, ...steps)));
  document.title = words('ui.name');
}

function showAnswer() {
  if (session === null) return;
  const { view } = session.judge(shown, now(), language);
  byId('announcer').textContent = `${view.verdict.word} · ${view.verdict.reason}`;
  const { key, code } = trustProblem;
  const problem = key === '' ? [] : [element('p', { class: 'card remark', 'data-level': 'caution' }, words(key), code && element('span', { class: 'code' }, ` ${code}`))];
  show(...answerNodes(view, words), ...problem, actions(view));
  byId('demo').hidden = !view.demo_notice;
  byId('demo').textContent = view.demo_notice ?? '';
  document.title = `${view.title} · ${words('ui.name')}`;
}

/** @param {import('./bridge/verify_session.mjs').View} view */
function actions(view) {
  const text = answerText(view, shown);
  const status = element('p', { class: 'hint', role: 'status' });
  /** @param {string} name @param {string} key @param {() => void} run */
  const button = (name, key, run) => {
    const made = element('button', { type: 'button' }, icon(name), words(key));
    made.addEventListener('click', run);
    return made;
  };
  const wide = (/** @type {HTMLElement} */ made) => {
    made.classList.add('wide');
    return made;
  };
  const copy = async (/** @type {string} */ value, /** @type {string} */ key) => {
    try {
      await navigator.clipboard.writeText(value);
      status.textContent = words(key);
    } catch {
      status.replaceChildren(element('textarea', { rows: '6', readonly: '', 'aria-label': words('ui.copy_by_hand') }, value));
    }
  };
  const share = () => {
    if (navigator.share) navigator.share({ title: view.title, text }).catch(() => {});
    else copy(text, 'ui.copied');
  };
  const report = () => copy(`${words('ui.report.text')}\n\n${text}`, 'ui.report.copied');
  return element('section', { class: 'card', 'aria-labelledby': 'actions-title' },
    element('h2', { id: 'actions-title' }, words('ui.actions')),
    element('div', { class: 'actions' }, button('share', 'ui.share', share), button('print', 'ui.print', () => print()),
      wide(button('report', 'ui.report', report))),
    element('p', { class: 'hint' }, words('ui.report.hint')),
    element('div', { class: 'actions' }, element('a', { class: 'button', href: 'tel:12316' }, '12316'), element('a', { class: 'button', href: 'tel:12345' }, '12345')),
    status);
}

/**
 * Judges what was scanned, pasted or typed, in place. Of several codes in a picture the first that holds a certificate
 * is shown: beside ours there may be a shop's barcode.
 * @param {string[]} texts
 */
async function judgeTexts(texts) {
  const text = texts.find((one) => session?.judge(one, now(), language).judgement.certificate) ?? texts[0];
  const turn = ++turns;
  show(element('section', { class: 'busy' }, element('p', {}, words('ui.scan.searching'))));
  const { number, typed } = session?.lotsOf(text) ?? { number: '', typed: false };
  await bringRecord(text);
  if (turn !== turns) return; // something else was scanned meanwhile
  const found = typed ? session?.textOf(number) : text;
  if (!found) return showProblem(words('ui.no_verifier.title'), words('ui.scan.number_unknown'));
  shown = found;
  showAnswer();
  scrollTo({ top: 0 });
  byId('word').focus();
}

function drawFrame() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll('[data-ui]')) node.textContent = words(`ui.${/** @type {HTMLElement} */ (node).dataset.ui}`);
  const other = languages.find((tag) => tag !== language) ?? languages[0];
  const button = byId('language');
  button.textContent = other === 'en' ? 'English' : '中文';
  button.lang = other;
  byId('foot').hidden = false;
  byId('foot').replaceChildren(element('p', {}, words('ui.privacy')), element('p', {}, words('ui.offline')),
    element('a', { href: `/learn/?lang=${language}` }, words('ui.learn')));
}

function draw() {
  drawFrame();
  if (shown === '') showWelcome();
  else showAnswer();
  drawScanner();
}

// The scanner is loaded when it is first wanted; until then there is only its card with the three ways in.
function drawScanner() {
  const card = byId('again');
  card.hidden = false;
  const start = element('button', { type: 'button', class: 'primary' }, icon('camera'), words('ui.scan.camera'));
  const file = element('input', { type: 'file', accept: 'image/*', id: 'photo' });
  const photo = element('label', { class: 'button' }, icon('photo'), words('ui.scan.photo'), file);
  const type = element('button', { type: 'button' }, icon('text'), words('ui.scan.text'));
  const place = element('div', { id: 'scanner', 'aria-live': 'polite' });
  card.replaceChildren(element('h2', { id: 'again-title' }, words(shown === '' ? 'ui.scan.title' : 'ui.scan.again')),
    element('p', { class: 'hint' }, words('ui.scan.why')), element('div', { class: 'actions' }, start, photo, type), place);
  const scanner = async () => import('./scan.mjs');
  start.addEventListener('click', async () => (await scanner()).startCamera(place, words, judgeTexts));
  file.addEventListener('change', async () => (await scanner()).readPhoto(/** @type {HTMLInputElement} */ (file), place, words, judgeTexts));
  type.addEventListener('click', async () => (await scanner()).askForText(place, words, judgeTexts));
}

// An answer is long; the way to the next scan stays within reach of a thumb.
function keepScanningInReach() {
  const button = byId('next-scan');
  const card = byId('again');
  new IntersectionObserver(([entry]) => { button.hidden = entry.isIntersecting || shown === ''; }).observe(card);
  button.addEventListener('click', () => {
    card.scrollIntoView({ block: 'center' });
    card.querySelector('button')?.focus();
  });
}

async function changeLanguage() {
  const other = languages.find((tag) => tag !== language) ?? languages[0];
  try {
    await loadCatalogue(other);
  } catch {
    return; // offline without the other language: this one stays
  }
  language = other;
  remember(languageKey, other);
  draw();
}

// Fetches begin before anything waits for them, so that they run side by side.
const trustBytes = get(/** @type {HTMLLinkElement} */ (byId('trust')).href).then(async (response) => new Uint8Array(await response.arrayBuffer()));
trustBytes.catch(() => {});

async function start() {
  byId('language').addEventListener('click', changeLanguage);
  keepScanningInReach();
  addEventListener('hashchange', () => {
    if (location.hash.length > 1) judgeTexts([linkedText()]);
  });
  const opening = VerifySession.open(fetch('/verify.wasm'));
  opening.catch(() => {});
  try {
    await loadCatalogue(language);
  } catch {
    return show(/** @type {HTMLTemplateElement} */ (byId('no-texts')).content.cloneNode(true));
  }
  try {
    session = await opening;
    for (const [tag, texts] of catalogues) session.addCatalogue(tag, texts);
  } catch {
    drawFrame();
    return showProblem(words('ui.no_verifier.title'), words('ui.no_verifier'));
  }
  const record = bringRecord(shown);
  trustProblem = await loadTrust(session);
  await record;
  draw();
  // After the verdict, and loaded after it: nothing of it is needed before.
  import('./offline.mjs').then(({ watchVersions }) => watchVersions(byId('main'), words), () => {});
}

start();
