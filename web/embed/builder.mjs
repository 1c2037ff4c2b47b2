// The builder at /embed/: a certificate pasted, the box live, and what to copy into an article. It is opened by nobody's frame (frame.mjs), and
// what it writes down is the box's own answer.

import { text } from '../bridge/portal.mjs';
import { element } from '../dom/nodes.mjs';

const portal = new URL('..', location.href).href;
const languages = ['zh-Hans', 'en'];
const sizes = ['line', 'card', 'story'];
const themes = ['', 'light', 'dark'];

const escapes = /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' });
/** @param {string} value */
const escaped = (value) => value.replace(/[&<>"]/g, (sign) => escapes[sign]);
/** @param {Record<string, string>} values */
const attributes = (values) => Object.entries(values).filter(([, value]) => value !== '').map(([name, value]) => ` ${name}="${escaped(value)}"`).join('');

/**
 * What is written into an article. `height`: what the box has here, kept free so that nothing moves when it comes.
 * @param {{certificate: string, pin: string, lang: string, size: string, theme: string, height: number, title: string}} box
 */
export function snippets({ certificate, pin, lang, size, theme, height, title }) {
  const digits = /#(.*)$/.exec(certificate)?.[1];
  const link = `${portal}C/#${digits ?? `~${encodeURIComponent(certificate)}`}`;
  const fallback = `<a href="${escaped(link)}">${escaped(title)}</a>`;
  const wishes = new URLSearchParams(Object.entries({ certificate, pin, lang, size, theme }).filter(([, value]) => value !== ''));
  return {
    component: `<script type="module" src="${portal}embed/pipa-verify.mjs"></script>\n` +
      `<pipa-verify${attributes({ certificate, pin, lang, size, theme })} style="display:grid;min-height:${height}px">\n  ${fallback}\n</pipa-verify>`,
    frame: `<iframe data-pipa-verify src="${escaped(`${portal}embed/#${wishes}`)}" title="${escaped(title)}" width="100%" height="${height}" style="border:0"` +
      ` sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer" loading="lazy"></iframe>\n<p>${fallback}</p>`,
    link,
  };
}

/** The day on which the box is written down, with the reader's calendar: "@2026-11-20". */
function today() {
  const now = new Date();
  return `@${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
}

/** @param {string} tag @returns {Promise<Record<string, string>>} */
const wordsOf = async (tag) => JSON.parse(await text(new URL(`i18n/${tag}.make.json`, portal)));

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

export async function build() {
  const wish = new URLSearchParams(location.search).get('lang') ?? navigator.language;
  const state = { certificate: '', lang: /^zh/i.test(wish) ? languages[0] : languages[1], size: 'card', theme: '' };
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
      const made = snippets({ ...state, pin: pin + today(), height: Math.ceil(box.getBoundingClientRect().height), title: words['embed.make.check'] });
      const number = /^[A-Z0-9-]{1,32}$/.test(state.certificate) ? state.certificate : '';
      const address = number && new URL(`e/${number}/`, portal).href;
      const hasAddress = address && (await fetch(`${address}oembed.json`, { method: 'HEAD' }).catch(() => ({ ok: false }))).ok;
      if (now !== turn) return;
      copies.replaceChildren(
        copy(words['embed.make.component'], made.component, words),
        copy(words['embed.make.frame'], made.frame, words),
        hasAddress ? copy(words['embed.make.oembed'], address, words) : element('p', {}, words['embed.make.no_oembed']),
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
      choice('lang', words['embed.make.lang'], [[languages[0], '中文'], [languages[1], 'English']], state.lang, (lang) => { state.lang = lang; draw(); }),
      live, copies);
    again();
  }
  await draw();
}
