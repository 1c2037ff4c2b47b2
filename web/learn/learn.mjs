// The learning pages: fetches the signed pack, has the core check it, and shows what the address asks for:
//   #/   #/topic/<id>   #/article/<id>   #/article/<id>/<place>   #/quiz   #/cheat   #/pick        and ?lang=en before the #

import { anchorOf, fromHex, inquire } from '../bridge/inquiry.mjs';
import { bytes, text } from '../bridge/portal.mjs';
import { cardStyle } from '../embed/card.mjs';
import { element, markChinese } from '../dom/nodes.mjs';
import { articlePage, backLink, homePage } from './article.mjs';
import { cheatPage } from './cheat.mjs';
import { LessonSession } from './lesson_session.mjs';
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
/** @type {LessonSession | undefined} */
let session;

/** @type {import('./article.mjs').Say} */
function say(key, values = {}) {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), texts[key] ?? key);
}

async function speak() {
  texts = JSON.parse(await text(new URL(`i18n/all/${language}.json`, portal)));
  session?.addCatalogue(language, texts);
  document.documentElement.lang = language;
  const other = /** @type {'zh-Hans' | 'en'} */ (languages.find((tag) => tag !== language));
  switcher.textContent = names[other];
  switcher.lang = other;
  switcher.hidden = false;
}

async function open() {
  const [module, pack] = await Promise.all([fetch(new URL('whole.wasm', portal)), bytes('pack.cose')]);
  // What this page was published with: the pack and the list of keys are believed because of it, not the other way round.
  const officeKey = meta('pipa-office-key');
  const opened = await LessonSession.open(module, anchorOf(meta('pipa-root'), officeKey), Number(meta('pipa-demo-now')) || 0);
  opened.addCatalogue(language, texts);
  // Without the list of keys there are articles and quiz all the same; only 'try to cheat it' and the calendar need it.
  (await inquire(opened.device, '', now(), portal.href)).close();
  opened.openPack(pack, fromHex(officeKey));
  session = opened;
}

const now = () => Math.floor(Date.now() / 1000);

/** @param {LessonSession} lesson @param {string[]} path @returns {(Node | false)[]} */
function page(lesson, path) {
  if (path[0] === 'quiz') return quizPage(lesson.quiz(language), say);
  try {
    if (path[0] === 'article') return articlePage(lesson.article(path[1] ?? '', language), say);
    if (path[0] === 'cheat') return cheatPage(lesson.cheat(now(), language), (field, value) => lesson.tryCheat(field, value, now(), language), say);
  } catch {
    if (path[0] === 'cheat') return [backLink(say), element('h1', {}, say('learn.cheat.title')), element('p', {}, say('learn.ui.no_lesson'))];
  }
  const game = pick(lesson);
  if (path[0] === 'pick' && game) return pickPage(game, say);
  return homePage(lesson.home(language), game); // and where an address names no article of this pack
}

/** Undefined where this device has no field data to play with. @param {LessonSession} lesson */
function pick(lesson) {
  try {
    return lesson.pick(now(), language);
  } catch {
    return undefined;
  }
}

let shown = '';
/** @param {boolean} moved the visitor followed a link, rather than opened the page */
function show(moved) {
  if (!session) return;
  const path = location.hash.replace(/^#\/?/, '').split('/');
  const isList = path[0] === '' || path[0] === 'topic';
  const address = `${language} ${isList ? '' : path.slice(0, 2).join('/')}`;
  if (address !== shown) {
    main.replaceChildren(...page(session, path).filter((node) => node instanceof Node));
    if (language !== languages[0]) markChinese(main);
    document.title = main.querySelector('h1')?.textContent ?? document.title;
    scrollTo(0, 0);
    if (moved) main.focus({ preventScroll: true });
    shown = address;
  }
  const place = document.getElementById(isList ? `topic-${path[1] ?? ''}` : path[2] ?? '');
  if (place) {
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: isList ? 'start' : 'center' });
  }
}

const reload = () => location.reload();

function fail() {
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
try {
  await speak();
  main.replaceChildren(element('p', { role: 'status' }, say('learn.ui.loading')));
  await open();
  show(false);
} catch {
  fail();
}
