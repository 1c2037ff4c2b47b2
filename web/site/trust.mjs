// Where the page's trust comes from: the network first, and what this device verified last where that fails or is refused.
// Only what the core has accepted is kept, together with the core's note of the versions seen, in IndexedDB; so
// an older or spoilt copy never takes the place of a good one.

import { CoreError } from './bridge/verify_session.mjs';

/** @typedef {import('./bridge/verify_session.mjs').VerifySession} VerifySession */
/** @typedef {{pin: string, file: Uint8Array, seen: Uint8Array}} Kept */
/** What is to be said about it: a sentence's key, and a code for whoever is told of it. @typedef {{key: string, code: string}} Problem */

const patience = 4000; // ms to wait for the network where there is something kept

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest} use */
export async function withStore(mode, use) {
  const opening = indexedDB.open('pipa', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('trust');
  const database = await settled(opening);
  try {
    return await settled(use(database.transaction('trust', mode).objectStore('trust')));
  } finally {
    database.close();
  }
}

/** What was verified last by the same root; storage may be forbidden. @param {string} pin @returns {Promise<Kept | null>} */
async function readKept(pin) {
  try {
    const kept = await withStore('readonly', (store) => store.get('bundle'));
    return kept?.pin === pin ? kept : null;
  } catch {
    return null;
  }
}

/** @param {Kept} kept */
async function keep(kept) {
  try { await withStore('readwrite', (store) => store.put(kept, 'bundle')); } catch { /* then the next visit starts anew */ }
}

/**
 * Opens the newest trust that can be had. `late` is called when the network's answer comes after the kept one was taken.
 * @param {VerifySession} session
 * @param {string} pin hex of SHA-256 of the root file that came with this page
 * @param {Uint8Array} rootPin the same as bytes
 * @param {Promise<Uint8Array>} fetched
 * @param {(problem: Problem) => void} late
 * @returns {Promise<Problem>}
 */
export async function openTrust(session, pin, rootPin, fetched, late) {
  const kept = await readKept(pin);
  /** @param {Uint8Array} file @returns {Problem} */
  const take = (file) => {
    try {
      const { seen } = session.openBundle(file, rootPin, kept?.seen ?? new Uint8Array());
      keep({ pin, file, seen });
      return { key: '', code: '' };
    } catch (error) {
      if (!(error instanceof CoreError)) throw error;
      const older = error.code === 'tuf.rollback';
      return { key: older ? 'ui.trust_rolled_back' : kept ? 'ui.trust_refused' : 'ui.trust_problem', code: error.code };
    }
  };
  const arrival = fetched.then(take, () => ({ key: kept ? 'ui.trust_offline' : 'ui.trust_missing', code: '' }));
  if (kept === null) return arrival;
  const waiting = new Promise((resolve) => { setTimeout(resolve, patience, null); });
  const first = await Promise.race([arrival, /** @type {Promise<null>} */ (waiting)]);
  if (first?.key === '') return first;
  try { session.openBundle(kept.file, rootPin, kept.seen); } catch { return first ?? arrival; } // spoilt on this device
  if (first === null) arrival.then(late);
  return first ?? { key: 'ui.trust_offline', code: '' };
}
