// <pipa-verify certificate="HTTPS://HOST/C#1234..."></pipa-verify>: a certificate, checked where it is read.
//
// README.md beside this file has its attributes, properties and event. What stands inside the element is shown until
// there is an answer, and stays where scripts do not run.

import { card } from './card.mjs';
import { cardStyle } from './card_style.mjs';
import { check, languageOf, textsOf } from './core.mjs';
import { element } from './dom.mjs';

const ownPortal = new URL('..', import.meta.url).href;

export class PipaVerify extends HTMLElement {
  static observedAttributes = ['certificate', 'pin', 'lang', 'portal', 'office-key'];

  #root = this.attachShadow({ mode: 'open' });
  #turn = 0; // of the newest question; answers to older ones are dropped

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [cardStyle()];
    this.#root.append(element('slot'));
  }

  connectedCallback() {
    this.#refresh();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#refresh();
  }

  /** The pin of what is shown now; empty until there is an answer. */
  pin = '';

  /** @param {string} name */
  #attribute(name) {
    return this.getAttribute(name)?.trim() ?? '';
  }

  async #refresh() {
    const turn = ++this.#turn;
    await Promise.resolve(); // several attributes set in one go ask once
    if (turn !== this.#turn) return;
    const language = languageOf(this.#attribute('lang') || document.documentElement.lang || navigator.language);
    const portal = new URL(this.#attribute('portal') || ownPortal, document.baseURI).href;
    const shown = await this.#answer(portal, language);
    if (turn === this.#turn) this.#show(shown);
  }

  /** @param {string} portal @param {string} language @returns {Promise<Node>} */
  async #answer(portal, language) {
    const certificate = this.#attribute('certificate');
    try {
      const words = await textsOf(portal, language);
      if (!certificate) return sentence(words['embed.none'], language);
      const { view, pin } = await check({ portal, language, certificate, officeKey: this.#attribute('office-key'), pin: this.#attribute('pin') });
      const box = card(view);
      if (pin.text) box.prepend(element('p', { class: 'pv-pin', 'data-state': pin.state }, pin.text));
      if (/^https:/i.test(certificate)) box.lastElementChild?.append(this.#link(portal, certificate, words['embed.open']));
      this.pin = pin.pin;
      this.dispatchEvent(new CustomEvent('pipa-verify', { bubbles: true, composed: true,
        detail: { verdict: view.verdict.code, level: view.verdict.level, reason: view.verdict.reason_code, pin: pin.pin, pinState: pin.state } }));
      return box;
    } catch (problem) {
      return this.#failure(problem, portal, language);
    }
  }

  // The link goes to the checking site with what stands behind the # of the code, wherever the code itself points.
  /** @param {string} portal @param {string} certificate @param {string} text */
  #link(portal, certificate, text) {
    const address = new URL('C/' + certificate.slice(certificate.indexOf('#')), portal).href;
    return element('a', { href: address, target: '_blank', rel: 'noopener' }, text);
  }

  // Without WebAssembly there may still be words; without words what the article put inside the element stays.
  /** @param {unknown} problem @param {string} portal @param {string} language @returns {Promise<Node>} */
  async #failure(problem, portal, language) {
    const code = problem instanceof Error ? problem.message.slice(0, 60) : 'unknown';
    this.dispatchEvent(new CustomEvent('pipa-verify', { bubbles: true, composed: true, detail: { verdict: 'failed', reason: code } }));
    try {
      const words = await textsOf(portal, language);
      return element('div', {}, sentence(words['embed.failed'].replace('{code}', code), language), element('slot'));
    } catch {
      return element('slot');
    }
  }

  /** @param {Node} node */
  #show(node) {
    this.#root.replaceChildren(node);
  }
}

/** @param {string} text @param {string} language */
function sentence(text, language) {
  return element('p', { class: 'pv-card pv-plain', 'data-level': 'unknown', lang: language }, text);
}

if (!customElements.get('pipa-verify')) customElements.define('pipa-verify', PipaVerify);
