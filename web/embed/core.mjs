// One verifier for each portal and language, fetched when the first box asks. A portal is a folder with verify.wasm,
// trust.cose, office.pub and i18n/. No decision is made here.

import { VerifySession } from '../bridge/verify_session.mjs';

/** @typedef {{view: import('../bridge/verify_session.mjs').View, pin: {state: string, text: string, pin: string}}} Checked */

const languages = ['zh-Hans', 'en'];

/** @type {Map<string, Promise<VerifySession>>} */
const sessions = new Map();
/** @type {Map<string, Promise<Record<string, string>>>} */
const texts = new Map();

/** @param {string} url @returns {Promise<Uint8Array>} */
async function bytes(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {string} hex */
function fromHex(hex) {
  return Uint8Array.from(hex.trim().match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** @param {string} tag */
export function languageOf(tag) {
  return /^zh\b/i.test(tag) ? languages[0] : languages[1];
}

/** @param {string} portal @param {string} language */
export function textsOf(portal, language) {
  const url = new URL(`i18n/${language}.json`, portal).href;
  if (!texts.has(url)) texts.set(url, bytes(url).then((json) => JSON.parse(new TextDecoder().decode(json))));
  return /** @type {Promise<Record<string, string>>} */ (texts.get(url));
}

/** @param {string} portal @param {string} language @param {string} officeKey hex; empty: the portal's office.pub */
async function openSession(portal, language, officeKey) {
  const [module, trust, key, words] = await Promise.all([
    fetch(new URL('verify.wasm', portal)), bytes(new URL('trust.cose', portal).href),
    officeKey ? fromHex(officeKey) : bytes(new URL('office.pub', portal).href).then((hex) => fromHex(new TextDecoder().decode(hex))),
    textsOf(portal, language)]);
  const session = await VerifySession.open(module);
  session.addCatalogue(language, words);
  session.openTrust(trust, key);
  return session;
}

/**
 * @param {{portal: string, language: string, officeKey: string, certificate: string, pin: string}} request
 * @returns {Promise<Checked>}
 */
export async function check(request) {
  const { portal, language, officeKey, certificate, pin } = request;
  const name = `${portal} ${language} ${officeKey}`;
  if (!sessions.has(name)) {
    const opening = openSession(portal, language, officeKey);
    sessions.set(name, opening);
    opening.catch(() => sessions.delete(name)); // the next try may succeed
  }
  const session = /** @type {VerifySession} */ (await sessions.get(name));
  const now = Date.now() / 1000;
  return { view: session.judge(certificate, now, language).view, pin: session.checkPin(certificate, now, pin, language) };
}
