// The builder at /embed/: a certificate pasted, the box live, and what to copy into an article. It is opened by nobody's frame (frame.mjs), and
// what it writes down is the box's own answer.

import { text } from '../bridge/portal.mjs';
import { element } from '../dom/nodes.mjs';
import { componentSnippet, frameSnippet } from './snippets.mjs';
import { stillsOf } from './stills.mjs';

const files = new URL('..', location.href).href;
const languages = ['zh-Hans', 'en'];
const sizes = ['line', 'card', 'story'];
const themes = ['', 'light', 'dark'];
const loads = ['near', 'click'];

/** The day on which the box is written down, with the reader's calendar: "@2026-11-20". */
function today() {
  const now = new Date();
  return `@${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

/** @param {string} tag @returns {Promise<Record<string, string>>} */
const wordsOf = async (tag) => JSON.parse(await text(new URL(`i18n/${tag}.make.json`, files)));

/** @param {string} name @param {string} label @param {string[][]} options value and words @param {string} chosen @param {(value: string) => void} choose */
function choice(name, label, options, chosen, choose) {
  return element('fieldset', {}, element('legend', {}, label), options.map(([value, words]) =>
    element('label', {}, element('input', { type: 'radio', name, value, checked: value === chosen, change: () => choose(value) }), ` ${words}`)));
}

/** @param {string} label @param {string} value @param {Record<string, string>} words @param {string} [note] */
function copy(label, value, words, note) {
  const area = /** @type {HTMLTextAreaElement} */ (element('textarea', { readonly: true, rows: '3', spellcheck: 'false' }));
  area.value = value;
  const button = element('button', { type: 'button', click: async () => {
    try { await navigator.clipboard.writeText(value); } catch { area.select(); return; } // where it is forbidden the reader copies what is marked
    button.textContent = words['embed.make.copied'];
  } }, words['embed.make.copy']);
  return element('div', { class: 'copy' }, element('label', {}, label, area), note && element('p', {}, note), button);
}

/** The checking site: another one where a newsroom has the files on its own host (newsroom/). @returns {Promise<string>} */
const portalOf = async () => text(new URL('anchor.json', files)).then((anchor) => JSON.parse(anchor).site ?? files, () => files);

export async function build() {
  const portal = await portalOf();
  const wish = new URLSearchParams(location.search).get('lang') ?? navigator.language;
  const state = { certificate: '', lang: /^zh/i.test(wish) ? languages[0] : languages[1], size: 'card', theme: '', load: 'near' };
  document.head.append(element('link', { rel: 'stylesheet', href: 'builder.css' }));
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  let turn = 0;

  /** @param {Record<string, string>} words @param {HTMLElement} live @param {HTMLElement} copies */
  function show(words, live, copies) {
    const now = ++turn;
    copies.replaceChildren();
    if (state.certificate === '') return live.replaceChildren();
    const box = /** @type {import('./pipa-verify.mjs').PipaVerify} */ (element('pipa-verify', { certificate: state.certificate, lang: state.lang, size: state.size, theme: state.theme, 'demo-now': main.dataset.demoNow ?? '', load: 'now' }));
    box.addEventListener('pipa-verify', async (event) => {
      const { pin = '', verdict } = /** @type {CustomEvent} */ (event).detail;
      if (now !== turn || verdict === 'failed' || pin === '') return; // nothing that is no certificate is written into an article
      const made = { ...state, portal, files, pin: pin + today(), height: Math.ceil(box.getBoundingClientRect().height), title: words['embed.make.check'], start: state.load === 'click' ? words['embed.make.start'] : '' };
      const number = /^[A-Z0-9-]{1,32}$/.test(state.certificate) ? state.certificate : '';
      const address = number && new URL(`e/${number}/`, portal).href;
      const hasAddress = address && (await fetch(`${address}oembed.json`, { method: 'HEAD' }).catch(() => ({ ok: false }))).ok;
      const still = await stillsOf({ files, portal, certificate: state.certificate, lang: state.lang, demoNow: Number(main.dataset.demoNow) }).catch(() => null);
      if (now !== turn) return;
      copies.replaceChildren(
        copy(words['embed.make.component'], componentSnippet(made), words),
        copy(words['embed.make.frame'], frameSnippet(made), words),
        hasAddress ? copy(words['embed.make.oembed'], address, words) : element('p', {}, words['embed.make.no_oembed']),
        ...still ? [copy(words['embed.make.html'], still.html, words), copy(words['embed.make.line'], still.line, words)] : [],
        copy(words['embed.make.still'], `pipa card '${state.certificate.replaceAll("'", '')}' --trust bundle.cbor --wechat --out article.html`, words, words['embed.make.still.note']));
    });
    live.replaceChildren(box);
  }

  async function draw() {
    const words = await wordsOf(state.lang);
    document.documentElement.lang = state.lang;
    document.title = words['embed.make.title'];
    const live = element('div', { class: 'live' });
    const copies = element('div', { 'aria-live': 'polite' });
    const again = () => show(words, live, copies);
    const named = (/** @type {string[]} */ values, /** @type {string} */ family) => values.map((value) => [value, words[`embed.make.${family}.${value || 'device'}`]]);
    const input = /** @type {HTMLTextAreaElement} */ (element('textarea', { rows: '3', spellcheck: 'false', input: () => { state.certificate = input.value.trim(); again(); } }));
    input.value = state.certificate;
    main.replaceChildren(
      element('h1', {}, words['embed.make.title']), element('p', {}, words['embed.make.about']),
      element('label', { class: 'paste' }, words['embed.make.paste'], input),
      choice('size', words['embed.make.size'], named(sizes, 'size'), state.size, (size) => { state.size = size; again(); }),
      choice('theme', words['embed.make.theme'], named(themes, 'theme'), state.theme, (theme) => { state.theme = theme; again(); }),
      choice('load', words['embed.make.load'], named(loads, 'load'), state.load, (load) => { state.load = load; again(); }),
      choice('lang', words['embed.make.lang'], [[languages[0], '中文'], [languages[1], 'English']], state.lang, (lang) => { state.lang = lang; draw(); }),
      live, copies);
    again();
  }
  await draw();
}
