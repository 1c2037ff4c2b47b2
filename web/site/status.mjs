// Parts of status lists that the bundle leaves out (src/trust/supplement.hpp): fetched for one code, loaded when the first is needed.
// Those of the codes that were judged here last are kept, each under the name that states its versions; only what the core has accepted.

import { withStore } from './trust.mjs';

/** @typedef {import('./bridge/verify_session.mjs').VerifySession} VerifySession */
/** @typedef {import('./page.mjs').Page} Page */
/** @typedef {{name: string, file: Uint8Array}} Supplement */
const maxSupplements = 8;
const supplementTimeout = 8000;

/** @param {string} pin @returns {Promise<Supplement[]>} */
async function readSupplements(pin) {
  try {
    const kept = await withStore('readonly', (store) => store.get('supplements'));
    return kept?.pin === pin ? kept.files : [];
  } catch {
    return [];
  }
}

/** @param {string} pin @param {Supplement[]} files */
async function keepSupplements(pin, files) {
  try { await withStore('readwrite', (store) => store.put({ pin, files: files.slice(-maxSupplements) }, 'supplements')); } catch { /* then it is fetched again */ }
}

/**
 * Where the code that is shown needs one: what cannot be had, or is refused, is not there, and the answer says that the status was not checked.
 * @param {Page} page
 */
export async function bringStatus(page) {
  await page.record();
  const session = /** @type {VerifySession} */ (page.session);
  const pin = page.meta('pipa-root');
  const name = session.supplementOf(page.shown);
  if (name === '') return;
  const kept = await readSupplements(pin);
  /** @param {Uint8Array} file */
  const take = (file) => {
    try {
      session.addSupplement(file);
      return true;
    } catch {
      return false;
    }
  };
  const known = kept.find((one) => one.name === name);
  if (known && take(known.file)) return;
  try {
    const response = await fetch(`/tuf/phone/${name}`, { signal: AbortSignal.timeout(supplementTimeout), credentials: 'omit' });
    if (!response.ok) return;
    const file = new Uint8Array(await response.arrayBuffer());
    if (take(file)) await keepSupplements(pin, [...kept.filter((one) => one.name !== name), { name, file }]);
  } catch { /* no network */ }
}
