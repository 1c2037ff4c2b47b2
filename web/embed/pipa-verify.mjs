// <pipa-verify certificate="HTTPS://HOST/C#...">: a certificate, checked where it is read (README.md). What stands inside
// the element is shown until there is an answer, and stays where scripts do not run.

import { Device, anchorOf, inquire } from '../bridge/inquiry.mjs';
import { text } from '../bridge/portal.mjs';
import { card, cardStyle } from './card.mjs';
import { element } from '../dom/nodes.mjs';

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

/** @param {string} portal @param {string} language @returns {Promise<Record<string, string>>} */
function textsOf(portal, language) {
  const urls = ['', '.more', '.embed'].map((part) => new URL(`i18n/${language}${part}.json`, portal).href);
  return once(urls[0], async () => Object.assign({}, ...(await Promise.all(urls.map(text))).map((one) => JSON.parse(one))));
}

// What the portal was published with stands in one file, and nothing takes its place.
/** @param {string} portal @param {string} language @param {string} root hex, or empty @param {number} demoNow */
async function openDevice(portal, language, root, demoNow) {
  const [module, anchor, words] = await Promise.all([fetch(new URL('whole.wasm', portal)), root ? { root } : text(new URL('anchor.json', portal)).then(JSON.parse), textsOf(portal, language)]);
  const device = await Device.open(module, anchorOf(String(anchor.root ?? ''), String(anchor.office_key ?? '')), demoNow);
  device.addCatalogue(language, words);
  return device;
}

/** @param {{portal: string, language: string, root: string, officeKey: string, certificate: string, pin: string, demoNow: number}} request */
async function check({ portal, language, root, officeKey, certificate, pin, demoNow }) {
  const device = await once(portal + language + root + demoNow, () => openDevice(portal, language, root, demoNow));
  // Trust that comes after its patience changes the answer of every box.
  const late = (/** @type {import('../bridge/inquiry.mjs').Delivery} */ delivery) => {
    device.takeTrust(delivery);
    for (const box of boxes) box.attributeChangedCallback();
  };
  const inquiry = await inquire(device, certificate, Math.floor(Date.now() / 1000), portal, { late });
  try {
    const { loaded, office_key: known } = device.status();
    if (officeKey && loaded && known !== officeKey.toLowerCase()) throw new Error('office key');
    const checked = inquiry.checkPin(pin, language);
    return { view: inquiry.view(language).view, pin: pin === '' ? { state: 'none', text: '', pin: checked.pin } : checked };
  } finally {
    inquiry.close();
  }
}

const ownPortal = new URL('..', import.meta.url).href;
/** Those in the article. @type {Set<PipaVerify>} */
const boxes = new Set();

export class PipaVerify extends HTMLElement {
  static observedAttributes = ['certificate', 'pin', 'lang', 'portal', 'office-key', 'root', 'demo-now'];

  pin = ''; // of what is shown now; empty until there is an answer
  #root = this.attachShadow({ mode: 'open' });
  #turn = 0; // of the newest question; answers to older ones are dropped

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [cardStyle()];
    this.#root.append(element('slot'));
  }

  connectedCallback() {
    boxes.add(this);
    this.attributeChangedCallback();
  }

  disconnectedCallback() {
    boxes.delete(this);
  }

  async attributeChangedCallback() {
    const turn = ++this.#turn;
    await undefined; // several attributes set in one go ask once
    if (turn !== this.#turn || !this.isConnected) return;
    const { node, pin, detail } = await this.#answer();
    if (turn !== this.#turn) return;
    this.#root.replaceChildren(node);
    this.pin = pin ?? '';
    if (detail) this.dispatchEvent(new CustomEvent('pipa-verify', { bubbles: true, composed: true, detail }));
  }

  /** @returns {Promise<{node: Node, pin?: string, detail?: Record<string, string>}>} */
  async #answer() {
    const attribute = (/** @type {string} */ name) => this.getAttribute(name)?.trim() ?? '';
    const language = /^zh\b/i.test(attribute('lang') || document.documentElement.lang || navigator.language) ? 'zh-Hans' : 'en';
    const portal = new URL('.', new URL(attribute('portal') || ownPortal, document.baseURI)).href;
    const certificate = attribute('certificate');
    const sentence = (/** @type {string} */ words) => element('p', { class: 'pv-card', lang: language }, words);
    /** @type {Record<string, string> | undefined} */
    let words;
    try {
      words = await textsOf(portal, language);
      if (!certificate) return { node: sentence(words['embed.none']) };
      const { view, pin } = await check({ portal, language, certificate, root: attribute('root'), officeKey: attribute('office-key'), pin: attribute('pin'), demoNow: Number(attribute('demo-now')) });
      const box = card(view);
      if (pin.text) box.prepend(element('p', { class: 'pv-pin', 'data-state': pin.state }, pin.text));
      // To the checking site, wherever the code itself points.
      if (/^https:/i.test(certificate)) box.lastElementChild?.append(element('a', { href: new URL(`C/#${certificate.split('#')[1] ?? ''}`, portal).href, target: '_blank', rel: 'noopener' }, words['embed.open']));
      const { code: verdict, level, reason_code: reason } = view.verdict;
      return { node: box, pin: pin.pin, detail: { verdict, level, reason, pin: pin.pin, pinState: pin.state } };
    } catch (problem) {
      // Without WebAssembly there may still be words; without words what stands inside the element stays.
      const reason = problem instanceof Error ? problem.message.slice(0, 60) : 'unknown';
      const node = words ? element('div', {}, sentence(words['embed.failed']), element('slot')) : element('slot');
      return { node, detail: { verdict: 'failed', reason } };
    }
  }
}

if (!customElements.get('pipa-verify')) customElements.define('pipa-verify', PipaVerify);
