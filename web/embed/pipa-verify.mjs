// <pipa-verify certificate="HTTPS://HOST/C#...">: a certificate, checked where it is read (README.md). What stands inside
// the element is shown until there is an answer, and stays where scripts do not run.

import { Device, anchorOf, inquire } from '../bridge/inquiry.mjs';
import { card, cardStyle } from './card.mjs';
import { element } from '../dom/nodes.mjs';
import { silent } from './words.mjs';

/** @typedef {import('./card.mjs').Size} Size */
/** @typedef {{portal: string, language: string, root: string, officeKey: string, certificate: string, pin: string, demoNow: number}} Request */

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

// Nothing is asked for twice, unless it failed.
/** @template T @param {string} name @param {() => Promise<T>} make @returns {Promise<T>} */
function once(name, make) {
  if (!kept.has(name)) kept.set(name, make());
  const made = /** @type {Promise<T>} */ (kept.get(name));
  made.catch(() => kept.delete(name));
  return made;
}

const shared = 60_000; // ms for which boxes that want one file get one answer

/** What several boxes want at a time is asked for once; each has its own patience. @type {any} */
const fetchForAll = async (/** @type {string} */ url, /** @type {{signal: AbortSignal}} */ { signal }) => {
  const going = once(`file ${url}`, () => fetch(url));
  setTimeout(() => kept.delete(`file ${url}`), shared);
  const tooLate = new Promise((_, reject) => { signal.addEventListener('abort', reject); });
  tooLate.catch(() => {});
  const response = /** @type {Response} */ (await Promise.race([going, tooLate])).clone();
  return new Response(response.body?.pipeThrough(new TransformStream(), { signal }), { status: response.status });
};

/** @param {string} url @returns {Promise<any>} */
async function json(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** @param {string} portal @param {string} language @returns {Promise<Record<string, string>>} */
const textsOf = (portal, language) =>
  once(`${portal} ${language}`, async () => Object.assign({}, ...await Promise.all(['', '.more', '.embed'].map((part) => json(`${portal}i18n/${language}${part}.json`)))));

const now = () => Math.floor(Date.now() / 1000);

// What the portal was published with stands in one file, and nothing takes its place. The trust comes once for all boxes, whatever their language.
/** @param {Request} request @returns {Promise<{device: Device, late: import('../bridge/inquiry.mjs').Late, site: string}>} */
async function openDevice({ portal, root, demoNow }) {
  const [module, anchor] = await Promise.all([fetch(`${portal}whole.wasm`), root ? { root } : json(`${portal}anchor.json`)]);
  const device = await Device.open(module, anchorOf(String(anchor.root ?? ''), String(anchor.office_key ?? '')), demoNow);
  // Trust that comes after its patience changes the answer of every box.
  const late = (/** @type {import('../bridge/inquiry.mjs').Delivery} */ delivery) => {
    device.takeTrust(delivery);
    for (const box of boxes) box.attributeChangedCallback();
  };
  (await inquire(device, '', now(), portal, { fetch: fetchForAll, late })).close();
  return { device, late, site: /^https?:/.test(anchor.site) ? anchor.site : portal };
}

/** @param {Request} request */
async function check(request) {
  const { portal, language, root, officeKey, certificate, pin, demoNow } = request;
  const session = `session ${portal} ${root} ${demoNow}`;
  const [words, { device, late, site }] = await Promise.all([textsOf(portal, language), once(session, () => openDevice(request))]);
  await once(`${session} ${language}`, async () => device.addCatalogue(language, words));
  const inquiry = await inquire(device, certificate, now(), portal, { fetch: fetchForAll, late });
  try {
    const { loaded, office_key: known } = device.status();
    if (officeKey && loaded && known !== officeKey.toLowerCase()) throw new Error('office key');
    const checked = inquiry.checkPin(pin, language);
    return { ...inquiry.view(language), pin: pin === '' ? { state: 'none', text: '', pin: checked.pin } : checked, words, site };
  } finally {
    inquiry.close();
  }
}

const here = import.meta.url; // by a name: bundlers take `new URL('..', import.meta.url)` for a file to pack
const ownPortal = new URL('..', here).href;
/** Those in the article. @type {Set<PipaVerify>} */
const boxes = new Set();

const nearby = '800px 0px'; // how near the window a box begins to load
/** @type {IntersectionObserver | undefined} */
const watch = 'IntersectionObserver' in globalThis ? new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) /** @type {PipaVerify} */ (target).begin();
}, { rootMargin: nearby }) : undefined;

const patience = 15_000; // ms after which a box says that its site is silent; an answer that comes later takes the sentence's place
const hasSheets = 'adoptedStyleSheets' in (globalThis.document ?? {}); // browsers from 2023

// Where there is no document, as on a newsroom's server, the element is what stands inside it.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

export class PipaVerify extends Base {
  static observedAttributes = ['certificate', 'pin', 'lang', 'portal', 'office-key', 'root', 'demo-now', 'size'];

  pin = ''; // of what is shown now; empty until there is an answer
  #root = this.attachShadow({ mode: 'open' });
  #turn = 0; // of the newest question; answers to older ones are dropped
  #begun = false;

  constructor() {
    super();
    this.#put(element('slot'));
    this.addEventListener('click', (event) => { if (!(event.target instanceof Element && event.target.closest('a'))) this.begin(); });
  }

  connectedCallback() {
    boxes.add(this);
    if (this.getAttribute('load') === 'click') return;
    if (watch && this.getAttribute('load') !== 'now') watch.observe(this);
    else this.begin();
  }

  disconnectedCallback() {
    boxes.delete(this);
    watch?.unobserve(this);
  }

  /** Loads and checks, wherever it stands. */
  begin() {
    if (this.#begun) return;
    this.#begun = true;
    watch?.unobserve(this);
    this.attributeChangedCallback();
  }

  async attributeChangedCallback() {
    if (!this.#begun) return;
    const turn = ++this.#turn;
    await undefined; // several attributes set in one go ask once
    if (turn !== this.#turn || !this.isConnected) return;
    const clock = setTimeout(() => this.#put(this.#said(silent[this.#language()])), patience);
    const { node, pin = '', sheets, detail } = await this.#answer();
    clearTimeout(clock);
    if (turn !== this.#turn) return;
    this.#put(node, sheets);
    this.pin = pin;
    this.dispatchEvent(new CustomEvent('pipa-verify', { bubbles: true, composed: true, detail }));
  }

  /** @param {Node} node @param {CSSStyleSheet[]} [sheets] */
  #put(node, sheets = []) {
    if (hasSheets) this.#root.adoptedStyleSheets = [cardStyle(), ...sheets];
    this.#root.replaceChildren(node);
  }

  /** What the editor put inside stays below a sentence. @param {string} words */
  #said(words) {
    return element('div', {}, element('p', { class: 'pv-card', lang: this.#language(), dir: 'ltr' }, words), element('slot'));
  }

  #language() {
    return /^zh\b/i.test(this.getAttribute('lang') || document.documentElement.lang || navigator.language) ? 'zh-Hans' : 'en';
  }

  /** @returns {Promise<{node: Node, pin?: string, sheets?: CSSStyleSheet[], detail: Record<string, string>}>} */
  async #answer() {
    const attribute = (/** @type {string} */ name) => this.getAttribute(name)?.trim() ?? '';
    const language = this.#language();
    const portal = new URL('.', new URL(attribute('portal') || ownPortal, document.baseURI)).href;
    const certificate = attribute('certificate');
    const size = /** @type {Size} */ (/^(line|story)$/.exec(attribute('size'))?.[0] ?? 'card');
    try {
      if (!certificate) throw new Error('none');
      if (!hasSheets) throw new Error('browser');
      const request = { portal, language, certificate, root: attribute('root'), officeKey: attribute('office-key'), pin: attribute('pin'), demoNow: Number(attribute('demo-now')) };
      const { view, text, pin, words, site } = await check(request);
      const box = card(view, { size, portal });
      if (pin.text) box.prepend(element('p', { class: 'pv-pin', 'data-state': pin.state }, pin.text));
      // To the checking site, wherever the code itself points.
      const digits = /\d{50,}$/.exec(text);
      if (digits) box.lastElementChild?.append(element('a', { href: `${site}C/#${digits}`, target: '_blank', rel: 'noopener' }, words['embed.open']));
      const sheets = size === 'story' ? await this.#addStory(box, view, words, portal) : [];
      const { code: verdict, level, reason_code: reason } = view.verdict;
      const isWhole = verdict !== 'could_not_check' && /none|^match/.test(pin.state);
      return { node: isWhole ? box : element('div', {}, box, element('slot')), pin: pin.pin, sheets, detail: { verdict, level, reason, pin: pin.pin, pinState: pin.state } };
    } catch (problem) {
      const explain = (/** @type {typeof import('./trouble.mjs')} */ part) => part.explain({ portal, language, problem });
      const words = await import('./trouble.mjs').then(explain).catch(() => silent[language]); // nothing comes from there any more
      return { node: this.#said(words), detail: { verdict: 'failed', reason: String(problem).slice(0, 60) } };
    }
  }

  /** Without it the card stands by itself, and the page is one tap away. @param {Element} box @param {import('../bridge/inquiry.mjs').View} view @param {Record<string, string>} words @param {string} portal */
  async #addStory(box, view, words, portal) {
    try {
      const { storyBox, storyStyle } = await import('./story_box.mjs');
      const sheets = await storyStyle(portal);
      box.lastElementChild?.before(storyBox(view, (key) => words[key] ?? key));
      return sheets;
    } catch {
      return [];
    }
  }
}

if (globalThis.customElements && !customElements.get('pipa-verify')) customElements.define('pipa-verify', PipaVerify);
