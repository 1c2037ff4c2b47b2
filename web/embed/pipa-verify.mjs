// <pipa-verify certificate="HTTPS://HOST/C#...">: a certificate, checked where it is read (README.md). What stands inside
// the element is shown until there is an answer, and stays where scripts do not run.

import { bytes, fetchTrust, fromHex, openTrust, text } from '../bridge/portal.mjs';
import { VerifySession } from '../bridge/verify_session.mjs';
import { card, cardStyle } from './card.mjs';
import { element } from './dom.mjs';

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
  const urls = ['', '.embed'].map((part) => new URL(`i18n/${language}${part}.json`, portal).href);
  return once(urls[0], async () => Object.assign({}, ...(await Promise.all(urls.map(text))).map((one) => JSON.parse(one))));
}

/** @param {string} portal @param {string} language @param {string} officeKey hex, or empty */
async function openSession(portal, language, officeKey) {
  const [module, pin, bundle, words] = await Promise.all([fetch(new URL('verify.wasm', portal)), text(new URL('root.pin', portal)).catch(() => ''),
    bytes(new URL('bundle.cbor', portal)).catch(() => null), textsOf(portal, language)]);
  const session = await VerifySession.open(module);
  session.addCatalogue(language, words);
  if (pin && bundle) {
    const opened = session.openBundle(bundle, fromHex(pin), new Uint8Array());
    if (officeKey && String(opened.office_key) !== String(fromHex(officeKey))) throw new Error('office key');
  } else { // a site without a repository has one trust pack
    openTrust(session, await fetchTrust(portal), fromHex(officeKey || await text(new URL('office.pub', portal))));
  }
  return session;
}

/** @param {{portal: string, language: string, officeKey: string, certificate: string, pin: string, demoNow: number}} request */
async function check({ portal, language, officeKey, certificate, pin, demoNow }) {
  const name = portal + language + officeKey;
  const session = await once(name, () => openSession(portal, language, officeKey));
  let now = Date.now() / 1000;
  let { view, pin: present } = session.answer(certificate, now, language);
  // A demonstration stands still; only data that calls itself one can.
  if (view.demo_notice && demoNow > 0) ({ view, pin: present } = session.answer(certificate, now = demoNow, language));
  if (pin === '') return { view, pin: { state: 'none', text: '', pin: present } };
  if (pin === present) return { view, pin: { state: 'match', text: (await textsOf(portal, language))['embed.pin.match'], pin: present } };
  // Only an article that is no longer right needs the words for that, and the code for them.
  await once(`${name} story`, async () => {
    await session.openRecord(fetch(new URL('record.wasm', portal)));
    await session.openStory(fetch(new URL('story.wasm', portal)));
  });
  return { view, pin: session.checkPin(certificate, now, pin, language) };
}

const ownPortal = new URL('..', import.meta.url).href;

export class PipaVerify extends HTMLElement {
  static observedAttributes = ['certificate', 'pin', 'lang', 'portal', 'office-key', 'demo-now'];

  pin = ''; // of what is shown now; empty until there is an answer
  #root = this.attachShadow({ mode: 'open' });
  #turn = 0; // of the newest question; answers to older ones are dropped

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [cardStyle()];
    this.#root.append(element('slot'));
  }

  connectedCallback() {
    this.attributeChangedCallback();
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
    const portal = new URL(attribute('portal') || ownPortal, document.baseURI).href;
    const certificate = attribute('certificate');
    const sentence = (/** @type {string} */ words) => element('p', { class: 'pv-card', lang: language }, words);
    /** @type {Record<string, string> | undefined} */
    let words;
    try {
      words = await textsOf(portal, language);
      if (!certificate) return { node: sentence(words['embed.none']) };
      const { view, pin } = await check({ portal, language, certificate, officeKey: attribute('office-key'), pin: attribute('pin'), demoNow: Number(attribute('demo-now')) });
      const box = card(view);
      if (pin.text) box.prepend(element('p', { class: 'pv-pin', 'data-state': pin.state }, pin.text));
      // To the checking site, wherever the code itself points.
      if (/^https:/i.test(certificate)) box.lastElementChild?.append(element('a', { href: new URL(`C/#${certificate.split('#')[1] ?? ''}`, portal).href, target: '_blank', rel: 'noopener' }, words['embed.open']));
      const { code: verdict, level, reason_code: reason } = view.verdict;
      return { node: box, pin: pin.pin, detail: { verdict, level, reason, pin: pin.pin, pinState: pin.state } };
    } catch (problem) {
      // Without WebAssembly there may still be words; without words what stands inside the element stays.
      const reason = problem instanceof Error ? problem.message.slice(0, 60) : 'unknown';
      const node = words ? element('div', {}, sentence(words['embed.failed'].replace('{code}', reason)), element('slot')) : element('slot');
      return { node, detail: { verdict: 'failed', reason } };
    }
  }
}

if (!customElements.get('pipa-verify')) customElements.define('pipa-verify', PipaVerify);
