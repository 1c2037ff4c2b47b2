// The learning pages: fetches the signed pack, has the core check it, and shows what the address asks for:
//   #/   #/topic/<id>   #/article/<id>   #/article/<id>/<place>   #/quiz   #/cheat   #/pick        and ?lang=en before the #

import { anchorOf, fromHex } from '../bridge/inquiry.mjs';
import { bytes, text } from '../bridge/portal.mjs';
import { reach } from '../bridge/reach.mjs';
import { compile } from '../bridge/wasm_memory.mjs';
import { cardStyle } from '../embed/card.mjs';
import { element, markChinese, nextFrame } from '../dom/nodes.mjs';
import { articlePage, backLink, homePage } from './article.mjs';
import { cheatPage } from './cheat.mjs';
import { pickPage } from './pick.mjs';
import { quizPage } from './quiz.mjs';

const languages = ['zh-Hans', 'en'];
const names = { 'zh-Hans': '中文', en: 'English' }; // each in its own language, for whoever cannot read the other
const main = /** @type {HTMLElement} */ (document.querySelector('main'));
const switcher = /** @type {HTMLButtonElement} */ (document.querySelector('.language'));

const portal = new URL('..', import.meta.url);

/** @param {string} name */
const meta = (name) => document.querySelector(`meta[name=${name}]`)?.getAttribute('content') ?? '';

function wantedLanguage() {
  const asked = new URLSearchParams(location.search).get('lang') ?? navigator.languages[0] ?? '';
  return /^zh\b/i.test(asked) ? 'zh-Hans' : 'en';
}

let language = wantedLanguage();
/** @type {Record<string, string>} */
let texts = {};
/** @type {import('./lesson_desk.mjs').AskLesson | undefined} */
let lesson;

/** @type {import('./article.mjs').Say} */
function say(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), texts[key] ?? key);
}

async function speak() {
  texts = JSON.parse(await text(new URL(`i18n/all/${language}.json`, portal)));
  await lesson?.('addCatalogue', language, texts);
  document.documentElement.lang = language;
  const other = /** @type {'zh-Hans' | 'en'} */ (languages.find((tag) => tag !== language));
  switcher.textContent = names[other];
  switcher.lang = other;
  switcher.hidden = false;
}

/** Fetches beside the texts. */
async function open() {
  const [module, pack] = await Promise.all([compile(fetch(new URL('whole.wasm', portal))), bytes('pack.cose')]);
  // What this page was published with: the pack and the list of keys are believed because of it, not the other way round.
  const officeKey = meta('pipa-office-key');
  const opening = { pack, officeKey: fromHex(officeKey), anchor: anchorOf(meta('pipa-root'), officeKey), demoNow: Number(meta('pipa-demo-now')) || 0,
    base: portal.href, now: now() };
  const call = await reach(new URL('lesson_desk.mjs', import.meta.url).href, (first) => first('open', module, opening));
  return /** @type {import('./lesson_desk.mjs').AskLesson} */ ((name, ...values) => call('ask', name, ...values));
}

const now = () => Math.floor(Date.now() / 1000);

/** @param {import('./lesson_desk.mjs').AskLesson} ask @param {string[]} path @returns {Promise<Iterable<Node | false>>} */
async function page(ask, path) {
  if (path[0] === 'quiz') return quizPage(await ask('quiz', language), say);
  try {
    if (path[0] === 'article') return articlePage(await ask('article', path[1] ?? '', language), say);
    if (path[0] === 'cheat') return cheatPage(await ask('cheat', now(), language), (field, value) => ask('tryCheat', field, value, now(), language), say);
  } catch {
    if (path[0] === 'cheat') return [backLink(say), element('h1', {}, say('learn.cheat.title')), element('p', {}, say('learn.ui.no_lesson'))];
  }
  const game = await pick(ask);
  if (path[0] === 'pick' && game) return pickPage(game, say);
  return homePage(await ask('home', language), game); // and where an address names no article of this pack
}

/** Undefined where this device has no field data to play with. @param {import('./lesson_desk.mjs').AskLesson} ask */
async function pick(ask) {
  try {
    return await ask('pick', now(), language);
  } catch {
    return undefined;
  }
}

/** One part a frame: a slow phone answers a touch in between. @param {Iterable<Node | false>} nodes @param {() => boolean} isWanted nothing else was asked for meanwhile */
async function draw(nodes, isWanted) {
  if (!isWanted()) return false;
  main.setAttribute('aria-busy', 'true');
  main.replaceChildren();
  scrollTo(0, 0);
  for (const node of nodes) {
    if (!node) continue;
    main.append(node);
    if (language !== languages[0]) markChinese(node);
    await nextFrame();
    if (!isWanted()) return false;
  }
  main.removeAttribute('aria-busy');
  return true;
}

let shown = '';
/** @param {boolean} moved the visitor followed a link, rather than opened the page */
async function show(moved) {
  if (!lesson) return;
  const path = location.hash.replace(/^#\/?/, '').split('/');
  const isList = path[0] === '' || path[0] === 'topic';
  const address = `${language} ${isList ? '' : path.slice(0, 2).join('/')}`;
  if (address !== shown) {
    shown = address;
    const nodes = await page(lesson, path);
    if (!await draw(nodes, () => shown === address)) return;
    document.title = main.querySelector('h1')?.textContent ?? document.title;
    if (moved) main.focus({ preventScroll: true });
  }
  const place = document.getElementById(isList ? `topic-${path[1] ?? ''}` : path[2] ?? '');
  if (place) {
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: isList ? 'start' : 'center' });
  }
}

const reload = () => location.reload();

function fail() {
  main.removeAttribute('aria-busy');
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById('no-texts'));
  if (texts['learn.ui.failed'] === undefined) main.replaceChildren(template.content.cloneNode(true));
  else main.replaceChildren(element('p', { role: 'alert' }, say('learn.ui.failed')), element('p', {}, element('button', { type: 'button', class: 'button' }, say('learn.ui.reopen'))));
  main.querySelector('button')?.addEventListener('click', reload);
}

switcher.addEventListener('click', async () => {
  language = /** @type {string} */ (languages.find((tag) => tag !== language));
  history.replaceState(null, '', `?lang=${language}${location.hash}`);
  await speak().then(() => show(false), fail);
});
window.addEventListener('hashchange', () => show(true));
document.adoptedStyleSheets = [cardStyle()];
const opening = open();
opening.catch(() => {}); // told when it is waited for
try {
  await speak();
  main.replaceChildren(element('p', { role: 'status' }, say('learn.ui.loading')));
  const ask = await opening;
  await ask('addCatalogue', language, texts);
  lesson = ask;
  await show(false);
} catch {
  fail();
}
