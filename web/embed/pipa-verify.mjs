// <pipa-verify certificate="HTTPS://HOST/C#...">: a certificate, checked where it is read (README.md). What stands inside
// the element is shown until there is an answer, and stays where scripts do not run.

import { Device, anchorOf, inquire } from '../bridge/inquiry.mjs';
import { text } from '../bridge/portal.mjs';
import { card, cardStyle } from './card.mjs';
import { element } from '../dom/nodes.mjs';

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

/** What several boxes want at a time is asked for once; each has its own patience. @type {typeof fetch} */
async function fetchForAll(url, { signal } = {}) {
  const going = once(`file ${url}`, () => fetch(url));
  setTimeout(() => kept.delete(`file ${url}`), shared);
  const tooLate = new Promise((_, reject) => { signal?.addEventListener('abort', () => reject(signal.reason)); });
  const response = /** @type {Response} */ (await Promise.race([going, tooLate])).clone();
  const body = response.body?.pipeThrough(new TransformStream(), { signal: signal ?? undefined });
  tooLate.catch(() => {});
  return new Response(body, { status: response.status });
}

/** @param {string} portal @param {string} language @returns {Promise<Record<string, string>>} */
function textsOf(portal, language) {
  const urls = ['', '.more', '.embed'].map((part) => new URL(`i18n/${language}${part}.json`, portal).href);
  return once(urls[0], async () => Object.assign({}, ...(await Promise.all(urls.map(text))).map((one) => JSON.parse(one))));
}

const now = () => Math.floor(Date.now() / 1000);

// What the portal was published with stands in one file, and nothing takes its place. The trust comes once for all boxes, whatever their language.
/** @param {Request} request @returns {Promise<{device: Device, late: import('../bridge/inquiry.mjs').Late}>} */
async function openDevice({ portal, root, demoNow }) {
  const [module, anchor] = await Promise.all([fetch(new URL('whole.wasm', portal)), root ? { root } : text(new URL('anchor.json', portal)).then(JSON.parse)]);
  const device = await Device.open(module, anchorOf(String(anchor.root ?? ''), String(anchor.office_key ?? '')), demoNow);
  // Trust that comes after its patience changes the answer of every box.
  const late = (/** @type {import('../bridge/inquiry.mjs').Delivery} */ delivery) => {
    device.takeTrust(delivery);
    for (const box of boxes) box.attributeChangedCallback();
  };
  (await inquire(device, '', now(), portal, { fetch: fetchForAll, late })).close();
  return { device, late };
}

/** @param {Request} request @param {Record<string, string>} words */
async function check(request, words) {
  const { portal, language, root, officeKey, certificate, pin, demoNow } = request;
  const session = `session ${portal} ${root} ${demoNow}`;
  const { device, late } = await once(session, () => openDevice(request));
  await once(`${session} ${language}`, async () => device.addCatalogue(language, words));
  const inquiry = await inquire(device, certificate, now(), portal, { fetch: fetchForAll, late });
  try {
    const { loaded, office_key: known } = device.status();
    if (officeKey && loaded && known !== officeKey.toLowerCase()) throw new Error('office key');
    const checked = inquiry.checkPin(pin, language);
    return { view: inquiry.view(language).view, pin: pin === '' ? { state: 'none', text: '', pin: checked.pin } : checked };
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
    this.#root.adoptedStyleSheets = [cardStyle()];
    this.#root.append(element('slot'));
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
    const { node, pin, sheets = [], detail } = await this.#answer();
    if (turn !== this.#turn) return;
    this.#root.adoptedStyleSheets = [cardStyle(), ...sheets];
    this.#root.replaceChildren(node);
    this.pin = pin ?? '';
    if (detail) this.dispatchEvent(new CustomEvent('pipa-verify', { bubbles: true, composed: true, detail }));
  }

  /** @returns {Promise<{node: Node, pin?: string, sheets?: CSSStyleSheet[], detail?: Record<string, string>}>} */
  async #answer() {
    const attribute = (/** @type {string} */ name) => this.getAttribute(name)?.trim() ?? '';
    const language = /^zh\b/i.test(attribute('lang') || document.documentElement.lang || navigator.language) ? 'zh-Hans' : 'en';
    const portal = new URL('.', new URL(attribute('portal') || ownPortal, document.baseURI)).href;
    const certificate = attribute('certificate');
    const size = /** @type {Size} */ (['line', 'story'].includes(attribute('size')) ? attribute('size') : 'card');
    const sentence = (/** @type {string} */ words) => element('p', { class: 'pv-card', lang: language, dir: 'ltr' }, words);
    /** @type {Record<string, string> | undefined} */
    let words;
    try {
      words = await textsOf(portal, language);
      if (!certificate) return { node: sentence(words['embed.none']) };
      const request = { portal, language, certificate, root: attribute('root'), officeKey: attribute('office-key'), pin: attribute('pin'), demoNow: Number(attribute('demo-now')) };
      const { view, pin } = await check(request, words);
      const box = card(view, { size, portal });
      if (pin.text) box.prepend(element('p', { class: 'pv-pin', 'data-state': pin.state }, pin.text));
      // To the checking site, wherever the code itself points.
      if (/^https:/i.test(certificate)) box.lastElementChild?.append(element('a', { href: new URL(`C/#${certificate.split('#')[1] ?? ''}`, portal).href, target: '_blank', rel: 'noopener' }, words['embed.open']));
      const sheets = size === 'story' ? await this.#addStory(box, view, words, portal) : [];
      const { code: verdict, level, reason_code: reason } = view.verdict;
      return { node: box, pin: pin.pin, sheets, detail: { verdict, level, reason, pin: pin.pin, pinState: pin.state } };
    } catch (problem) {
      // Without WebAssembly there may still be words; without words what stands inside the element stays.
      const reason = problem instanceof Error ? problem.message.slice(0, 60) : 'unknown';
      const node = words ? element('div', {}, sentence(words['embed.failed']), element('slot')) : element('slot');
      return { node, detail: { verdict: 'failed', reason } };
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
